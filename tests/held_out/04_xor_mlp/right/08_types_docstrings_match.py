# %% ^setup
from typing import TypeAlias

Array: TypeAlias = np.ndarray
Parameters: TypeAlias = tuple[Array, Array, Array, Array]

# %% sigmoid
def sigmoid(z: Array) -> Array:
    """The logistic sigmoid of each entry.

    >>> sigmoid(np.array([0.0]))
    array([0.5])
    """
    z = np.asarray(z, dtype=float)
    s: Array = np.empty_like(z)
    up = z >= 0
    s[up] = 1 / (1 + np.exp(-z[up]))
    s[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))
    return s

# %% binary_cross_entropy
def binary_cross_entropy(z: Array, y: Array, *, reduction: str = "mean") -> float:
    """Binary cross-entropy of logits.

    reduction: "mean" (the default), "sum" or "none".
    """
    each = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z
    match reduction:
        case "mean":
            return each.mean()
        case "sum":
            return each.sum()
        case "none":
            return each

# %% +binary_cross_entropy
"""
# What I learned

The loss wants **logits**, and `np.log1p`.

* `y = 1`: softplus(-z)
* `y = 0`: softplus(z)
"""

# %% ebp_step
def ebp_step(X: Array, t: Array, W1: Array, b1: Array, W2: Array, b2: Array, rate: float = 1.0) -> Parameters:
    """Downhill in both layers: the two minus signs of the slides' delta1 were one too many."""
    h, z = forward(X, W1, b1, W2, b2)
    y: Array = sigmoid(z)
    delta2: Array = (t - y) * y * (1 - y) / len(X)  # points downhill
    delta1: Array = h * (1 - h) * (delta2 @ W2.T)
    return (W1 + rate * X.T @ delta1, b1 + rate * delta1.sum(axis=0),
            W2 + rate * h.T @ delta2, b2 + rate * delta2.sum(axis=0))

# %% train
def train(X: Array, y: Array, seed: int, hidden: int = 16, rate: float = 2.0, steps: int = 500) -> Parameters:
    """Gradient descent with the whole batch."""
    W1, b1, W2, b2, losses = descend(X, y[:, None], *start_weights(X.shape[1], hidden, seed), rate, steps)
    return W1, b1, W2, b2
