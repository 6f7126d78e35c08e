# %% -net_input
# my helpers for the whole chapter
def choose(condition, yes, no):
    return np.where(condition, yes, no)


def with_one(X):
    """Every row gets a further 1."""
    return np.hstack([X, np.ones((X.shape[0], 1))])

# %% net_input
def net_input(X, w, b):
    if X.ndim == 1:
        return X @ w + b
    return with_one(X) @ np.append(w, b)

# %% -train_perceptron
def one_epoch(X, t, w, b):
    wrong = 0
    for x, target in zip(X, t):
        before = b
        w, b = perceptron_step(x, target, w, b, 1)
        wrong += int(b != before)
    return w, b, wrong

# %% train_perceptron
def train_perceptron(X, t, w, b, epochs):
    """Every error moves b by one, so b tells whether a step was an update."""
    total = 0
    for _ in range(epochs):
        w, b, wrong = one_epoch(X, t, w, b)
        total += wrong
        if wrong == 0:
            break
    return w, b, total

# %% margin_and_radius
def margin_and_radius(X, t, w, b):
    long_w = np.append(w, b)
    unit = long_w / np.linalg.norm(long_w)
    gamma = float(min(sign(t - 0.5) * (with_one(X) @ unit)))
    radius = float(max(np.linalg.norm(with_one(X), axis=1)))
    return gamma, radius, (radius / gamma) ** 2

# %% train_pocket
def train_pocket(X, t, seed):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    seen = []
    for _ in range(60):
        order = rng.permutation(len(X))
        w, b, _wrong = one_epoch(X[order], t[order], w, b)
        seen.append((np.mean(tlu(X, w, b) == t), w, b))
    share, w, b = max(seen, key=lambda entry: entry[0])
    return w, b
