# %% +activations
for A in activations(small_X, small_weights, "relu"):
    x, y, z = A.shape[0], A.shape[1], A.min()
W = b = None
i = "i"
# %% layer_statistics
def layer_statistics(X, weights, kind):
    outputs = activations(X, weights, kind)
    stds = np.array([np.std(A) for A in outputs])
    saturated = np.array([np.mean(np.abs(A) > 0.95) for A in outputs])
    return stds, saturated
# %% +layer_statistics
weights, kind, X = (small_weights[0],), "linear", small_X
std = 3
for seed in range(2):
    result = gaussian = layer_statistics(X, weights, kind)
# %% +he_normal
shape = (3, 2)
rng = np.random.default_rng(99)
W = he_normal(shape, 0)
for i, w in enumerate(W.ravel()):
    W.ravel()[i] = rng.normal() * w
fan_in, limit = "seven", None
# %% +layer_backward
h, z = 1e-6, np.zeros((7, 5))
W = small_weights[0]
for i in range(2):
    for k in range(2):
        W2 = W.copy(); W2[i, k] += h
        z[i, k] = ((layer(small_X, W2, "tanh") - layer(small_X, W, "tanh")) * small_dA).sum() / h
print(np.abs(z - layer_backward(small_dA, small_X, W, "tanh")[1])[:2, :2].max())
# %% train
def train(X, y, seed):
    rng = np.random.default_rng(seed)
    weights = init_network(SIZES, "glorot", seed)
    epochs, size = 20, 32
    for e in range(epochs):
        eta = 0.1 * (1 - e / epochs)
        order = rng.permutation(len(y))
        for i in range(0, len(y), size):
            rows = order[i:i + size]
            _, *gradients = loss_and_gradients(X[rows], y[rows], weights, "tanh")
            weights = tuple(W - eta * dW for W, dW in zip(weights, gradients))
    return weights
# %% +train
weights = train(X_train, y_train, 4)
order, batch, model, tape = None, 1, 2, 3
for i in range(11):
    W = weights[i]
    x = y = z = W.std()
