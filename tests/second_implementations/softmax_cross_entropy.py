import numpy as np


# ---------------------------------------------------------------- helpers

def _lse(a):
    """log(sum(exp)) over the last axis, pair by pair."""
    return np.logaddexp.reduce(np.asarray(a, dtype=float), axis=-1)


def _probs(a):
    """Right softmax over the last axis."""
    a = np.asarray(a, dtype=float)
    top = np.max(a, axis=-1)
    e = np.exp(a - top[..., None])
    return np.einsum("...c,...->...c", e, 1.0 / np.einsum("...c->...", e))


def _indicator(y, n_classes):
    """One-hot rows."""
    return (np.asarray(y)[:, None] == np.arange(n_classes)[None, :]).astype(float)


def _dscores(scores, y):
    """Right gradient of the mean cross-entropy with respect to the scores."""
    n = scores.shape[0]
    d = _probs(scores)
    for i in range(n):
        d[i, y[i]] -= 1.0
    return d / n


def _batch_loss(scores, y):
    """Right mean cross-entropy."""
    total = 0.0
    norm = _lse(scores)
    for i in range(scores.shape[0]):
        total += norm[i] - scores[i, y[i]]
    return float(total / scores.shape[0])


# ---------------------------------------------------------------- softmax

def softmax_columns_for_rows(z):
    shifted = z - np.max(z, axis=1, keepdims=True)
    e = np.exp(shifted)
    out = np.empty(e.shape)
    for c in range(e.shape[1]):
        column = e[:, c]
        out[:, c] = column / np.add.reduce(column)
    return out


def softmax_one_maximum_for_all(z):
    z = np.asarray(z, dtype=float)
    biggest = np.sort(z.ravel())[-1]
    out = np.empty(z.shape)
    for i, row in enumerate(z):
        e = np.exp(row - biggest)
        out[i] = e / np.dot(e, np.ones(e.size))
    return out


def softmax_no_shift(z):
    powers = np.power(np.e, np.asarray(z, dtype=float))
    totals = powers @ np.ones((powers.shape[1], 1))
    return np.divide(powers, totals)


def softmax_not_normalised(z):
    z = np.asarray(z, dtype=float)
    rows = []
    for row in z:
        rows.append([np.exp(v - row.max()) for v in row])
    return np.array(rows)


def softmax_sum_of_everything(z):
    shifted = z - np.max(z, axis=1, keepdims=True)
    e = np.exp(shifted)
    total = 0.0
    for row in e:
        for v in row:
            total += v
    return e * (1.0 / total)


# ---------------------------------------------------------------- log_sum_exp

def lse_maximum_not_added(z):
    z = np.asarray(z, dtype=float)
    out = np.zeros(len(z))
    for i in range(len(z)):
        m = max(z[i])
        s = 0.0
        for v in z[i]:
            s += np.exp(v - m)
        out[i] = np.log(s)
    return out


def lse_exponential_overflows(z):
    acc = np.zeros(z.shape[0])
    for c in range(z.shape[1]):
        acc = acc + np.exp(np.asarray(z[:, c], dtype=float))
    return np.log(acc)


def lse_maximum_only(z):
    z = np.asarray(z, dtype=float)
    best = z[:, 0].copy()
    for c in range(1, z.shape[1]):
        best = np.where(z[:, c] > best, z[:, c], best)
    return best


# ---------------------------------------------------------------- cross_entropy

def ce_sum_over_batch(z, y):
    z = np.asarray(z, dtype=float)
    total = 0.0
    for row, label in zip(z, y):
        # -log p_y = log sum_j exp(z_j - z_y)
        total += np.logaddexp.reduce(row - row[label])
    return float(total)


def ce_minus_missing(z, y):
    z = np.asarray(z, dtype=float)
    n, c = z.shape
    hot = _indicator(y, c)
    right_scores = np.einsum("nc,nc->n", z, hot)
    log_p = right_scores - np.logaddexp.reduce(z, axis=1)
    return float(log_p @ np.full(n, 1.0 / n))


def ce_mean_over_classes_too(z, y):
    z = np.asarray(z, dtype=float)
    log_p = z - _lse(z)[:, None]
    table = np.zeros(z.shape)
    for i, label in enumerate(y):
        table[i, label] = -log_p[i, label]
    return float(table.mean())


