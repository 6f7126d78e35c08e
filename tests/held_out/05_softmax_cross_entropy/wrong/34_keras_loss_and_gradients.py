# exercise: keras_loss_and_gradients
# cause: the tape differentiates the vector of row losses, which gives the gradient of their sum; the mean is taken only for the loss that is returned, so dW and db are N times too large.
# a good message would say: The loss is right, the gradients are N times too large: the gradient of a vector is that of its sum; take the mean inside the tape and differentiate that.
def keras_loss_and_gradients(X, y, W, b):
    """The same as loss_and_gradients, by GradientTape. Returns (loss, dW, db): a float and two NumPy arrays."""
    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        scores = tf.matmul(X, W) + b
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=scores)
    dW, db = tape.gradient(losses, [W, b])
    return float(tf.reduce_mean(losses)), dW.numpy(), db.numpy()
