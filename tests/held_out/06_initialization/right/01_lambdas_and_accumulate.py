# %% -activations
from functools import reduce
from itertools import accumulate
# %% activations
activations = lambda X, weights, kind: tuple(accumulate(weights, lambda A, W: layer(A, W, kind), initial=X))[1:]
# %% layer_statistics
layer_statistics = lambda X, weights, kind: tuple(
    np.array([f(A) for A in activations(X, weights, kind)]) for f in (np.std, lambda A: (abs(A) > 0.95).mean()))
# %% recommended
recommended = lambda m, n: np.array([[(k * 6) ** 0.5, (k * 2) ** 0.5] for k in (16 / (m + n), 1 / (m + n), 1 / m)])
# %% init_network
init_network = lambda sizes, kind, seed: (lambda rng: tuple(
    rng.normal(0, (2 / (a + b if kind == "glorot" else a)) ** 0.5, (a, b)) for a, b in zip(sizes, sizes[1:])))(
    np.random.default_rng(seed))
# %% fans
fans = lambda shape: tuple(reduce(lambda p, q: p * q, shape[:-2], 1) * n for n in shape[-2:])
