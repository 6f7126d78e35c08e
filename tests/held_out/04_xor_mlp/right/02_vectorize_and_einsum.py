# %% ^setup
import math

# %% sigmoid
@np.vectorize
def sigmoid(z):
    """One number; numpy.vectorize goes over the entries."""
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    e = math.exp(z)
    return e / (1.0 + e)

# %% forward
def forward(X, W1, b1, W2, b2):
    h = sigmoid(np.einsum("nd,dh->nh", X, W1) + b1)
    return h, np.einsum("nh,hk->nk", h, W2) + b2

# %% loss_and_gradients
def loss_and_gradients(X, y, W1, b1, W2, b2):
    h, z = forward(X, W1, b1, W2, b2)
    dz = (sigmoid(z) - y) / X.shape[0]
    dA = np.einsum("nk,hk,nh,nh->nh", dz, W2, h, 1 - h)
    return (binary_cross_entropy(z, y), np.einsum("nd,nh->dh", X, dA), np.einsum("nh->h", dA),
            np.einsum("nh,nk->hk", h, dz), np.einsum("nk->k", dz))

# %% train
def train(X, y, seed):
    """math.exp entry by entry is slow, so tanh here: sigmoid(a) = (1 + tanh(a / 2)) / 2."""
    rng = np.random.default_rng(seed)
    W1, b1 = rng.normal(size=(X.shape[1], 10)), np.zeros(10)
    W2, b2 = rng.normal(size=(10, 1)), np.zeros(1)
    for _ in range(800):
        h = 0.5 + 0.5 * np.tanh((X @ W1 + b1) / 2)
        p = 0.5 + 0.5 * np.tanh((h @ W2 + b2) / 2)
        dz = (p - y[:, None]) / len(y)
        dA = np.einsum("nk,hk,nh->nh", dz, W2, h * (1 - h))
        W1, b1 = W1 - 2 * X.T @ dA, b1 - 2 * dA.sum(axis=0)
        W2, b2 = W2 - 2 * h.T @ dz, b2 - 2 * dz.sum(axis=0)
    return W1, b1, W2, b2
