# %% activations
def activations(X, weights, kind):
    A, outputs = X, []
    for W in weights:
        rows = []
        for n in range(len(A)):
            rows.append(layer(A[n:n + 1], W, kind)[0])
        A = np.array(rows)
        outputs.append(A)
    return tuple(outputs)
# %% layer_statistics
def layer_statistics(X, weights, kind):
    stds = []
    saturated = []
    for A in activations(X, weights, kind):
        n = 0
        mean = 0
        stuck = 0
        for a in A.flatten():
            n += 1
            mean += a
            if a > 0.95 or a < -0.95:
                stuck += 1
        mean /= n
        square = 0
        for a in A.flatten():
            square += (a - mean) ** 2
        stds.append((square / n) ** 0.5)
        saturated.append(stuck / n)
    return np.array(stds), np.array(saturated)
# %% layer_backward
def layer_backward(dA, X, W, kind):
    dX = np.zeros(X.shape)
    dW = np.zeros(W.shape)
    for n in range(len(X)):
        z = X[n] @ W
        if kind == "tanh":
            dz = dA[n] * (1 - np.tanh(z) ** 2)
        elif kind == "relu":
            dz = dA[n] * (z > 0)
        else:
            dz = dA[n]
        dX[n] = W @ dz
        dW += np.outer(X[n], dz)
    return dX, dW
# %% +layer_backward
for i in range(4):
    for k in range(5):
        x = small_dA[i, k]
print(i, k, x)
# %% train
def train(X, y, seed):
    rng = np.random.default_rng(seed)
    weights = list(init_network(SIZES, "glorot", seed))
    # whole matrices here, my layer_backward is too slow
    for e in range(20):
        eta = 0.1 * (1 - e / 20)
        order = rng.permutation(len(X))
        for start in range(0, len(X), 32):
            rows = order[start:start + 32]
            A = [X[rows]]
            for W in weights[:-1]:
                A.append(np.tanh(A[-1] @ W))
            _, d = softmax_loss(A[-1] @ weights[-1], y[rows])
            for l in range(10, -1, -1):
                dW = A[l].T @ d
                d = (d @ weights[l].T) * (1 - A[l] ** 2)  # not used any more for l = 0
                weights[l] = weights[l] - eta * dW
    return tuple(weights)
