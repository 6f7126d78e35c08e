# %% [markdown]
# # Scale and slope
#
# Two small exercises: a line and the gradient of its squared error.

# %% setup="imports"
import numpy as np
from grader import check

# %% given="batch"
x = np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 0.25]])
w = np.array([0.5, -2.0])
y = np.array([1.0, 0.0, -1.0])


def squared_error(x, y, w):
    return np.mean((x @ w - y) ** 2) / 2

# %% [markdown] hints="line"
# 1. Which axis of $x$ is the batch?
# 2. Look at `@`.
# 3. $\hat y = X w$

# %% exercise="line"
def line(x, w):
    """x: (N, D) rows, w: (D,) weights. Returns the (N,) predictions."""
    ### BEGIN SOLUTION
    return x @ w
    ### END SOLUTION

# %% check="line" points=2
check.values(line, x, w)
check.values(line, x[:2, :1], w[:1])
### BEGIN HIDDEN TESTS
for N in (7, 7, 1):
    check.values(line, check.rng.normal(size=(N, 5)), check.rng.normal(size=5))
### END HIDDEN TESTS

# %% figure="predictions"
if check.needs(line):
    print("predictions", line(x, w))

# %% exercise="slope" gradient_of="squared_error" wrt="w"
def slope(x, y, w):
    """The gradient of mean((line(x, w) - y)**2) / 2 with respect to w. Returns (D,)."""
    ### BEGIN SOLUTION
    residual_of_the_line = line(x, w) - y
    return x.T @ residual_of_the_line / len(x)
    ### END SOLUTION

# %% check="slope" points=4
check.gradients(slope, x, y, w)
check.gradients(slope, x[:2, :1], y[:2], w[:1])
check.gradients(slope, x[:1], y[:1], w, part="single row")
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7):
    check.gradients(slope, rng.normal(size=(N, 5)), rng.normal(size=N), rng.normal(size=5), weight=3)
for D in (5, 5, 1):
    check.gradients(slope, rng.normal(size=(1, D)), rng.normal(size=1), rng.normal(size=D), part="single row")
### END HIDDEN TESTS

# %% [markdown]
# **Question.** Why is the gradient zero at the least-squares solution?

# %% [markdown] written="least_squares" points=1
# ### BEGIN SOLUTION
# Because the residual is orthogonal to every column; one point for naming orthogonality.
# ### END SOLUTION
