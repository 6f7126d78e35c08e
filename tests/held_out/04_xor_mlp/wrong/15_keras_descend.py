# exercise: keras_descend
# cause: optimizer="sgd" takes Keras's default learning rate of 0.01; the argument rate is never used.
# a good message would say: the first loss is right, the steps are far too small: your rate is not used; hand over keras.optimizers.SGD(learning_rate=rate).
def keras_descend(X, y, W1, b1, W2, b2, rate, steps):
    """The same as descend, by compile and fit. Returns (W1, b1, W2, b2, losses), NumPy arrays."""
    model = keras_network(W1, b1, W2, b2)
    model.compile(optimizer="sgd", loss=keras.losses.BinaryCrossentropy(from_logits=True))
    history = model.fit(X, y, batch_size=len(X), epochs=steps, verbose=0)
    return (*model.get_weights(), np.array(history.history["loss"]))
