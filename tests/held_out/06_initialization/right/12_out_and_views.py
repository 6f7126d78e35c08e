# %% layer_statistics
def layer_statistics(X, weights, kind):
    L = len(weights)
    table = np.empty((2, L))
    for l, A in enumerate(activations(X, weights, kind)):
        table[0, l] = A.std()
        table[1, l] = (np.abs(A) > 0.95).sum() / A.size
    return table[0], table[1]
# %% he_normal
def he_normal(shape, seed):
    W = np.empty(shape[0] * shape[1])
    np.random.default_rng(seed).standard_normal(out=W)
    np.multiply(W, np.sqrt(2 / shape[0]), out=W)
    return W.reshape(shape)
# %% layer_backward
def layer_backward(dA, X, W, kind):
    dZ = dA.copy()
    if kind != "linear":
        A = layer(X, W, kind)
        if kind == "tanh":
            np.square(A, out=A)
            np.subtract(1, A, out=A)
            dZ *= A
        else:
            np.copyto(dZ, 0, where=A <= 0)
    dX = np.empty_like(X)
    np.matmul(dZ, W.T, out=dX)
    return dX, X.T @ dZ
# %% init_network
def init_network(sizes, kind, seed):
    shapes = list(pairwise(sizes))
    numbers = np.random.default_rng(seed).normal(size=sum(m * n for m, n in shapes))
    weights, begin = [], 0
    for m, n in shapes:
        W = numbers[begin:begin + m * n].reshape(m, n)     # a view of the long row of numbers
        W *= np.sqrt(2 / (m + n) if kind == "glorot" else 2 / m)
        weights.append(W)
        begin += m * n
    return tuple(weights)
# %% train
def train(X, y, seed):
    rng = np.random.default_rng(seed)
    weights = tuple(W.copy() for W in init_network(SIZES, "glorot", seed))
    rows = np.arange(len(X))
    for e in range(20):
        rng.shuffle(rows)
        for s in range(0, len(X), 32):
            batch = rows[s:s + 32]
            gradients = loss_and_gradients(X[batch], y[batch], weights, "tanh")[1:]
            for W, dW in zip(weights, gradients):
                W -= 0.1 * (1 - e / 20) * dW       # in place: these are my own copies
    return weights
