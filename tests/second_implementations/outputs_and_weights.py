"""Second implementations of known mistakes, written from the exercises' docstrings and the students' sentences alone.
"""

from __future__ import annotations

import math

import numpy as np


def _logistic(z):
    return 0.5 * (1.0 + np.tanh(0.5 * z))


def _shares(z):
    powers = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def activate_relu_for_a_price(z, task):
    if task == "positive":
        return z * (z > 0)
    if task == "multiclass":
        return _shares(z)
    return _logistic(z)


def activate_softmax_for_labels(z, task):
    if task in ("multilabel", "multiclass"):
        return _shares(z)
    return _logistic(z) if task == "binary" else np.logaddexp(z, 0.0)


def decide_cut_at_one_half(z, task):
    if task == "multiclass":
        return np.array([list(row).index(max(row)) for row in z])
    answers = np.zeros(z.shape, dtype=int)
    answers[z >= 0.5] = 1
    return answers


def decide_one_label_a_row(z, task):
    if task == "binary":
        return np.array([[1 if score >= 0 else 0 for score in row] for row in z])
    return np.array([list(row).index(max(row)) for row in z])


def row_losses_labels_summed(z, y, head):
    if head == "softmax":
        return np.logaddexp.reduce(z, axis=1) - z[range(len(y)), y]
    return np.logaddexp(0, np.where(y > 0.5, -z, z)).sum(axis=1)


def row_losses_yes_alone(z, y, head):
    if head == "softmax":
        return np.logaddexp.reduce(z, axis=1) - z[range(len(y)), y]
    return np.where(y > 0.5, np.logaddexp(0, -z), 0.0).mean(axis=1)


def balanced_weights_classes_left_out(y, C):
    weights = [0.0] * C
    for label in set(y.tolist()):
        weights[label] = len(y) / list(y).count(label)
    return np.array(weights)


def balanced_weights_share_of_the_others(y, C):
    labels = y.tolist()
    return np.array([sum(one != k for one in labels) / len(labels) if k in labels else 0.0 for k in range(C)])


def row_weights_weights_added(y, class_weight, sample_weight):
    if sample_weight is None:
        return np.array([class_weight.get(label, 1.0) for label in y.tolist()])
    return np.array([class_weight.get(label, 1.0) + own for label, own in zip(y.tolist(), sample_weight, strict=True)])


def row_weights_missing_class_counts_nothing(y, class_weight, sample_weight):
    weights = np.zeros(len(y))
    for label in class_weight:
        weights[y == label] = class_weight[label]
    return weights if sample_weight is None else weights * sample_weight


def _by_hand(z, y, weights, head):
    """Row by row: the losses of the rows, and their slopes, both without weights and without 1/N."""
    losses, slopes = [], []
    for scores, came in zip(z, y, strict=True):
        if head == "sigmoid":
            losses.append(np.logaddexp(0, np.where(came > 0.5, -scores, scores)).mean())
            slopes.append((_logistic(scores) - came) / len(scores))
        else:
            losses.append(np.logaddexp.reduce(scores) - scores[came])
            slopes.append(_shares(scores) - (np.arange(len(scores)) == came))
    return np.array(losses), np.array(slopes)


def loss_and_gradient_over_the_sum_of_weights(z, y, weights, head):
    losses, slopes = _by_hand(z, y, weights, head)
    return np.average(losses, weights=weights), (slopes.T * weights).T / sum(weights)


def loss_and_gradient_weights_in_the_loss_alone(z, y, weights, head):
    losses, slopes = _by_hand(z, y, weights, head)
    return losses @ weights / len(z), slopes / len(z)


def loss_and_gradient_labels_not_averaged(z, y, weights, head):
    losses, slopes = _by_hand(z, y, weights, head)
    return losses @ weights / len(z), (slopes.T * weights).T / len(z) * (z.shape[1] if head == "sigmoid" else 1)


def at_threshold_recall_before_precision(p, y, t):
    counts = {(i, j): int(sum((p >= t) * 1 + 2 * y == 2 * i + j)) for i in (0, 1) for j in (0, 1)}
    called = counts[0, 1] + counts[1, 1]
    precision = counts[1, 1] / called if called else 1.0
    return np.array([[counts[0, 0], counts[0, 1]], [counts[1, 0], counts[1, 1]]]), counts[1, 1] / sum(y), precision


def at_threshold_nobody_called_is_zero(p, y, t):
    called = np.flatnonzero(p >= t)
    found = int(y[called].sum())
    alarms, cases = len(called) - found, int(y.sum())
    matrix = np.array([[len(y) - cases - alarms, alarms], [cases - found, found]])
    return matrix, (found / len(called) if len(called) else 0.0), found / cases


def unweighted_weighted_again(p, class_weights):
    return np.array([row * class_weights / np.dot(row, class_weights) for row in p])


def unweighted_not_made_whole(p, class_weights):
    return np.stack([column / weight for column, weight in zip(p.T, class_weights, strict=True)], axis=1)


SECOND = {
    ("activate", "relu_for_a_price"): activate_relu_for_a_price,
    ("activate", "softmax_for_labels"): activate_softmax_for_labels,
    ("decide", "cut_at_one_half"): decide_cut_at_one_half,
    ("decide", "one_label_a_row"): decide_one_label_a_row,
    ("row_losses", "labels_summed"): row_losses_labels_summed,
    ("row_losses", "yes_alone"): row_losses_yes_alone,
    ("balanced_weights", "classes_left_out"): balanced_weights_classes_left_out,
    ("balanced_weights", "share_of_the_others"): balanced_weights_share_of_the_others,
    ("row_weights", "weights_added"): row_weights_weights_added,
    ("row_weights", "missing_class_counts_nothing"): row_weights_missing_class_counts_nothing,
    ("loss_and_gradient", "over_the_sum_of_weights"): loss_and_gradient_over_the_sum_of_weights,
    ("loss_and_gradient", "weights_in_the_loss_alone"): loss_and_gradient_weights_in_the_loss_alone,
    ("loss_and_gradient", "labels_not_averaged"): loss_and_gradient_labels_not_averaged,
    ("at_threshold", "recall_before_precision"): at_threshold_recall_before_precision,
    ("at_threshold", "nobody_called_is_zero"): at_threshold_nobody_called_is_zero,
    ("unweighted", "weighted_again"): unweighted_weighted_again,
    ("unweighted", "not_made_whole"): unweighted_not_made_whole,
}
