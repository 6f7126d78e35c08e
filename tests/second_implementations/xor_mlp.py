"""Second implementations of known mistakes, written from the exercises' docstrings and the students' sentences alone.
"""

from __future__ import annotations

import numpy as np


def _logistic(z):
    """1 / (1 + e^-z), by way of its logarithm: nothing overflows."""
    return np.exp(-np.logaddexp(0.0, -np.asarray(z, dtype=float)))


def _affine(X, W, b):
    return np.einsum("nd,dh->nh", X, W) + b[None, :]


def _run(X, W1, b1, W2, b2):
    h = _logistic(_affine(X, W1, b1))
    return h, _affine(h, W2, b2)


def _losses(z, y):
    """Cross-entropy of each entry: log(1 + e^z) - y z, written as the two one-sided terms."""
    return y * np.logaddexp(0.0, -z) + (1.0 - y) * np.logaddexp(0.0, z)


def _back(X, h, dz, W2):
    """Gradients of the four parameters from dL/dz, summed row by row."""
    dW1, db1 = np.zeros((X.shape[1], h.shape[1])), np.zeros(h.shape[1])
    dW2, db2 = np.zeros(W2.shape), np.zeros(W2.shape[1])
    for x, a, g in zip(X, h, dz, strict=True):
        da = (W2 @ g) * (a - a * a)
        dW1 += np.outer(x, da)
        db1 += da
        dW2 += np.outer(a, g)
        db2 += g
    return dW1, db1, dW2, db2


def sigmoid_falls_instead_of_rises(z):
    return _logistic(-np.asarray(z, dtype=float))


def sigmoid_tanh_for_sigmoid(z):
    return 2.0 * _logistic(2.0 * np.asarray(z, dtype=float)) - 1.0


def forward_output_from_preactivations(X, W1, b1, W2, b2):
    A = _affine(X, W1, b1)
    return _logistic(A), _affine(A, W2, b2)


def forward_no_hidden_sigmoid(X, W1, b1, W2, b2):
    hidden = _affine(X, W1, b1)
    return hidden, _affine(hidden, W2, b2)


def binary_cross_entropy_sigmoid_twice(z, y):
    total = 0.0
    for logit, target in zip(np.ravel(z), np.ravel(y), strict=True):
        total += float(_losses(_logistic(logit), target))
    return total / np.size(z)


def binary_cross_entropy_exponential_overflows(z, y):
    each = np.log1p(np.exp(z)) - y * z
    return float(each.sum() / each.size)


def loss_and_gradients_slope_of_squared_error(X, y, W1, b1, W2, b2):
    h, z = _run(X, W1, b1, W2, b2)
    p = _logistic(z)
    dz = (p - y) * p * (1.0 - p) / X.shape[0]
    return (float(_losses(z, y).sum() / X.shape[0]), *_back(X, h, dz, W2))


def ebp_step_as_printed(X, t, W1, b1, W2, b2, rate):
    h, z = _run(X, W1, b1, W2, b2)
    out = _logistic(z)
    delta2 = -(t - out) / X.shape[0] * out * (1.0 - out)
    delta1 = -h * (1.0 - h) * np.einsum("nk,hk->nh", delta2, W2)
    return (W1 + rate * np.einsum("nd,nh->dh", X, delta1), b1 + rate * np.einsum("nh->h", delta1),
            W2 + rate * np.einsum("nh,nk->hk", h, delta2), b2 + rate * np.einsum("nk->k", delta2))


def numerical_gradient_up_side_alone(f, W, step=1e-5):
    entries, here = [], f(W)
    for place in range(W.size):
        moved = np.array(W, dtype=float)
        moved.flat[place] += step
        entries.append((f(moved) - here) / step)
    return np.reshape(entries, W.shape)


def descend_uphill_steps(X, y, W1, b1, W2, b2, rate, steps):
    now, losses = [np.array(part, dtype=float) for part in (W1, b1, W2, b2)], np.zeros(steps)
    for step in range(steps):
        h, z = _run(X, *now)
        losses[step] = _losses(z, y).sum() / X.shape[0]
        slopes = _back(X, h, (_logistic(z) - y) / X.shape[0], now[2])
        now = [part + rate * slope for part, slope in zip(now, slopes, strict=True)]
    return (*now, losses)


SECOND = {
    ("sigmoid", "falls_instead_of_rises"): sigmoid_falls_instead_of_rises,
    ("sigmoid", "tanh_for_sigmoid"): sigmoid_tanh_for_sigmoid,
    ("forward", "output_from_preactivations"): forward_output_from_preactivations,
    ("forward", "no_hidden_sigmoid"): forward_no_hidden_sigmoid,
    ("binary_cross_entropy", "sigmoid_twice"): binary_cross_entropy_sigmoid_twice,
    ("binary_cross_entropy", "exponential_overflows"): binary_cross_entropy_exponential_overflows,
    ("loss_and_gradients", "slope_of_squared_error"): loss_and_gradients_slope_of_squared_error,
    ("ebp_step", "as_printed"): ebp_step_as_printed,
    ("numerical_gradient", "up_side_alone"): numerical_gradient_up_side_alone,
    ("descend", "uphill_steps"): descend_uphill_steps,
}
