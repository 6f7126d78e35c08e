# exercise: keras_descend
# cause: batch_size=X.shape[1] is the number of columns, not of rows: each epoch makes many small steps instead of one.
# a good message would say: An epoch makes many steps here: your batch size is the number of columns; the whole data is len(X) = X.shape[0] rows.
def keras_descend(X, y, W1, b1, W2, b2, rate, steps):
    """The same as descend, by compile and fit. Returns (W1, b1, W2, b2, losses), NumPy arrays."""
    model = keras_network(W1, b1, W2, b2)
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=rate),
                  loss=keras.losses.BinaryCrossentropy(from_logits=True))
    history = model.fit(X, y, epochs=steps, batch_size=X.shape[1], verbose=0)
    return (*model.get_weights(), np.array(history.history["loss"]))
