# exercise: keras_loss_and_gradients
# cause: The outputs are put through a sigmoid and then declared to be logits (from_logits=True), so Keras applies the sigmoid a second time.
# a good message would say: the sigmoid is applied twice: with from_logits=True hand over the model's outputs as they are.
def keras_loss_and_gradients(X, y, W1, b1, W2, b2):
    """The same as loss_and_gradients, by Keras and GradientTape.

    Returns (loss, dW1, db1, dW2, db2): a float and four NumPy arrays.
    """
    model = keras_network(W1, b1, W2, b2)
    with tf.GradientTape() as tape:
        p = tf.sigmoid(model(X))
        loss = keras.losses.BinaryCrossentropy(from_logits=True)(y, p)
    grads = tape.gradient(loss, model.trainable_weights)
    return (float(loss), *[g.numpy() for g in grads])
