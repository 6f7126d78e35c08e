"""Second implementations of known mistakes, written from the exercises' docstrings and the students' sentences alone.
"""

from __future__ import annotations

import numpy as np


def _fires(z):
    """1.0 for a net input of at least 0, else 0.0."""
    return 1.0 if z >= 0 else 0.0


def _dot(x, w):
    total = 0.0
    for j in range(len(w)):
        total += float(x[j]) * float(w[j])
    return total


def net_input_mean_for_sum(X, w, b):
    return np.array([_dot(x, w) / len(w) + b for x in X])


def net_input_bias_in_the_sum(X, w, b):
    out = np.zeros(len(X))
    for i, x in enumerate(X):
        for j in range(len(w)):
            out[i] += x[j] * w[j] + b
    return out


def tlu_bias_in_the_sum(X, w, b):
    return np.array([_fires(sum(x[j] * w[j] + b for j in range(len(w)))) for x in X])


def hebb_without_bias(X, s, eta):
    w = np.zeros(X.shape[1])
    for x, wanted in zip(X, s, strict=True):
        w = w + eta * wanted * x
    return w, 0.0


def perceptron_step_target_for_error(x, t, w, b, eta):
    new_w = np.array([w[j] + eta * t * x[j] for j in range(len(w))])
    return new_w, float(b + eta * t)


def train_perceptron_whole_epoch_at_once(X, t, w, b, epochs):
    w, b, updates = np.array(w, dtype=float), float(b), 0
    for _ in range(epochs):
        step_w, step_b = np.zeros(len(w)), 0.0
        for x, wanted in zip(X, t, strict=True):
            error = float(wanted) - _fires(_dot(x, w) + b)
            if error != 0:
                updates += 1
                step_w += error * np.asarray(x, dtype=float)
                step_b += error
        w = w + step_w
        b = b + step_b
    return w, b, updates


def margin_and_radius_one_not_in_the_radius(X, t, w, b):
    length = (_dot(w, w) + b * b) ** 0.5
    gamma, radius = np.inf, 0.0
    for x, wanted in zip(X, t, strict=True):
        side = 1.0 if wanted == 1 else -1.0
        gamma = min(gamma, side * (_dot(x, w) + b) / length)
        radius = max(radius, _dot(x, x) ** 0.5)
    return float(gamma), float(radius), float(radius * radius / (gamma * gamma))


SECOND = {
    ("net_input", "mean_for_sum"): net_input_mean_for_sum,
    ("net_input", "bias_in_the_sum"): net_input_bias_in_the_sum,
    ("tlu", "tlu_bias_in_the_sum"): tlu_bias_in_the_sum,
    ("hebb", "hebb_without_bias"): hebb_without_bias,
    ("perceptron_step", "target_for_error"): perceptron_step_target_for_error,
    ("train_perceptron", "whole_epoch_at_once"): train_perceptron_whole_epoch_at_once,
    ("margin_and_radius", "one_not_in_the_radius"): margin_and_radius_one_not_in_the_radius,
}
