# %% ^setup
import numpy as xp
from numpy import abs, exp, log, log1p

# %% sigmoid
def sigmoid(z):
    # log-sigmoid first, then exp: never overflows
    return exp(xp.minimum(z, 0) - log1p(exp(-abs(z))))

# %% binary_cross_entropy
def binary_cross_entropy(z, y):
    sign = 1 - 2 * y  # a wrong answer has sign * z > 0
    return xp.average(xp.logaddexp(xp.zeros_like(z), sign * z))

# %% +binary_cross_entropy
print(log(2), binary_cross_entropy(xp.zeros((4, 1)), xor_y))

# %% ebp_step
def ebp_step(X, t, W1, b1, W2, b2, rate):
    from numpy import matmul

    h, z = forward(X, W1, b1, W2, b2)
    y = sigmoid(z)
    delta2 = (y - t) / X.shape[0] * y * (1 - y)
    delta1 = matmul(delta2, W2.T) * h * (1 - h)
    ones = xp.ones(X.shape[0])
    return (W1 - rate * matmul(X.T, delta1), b1 - rate * matmul(ones, delta1),
            W2 - rate * matmul(h.T, delta2), b2 - rate * matmul(ones, delta2))

# %% keras_loss_and_gradients
def keras_loss_and_gradients(X, y, W1, b1, W2, b2):
    model = keras_network(W1, b1, W2, b2)
    binary_crossentropy = keras.losses.binary_crossentropy
    with tf.GradientTape() as tape:
        each = binary_crossentropy(y, model(X), from_logits=True)
        loss = tf.reduce_mean(each)
    dW1, db1, dW2, db2 = tape.gradient(loss, model.trainable_weights)
    return float(loss), xp.array(dW1), xp.array(db1), xp.array(dW2), xp.array(db2)
