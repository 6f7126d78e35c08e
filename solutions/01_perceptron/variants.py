# Other right answers: none of them may lose a point.


@variant("net_input")
def row_by_row(X, w, b):
    return np.array([sum(x * weight for x, weight in zip(row, w, strict=True)) + b for row in X])


@variant("net_input")
def by_einsum(X, w, b):
    return np.einsum("nd,d->n", X, w) + b


@variant("net_input")
def in_float32(X, w, b):
    return X.astype(np.float32) @ w.astype(np.float32) + np.float32(b)


@variant("net_input")
def bias_as_a_weight(X, w, b):
    return np.hstack([X, np.ones((len(X), 1))]) @ np.append(w, b)


@variant("tlu")
def compared(X, w, b):
    return (X @ w >= -b).astype(int)


@variant("tlu")
def as_a_list(X, w, b):
    return [1 if np.dot(w, row) + b >= 0 else 0 for row in X]


@variant("tlu")
def summed_products(X, w, b):
    return heaviside(np.sum(X * w, axis=1) + b)


@variant("gate")
def other_lines(name):
    return {"AND": ([2, 2], -3), "OR": ([20.0, 20.0], -10.0), "NAND": ([-3.0, -2.0], 4.0)}[name]


@variant("gate")
def bias_as_an_array(name):
    w, b = gate(name)
    return list(w), np.array([b])


@variant("three_units")
def by_one_sided_units(name):
    # Unit 1 fires at (1, 0) alone, unit 2 at (0, 1) alone.
    last = ([1.0, 1.0], -0.5) if name == "XOR" else ([-1.0, -1.0], 0.5)
    return [([1.0, -1.0], -0.5), ([-1.0, 1.0], -0.5), last]


@variant("three_units")
def or_but_not_and(name):
    last = ([1.0, -1.0], -0.5) if name == "XOR" else ([-1.0, 1.0], 0.5)
    return ((1, 1), -0.5), ((1, 1), -1.5), last


@variant("hebb")
def step_by_step(X, s, eta):
    w, b = np.zeros(X.shape[1]), 0.0
    for x, wanted in zip(X, s, strict=True):
        w = w + eta * wanted * x
        b += eta * wanted
    return w, b


@variant("hebb")
def by_broadcasting(X, s, eta):
    return np.sum(eta * s[:, None] * X, axis=0), np.sum(eta * s)


@variant("perceptron_step")
def by_cases(x, t, w, b, eta):
    fired = np.dot(w, x) + b >= 0
    if fired and t == 0:
        return w - eta * x, b - eta
    if not fired and t == 1:
        return w + eta * x, b + eta
    return w, b


@variant("perceptron_step")
def through_the_batch(x, t, w, b, eta):
    error = t - tlu(x[None, :], w, b)[0]
    return [weight + eta * error * value for weight, value in zip(w, x, strict=True)], b + eta * error


@variant("train_perceptron")
def without_an_early_end(X, t, w, b, epochs):
    v, A, count = np.append(w, b), np.hstack([X, np.ones((len(X), 1))]), 0
    for i in list(range(len(X))) * epochs:
        error = t[i] - (1 if A[i] @ v >= 0 else 0)
        if error:
            v, count = v + error * A[i], count + 1
    return v[:-1], v[-1], count


@variant("train_perceptron")
def float32_throughout(X, t, w, b, epochs):
    X, w, b, updates = X.astype(np.float32), w.astype(np.float32), np.float32(b), 0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            error = np.float32(target) - np.float32(x @ w + b >= 0)
            w, b, updates = w + error * x, b + error, updates + abs(int(error))
    return w, b, updates


@variant("margin_and_radius")
def with_a_column_of_ones(X, t, w, b):
    A, v = np.hstack([X, np.ones((len(X), 1))]), np.append(w, b)
    gamma = np.min(np.where(t == 1, 1, -1) * (A @ (v / np.linalg.norm(v))))
    radius = np.linalg.norm(A, axis=1).max()
    return gamma, radius, radius**2 / gamma**2


@variant("margin_and_radius")
def by_distances(X, t, w, b):
    inside, outside = net_input(X[t == 1], w, b), net_input(X[t == 0], w, b)
    length = np.hypot(np.linalg.norm(w), b)
    gamma = min(inside.min(), -outside.max()) / length
    radius = max(np.sqrt(x @ x + 1) for x in X)
    return float(gamma), float(radius), float(radius / gamma) ** 2


@variant("train_pocket")
def in_plain_numbers(X, t, seed):
    """Looks at the end of each quarter of an epoch, and keeps the latest of equals."""
    rng = np.random.default_rng(seed)
    w, b = [0.0] * X.shape[1], 0.0
    best, pocket = -1, (w, b)
    for _ in range(30):
        for part in np.array_split(rng.permutation(len(X)), 4):
            for x, target in zip(X[part].tolist(), t[part].tolist(), strict=True):
                error = target - (sum(weight * value for weight, value in zip(w, x, strict=True)) + b >= 0)
                if error:
                    w, b = [weight + error * value for weight, value in zip(w, x, strict=True)], b + error
            right = int(np.sum((X @ w >= -b) == t))
            if right >= best:
                best, pocket = right, (w, b)
    return pocket[0], np.array([pocket[1]])