def ce_softmax_twice(z, y):
    p = _probs(z)
    n = p.shape[0]
    acc = 0.0
    for i in range(n):
        again = np.exp(p[i])
        again = again / again.sum()
        acc -= np.log(again[y[i]])
    return float(acc / n)


def ce_no_logarithm(z, y):
    z = np.asarray(z, dtype=float)
    picked = []
    for row, label in zip(z, y):
        e = np.exp(row - row.max())
        picked.append(e[label] / e.sum())
    return float(sum(picked) / len(picked))


# ---------------------------------------------------------------- soft_cross_entropy

def soft_suspect_unchanged(z, t):
    z = np.asarray(z, dtype=float)
    n, c = z.shape
    total = 0.0
    for i in range(n):
        norm = np.logaddexp.reduce(z[i])
        for k in range(c):
            total += t[i, k] * (z[i, k] - norm)
    return float(total / (n * c))


def soft_sign_mended_only(z, t):
    z = np.asarray(z, dtype=float)
    norm = _lse(z)[:, None]
    surprise = norm - z
    return float(np.vdot(t, surprise) / surprise.size)


def soft_mean_mended_only(z, t):
    z = np.asarray(z, dtype=float)
    m = z.max(axis=1)
    centred = (z.T - m).T
    log_p = (centred.T - np.log(np.exp(centred).sum(axis=1))).T
    per_row = np.einsum("nc,nc->n", t, log_p)
    return float(np.add.reduce(per_row) / per_row.size)


# ---------------------------------------------------------------- sequence_cross_entropy

def seq_sum_over_positions(z, y):
    z = np.asarray(z, dtype=float)
    n, s, _ = z.shape
    per_sequence = np.zeros(n)
    for i in range(n):
        for j in range(s):
            scores = z[i, j]
            per_sequence[i] += np.logaddexp.reduce(scores) - scores[y[i, j]]
    return float(per_sequence.sum() / n)


# ---------------------------------------------------------------- cross_entropy_gradient

def grad_one_hot_not_subtracted(z, y):
    z = np.asarray(z, dtype=float)
    n = z.shape[0]
    # the 1/N goes into the exponent
    return np.exp(z - _lse(z)[:, None] - np.log(n))


def grad_mean_forgotten(z, y):
    g = _probs(z)
    for i, label in enumerate(y):
        g[i, label] = g[i, label] - 1.0
    return g


def grad_sign_swapped(z, y):
    p = _probs(z)
    n, c = p.shape
    g = np.zeros((n, c))
    for i in range(n):
        for k in range(c):
            hot = 1.0 if y[i] == k else 0.0
            g[i, k] = (hot - p[i, k]) / n
    return g


def grad_divided_by_classes(z, y):
    p = _probs(z)
    c = p.shape[1]
    np.subtract.at(p, (np.arange(p.shape[0]), y), 1.0)
    return p * (1.0 / c)


def grad_sigmoid_slope_added(z, y):
    p = _probs(z)
    n, c = p.shape
    slope = p - np.square(p)
    difference = p - _indicator(y, c)
    return np.einsum("nc,nc->nc", difference, slope) / n


# ---------------------------------------------------------------- loss_and_gradients

def lg_bias_mean(X, y, W, b):
    scores = np.einsum("nd,dc->nc", X, W) + b
    dZ = _dscores(scores, y)
    dW = np.einsum("nd,nc->dc", X, dZ)
    db = np.zeros(len(b))
    for row in dZ:
        db += row
    db /= dZ.shape[0]
    return _batch_loss(scores, y), dW, db


def lg_mean_twice(X, y, W, b):
    n = X.shape[0]
    scores = X.dot(W) + b
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    dZ = _dscores(scores, y)
    for i in range(n):
        dW += np.outer(X[i], dZ[i])
        db += dZ[i]
    return _batch_loss(scores, y), dW / n, db / n


def lg_bias_left_out(X, y, W, b):
    scores = np.tensordot(X, W, axes=1)
    dZ = _dscores(scores, y)
    dW = (dZ.T @ X).T
    db = np.ones(X.shape[0]) @ dZ
    return _batch_loss(scores, y), dW, db


