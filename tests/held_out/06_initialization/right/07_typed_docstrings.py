# %% ^setup
from typing import Literal, Sequence, TypeAlias

Kind: TypeAlias = Literal["linear", "tanh", "relu"]
# %% activations
def activations(X: np.ndarray, weights: "Sequence[np.ndarray]", kind: "Kind") -> tuple[np.ndarray, ...]:
    """What comes out of every layer.

    Args:
        X: inputs, (N, n_0).
        weights: the matrices.
        kind: activation of every layer.

    Returns:
        One array a layer.
    """
    A: np.ndarray = X
    outputs: list[np.ndarray] = []
    for W in weights:
        A = layer(A, W, kind)
        outputs.append(A)
    return tuple(outputs)
# %% layer_statistics
def layer_statistics(X: np.ndarray, weights: tuple, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Spread and saturated share, layer by layer."""
    A: list[np.ndarray] = [a.reshape(-1) for a in activations(X, weights, kind)]
    stds: np.ndarray = np.fromiter((np.linalg.norm(a - a.mean()) / np.sqrt(a.size) for a in A), dtype=float)
    saturated: np.ndarray = np.fromiter((1 - np.mean(np.abs(a) <= 0.95) for a in A), dtype=float)
    return stds, saturated
# %% recommended
def recommended(m: int, m_next: int) -> np.ndarray:
    """The table, mended: the 4 belongs to the sigmoid, ReLU needs the fan-in only."""
    table: np.ndarray = np.empty((3, 2))
    table[:, 1] = np.sqrt([32 / (m + m_next), 2 / (m + m_next), 2 / m])
    table[:, 0] = np.sqrt(3) * table[:, 1]
    return table
# %% +recommended
print(recommended(784, 100) / suspect(784, 100))
# %% layer_backward
def layer_backward(dA: np.ndarray, X: np.ndarray, W: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Chain rule for one layer; see 6.4."""
    A: np.ndarray = layer(X, W, kind)
    dZ: np.ndarray
    if kind == "tanh":
        dZ = dA - dA * A * A
    elif kind == "relu":
        dZ = dA.copy()
        dZ[A == 0] = 0
    else:
        dZ = dA
    dX: np.ndarray = (W @ dZ.T).T
    dW: np.ndarray = (dZ.T @ X).T
    return dX, dW
# %% fans
def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Channels of a pixel times places of the window."""
    window: int = int(np.prod(shape[:-2], dtype=int))
    return window * int(shape[-2]), window * int(shape[-1])
