# %% softmax
def softmax(z):
    if len(z) == 1:
        shifted = z - z.max()
        return np.exp(shifted) / np.exp(shifted).sum()
    if len(z) > 50:  # too deep for one row at a time
        half = len(z) // 2
        return np.concatenate([softmax(z[:half]), softmax(z[half:])])
    return np.vstack([softmax(z[:1]), softmax(z[1:])])
# %% log_sum_exp
def log_sum_exp(z):
    """log(e^a + e^b) is logaddexp(a, b); the rest is divide and conquer over the classes."""
    n = z.shape[1]
    if n == 1:
        return z[:, 0].copy()
    return np.logaddexp(log_sum_exp(z[:, :n // 2]), log_sum_exp(z[:, n // 2:]))
# %% sequence_cross_entropy
def sequence_cross_entropy(z, y):
    if len(z) == 1:
        return cross_entropy(z[0], y[0])
    first, rest = cross_entropy(z[0], y[0]), sequence_cross_entropy(z[1:], y[1:])
    return (first + (len(z) - 1) * rest) / len(z)
# %% cross_entropy_gradient
def cross_entropy_gradient(z, y):
    P = np.exp(z - log_sum_exp(z).reshape(-1, 1))
    Y = np.identity(z.shape[1])[y, :]
    return (P - Y) / len(z)
# %% train
def train(X, y, seed):
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)

    def descend(W, b, steps):
        if steps == 1:
            _, dW, db = loss_and_gradients(X, y, W, b)
            return W - dW, b - db
        return descend(*descend(W, b, steps // 2), steps - steps // 2)

    return descend(W, b, 256)
# %% +train
z = 0
for x in range(3):
    z += x
