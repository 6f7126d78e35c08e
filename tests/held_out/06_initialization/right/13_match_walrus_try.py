# %% -layer_backward
def slope(A, kind):
    match kind:
        case "linear":
            return 1
        case "tanh":
            return 1 - A ** 2
        case "relu":
            return (A > 0) * 1
        case _:
            raise ValueError(f"unknown kind {kind!r}")
# %% layer_backward
def layer_backward(dA, X, W, kind):
    assert X.shape[1] == W.shape[0] and dA.shape == (X.shape[0], W.shape[1])
    dX, dW = (dZ := dA * slope(layer(X, W, kind), kind)) @ W.T, X.T @ dZ
    assert dX.shape == X.shape and dW.shape == W.shape
    return dX, dW
# %% +layer_backward
try:
    slope(1, "sigmoid")
except ValueError as error:
    print(error)
# %% init_network
def init_network(sizes, kind, seed):
    variances = {"glorot": lambda m, n: 2 / (m + n), "he": lambda m, n: 2 / m}
    try:
        variance = variances[kind]
    except KeyError:
        raise ValueError(f"kind must be glorot or he, {kind!r} came") from None
    return tuple(np.random.default_rng([seed, l]).normal(0, np.sqrt(variance(m, n)), size=(m, n))
                 for l, (m, n) in enumerate(pairwise(sizes)))
# %% fans
def fans(shape):
    match shape:
        case (d, h):
            return d, h
        case (kh, kw, c_in, c_out):
            return (window := kh * kw) * c_in, window * c_out
