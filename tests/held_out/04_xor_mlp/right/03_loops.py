# %% sigmoid
def sigmoid(z):
    z = np.array(z, dtype=float)
    out = np.zeros(z.shape)
    for index in np.ndindex(z.shape):
        e = np.exp(-abs(z[index]))
        out[index] = 1 / (1 + e) if z[index] >= 0 else e / (1 + e)
    return out

# %% forward
def forward(X, W1, b1, W2, b2):
    h = np.zeros((len(X), len(b1)))
    z = np.zeros((len(X), len(b2)))
    for i in range(len(X)):
        h[i] = sigmoid(X[i] @ W1 + b1)
        z[i] = h[i] @ W2 + b2
    return h, z

# %% binary_cross_entropy
def binary_cross_entropy(z, y):
    total = 0.0
    for zi, yi in zip(z.ravel(), y.ravel()):
        if zi > 0:
            total += zi + np.log1p(np.exp(-zi)) - yi * zi
        else:
            total += np.log1p(np.exp(zi)) - yi * zi
    return total / z.size

# %% loss_and_gradients
def loss_and_gradients(X, y, W1, b1, W2, b2):
    """Row by row: each row gives its share, and the shares add up."""
    h, z = forward(X, W1, b1, W2, b2)
    loss = binary_cross_entropy(z, y)
    p = sigmoid(z)
    dW1, db1, dW2, db2 = np.zeros(W1.shape), np.zeros(b1.shape), np.zeros(W2.shape), np.zeros(b2.shape)
    for i in range(len(X)):
        dz = (p[i] - y[i]) / len(X)  # (1,)
        dW2 += np.outer(h[i], dz)
        db2 += dz
        dA = (W2 @ dz) * h[i] * (1 - h[i])
        dW1 += np.outer(X[i], dA)
        db1 += dA
    return loss, dW1, db1, dW2, db2

# %% train
def train(X, y, seed):
    # my loops take too long for 600 rows and 500 steps, so whole matrices here
    rng = np.random.default_rng(seed)
    H = 12
    W1, b1, W2, b2 = rng.normal(0, 1, (X.shape[1], H)), np.zeros(H), rng.normal(0, 1, (H, 1)), np.zeros(1)
    column = y.reshape(-1, 1)
    for step in range(600):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        dz = (1 / (1 + np.exp(-(h @ W2 + b2))) - column) / len(X)
        dA = dz @ W2.T * h * (1 - h)
        W1 = W1 - 2.0 * X.T @ dA
        b1 = b1 - 2.0 * dA.sum(axis=0)
        W2 = W2 - 2.0 * h.T @ dz
        b2 = b2 - 2.0 * dz.sum(axis=0)
    return W1, b1, W2, b2
