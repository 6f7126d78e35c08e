# exercise: keras_loss_and_gradients
# cause: `kind == "relu" or "linear"` is always true, so the hidden layers are ReLU whatever the kind
# a good message would say: ReLU is right; with kind "tanh" the numbers are those of ReLU layers: look at the condition that chooses the activation
def keras_loss_and_gradients(X, y, weights, kind):
    """The same as loss_and_gradients, by GradientTape."""
    variables = [tf.Variable(W) for W in weights]
    if kind == "relu" or "linear":
        activation = tf.nn.relu
    else:
        activation = tf.tanh
    with tf.GradientTape() as tape:
        A = tf.constant(X)
        for V in variables[:-1]:
            A = activation(tf.matmul(A, V))
        scores = tf.matmul(A, variables[-1])
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, scores)
    gradients = tape.gradient(loss, variables)
    return (float(loss), *[g.numpy() for g in gradients])
