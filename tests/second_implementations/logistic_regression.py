"""Chapter 02: known mistakes written again, in other ways, from the exercises' docstrings and the sentences alone."""

import numpy as np

# ---------------------------------------------------------------- helpers


def _p(z):
    """Right probabilities, entry by entry."""
    flat = [1.0 / (1.0 + np.exp(-v)) if v >= 0 else np.exp(v) / (1.0 + np.exp(v)) for v in np.ravel(z)]
    return np.array(flat).reshape(np.shape(z))


def _pieces(X, y, w, b):
    """z, p and errors of each row."""
    z = np.einsum("nd,d->n", X, w) + b
    p = _p(z)
    return z, p, p - y


def _loss(z, y):
    return float(sum(np.logaddexp(0.0, -v if t == 1 else v) for v, t in zip(z, y)) / len(z))


def _gradient(X, dz):
    return np.tensordot(dz, X, axes=(0, 0)), float(np.add.reduce(dz))


# ---------------------------------------------------------------- sigmoid


def sigmoid_exponent_not_negated(z):
    return np.exp(-np.logaddexp(0.0, z))


def sigmoid_infinity_over_infinity(z):
    power = np.power(np.e, z)
    return np.divide(power, power + 1.0)


def sigmoid_brackets_missing(z):
    out = np.zeros(np.shape(z))
    for index in np.ndindex(*out.shape):
        out[index] = 1.0 + np.exp(-z[index])
    return out


def sigmoid_form_for_positive_only(z):
    small = np.exp(-np.abs(z))
    return np.reciprocal(1.0 + small)


def sigmoid_tanh(z):
    up, down = np.exp(np.clip(z, -300, 300)), np.exp(-np.clip(z, -300, 300))
    return (up - down) / (up + down)


# ---------------------------------------------------------------- surprise


def surprise_slide(p, y):
    return np.array([t * np.log(h) - (1.0 - t) * np.log1p(-h) for h, t in zip(p, y)])


def surprise_both_plus(p, y):
    return np.log(np.where(y > 0.5, p, 1.0 - p))


def surprise_labels_swapped(p, y):
    return -np.log(np.abs(y - p))


def surprise_mean(p, y):
    came = p * y + (1.0 - p) * (1.0 - y)
    return -np.log(came).sum() / came.size


def surprise_bits(p, y):
    came = np.choose((y == 1).astype(int), [1.0 - p, p])
    return -np.log(came) / np.log(2.0)


def surprise_added_inside(p, y):
    tiny = 1e-8
    return np.negative(y * np.log(tiny + p) + (1 - y) * np.log(tiny + (1 - p)))


# ---------------------------------------------------------------- binary_cross_entropy


def loss_sum(z, y):
    return float(np.logaddexp(0.0, np.where(y == 1, -z, z)).sum())


def loss_labels_left_out(z, y):
    total = 0.0
    for v in z:
        total += np.logaddexp(0.0, v)
    return total / len(z)


def loss_classes_swapped(z, y):
    return float(np.mean(np.logaddexp(0.0, np.where(y == 1, z, -z))))


def loss_sigmoid_first(z, y):
    return _loss(_p(z), y)


def loss_overflowing(z, y):
    e = np.exp(z)
    return float((np.log1p(e) - z * y).sum() / z.shape[0])


def loss_clipped(z, y):
    p = np.minimum(np.maximum(_p(z), 1e-7), 1.0 - 1e-7)
    came = np.where(y == 1, p, 1.0 - p)
    return float(-np.log(came).mean())


# ---------------------------------------------------------------- loss_and_gradients


def gradients_mean_forgotten(X, y, w, b):
    z, _, error = _pieces(X, y, w, b)
    return (_loss(z, y), *_gradient(X, error))


def gradients_bias_mean(X, y, w, b):
    z, _, error = _pieces(X, y, w, b)
    dw, _ = _gradient(X, error / len(y))
    return _loss(z, y), dw, float(np.mean(error / len(y)))


