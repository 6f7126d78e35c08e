# %% softmax
def softmax(z):
    shifted = z - np.max(z, axis=1, keepdims=True)
    e = np.exp(shifted)
    return np.einsum("nc,n->nc", e, 1 / np.einsum("nc->n", e))
# %% soft_cross_entropy
def soft_cross_entropy(z, t):
    log_p = z - log_sum_exp(z)[:, None]
    return float(-np.einsum("nc,nc->", t, log_p) / z.shape[0])
# %% sequence_cross_entropy
def sequence_cross_entropy(z, y):
    onehot = np.eye(z.shape[2])[y]
    m = z.max(axis=2, keepdims=True)
    log_p = z - m - np.log(np.einsum("nsc->ns", np.exp(z - m)))[..., np.newaxis]
    return float(-np.einsum("nsc,nsc->ns", onehot, log_p).mean())
# %% cross_entropy_gradient
def cross_entropy_gradient(z, y):
    C = z.shape[1]
    Y = np.equal.outer(y, np.arange(C)).astype(float)
    return np.einsum("nc->nc", softmax(z) - Y) / len(Y)
# %% loss_and_gradients
def loss_and_gradients(X, y, W, b):
    Z = np.einsum("nd,dc->nc", X, W) + b
    dZ = cross_entropy_gradient(Z, y)
    return cross_entropy(Z, y), np.einsum("nd,nc->dc", X, dZ), np.einsum("nc->c", dZ)
# %% keras_loss_and_gradients
def keras_loss_and_gradients(X, y, W, b):
    X, W, b = tf.constant(X, tf.float64), tf.constant(W, tf.float64), tf.constant(b, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch([W, b])
        z = tf.einsum("nd,dc->nc", X, W) + b
        log_p = tf.nn.log_softmax(z)
        loss = -tf.reduce_mean(tf.reduce_sum(tf.one_hot(y, z.shape[1], dtype=tf.float64) * log_p, axis=1))
    dW, db = tape.gradient(loss, [W, b])
    return loss.numpy().item(), dW.numpy(), db.numpy()
