"""Second implementations of known mistakes, written from the exercises' docstrings and the students' sentences alone.
"""

from __future__ import annotations

import numpy as np

VALUES = {
    "relu": lambda z: np.where(z > 0.0, z, 0.0),
    "tanh": lambda z: (np.exp(2.0 * z) - 1.0) / (np.exp(2.0 * z) + 1.0),
    "sigmoid": lambda z: np.exp(-np.logaddexp(0.0, -z)),
}
SLOPES = {
    "relu": lambda z: 1.0 * (z > 0.0),
    "tanh": lambda z: 1.0 / np.cosh(z) ** 2,
    "sigmoid": lambda z: np.exp(-np.logaddexp(0.0, -z) - np.logaddexp(0.0, z)),
}


def _run(X, parameters, kind):
    """What goes into each layer, and each layer's sums."""
    inputs, sums = [np.asarray(X, dtype=float)], []
    for place in range(0, len(parameters), 2):
        sums.append(np.einsum("nd,dh->nh", inputs[-1], parameters[place]) + parameters[place + 1][None, :])
        inputs.append(VALUES[kind](sums[-1]))
    return inputs[:-1], sums


def _probabilities(scores):
    e = np.exp(scores - scores.max(axis=1)[:, None])
    return e / e.sum(axis=1)[:, None]


def _loss(scores, y):
    return float(np.mean([-np.log(p[label]) for p, label in zip(_probabilities(scores), y, strict=True)]))


def _top(scores, y):
    error = _probabilities(scores)
    for row, label in enumerate(y):
        error[row, label] -= 1.0
    return error / len(y)


def _down(delta, sums, parameters, factor):
    """All deltas from the last one; factor: what a layer's sums are multiplied by."""
    deltas = [delta]
    for layer in range(len(sums) - 1, 0, -1):
        back = np.einsum("nk,jk->nj", deltas[-1], parameters[2 * layer])
        deltas.append(back * factor(sums[layer - 1]))
    return deltas[::-1]


def _gradients(X, y, parameters, kind):
    inputs, sums = _run(X, parameters, kind)
    found = _down(_top(sums[-1], y), sums, parameters, SLOPES[kind])
    both = []
    for into, delta in zip(inputs, found, strict=True):
        both.append(sum(np.outer(a, d) for a, d in zip(into, delta, strict=True)))
        both.append(sum(delta))
    return _loss(sums[-1], y), both


def forward_no_bend(X, parameters, kind):
    sums = []
    for W, b in zip(parameters[::2], parameters[1::2], strict=True):
        X = X @ W + b
        sums.append(X)
    return tuple(sums)


def forward_hidden_values_for_sums(X, parameters, kind):
    inputs, sums = _run(X, parameters, kind)
    return (*inputs[1:], sums[-1])


def deltas_slope_missing(X, y, parameters, kind):
    _, sums = _run(X, parameters, kind)
    return tuple(_down(_top(sums[-1], y), sums, parameters, lambda Z: 1.0))


def deltas_value_for_slope(X, y, parameters, kind):
    _, sums = _run(X, parameters, kind)
    return tuple(_down(_top(sums[-1], y), sums, parameters, VALUES[kind]))


def deltas_minus_at_each_step(X, y, parameters, kind):
    _, sums = _run(X, parameters, kind)
    return tuple(_down(_top(sums[-1], y), sums, parameters, lambda Z: -SLOPES[kind](Z)))


def loss_and_gradients_sums_for_inputs(X, y, parameters, kind):
    inputs, sums = _run(X, parameters, kind)
    found = _down(_top(sums[-1], y), sums, parameters, SLOPES[kind])
    answer = [_loss(sums[-1], y)]
    for into, delta in zip([inputs[0], *sums[:-1]], found, strict=True):
        answer += [np.dot(into.T, delta), np.add.reduce(delta)]
    return tuple(answer)


def loss_and_gradients_bias_means(X, y, parameters, kind):
    loss, gradients = _gradients(X, y, parameters, kind)
    return (loss, *(part / X.shape[0] if part.ndim == 1 else part for part in gradients))


def gradient_errors_divided_by_the_largest_of_all(f, parameters, gradients):
    differences, largest = [], 0.0
    for place in range(len(parameters)):
        worst = 0.0
        for index in np.ndindex(parameters[place].shape):
            ends = []
            for step in (1e-5, -1e-5):
                moved = [part.copy() for part in parameters]
                moved[place][index] += step
                ends.append(f(tuple(moved)))
            slope = (ends[0] - ends[1]) / 2e-5
            worst, largest = max(worst, abs(gradients[place][index] - slope)), max(largest, abs(slope))
        differences.append(worst)
    return np.array(differences) / largest


def _ebp(X, Y, parameters, rate, down, step):
    inputs, sums = _run(X, parameters, "sigmoid")
    p = VALUES["sigmoid"](sums[-1])
    found = _down((p - Y) * p * (1.0 - p) / X.shape[0], sums, parameters, lambda Z: down * SLOPES["sigmoid"](Z))
    new = []
    for place, (into, delta) in enumerate(zip(inputs, found, strict=True)):
        new.append(parameters[2 * place] + step * rate * (into.T @ delta))
        new.append(parameters[2 * place + 1] + step * rate * delta.sum(0))
    return tuple(new)


def ebp_step_as_printed(X, Y, parameters, rate):
    return _ebp(X, Y, parameters, rate, down=-1.0, step=1.0)


def ebp_step_plus_mended_only(X, Y, parameters, rate):
    return _ebp(X, Y, parameters, rate, down=-1.0, step=-1.0)


def epoch_labels_left_behind(X, y, parameters, kind, rate, order, size):
    now, losses = list(parameters), []
    for begin in range(0, len(order), size):
        loss, gradients = _gradients(X[order[begin : begin + size]], y[begin : begin + size], now, kind)
        losses.append(loss)
        now = [part - rate * gradient for part, gradient in zip(now, gradients, strict=True)]
    return (*now, np.array(losses))


def clipped_step_each_by_itself(X, y, parameters, kind, rate, limit):
    _, gradients = _gradients(X, y, parameters, kind)
    new = []
    for part, gradient in zip(parameters, gradients, strict=True):
        length = np.linalg.norm(gradient)
        new.append(part - rate * (gradient * limit / length if length > limit else gradient))
    return tuple(new)


SECOND = {
    ("forward", "no_bend"): forward_no_bend,
    ("forward", "hidden_values_for_sums"): forward_hidden_values_for_sums,
    ("deltas", "slope_missing"): deltas_slope_missing,
    ("deltas", "value_for_slope"): deltas_value_for_slope,
    ("deltas", "minus_at_each_step"): deltas_minus_at_each_step,
    ("loss_and_gradients", "sums_for_inputs"): loss_and_gradients_sums_for_inputs,
    ("loss_and_gradients", "bias_means"): loss_and_gradients_bias_means,
    ("gradient_errors", "divided_by_the_largest_of_all"): gradient_errors_divided_by_the_largest_of_all,
    ("ebp_step", "as_printed"): ebp_step_as_printed,
    ("ebp_step", "plus_mended_only"): ebp_step_plus_mended_only,
    ("epoch", "labels_left_behind"): epoch_labels_left_behind,
    ("clipped_step", "each_by_itself"): clipped_step_each_by_itself,
}
