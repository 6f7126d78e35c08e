# %% [markdown]
# # A layer with state
#
# One class: a dense layer that remembers its inputs between forward and backward. Then a function that uses it.

# %% setup="imports"
import numpy as np
from grader import check

# %% given="batch"
X = np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 0.25]])
W = np.array([[0.5, -2.0, 1.0], [1.5, 0.25, -0.5]])
b = np.array([0.1, 0.2, -0.3])
upstream = np.array([[1.0, 0.5, -1.0], [0.0, 2.0, 1.0], [-0.5, 1.0, 0.25]])


def dense(X, W, b):
    """The outputs of a dense layer. X: (N, D), W: (D, H), b: (H,). Returns (N, H)."""
    return X @ W + b

# %% adapter="layer_outputs" of="Layer"
def layer_outputs(X, W, b):
    """What a layer with these weights gives. Returns (N, H)."""
    return Layer(W, b).forward(X)

# %% adapter="layer_gradients" of="Layer" gradient_of="dense" wrt="X W b" upstream="upstream"
def layer_gradients(upstream, X, W, b):
    """The gradients that a layer keeps and returns, after one forward and one backward. Returns (dX, dW, db)."""
    layer = Layer(W, b)
    layer.forward(X)
    dX = layer.backward(upstream)
    return dX, layer.dW, layer.db

# %% [markdown] hints="Layer"
# 1. What does the backward pass need that only the forward pass has seen?
# 2. Keep `X` in `self`; sum the bias gradient over the rows.
# 3. $dX = G W^\top$, $dW = X^\top G$, $db = \sum_i G_i$

# %% exercise="Layer" bans="tensorflow keras torch jax"
class Layer:
    """A dense layer. W: (D, H), b: (H,)."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, X):
        """X: (N, D). Returns (N, H)."""
        ### BEGIN SOLUTION
        self.X = X
        return X @ self.W + self.b
        ### END SOLUTION

    def backward(self, upstream):
        """upstream: (N, H) dL/d(output). Keeps dW and db, and returns dX: (N, D)."""
        ### BEGIN SOLUTION
        self.dW, self.db = self.X.T @ upstream, upstream.sum(axis=0)
        return upstream @ self.W.T
        ### END SOLUTION

# %% check="Layer" points=4
check.values(layer_outputs, X, W, b, part="forward")
check.values(layer_outputs, X[:1, :1], W[:1, :2], b[:2], part="forward")
check.gradients(layer_gradients, upstream, X, W, b, part="backward", names=["dX", "dW", "db"])
check.gradients(layer_gradients, upstream[:2, :2], X[:2, :1], W[:1, :2], b[:2], part="backward",
                names=["dX", "dW", "db"])
### BEGIN HIDDEN TESTS
rng = check.rng
for N, D, H in ((7, 5, 3), (7, 5, 3), (1, 1, 1)):
    X, W, b = rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.uniform(0.5, 1.5, size=H)
    check.values(layer_outputs, X, W, b, part="forward")
    check.gradients(layer_gradients, rng.normal(size=(N, H)), X, W, b, part="backward", names=["dX", "dW", "db"])
### END HIDDEN TESTS

# %% exercise="two_layers"
def two_layers(X, W1, b1, W2, b2):
    """The outputs of a layer upon a layer, with a ReLU between them. Returns (N, C)."""
    ### BEGIN SOLUTION
    return Layer(W2, b2).forward(np.maximum(Layer(W1, b1).forward(X), 0))
    ### END SOLUTION

# %% check="two_layers" points=2
check.values(two_layers, X, W, b, W.T, b[:2])
check.values(two_layers, X[:1, :1], W[:1, :2], b[:2], W.T[:2, :1], b[:1])
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7, 1):
    check.values(two_layers, rng.normal(size=(N, 5)), rng.normal(size=(5, 3)), rng.normal(size=3),
                 rng.normal(size=(3, 4)), rng.normal(size=4))
### END HIDDEN TESTS

# %%
check.progress()
