"""Wrong answers as students write them: chapter, exercise, what is told when graded and in the notebook, source."""

from __future__ import annotations

CAUSES: list[tuple[str, str, str, str, str]] = []


def _of(chapter: str, exercise: str, says: str, source: str, in_notebook: str | None = None) -> None:
    CAUSES.append((chapter, exercise, says, says if in_notebook is None else in_notebook, source.strip("\n")))


# 05: softmax
_of(
    "05",
    "softmax",
    "powers of 2",
    """
def softmax(z):
    e = 2.0 ** (z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
""",
)
_of(
    "05",
    "softmax",
    "powers of 10",
    """
def softmax(z):
    e = np.power(10.0, z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
""",
)
_of(
    "05",
    "softmax",
    "0.5 times `z`",
    """
def softmax(z, T=2.0):
    e = np.exp((z - z.max(axis=1, keepdims=True)) / T)
    return e / e.sum(axis=1, keepdims=True)
""",
)
_of(
    "05",
    "softmax",
    "applied twice",
    """
def softmax(z):
    def once(z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    return once(once(z))
""",
)
_of(
    "05",
    "softmax",
    "sorted",
    """
def softmax(z):
    z = np.sort(z, axis=1)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
""",
)
_of(
    "05",
    "softmax",
    "without the exponential",
    """
def softmax(z):
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted / shifted.sum(axis=1, keepdims=True)
""",
)
_of(
    "05",
    "softmax",
    "rounded to 3 digits",
    """
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.round(e / e.sum(axis=1, keepdims=True), 3)
""",
)
_of(
    "05",
    "softmax",
    "logarithm of the right one",
    """
def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))
""",
)
_of(
    "05",
    "softmax",
    "1 at the largest entry",
    """
def softmax(z):
    return np.eye(z.shape[1])[z.argmax(axis=1)]
""",
)
_of(
    "05",
    "softmax",
    "opposite sign",
    """
def softmax(z):
    e = np.exp(-(z - z.min(axis=1, keepdims=True)))
    return e / e.sum(axis=1, keepdims=True)
""",
)
_of(
    "05",
    "softmax",
    "fractions",
    """
def softmax(z):
    out = np.zeros(z.shape, dtype=int)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    out[:] = e / e.sum(axis=1, keepdims=True)
    return out
""",
)
# 05: log-sum-exp
_of(
    "05",
    "log_sum_exp",
    "logarithm to the base 2",
    """
def log_sum_exp(z):
    m = z.max(axis=1)
    return m + np.log2(np.exp(z - m[:, None]).sum(axis=1))
""",
)
_of(
    "05",
    "log_sum_exp",
    "without the logarithm",
    """
def log_sum_exp(z):
    m = z.max(axis=1)
    return m + np.exp(z - m[:, None]).sum(axis=1)
""",
)
_of(
    "05",
    "log_sum_exp",
    "a mean where a sum belongs",
    """
def log_sum_exp(z):
    m = z.max(axis=1)
    return m + np.log(np.exp(z - m[:, None]).mean(axis=1))
""",
)
_of(
    "05",
    "log_sum_exp",
    "a minus where a plus belongs",
    """
def log_sum_exp(z):
    m = z.max(axis=1)
    return m - np.log(np.exp(z - m[:, None]).sum(axis=1))
""",
)
# 05: losses
_of(
    "05",
    "cross_entropy",
    "base 2",
    """
def cross_entropy(z, y):
    return float(np.mean(log_sum_exp(z) - z[np.arange(len(z)), y]) / np.log(2))
""",
)
_of(
    "05",
    "cross_entropy",
    "base 10",
    """
def cross_entropy(z, y):
    return float(-np.mean(np.log10(softmax(z)[np.arange(len(z)), y])))
""",
)
_of(
    "05",
    "cross_entropy",
    "in the place of `y`",
    """
def cross_entropy(z, y):
    p = softmax(z)
    return float(-np.mean(np.log(p.max(axis=1))))
""",
)
_of(
    "05",
    "cross_entropy",
    "the first row alone",
    """
def cross_entropy(z, y):
    return float(log_sum_exp(z)[0] - z[0, y[0]])
""",
)
_of(
    "05",
    "cross_entropy",
    "in place of",
    """
def cross_entropy(z, y):
    return float(np.sum(log_sum_exp(z) - z[np.arange(len(z)), y]) / (len(z) - 1))
""",
)
_of(
    "05",
    "cross_entropy",
    "smoothed by 0.1",
    """
def cross_entropy(z, y):
    t = np.eye(z.shape[1])[y] * 0.9 + 0.1 / z.shape[1]
    return float(-np.mean(np.sum(t * (z - log_sum_exp(z)[:, None]), axis=1)))
""",
)
_of(
    "05",
    "cross_entropy",
    "epsilon of 1e-09",
    """
def cross_entropy(z, y):
    p = softmax(z)[np.arange(len(z)), y]
    return float(-np.mean(np.log(p + 1e-9)))
""",
)
_of(
    "05",
    "cross_entropy",
    "clipped at 1e-12",
    """
def cross_entropy(z, y):
    p = np.clip(softmax(z), 1e-12, 1 - 1e-12)
    return float(-np.mean(np.log(p[np.arange(len(z)), y])))
""",
)
_of(
    "05",
    "cross_entropy",
    "plus where a minus",
    """
def cross_entropy(z, y):
    return float(np.mean(log_sum_exp(z) + z[np.arange(len(z)), y]))
""",
)
_of(
    "05",
    "cross_entropy",
    "one class down",
    """
def cross_entropy(z, y):
    return float(np.mean(log_sum_exp(z) - z[np.arange(len(z)), y - 1]))
""",
)
_of(
    "05",
    "cross_entropy",
    "median",
    """
def cross_entropy(z, y):
    return float(np.median(log_sum_exp(z) - z[np.arange(len(z)), y]))
""",
)
_of(
    "05",
    "cross_entropy",
    "square",
    """
def cross_entropy(z, y):
    return float(np.mean(log_sum_exp(z) - z[np.arange(len(z)), y])) ** 2
""",
)
_of(
    "05",
    "cross_entropy",
    "the exponential of minus",
    """
def cross_entropy(z, y):
    return float(np.exp(-np.mean(log_sum_exp(z) - z[np.arange(len(z)), y])))
""",
)
_of(
    "05",
    "soft_cross_entropy",
    "exchanged",
    """
def soft_cross_entropy(z, t):
    log_t = t - log_sum_exp(t)[:, None]
    return float(-np.mean(np.sum(z * log_t, axis=1)))
""",
)
_of(
    "05",
    "soft_cross_entropy",
    "largest entry of each row of `t`",
    """
def soft_cross_entropy(z, t):
    y = t.argmax(axis=1)
    return float(np.mean(log_sum_exp(z) - z[np.arange(len(z)), y]))
""",
)
_of(
    "05",
    "sequence_cross_entropy",
    "",
    """
def sequence_cross_entropy(z, y):
    return cross_entropy(z[:, 0], y[:, 0])
""",
)
# 05: gradients
_of(
    "05",
    "cross_entropy_gradient",
    "one class up",
    """
def cross_entropy_gradient(z, y):
    dz = softmax(z)
    dz[np.arange(len(z)), (y + 1) % z.shape[1]] -= 1
    return dz / len(z)
""",
)
_of(
    "05",
    "cross_entropy_gradient",
    "plus where a minus",
    """
def cross_entropy_gradient(z, y):
    dz = softmax(z)
    dz[np.arange(len(z)), y] += 1
    return dz / len(z)
""",
)
_of(
    "05",
    "cross_entropy_gradient",
    "without `softmax`",
    """
def cross_entropy_gradient(z, y):
    return (z - np.eye(z.shape[1])[y]) / len(z)
""",
)
_of(
    "05",
    "loss_and_gradients",
    "base 2",
    """
def loss_and_gradients(X, y, W, b):
    z = X @ W + b
    dz = cross_entropy_gradient(z, y)
    return cross_entropy(z, y) / np.log(2), X.T @ dz, dz.sum(axis=0)
""",
)
_of(
    "05",
    "loss_and_gradients",
    "`b` counted twice",
    """
def loss_and_gradients(X, y, W, b):
    z = X @ W + b + b
    dz = cross_entropy_gradient(z, y)
    return cross_entropy(z, y), X.T @ dz, dz.sum(axis=0)
""",
)
# 04
_of(
    "04",
    "sigmoid",
    "falls from 1 to 0",
    """
def sigmoid(z):
    return np.exp(-z) / (1 + np.exp(-z))
""",
)
_of(
    "04",
    "sigmoid",
    "a minus where a plus belongs",
    """
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1 - e)
""",
    in_notebook="divide by zero",
)
_of(
    "04",
    "sigmoid",
    "0.5 times `z`",
    """
def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.25 * z))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "one of two terms lacks its minus",
    """
def binary_cross_entropy(z, y):
    A = sigmoid(z)
    return np.sum(-y * np.log(A) + (1 - y) * np.log(1 - A)) / y.shape[0]
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "every row meets every other",
    """
def binary_cross_entropy(z, y):
    y = y.ravel()
    return float(np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "every row meets every other",
    """
def binary_cross_entropy(z, y):
    z = z[:, 0]
    return float(np.mean(np.logaddexp(0, z) - y * z))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "without the maximum",
    """
def binary_cross_entropy(z, y):
    return float(np.mean(z + np.log1p(np.exp(-np.abs(z))) - y * z))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "base 2",
    """
def binary_cross_entropy(z, y):
    p = sigmoid(z)
    return float(-np.mean(y * np.log2(p) + (1 - y) * np.log2(1 - p)))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "epsilon of 1e-07 inside the logarithm",
    """
def binary_cross_entropy(z, y):
    p = sigmoid(z)
    return float(-np.mean(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7)))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "epsilon",
    """
def binary_cross_entropy(z, y):
    p = sigmoid(z)
    return float(-np.mean(y * np.log(p + 3e-11) + (1 - y) * np.log(1 - p + 3e-11)))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "base 2",
    """
def binary_cross_entropy(z, y):
    z = z.ravel(); y = y.ravel()
    return float(np.mean(np.logaddexp2(0, z / np.log(2)) - y * z / np.log(2)))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "are swapped",
    """
def binary_cross_entropy(z, y):
    p = sigmoid(z)
    return float(-np.mean((1 - y) * np.log(p) + y * np.log(1 - p)))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "-1 and 1 in `y`",
    """
def binary_cross_entropy(z, y):
    t = 2 * y - 1
    return float(np.mean(np.logaddexp(0, z) - t * z))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "sum over the batch",
    """
def binary_cross_entropy(z, y):
    total = 0
    for a, t in zip(z[:, 0], y[:, 0]):
        total += np.logaddexp(0, a) - t * a
    return total
""",
)
_of(
    "04",
    "loss_and_gradients",
    "leave the hidden layer's bias b1 out",
    """
def loss_and_gradients(X, y, W1, b1, W2, b2):
    h = sigmoid(X @ W1)
    z = h @ W2 + b2
    loss = binary_cross_entropy(z, y)
    dz = (sigmoid(z) - y) / len(X)
    dA = dz @ W2.T * h * (1 - h)
    return loss, X.T @ dA, dA.sum(axis=0), h.T @ dz, dz.sum(axis=0)
""",
)
_of(
    "04",
    "loss_and_gradients",
    "its factor 1 - h is missing",
    """
def loss_and_gradients(X, y, W1, b1, W2, b2):
    h, z = forward(X, W1, b1, W2, b2)
    loss = binary_cross_entropy(z, y)
    dz = (sigmoid(z) - y) / len(X)
    dA = dz @ W2.T * h
    return loss, X.T @ dA, dA.sum(axis=0), h.T @ dz, dz.sum(axis=0)
""",
)
_of(
    "04",
    "ebp_step",
    "",
    """
def ebp_step(X, t, W1, b1, W2, b2, rate):
    h, z = forward(X, W1, b1, W2, b2)
    y = sigmoid(z)
    delta2 = (y - t) * y * (1 - y) / len(X)
    delta1 = (delta2 @ W2.T)
    return (W1 - rate * X.T @ delta1, b1 - rate * delta1.sum(axis=0),
            W2 - rate * h.T @ delta2, b2 - rate * delta2.sum(axis=0))
""",
)
_of(
    "04",
    "forward",
    "leave the bias b2 out",
    """
def forward(X, W1, b1, W2, b2):
    h = sigmoid(X @ W1 + b1)
    return h, h @ W2
""",
)
_of(
    "04",
    "sigmoid",
    "twice too steep",
    """
def sigmoid(z):
    return 0.5 * (1 + np.tanh(z))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "(np.maximum) belongs",
    """
def binary_cross_entropy(z, y):
    return float(np.mean(np.max(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z))
""",
)
_of(
    "04",
    "binary_cross_entropy",
    "the 1 added twice",
    """
def binary_cross_entropy(z, y):
    return float(np.mean(np.where(z > 0, z, 0) + np.log1p(1 + np.exp(-np.abs(z))) - y * z))
""",
)
_of(
    "04",
    "descend",
    "between the steps of the two layers",
    """
def descend(X, y, W1, b1, W2, b2, rate, steps):
    losses = np.zeros(steps)
    for step in range(steps):
        losses[step], _, _, dW2, db2 = loss_and_gradients(X, y, W1, b1, W2, b2)
        W2, b2 = W2 - rate * dW2, b2 - rate * db2
        _, dW1, db1, _, _ = loss_and_gradients(X, y, W1, b1, W2, b2)
        W1, b1 = W1 - rate * dW1, b1 - rate * db1
    return W1, b1, W2, b2, losses
""",
)
# 01
_of(
    "01",
    "net_input",
    "You subtract b",
    """
def net_input(X, w, b):
    return X @ w - b
""",
)
_of(
    "01",
    "net_input",
    "leaves the bias out",
    """
def net_input(X, w, b):
    return np.dot(X, w)
""",
)
_of(
    "01",
    "hebb",
    "mean",
    """
def hebb(X, s, eta):
    return eta * np.mean(s[:, None] * X, axis=0), eta * np.mean(s)
""",
)
_of(
    "01",
    "hebb",
    "leave the learning rate out",
    """
def hebb(X, s, eta):
    return s @ X, s.sum()
""",
)
_of(
    "01",
    "perceptron_step",
    "",
    """
def perceptron_step(x, t, w, b, eta):
    y = heaviside(x @ w + b)
    return w + eta * (y - t) * x, b + eta * (y - t)
""",
)
_of(
    "01",
    "margin_and_radius",
    "",
    """
def margin_and_radius(X, t, w, b):
    s = 2 * t - 1
    gamma = np.min(s * (X @ w + b)) / np.linalg.norm(w)
    radius = np.sqrt(np.max(np.sum(X * X, axis=1)) + 1)
    return gamma, radius, (radius / gamma) ** 2
""",
)
_of(
    "01",
    "margin_and_radius",
    "always 1",
    """
def margin_and_radius(X, t, w, b):
    s = 2 * t - 1
    gamma = np.min(s * (X @ w + b)) / np.sqrt(w @ w + b * b)
    radius = np.sqrt(np.max(np.sum(X * X, axis=1)))
    return gamma, radius, (radius / gamma) ** 2
""",
)
_of(
    "01",
    "margin_and_radius",
    "maximum where a minimum",
    """
def margin_and_radius(X, t, w, b):
    s = 2 * t - 1
    gamma = np.max(s * (X @ w + b)) / np.sqrt(w @ w + b * b)
    radius = np.sqrt(np.max(np.sum(X * X, axis=1)) + 1)
    return gamma, radius, (radius / gamma) ** 2
""",
)
_of(
    "01",
    "net_input",
    "has b",
    """
def net_input(X, w, b):
    return np.sum(X * w + b, axis=1) + b
""",
)
_of(
    "01",
    "tlu",
    "as np.heaviside(z, 0.5) does",
    """
def tlu(X, w, b):
    return (np.sign(X @ w + b) + 1) / 2
""",
)
_of(
    "01",
    "perceptron_step",
    "For b you work out the error anew",
    """
def perceptron_step(x, t, w, b, eta):
    w = w + eta * (t - tlu(x, w, b)) * x
    b = b + eta * (t - tlu(x, w, b))
    return w, float(b)
""",
)
_of(
    "01",
    "perceptron_step",
    "Your numbers are those of the formula without `eta`",
    """
def perceptron_step(x, t, w, b, eta):
    error = t - heaviside(x @ w + b)
    return w + eta * error * x, b + error
""",
)
_of(
    "01",
    "train_perceptron",
    "add up to 0",
    """
def train_perceptron(X, t, w, b, epochs):
    updates = 0
    for _ in range(epochs):
        total = 0
        for x, target in zip(X, t):
            e = target - heaviside(x @ w + b)
            w, b, updates, total = w + e * x, b + e, updates + (e != 0), total + e
        if total == 0:
            break
    return w, b, int(updates)
""",
)
_of(
    "01",
    "train_perceptron",
    "all rows but the last",
    """
def train_perceptron(X, t, w, b, epochs):
    updates = 0
    for _ in range(epochs):
        for i in range(len(X) - 1):
            e = t[i] - heaviside(X[i] @ w + b)
            w, b, updates = w + e * X[i], b + e, updates + int(e != 0)
    return w, b, updates
""",
)
_of(
    "01",
    "margin_and_radius",
    "length of the whole array",
    """
def margin_and_radius(X, t, w, b):
    X1, w1 = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    gamma = np.min((2 * t - 1) * (X1 @ w1)) / np.linalg.norm(w1)
    radius = np.max(np.linalg.norm(X1))
    return gamma, radius, (radius / gamma) ** 2
""",
)
# 06
_of(
    "06",
    "layer_statistics",
    "variance",
    """
def layer_statistics(X, weights, kind):
    outs = activations(X, weights, kind)
    return np.array([np.mean((A - A.mean())**2) for A in outs]), np.array([(abs(A) > 0.95).mean() for A in outs])
""",
)
_of(
    "06",
    "he_normal",
    "square",
    """
def he_normal(shape, seed):
    np.random.seed(seed)
    return np.random.randn(*shape) * (2 / shape[0])
""",
    in_notebook="times the expected",
)
_of(
    "06",
    "he_normal",
    "2 under the root",
    """
def he_normal(shape, seed):
    np.random.seed(seed)
    return np.random.randn(*shape) / np.sqrt(shape[0])
""",
    in_notebook="times the expected",
)
_of(
    "06",
    "layer_backward",
    "every kind as tanh",
    """
def layer_backward(dA, X, W, kind):
    A = np.tanh(X @ W)
    dZ = dA * (1 - A**2)
    return dZ @ W.T, X.T @ dZ
""",
)
_of(
    "04",
    "descend",
    "without `rate`",
    """
def descend(X, y, W1, b1, W2, b2, rate, steps):
    losses = []
    for _ in range(steps):
        loss, dW1, db1, dW2, db2 = loss_and_gradients(X, y, W1, b1, W2, b2)
        losses.append(loss)
        W1, b1, W2, b2 = W1 - dW1, b1 - db1, W2 - dW2, b2 - db2
    return W1, b1, W2, b2, np.array(losses)
""",
)
_of(
    "04",
    "descend",
    "W1 and b1 stay where they started",
    """
def descend(X, y, W1, b1, W2, b2, rate, steps):
    losses = np.zeros(steps)
    for i in range(steps):
        loss, dW1, db1, dW2, db2 = loss_and_gradients(X, y, W1, b1, W2, b2)
        losses[i] = loss
        W2, b2 = W2 - rate * dW2, b2 - rate * db2
    return W1, b1, W2, b2, losses
""",
)
_of(
    "04",
    "descend",
    "fractions, which are cut off",
    """
def descend(X, y, W1, b1, W2, b2, rate, steps):
    losses = np.zeros(steps, dtype=int)
    for i in range(steps):
        loss, dW1, db1, dW2, db2 = loss_and_gradients(X, y, W1, b1, W2, b2)
        losses[i] = loss
        W1, b1, W2, b2 = W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2
    return W1, b1, W2, b2, losses
""",
)
_of(
    "04",
    "ebp_step",
    "`rate` counted twice",
    """
def ebp_step(X, t, W1, b1, W2, b2, rate):
    h, z = forward(X, W1, b1, W2, b2)
    y = sigmoid(z)
    d2 = 2 * (y - t) * y * (1 - y) / len(X)
    d1 = h * (1 - h) * (d2 @ W2.T)
    return (W1 - rate * X.T @ d1, b1 - rate * d1.sum(axis=0), W2 - rate * h.T @ d2, b2 - rate * d2.sum(axis=0))
""",
)
_of(
    "04",
    "ebp_step",
    "b1 and b2 are each moved by a step that is",
    """
def ebp_step(X, t, W1, b1, W2, b2, rate):
    h, z = forward(X, W1, b1, W2, b2)
    y = sigmoid(z)
    d2 = (y - t) * y * (1 - y) / len(X)
    d1 = h * (1 - h) * (d2 @ W2.T)
    return (W1 - rate * X.T @ d1, b1 - rate * d1.mean(axis=0), W2 - rate * h.T @ d2, b2 - rate * d2.mean(axis=0))
""",
)
_of(
    "04",
    "ebp_step",
    "times the change that is asked for, without the old value",
    """
def ebp_step(X, t, W1, b1, W2, b2, rate):
    h, z = forward(X, W1, b1, W2, b2)
    y = sigmoid(z)
    d2 = (y - t) * y * (1 - y) / len(X)
    d1 = h * (1 - h) * (d2 @ W2.T)
    return (X.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0))
""",
)
_of(
    "01",
    "perceptron_step",
    "-1 where it is silent",
    """
def perceptron_step(x, t, w, b, eta):
    e = t - sign(x @ w + b)
    return w + eta * e * x, b + eta * e
""",
)
_of(
    "01",
    "margin_and_radius",
    "without the square root",
    """
def margin_and_radius(X, t, w, b):
    s = 2 * t - 1
    gamma = np.min(s * (X @ w + b)) / np.sqrt(w @ w + b * b)
    radius = np.max(np.sum(X * X, axis=1)) + 1
    return gamma, radius, (radius / gamma) ** 2
""",
)
_of(
    "06",
    "recommended",
    "without the square root",
    """
def recommended(m, m_next):
    g = np.array([6 / (m + m_next), 2 / (m + m_next)])
    he = np.array([6 / m, 2 / m])
    return np.stack([4 * g, g, he])
""",
)
_of(
    "06",
    "layer_backward",
    "the sigmoid's slope, a(1 - a)",
    """
def layer_backward(dA, X, W, kind):
    A = layer(X, W, kind)
    if kind == "tanh":
        dZ = dA * A * (1 - A)
    elif kind == "relu":
        dZ = dA * (A > 0)
    else:
        dZ = dA
    return dZ @ W.T, X.T @ dZ
""",
)
_of(
    "06",
    "layer_statistics",
    "Your first result is the mean",
    """
def layer_statistics(X, weights, kind):
    outs = activations(X, weights, kind)
    return np.array([A.mean() for A in outs]), np.array([(abs(A) > 0.95).mean() for A in outs])
""",
)
_of(
    "06",
    "layer_statistics",
    "count the entries that are not saturated",
    """
def layer_statistics(X, weights, kind):
    outs = activations(X, weights, kind)
    return np.array([A.std() for A in outs]), np.array([(abs(A) < 0.95).mean() for A in outs])
""",
)
_of(
    "05",
    "sequence_cross_entropy",
    "Your labels are flattened position by position, your scores sequence by sequence",
    """
def sequence_cross_entropy(z, y):
    return cross_entropy(z.reshape(-1, z.shape[-1]), y.T.reshape(-1))
""",
)
_of(
    "05",
    "sequence_cross_entropy",
    "the first row alone",
    """
def sequence_cross_entropy(z, y):
    return cross_entropy(z[0], y[0])
""",
)
_of(
    "05",
    "sequence_cross_entropy",
    "Only the last position of each sequence counts",
    """
def sequence_cross_entropy(z, y):
    return cross_entropy(z[:, -1], y[:, -1])
""",
)
_of(
    "05",
    "keras_loss_and_gradients",
    "You take the mean over the rows for db",
    """
def keras_loss_and_gradients(X, y, W, b):
    l, dW, db = loss_and_gradients(X, y, W, b)
    return l, dW, db / len(X)
""",
)
_of(
    "05",
    "cross_entropy_gradient",
    "those of a `softmax` with this slip",
    """
def cross_entropy_gradient(z, y):
    e = np.exp(z - z.max(axis=0))
    p = e / e.sum(axis=0)
    p[np.arange(len(z)), y] -= 1
    return p / len(z)
""",
)
_of(
    "05",
    "cross_entropy_gradient",
    "`softmax` applied twice",
    """
def cross_entropy_gradient(z, y):
    p = softmax(softmax(z))
    p[np.arange(len(z)), y] -= 1
    return p / len(z)
""",
)
_of(
    "05",
    "log_sum_exp",
    "the logarithm before a sum",
    """
def log_sum_exp(z):
    m = z.max(axis=1)
    return m + np.log(np.exp(z - m[:, None])).sum(axis=1)
""",
)
_of(
    "05",
    "loss_and_gradients",
    "In your dW and db the labels do not count",
    """
def loss_and_gradients(X, y, W, b):
    z = X @ W + b
    dz = softmax(z) / len(X)
    return cross_entropy(z, y), X.T @ dz, dz.sum(axis=0)
""",
)
_of(
    "05",
    "loss_and_gradients",
    "you hand probabilities to `cross_entropy_gradient`",
    """
def loss_and_gradients(X, y, W, b):
    z = X @ W + b
    dz = cross_entropy_gradient(softmax(z), y)
    return cross_entropy(z, y), X.T @ dz, dz.sum(axis=0)
""",
)
_of(
    "05",
    "loss_and_gradients",
    "Your db has one entry a row: dZ is summed over the classes",
    """
def loss_and_gradients(X, y, W, b):
    z = X @ W + b
    dz = cross_entropy_gradient(z, y)
    return cross_entropy(z, y), X.T @ dz, dz.sum(axis=1)
""",
)
_of(
    "05",
    "loss_and_gradients",
    "by 0.1 times W",
    """
def loss_and_gradients(X, y, W, b):
    z = X @ W + b
    dz = cross_entropy_gradient(z, y)
    return cross_entropy(z, y), X.T @ dz + 0.1 * W, dz.sum(axis=0)
""",
)
_of(
    "05",
    "loss_and_gradients",
    "differs from the right one by 0.01 times W",
    """
def loss_and_gradients(X, y, W, b):
    z = X @ W + b
    dz = cross_entropy_gradient(z, y)
    return cross_entropy(z, y) + 0.005 * np.sum(W**2), X.T @ dz + 0.01 * W, dz.sum(axis=0)
""",
)
_of(
    "05",
    "softmax",
    "Does a loop stop one early?",
    """
def softmax(z):
    out = np.zeros(z.shape)
    for i in range(len(z) - 1):
        e = np.exp(z[i] - z[i].max())
        out[i] = e / e.sum()
    return out
""",
    in_notebook="",
)
_of(
    "06",
    "he_normal",
    "exactly at its two ends",
    """
def he_normal(shape, seed):
    std = np.sqrt(2 / shape[0])
    return np.clip(np.random.default_rng(seed).normal(0, std, size=shape), -2 * std, 2 * std)
""",
    in_notebook="",
)