def lg_bias_not_summed(X, y, W, b):
    scores = np.stack([x @ W + b for x in X])
    db = (_probs(scores) - _indicator(y, W.shape[1])) / len(X)
    dW = sum(np.multiply.outer(x, d) for x, d in zip(X, db))
    return _batch_loss(scores, y), dW, db


def lg_weights_transposed(X, y, W, b):
    scores = (W.T @ X.T + b[:, None]).T
    dZ = _dscores(scores, y)
    dW = np.empty((W.shape[1], W.shape[0]))
    for c in range(W.shape[1]):
        dW[c] = dZ[:, c] @ X
    return _batch_loss(scores, y), dW, np.einsum("nc->c", dZ)


# ---------------------------------------------------------------- train

def train_uphill(X, y, seed):
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
    rate = 0.5
    step = 0
    while step < 300:
        dZ = _dscores(X @ W + b, y)
        W = W + rate * np.einsum("nd,nc->dc", X, dZ)
        b = b + rate * np.einsum("nc->c", dZ)
        step += 1
    return W, b


def train_never_moves(X, y, seed):
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)

    def one_step(W, b):
        dZ = _dscores(X @ W + b, y)
        W = W - 0.5 * (X.T @ dZ)
        b = b - 0.5 * dZ.sum(axis=0)
        return W, b

    for _ in range(300):
        one_step(W, b)
    return W, b


def train_bias_alone_moves(X, y, seed):
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
    scores_without_bias = np.einsum("nd,dc->nc", X, W)
    for _ in range(300):
        dZ = _dscores(scores_without_bias + b[None, :], y)
        for c in range(n_classes):
            b[c] -= 0.5 * dZ[:, c].sum()
    return W, b


# ---------------------------------------------------------------- all of them

SECOND = {
    ("softmax", "columns_for_rows"): softmax_columns_for_rows,
    ("softmax", "one_maximum_for_all"): softmax_one_maximum_for_all,
    ("softmax", "no_shift"): softmax_no_shift,
    ("softmax", "not_normalised"): softmax_not_normalised,
    ("softmax", "sum_of_everything"): softmax_sum_of_everything,
    ("log_sum_exp", "maximum_not_added"): lse_maximum_not_added,
    ("log_sum_exp", "exponential_overflows"): lse_exponential_overflows,
    ("log_sum_exp", "maximum_only"): lse_maximum_only,
    ("cross_entropy", "sum_over_batch"): ce_sum_over_batch,
    ("cross_entropy", "minus_missing"): ce_minus_missing,
    ("cross_entropy", "mean_over_classes_too"): ce_mean_over_classes_too,
    ("cross_entropy", "softmax_twice"): ce_softmax_twice,
    ("cross_entropy", "no_logarithm"): ce_no_logarithm,
    ("soft_cross_entropy", "suspect_unchanged"): soft_suspect_unchanged,
    ("soft_cross_entropy", "sign_mended_only"): soft_sign_mended_only,
    ("soft_cross_entropy", "mean_mended_only"): soft_mean_mended_only,
    ("sequence_cross_entropy", "sum_over_positions"): seq_sum_over_positions,
    ("cross_entropy_gradient", "one_hot_not_subtracted"): grad_one_hot_not_subtracted,
    ("cross_entropy_gradient", "mean_forgotten"): grad_mean_forgotten,
    ("cross_entropy_gradient", "sign_swapped"): grad_sign_swapped,
    ("cross_entropy_gradient", "divided_by_classes"): grad_divided_by_classes,
    ("cross_entropy_gradient", "sigmoid_slope_added"): grad_sigmoid_slope_added,
    ("loss_and_gradients", "bias_mean"): lg_bias_mean,
    ("loss_and_gradients", "mean_twice"): lg_mean_twice,
    ("loss_and_gradients", "bias_left_out"): lg_bias_left_out,
    ("loss_and_gradients", "bias_not_summed"): lg_bias_not_summed,
    ("loss_and_gradients", "weights_transposed"): lg_weights_transposed,
    ("train", "uphill"): train_uphill,
    ("train", "never_moves"): train_never_moves,
    ("train", "bias_alone_moves"): train_bias_alone_moves,
}