def gradients_labels_minus_said(X, y, w, b):
    z, _, error = _pieces(X, y, w, b)
    dw, db = np.zeros(len(w)), 0.0
    for row, one in zip(X, error):
        dw -= one * row / len(y)
        db -= one / len(y)
    return _loss(z, y), dw, db


def gradients_slope_multiplied(X, y, w, b):
    z, p, error = _pieces(X, y, w, b)
    return (_loss(z, y), *_gradient(X, error * (p - p**2) / len(y)))


def gradients_decisions(X, y, w, b):
    z, _, _ = _pieces(X, y, w, b)
    fired = np.heaviside(z, 1.0)
    return (_loss(z, y), *_gradient(X, (fired - y) / len(y)))


def gradients_bias_not_summed(X, y, w, b):
    z, _, error = _pieces(X, y, w, b)
    dz = error / len(y)
    return _loss(z, y), _gradient(X, dz)[0], dz


# ---------------------------------------------------------------- count_updates


def updates_last_dropped(n_rows, size, epochs):
    whole, _ = divmod(n_rows, size)
    return epochs * whole


def updates_rounded_at_the_end(n_rows, size, epochs):
    return int(np.ceil(epochs * n_rows / size))


def updates_always_one_more(n_rows, size, epochs):
    return sum(1 + n_rows // size for _ in range(epochs))


# ---------------------------------------------------------------- descend


def _steps(X, y, w, b, rate, batches):
    """Right steps over a list of index arrays."""
    w = np.array(w, dtype=float)
    for rows in batches:
        _, _, error = _pieces(X[rows], y[rows], w, b)
        dw, db = _gradient(X[rows], error / len(rows))
        w, b = w - rate * dw, b - rate * db
    return w, b, len(batches)


def descend_uphill(X, y, w, b, rate, size, epochs):
    batches = [np.arange(s, min(s + size, len(X))) for _ in range(epochs) for s in range(0, len(X), size)]
    return _steps(X, y, w, b, -rate, batches)


def descend_whole_batch(X, y, w, b, rate, size, epochs):
    return _steps(X, y, w, b, rate, [np.arange(len(X))] * epochs)


def descend_partial_dropped(X, y, w, b, rate, size, epochs):
    whole = len(X) // size
    return _steps(X, y, w, b, rate, [np.arange(k * size, (k + 1) * size) for _ in range(epochs) for k in range(whole)])


def descend_one_epoch(X, y, w, b, rate, size, epochs):
    return _steps(X, y, w, b, rate, [np.arange(s, min(s + size, len(X))) for s in range(0, len(X), size)])


def descend_windows_overlap(X, y, w, b, rate, size, epochs):
    return _steps(X, y, w, b, rate, [np.arange(s, min(s + size, len(X))) for _ in range(epochs) for s in range(len(X))])


# ---------------------------------------------------------------- boundary


def boundary_threshold_ignored(x1, w, b, t):
    first, second = w
    return np.array([-(b + first * one) / second for one in x1])


def boundary_bias_left_out(x1, w, b, t):
    return (np.log(t) - np.log1p(-t)) / w[1] - w[0] / w[1] * x1


def boundary_threshold_for_logit(x1, w, b, t):
    return np.divide(np.subtract(t - b, np.multiply(w[0], x1)), w[1])


def boundary_odds_upside_down(x1, w, b, t):
    return (np.log(1.0 / t - 1.0) - w[0] * x1 - b) / w[1]


# ---------------------------------------------------------------- scores


def scores_cut_at_half(z, y):
    called = np.greater_equal(z, 0.5)
    ones = y.astype(bool)
    share = np.count_nonzero(ones) / len(y)
    return float(np.mean(called == ones)), max(share, 1.0 - share), np.count_nonzero(called & ones) / np.count_nonzero(ones)


def scores_precision(z, y):
    called, ones = z >= 0, y == 1
    share = ones.mean()
    hits = np.count_nonzero(called & ones)
    return float((called == ones).mean()), float(np.fmax(share, 1 - share)), hits / max(np.count_nonzero(called), 1)


def scores_share_of_ones(z, y):
    called, ones = z >= 0, y == 1
    return float((called == ones).mean()), float(ones.sum() / ones.size), float(called[ones].mean())


# ---------------------------------------------------------------- train


def train_never_moves(X, y, seed):
    return [0.0] * X.shape[1], 0.0


def train_bias_alone(X, y, seed):
    c = 0.0
    for _ in range(2000):
        c -= 0.5 * (_p(np.array([c]))[0] - y.mean())
    return np.zeros(X.shape[1]), float(c)


# ---------------------------------------------------------------- keras_descend


def keras_rate_left_out(X, y, w, b, rate, size, epochs):
    batches = [np.arange(s, min(s + size, len(X))) for _ in range(epochs) for s in range(0, len(X), size)]
    return _steps(X, y, w, b, 0.01, batches)


SECOND = {
    ("sigmoid", "exponent_not_negated"): sigmoid_exponent_not_negated,
    ("sigmoid", "infinity_over_infinity"): sigmoid_infinity_over_infinity,
    ("sigmoid", "brackets_missing"): sigmoid_brackets_missing,
    ("sigmoid", "form_for_positive_only"): sigmoid_form_for_positive_only,
    ("sigmoid", "tanh_for_sigmoid"): sigmoid_tanh,
    ("surprise", "slide_unchanged"): surprise_slide,
    ("surprise", "both_plus"): surprise_both_plus,
    ("surprise", "labels_swapped"): surprise_labels_swapped,
    ("surprise", "mean_taken"): surprise_mean,
    ("surprise", "surprise_in_bits"): surprise_bits,
    ("surprise", "added_at_eight"): surprise_added_inside,
    ("binary_cross_entropy", "sum_over_batch"): loss_sum,
    ("binary_cross_entropy", "labels_left_out"): loss_labels_left_out,
    ("binary_cross_entropy", "classes_swapped"): loss_classes_swapped,
    ("binary_cross_entropy", "sigmoid_first"): loss_sigmoid_first,
    ("binary_cross_entropy", "overflowing"): loss_overflowing,
    ("binary_cross_entropy", "loss_clipped"): loss_clipped,
    ("loss_and_gradients", "mean_forgotten"): gradients_mean_forgotten,
    ("loss_and_gradients", "bias_mean"): gradients_bias_mean,
    ("loss_and_gradients", "labels_minus_said"): gradients_labels_minus_said,
    ("loss_and_gradients", "slope_multiplied"): gradients_slope_multiplied,
    ("loss_and_gradients", "decisions_for_said"): gradients_decisions,
    ("loss_and_gradients", "bias_not_summed"): gradients_bias_not_summed,
    ("count_updates", "last_batch_dropped"): updates_last_dropped,
    ("count_updates", "rounded_at_the_end"): updates_rounded_at_the_end,
    ("count_updates", "always_one_more"): updates_always_one_more,
    ("descend", "uphill"): descend_uphill,
    ("descend", "whole_batch_always"): descend_whole_batch,
    ("descend", "partial_batch_dropped"): descend_partial_dropped,
    ("descend", "one_epoch_only"): descend_one_epoch,
    ("descend", "windows_overlap"): descend_windows_overlap,
    ("boundary", "threshold_ignored"): boundary_threshold_ignored,
    ("boundary", "bias_not_in_the_line"): boundary_bias_left_out,
    ("boundary", "threshold_for_logit"): boundary_threshold_for_logit,
    ("boundary", "odds_upside_down"): boundary_odds_upside_down,
    ("scores", "cut_at_half"): scores_cut_at_half,
    ("scores", "precision_for_found"): scores_precision,
    ("scores", "baseline_is_the_share_of_ones"): scores_share_of_ones,
    ("train", "never_moves"): train_never_moves,
    ("train", "bias_alone"): train_bias_alone,
    ("keras_descend", "keras_rate_left_out"): keras_rate_left_out,
}
