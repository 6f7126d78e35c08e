# %% ^setup
from typing import NamedTuple
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# %% softmax
def softmax(z: "Floats") -> "Floats":
    """Row-wise softmax.

    Parameters
    ----------
    z : (N, C) array of scores.

    Returns
    -------
    (N, C) array of probabilities.
    """
    shifted: np.ndarray = z - np.max(z, axis=1, keepdims=True)
    e: np.ndarray = np.exp(shifted)
    return e / e.sum(axis=1)[:, None]
# %% cross_entropy
def cross_entropy(z: np.ndarray, y: np.ndarray) -> float:
    """Mean of lse(z_i) - z_{i, y_i}.

    >>> round(cross_entropy(np.zeros((1, 10)), np.array([3])), 3)
    2.303
    """
    return np.mean(log_sum_exp(z) - z[np.arange(len(z)), y]).item()
# %% +cross_entropy
import doctest
doctest.run_docstring_examples(cross_entropy, {"cross_entropy": cross_entropy, "np": np})
# %% cross_entropy_gradient
def cross_entropy_gradient(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(P - Y) / N, with P the softmax of z and Y the one-hot labels."""
    n: int
    n, _ = z.shape
    gradient: np.ndarray = softmax(z) / n
    gradient[np.arange(n), y] -= 1 / n
    return gradient
# %% loss_and_gradients
from typing import NamedTuple


class Result(NamedTuple):
    loss: float
    dW: np.ndarray
    db: np.ndarray


def loss_and_gradients(X: np.ndarray, y: np.ndarray, W: np.ndarray, b: np.ndarray) -> Result:
    """Loss and gradients of softmax regression, as a named tuple."""
    Z = X @ W + b
    dZ = cross_entropy_gradient(Z, y)
    return Result(loss=cross_entropy(Z, y), dW=X.T @ dZ, db=dZ.sum(axis=0))
# %% +loss_and_gradients
result = loss_and_gradients(layer_X, layer_y, layer_W, layer_b)
print(f"{result.loss=:.4f}", result.dW.shape, result.db.shape)
# %% train
def train(X: np.ndarray, y: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """300 steps of gradient descent with learning rate 1."""
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
    for _ in range(300):
        step = loss_and_gradients(X, y, W, b)
        W, b = W - step.dW, b - step.db
    return W, b
