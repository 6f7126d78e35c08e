# Other right answers: none of them may lose a point.


@variant("sigmoid")
def by_tanh(z):
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


@variant("sigmoid")
def plain_with_a_warning(z):
    return 1 / (1 + np.exp(-z))


@variant("sigmoid")
def two_pieces(z):
    out = np.empty(np.shape(z))
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    out[~positive] = e / (1 + e)
    return out


@variant("sigmoid")
def clipped_far_out(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@variant("sigmoid")
def by_logaddexp(z):
    return np.exp(-np.logaddexp(0, -z))


@variant("surprise")
def by_where(p, y):
    return np.where(y == 1, -np.log(p), -np.log1p(-p))


@variant("surprise")
def row_by_row(p, y):
    return [-np.log(said) if came == 1 else -np.log(1 - said) for said, came in zip(p, y, strict=True)]


@variant("surprise")
def of_what_came(p, y):
    return -np.log(y * p + (1 - y) * (1 - p))


@variant("binary_cross_entropy")
def by_logaddexp(z, y):
    return np.mean(np.logaddexp(0, z) - y * z)


@variant("binary_cross_entropy")
def by_signs(z, y):
    return np.logaddexp(0, (1 - 2 * y) * z).sum() / len(z)


@variant("binary_cross_entropy")
def case_by_case(z, y):
    total = 0.0
    for logit, label in zip(z, y, strict=True):
        away = -logit if label == 1 else logit
        total += max(away, 0) + np.log1p(np.exp(-abs(away)))
    return total / len(z)


@variant("loss_and_gradients")
def weights_times_rows(X, y, w, b):
    z = np.dot(X, w) + b
    dz = (1 / (1 + np.exp(-z)) - y) / X.shape[0]
    return np.mean(np.logaddexp(0, z) - y * z), dz @ X, np.sum(dz)


@variant("loss_and_gradients")
def example_by_example(X, y, w, b):
    loss, dw, db = 0.0, np.zeros(len(w)), 0.0
    for row, label in zip(X, y, strict=True):
        z = sum(row * w) + b
        error = 1 / (1 + np.exp(-z)) - label
        loss += np.logaddexp(0, z) - label * z
        dw += error * row
        db += error
    return loss / len(X), dw / len(X), db / len(X)


@variant("loss_and_gradients")
def bias_as_a_column(X, y, w, b):
    A, theta = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    z = A @ theta
    gradient = A.T @ (sigmoid(z) - y) / len(y)
    return binary_cross_entropy(z, y), gradient[:-1], gradient[-1]


@variant("loss_and_gradients")
def means_of_products(X, y, w, b):
    error = sigmoid(X @ w + b) - y
    return binary_cross_entropy(X @ w + b, y), (X * error[:, None]).mean(axis=0), error.mean()


@variant("loss_and_gradients")
def float32_throughout(X, y, w, b):
    X, y, w, b = X.astype(np.float32), y.astype(np.float32), w.astype(np.float32), np.float32(b)
    z = X @ w + b
    dz = (1 / (1 + np.exp(-z)) - y) / np.float32(len(X))
    return np.mean(np.logaddexp(np.float32(0), z) - y * z), X.T @ dz, dz.sum()


@variant("count_updates")
def by_ceil(n_rows, size, epochs):
    return int(np.ceil(n_rows / size)) * epochs


@variant("count_updates")
def by_counting(n_rows, size, epochs):
    return sum(len(range(0, n_rows, size)) for _ in range(epochs))


@variant("count_updates")
def remainder_counted(n_rows, size, epochs):
    return (n_rows // size + (n_rows % size > 0)) * epochs


@variant("descend")
def in_split_parts(X, y, w, b, rate, size, epochs):
    cuts = range(size, len(X), size)
    batches = list(zip(np.split(X, cuts), np.split(y, cuts), strict=True))
    for _ in range(epochs):
        for rows, labels in batches:
            _, dw, db = loss_and_gradients(rows, labels, w, b)
            w, b = w - rate * dw, b - rate * db
    return w, b, epochs * len(batches)


@variant("descend")
def from_scratch(X, y, w, b, rate, size, epochs):
    w, updates = np.array(w, dtype=float), 0
    for _ in range(epochs):
        start = 0
        while start < len(X):
            rows, labels = X[start:start + size], y[start:start + size]
            error = 1 / (1 + np.exp(-(rows @ w + b))) - labels
            w -= rate * rows.T @ error / len(rows)
            b -= rate * error.mean()
            start += size
            updates += 1
    return w, b, updates


@variant("descend")
def counted_before(X, y, w, b, rate, size, epochs):
    for _ in range(epochs):
        for number in range(count_updates(len(X), size, 1)):
            batch = np.arange(number * size, min((number + 1) * size, len(X)))
            _, dw, db = loss_and_gradients(X[batch], y[batch], w, b)
            w = w - rate * dw
            b = b - rate * db
    return w, float(b), count_updates(len(X), size, epochs)


@variant("boundary")
def by_difference_of_logs(x1, w, b, t):
    return (np.log(t) - np.log(1 - t) - b) / w[1] - x1 * (w[0] / w[1])


@variant("boundary")
def point_by_point(x1, w, b, t):
    return [(-np.log(1 / t - 1) - b - w[0] * x) / w[1] for x in x1]


@variant("scores")
def by_probability(z, y):
    said = (1 / (1 + np.exp(-z)) >= 0.5).astype(float)
    ones = y.sum()
    return float((said == y).sum() / len(y)), float(max(ones, len(y) - ones) / len(y)), float((said * y).sum() / ones)


@variant("scores")
def by_counting(z, y):
    right = found = ones = 0
    for logit, label in zip(z, y, strict=True):
        ones += label == 1
        right += (logit >= 0) == (label == 1)
        found += logit >= 0 and label == 1
    return right / len(y), max(ones, len(y) - ones) / len(y), found / ones


@variant("train")
def whole_batch(X, y, seed):
    mean, std = X.mean(axis=0), X.std(axis=0)
    scaled, v, c = (X - mean) / std, np.zeros(X.shape[1]), 0.0
    v, c, _ = descend(scaled, y, v, c, 0.5, len(X), 400)
    return v / std, float(c - np.sum(v * mean / std))


@variant("train")
def from_a_random_start(X, y, seed):
    rng = np.random.default_rng(seed)
    mean, std = X.mean(axis=0), X.std(axis=0, ddof=1)
    v, c = rng.normal(0, 0.1, size=X.shape[1]), 0.0
    for _ in range(30):
        order = rng.permutation(len(X))
        v, c, _ = descend(((X - mean) / std)[order], y[order], v, c, 0.05, 8, 1)
    return v / std, np.array([c - v / std @ mean])
