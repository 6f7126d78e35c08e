# %% ^setup
VERBOSE = True
HIDDEN, RATE, EPOCHS, BATCH = 12, 1.0, 60, 50

# %% ^switches
print("switches:", X_train.shape, y_train.shape, X_test.shape)

# %% train
def train(X, y, seed):
    rng = np.random.default_rng(seed)
    X32, y32 = X.astype(np.float32), y.astype(np.float32)[:, None]
    W1 = rng.normal(size=(X.shape[1], HIDDEN)).astype(np.float32)
    b1 = np.zeros(HIDDEN, np.float32)
    W2 = rng.normal(size=(HIDDEN, 1)).astype(np.float32)
    b2 = np.zeros(1, np.float32)
    for epoch in range(EPOCHS):
        order = rng.permutation(len(X32))
        for start in range(0, len(X32), BATCH):
            batch = order[start:start + BATCH]
            loss, dW1, db1, dW2, db2 = loss_and_gradients(X32[batch], y32[batch], W1, b1, W2, b2)
            W1 = W1 - np.float32(RATE) * dW1
            b1 = b1 - np.float32(RATE) * db1
            W2 = W2 - np.float32(RATE) * dW2
            b2 = b2 - np.float32(RATE) * db2
        if VERBOSE and epoch % 20 == 0:
            print(f"epoch {epoch}: loss of the last batch {loss:.4f}, {W1.dtype}")
    return W1, b1, W2, b2

# %% +train
for i in range(2):
    result = train(X_train, y_train, 100 + i)
    print(i, accuracy(result, X_test, y_test))

# %% descend
def descend(X, y, W1, b1, W2, b2, rate, steps):
    losses = []
    for step in range(steps):
        loss, dW1, db1, dW2, db2 = loss_and_gradients(X, y, W1, b1, W2, b2)
        losses.append(loss)
        if VERBOSE and steps <= 5:
            print(f"step {step}: loss {loss:.6f}")
        W1, b1, W2, b2 = W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2
    assert len(losses) == steps
    return W1, b1, W2, b2, np.array(losses)

# %% keras_descend
def keras_descend(X, y, W1, b1, W2, b2, rate, steps):
    model = keras_network(W1, b1, W2, b2)
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=rate),
                  loss=keras.losses.BinaryCrossentropy(from_logits=True))
    batches = tf.data.Dataset.from_tensor_slices((X, y)).batch(len(X))
    history = model.fit(batches, epochs=steps, verbose=0)
    W1, b1, W2, b2 = model.get_weights()
    losses = np.array(history.history["loss"])
    if VERBOSE:
        print("Keras:", losses[:3])
    return W1, b1, W2, b2, losses
