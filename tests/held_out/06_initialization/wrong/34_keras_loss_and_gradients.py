# exercise: keras_loss_and_gradients
# cause: SparseCategoricalCrossentropy() without from_logits=True: Keras takes the scores for probabilities.
# a good message would say: Keras takes your scores for probabilities and clips them: say from_logits=True.
def keras_loss_and_gradients(X, y, weights, kind):
    """The same as loss_and_gradients, by GradientTape. Returns (loss, dW_1, ..., dW_L): a float and NumPy arrays."""
    variables = [tf.Variable(W) for W in weights]
    f = tf.tanh if kind == "tanh" else tf.nn.relu
    with tf.GradientTape() as tape:
        A = tf.constant(X)
        for W in variables[:-1]:
            A = f(A @ W)
        scores = A @ variables[-1]
        loss = keras.losses.SparseCategoricalCrossentropy()(y, scores)
    grads = tape.gradient(loss, variables)
    return (float(loss), *(g.numpy() for g in grads))
