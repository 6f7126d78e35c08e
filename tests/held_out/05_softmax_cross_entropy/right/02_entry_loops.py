# %% -softmax
import math
exp_all = np.vectorize(math.exp, otypes=[float])
# %% softmax
def softmax(z):
    shifted = z - np.max(z, axis=1, keepdims=True)
    e = exp_all(shifted)
    rows = []
    for row in e:
        total = 0
        for v in row:
            total += v
        rows.append([v / total for v in row])
    return np.array(rows)
# %% log_sum_exp
def log_sum_exp(z):
    out = []
    for i in range(len(z)):
        m = max(z[i])
        s = 0.0
        for k in range(len(z[i])):
            s = s + math.exp(z[i][k] - m)
        out.append(m + math.log(s))
    return np.array(out)
# %% cross_entropy
def cross_entropy(z, y):
    lse = log_sum_exp(z)
    total = 0.0
    for i in range(len(y)):
        total += lse[i] - z[i, y[i]]
    return total / len(y)
# %% sequence_cross_entropy
def sequence_cross_entropy(z, y):
    N, S, C = z.shape
    losses = []
    for n in range(N):
        for s in range(S):
            losses.append(cross_entropy(z[n, s:s + 1], y[n, s:s + 1]))
    return sum(losses) / (N * S)
# %% cross_entropy_gradient
def cross_entropy_gradient(z, y):
    p = softmax(z)
    g = np.zeros(z.shape)
    for i in range(z.shape[0]):
        for c in range(z.shape[1]):
            if c == y[i]:
                g[i, c] = (p[i, c] - 1) / z.shape[0]
            else:
                g[i, c] = p[i, c] / z.shape[0]
    return g
# %% train
def train(X, y, seed):
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
    # my loops are slow for 1257 rows, so here the same with whole arrays
    Y = np.zeros((len(y), n_classes))
    for i, c in enumerate(y):
        Y[i, c] = 1
    for step in range(250):
        Z = X @ W + b
        P = np.exp(Z - Z.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        dZ = (P - Y) / len(X)
        W -= 1.0 * (X.T @ dZ)
        b -= 1.0 * dZ.sum(axis=0)
    return W, b
