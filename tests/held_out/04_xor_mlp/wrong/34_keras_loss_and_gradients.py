# exercise: keras_loss_and_gradients
# cause: the arguments of the loss are swapped: (outputs, targets) instead of (targets, outputs).
# a good message would say: Loss and gradients are wrong because the logits stand where Keras wants the targets: call the loss as loss(targets, outputs).
def keras_loss_and_gradients(X, y, W1, b1, W2, b2):
    """The same as loss_and_gradients, by Keras and GradientTape.

    Returns (loss, dW1, db1, dW2, db2): a float and four NumPy arrays.
    """
    model = keras_network(W1, b1, W2, b2)
    bce = keras.losses.BinaryCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        logits = model(X)
        loss = bce(logits, y)
    grads = tape.gradient(loss, model.trainable_weights)
    return (float(loss), *[g.numpy() for g in grads])
