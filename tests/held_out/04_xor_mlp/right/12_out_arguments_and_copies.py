# %% sigmoid
def sigmoid(z):
    e = np.abs(z)
    np.negative(e, out=e)
    np.exp(e, out=e)
    top = np.where(z >= 0, 1.0, e)
    np.add(e, 1.0, out=e)
    return np.divide(top, e, out=top)

# %% forward
def forward(X, W1, b1, W2, b2):
    h = np.empty((X.shape[0], W1.shape[1]))
    z = np.empty((X.shape[0], W2.shape[1]))
    np.matmul(X, W1, out=h)
    h += b1
    h[:] = sigmoid(h)
    np.matmul(h, W2, out=z)
    z += b2
    return h, z

# %% loss_and_gradients
def loss_and_gradients(X, y, W1, b1, W2, b2):
    h, z = forward(X, W1, b1, W2, b2)
    loss = binary_cross_entropy(z, y)
    dz = sigmoid(z)
    dz -= y
    dz /= len(X)
    dA = dz @ W2.T
    dA *= h
    dA *= 1 - h
    db1, db2 = np.zeros(b1.shape), np.zeros(b2.shape)
    np.sum(dA, axis=0, out=db1)
    np.sum(dz, axis=0, out=db2)
    return loss, X.T @ dA, db1, h.T @ dz, db2

# %% ebp_step
def ebp_step(X, t, W1, b1, W2, b2, rate):
    W1, b1, W2, b2 = [p.copy() for p in (W1, b1, W2, b2)]
    h, z = forward(X, W1, b1, W2, b2)
    y = sigmoid(z)
    d2 = (y - t) * y * (1 - y) / len(X)
    d1 = d2 @ W2.T * h * (1 - h)
    W2 -= rate * (h.T @ d2)
    b2 -= rate * d2.sum(axis=0)
    W1 -= rate * (X.T @ d1)
    b1 -= rate * d1.sum(axis=0)
    return W1, b1, W2, b2

# %% descend
def descend(X, y, W1, b1, W2, b2, rate, steps):
    # all parameters in one long vector of my own; W1, ... are views of it
    shapes = [p.shape for p in (W1, b1, W2, b2)]
    flat = np.concatenate([np.ravel(p) for p in (W1, b1, W2, b2)]).astype(float)
    cuts = np.cumsum([np.prod(s) for s in shapes])[:-1]
    views = [part.reshape(s) for part, s in zip(np.split(flat, cuts), shapes)]
    losses = np.zeros(steps)
    for step in range(steps):
        losses[step], *gradients = loss_and_gradients(X, y, *views)
        flat -= rate * np.concatenate([np.ravel(g) for g in gradients])
    return (*[v.copy() for v in views], losses)

# %% train
def train(X, y, seed):
    theta = [p.copy() for p in start_weights(X.shape[1], 8, seed)]
    velocity = [np.zeros_like(p) for p in theta]
    for step in range(400):
        _, *gradients = loss_and_gradients(X, y[:, None], *theta)
        for p, v, g in zip(theta, velocity, gradients):
            v *= 0.9  # momentum
            v -= 0.5 * g
            p += v
    return tuple(theta)
