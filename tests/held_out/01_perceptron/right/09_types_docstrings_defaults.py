# %% ^setup
from typing import NamedTuple

Array = np.ndarray

# %% net_input
def net_input(X: Array, w: Array, b: float = 0.0, *, verbose: bool = False) -> Array:
    """Net input of a TLU.

    Parameters
    ----------
    X : (N, D) array
    w : (D,) array
    b : float, default 0

    Returns
    -------
    (N,) array

    >>> net_input(np.array([[1.0, 2.0]]), np.array([1.0, 1.0]), 3.0)
    array([6.])
    """
    z = np.dot(X, w)
    if verbose:
        print("without bias:", z)
    return z + b

# %% +net_input
net_input(rows, row_w, row_b, verbose=True)

# %% hebb
class Unit(NamedTuple):
    w: Array
    b: float


def hebb(X: Array, s: Array, eta: float = 1.0) -> Unit:
    """Hebb's rule; returns a named tuple."""
    return Unit(w=eta * X.T @ s, b=float(eta * np.sum(s)))

# %% perceptron_step
def perceptron_step(x: Array, t: int, w: Array, b: float, eta: float = 1.0) -> tuple[Array, float]:
    e: float = t - float(heaviside(net_input(x, w, b)))
    return w + eta * e * x, b + eta * e

# %% train_perceptron
def train_perceptron(X: Array, t: Array, w: Array, b: float, epochs: int, *, eta: float = 1.0) -> tuple[Array, float, int]:
    updates: int = 0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            old: Unit = Unit(w, b)
            w, b = perceptron_step(x, target, w, b, eta)
            updates += int(old.b != b)
    return w, b, updates

# %% train_pocket
def train_pocket(X: Array, t: Array, seed: int, *, epochs: int = 40) -> Unit:
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    best: int = -1
    for _ in range(epochs):
        order: Array = rng.permutation(X.shape[0])
        w, b, _n = train_perceptron(X[order], t[order], w, b, 1)
        right: int = int((tlu(X, w, b) == t).sum())
        if right > best:
            best, pocket = right, Unit(w, b)
    return pocket
