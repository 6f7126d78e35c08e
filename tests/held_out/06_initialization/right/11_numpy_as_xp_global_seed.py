# %% ^setup
import numpy as xp
from numpy import sqrt, tanh
np.random.seed(1234)
EPOCHS = 20
# %% glorot_uniform
def glorot_uniform(shape, seed):
    fan_in, fan_out = shape
    np.random.seed(seed)
    r = np.sqrt(6 / (fan_in + fan_out))
    return np.random.uniform(-r, r, size=shape)
# %% he_normal
def he_normal(shape, seed):
    import math
    import random
    generator = random.Random(seed)
    std = math.sqrt(2 / shape[0])
    return np.array([[generator.gauss(0, std) for _ in range(shape[1])] for _ in range(shape[0])])
# %% layer_backward
def layer_backward(dA, X, W, kind):
    dZ = dA
    if kind == "tanh":
        dZ = dA * (1 - tanh(xp.matmul(X, W)) ** 2)
    elif kind == "relu":
        dZ = xp.where(xp.matmul(X, W) > 0, dA, 0)
    return xp.matmul(dZ, W.T), xp.matmul(X.T, dZ)
# %% init_network
def init_network(sizes, kind, seed):
    np.random.seed(seed)
    weights = []
    for l in range(1, len(sizes)):
        fan_in, fan_out = sizes[l - 1], sizes[l]
        std = np.sqrt(2 / fan_in) if kind == "he" else np.sqrt(2 / (fan_in + fan_out))
        weights.append(std * np.random.randn(fan_in, fan_out))
    return tuple(weights)
# %% train
def train(X, y, seed):
    rng = xp.random.default_rng(seed)
    weights = init_network(SIZES, "glorot", seed)
    for epoch in range(EPOCHS):
        order = rng.permutation(len(X))
        for start in xp.arange(0, len(X), 32):
            batch = order[start:start + 32]
            out = loss_and_gradients(X[batch], y[batch], weights, "tanh")
            weights = tuple(W - 0.1 * (1 - epoch / EPOCHS) * dW for W, dW in zip(weights, out[1:]))
    return weights
