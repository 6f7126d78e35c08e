"""Second implementations of known mistakes, written from the exercises' docstrings and the students' sentences alone.
"""

from __future__ import annotations

import math

import numpy as np


def _logistic(z):
    return np.exp(-np.logaddexp(0.0, -np.asarray(z, dtype=float)))


def smooth_inner_factor_forgotten(z):
    p = _logistic(2.0 * z)
    return np.tanh(z), 2.0 * p * (1.0 - p), np.logaddexp(0.0, z), _logistic(z)


def smooth_softplus_slope_too_far(z):
    p = _logistic(z)
    return np.tanh(z), 1.0 - np.tanh(z) ** 2, np.logaddexp(0.0, z), p - p * p


def smooth_softplus_in_base_two(z):
    return np.tanh(z), 1.0 / np.cosh(z) ** 2, np.logaddexp2(0.0, z / math.log(2.0)), _logistic(z)


def leaky_relu_plain_relu(z, slope=0.01, upstream=1.0):
    on = (z > 0).astype(float)
    return z * on, on * upstream


def leaky_relu_masked_by_upstream(z, slope=0.01, upstream=1.0):
    heard = np.broadcast_to(upstream, z.shape)
    return np.where(z > 0, z, slope * z), np.array([g if g >= 0 else slope * g for g in heard.flat]).reshape(z.shape)


def leaky_relu_slope_by_habit(z, slope=0.01, upstream=1.0):
    return z * np.where(z < 0, 0.01, 1.0), upstream * np.where(z < 0, 0.01, 1.0)


def elu_slope_is_the_value(z, alpha=1.0, upstream=1.0):
    left = alpha * np.expm1(np.minimum(z, 0.0))
    return np.where(z > 0, z, left), np.where(z >= 0, upstream, left * upstream)


def elu_alpha_inside_only(z, alpha=1.0, upstream=1.0):
    e = np.exp(np.minimum(z, 0.0))
    return np.where(z < 0, alpha * e - 1.0, z), np.where(z < 0, alpha * e, 1.0) * upstream


def maxout_smallest_piece(X, W, b):
    return np.array([[min(x @ W[k, :, h] + b[k, h] for k in range(len(W))) for h in range(W.shape[2])] for x in X])


def maxout_biases_left_out(X, W, b):
    return np.einsum("nd,kdh->nhk", X, W).max(axis=-1)


def maxout_backward_all_pieces_hear(upstream, X, W, b):
    dX = sum(upstream @ piece.T for piece in W)
    dW = np.array([X.T @ upstream for _ in W])
    return dX, dW, np.array([upstream.sum(axis=0) for _ in W])


def maxout_backward_bias_means(upstream, X, W, b):
    winner = np.einsum("nd,kdh->nhk", X, W) + b.T
    first = winner.argmax(axis=-1)
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(b.shape)
    for n, h in np.ndindex(*upstream.shape):
        k, g = first[n, h], upstream[n, h]
        dX[n] += g * W[k, :, h]
        dW[k, :, h] += g * X[n]
        db[k, h] += g / len(X)
    return dX, dW, db


def skip_backward_product_only(upstream, x, w, b):
    p = _logistic(x * (w + 1.0) + b)
    g = upstream * p * (1.0 - p)
    return g * w, np.einsum("nd,nd->d", g, x), np.einsum("nd->d", g)


def skip_backward_value_for_the_slope(upstream, x, w, b):
    g = upstream * _logistic(x * w + x + b)
    return g + g * w, np.einsum("nd,nd->d", g, x), np.einsum("nd->d", g)


class _Taped:
    """A number with closures, the way of a well-known lecture."""

    def __init__(self, data, parents=()):
        self.data, self.grad, self._parents = data, 0.0, tuple(parents)
        self._hand_on = lambda: None

    def _give(self, share):
        self.grad += share

    def __add__(self, other):
        made = self.__class__(self.data + other.data, (self, other))

        def hand_on():
            self._give(made.grad)
            other._give(made.grad)

        made._hand_on = hand_on
        return made

    def __mul__(self, other):
        made = self.__class__(self.data * other.data, (self, other))

        def hand_on():
            self._give(other.data * made.grad)
            other._give(self.data * made.grad)

        made._hand_on = hand_on
        return made

    def through(self, bend):
        value, slope = bend(self.data)
        made = self.__class__(value, (self,))
        made._hand_on = lambda: self._give(slope * made.grad)
        return made

    def _listed(self):
        found, seen = [], set()

        def build(node):
            if node not in seen:
                seen.add(node)
                for parent in node._parents:
                    build(parent)
                found.append(node)

        build(self)
        return found

    def _empty(self, nodes):
        for node in nodes:
            node.grad = 0.0

    def backward(self):
        nodes = self._listed()
        self._empty(nodes)
        self.grad = 1.0
        for node in nodes[::-1]:
            node._hand_on()


class ValueLastShareOnly(_Taped):
    def _give(self, share):
        self.grad = share


class ValueProductGivesOwnValue(_Taped):
    def __mul__(self, other):
        made = self.__class__(self.data * other.data, (self, other))

        def hand_on():
            self._give(self.data * made.grad)
            other._give(other.data * made.grad)

        made._hand_on = hand_on
        return made


class ValueSecondWalkAdds(_Taped):
    def _empty(self, nodes):
        pass


class ValueBeginsWithItsValue(_Taped):
    def backward(self):
        nodes = self._listed()
        self._empty(nodes)
        self.grad = self.data
        for node in nodes[::-1]:
            node._hand_on()


def _step(weights, X, y):
    """The loss of the network and its gradient, in matrices."""
    D = X.shape[1]
    units, last = weights[:-1].reshape(-1, D + 2), weights[-1]
    h = _logistic(X @ units[:, :D].T + units[:, D])
    error = h @ units[:, D + 1] + last - y
    g = 2.0 * error / len(X)
    back = np.outer(g, units[:, D + 1]) * h * (1.0 - h)
    by_unit = np.column_stack([back.T @ X, back.sum(axis=0), h.T @ g])
    return float(np.mean(error**2)), np.append(by_unit.ravel(), g.sum())


def descend_uphill(weights, X, y, rate, steps):
    losses = []
    for _ in range(steps):
        loss, slope = _step(weights, X, y)
        losses.append(loss)
        weights = weights + rate * slope
    return weights, np.array(losses)


def descend_losses_after_the_steps(weights, X, y, rate, steps):
    losses = []
    for _ in range(steps):
        weights = weights - rate * _step(weights, X, y)[1]
        losses.append(_step(weights, X, y)[0])
    return weights, np.array(losses)


SECOND = {
    ("smooth", "inner_factor_forgotten"): smooth_inner_factor_forgotten,
    ("smooth", "softplus_slope_too_far"): smooth_softplus_slope_too_far,
    ("smooth", "softplus_in_base_two"): smooth_softplus_in_base_two,
    ("leaky_relu", "plain_relu"): leaky_relu_plain_relu,
    ("leaky_relu", "masked_by_upstream"): leaky_relu_masked_by_upstream,
    ("leaky_relu", "slope_by_habit"): leaky_relu_slope_by_habit,
    ("elu", "slope_is_the_value"): elu_slope_is_the_value,
    ("elu", "alpha_inside_only"): elu_alpha_inside_only,
    ("maxout", "smallest_piece"): maxout_smallest_piece,
    ("maxout", "biases_left_out"): maxout_biases_left_out,
    ("maxout_backward", "all_pieces_hear"): maxout_backward_all_pieces_hear,
    ("maxout_backward", "bias_means"): maxout_backward_bias_means,
    ("skip_backward", "product_only"): skip_backward_product_only,
    ("skip_backward", "value_for_the_slope"): skip_backward_value_for_the_slope,
    ("Value", "last_share_only"): ValueLastShareOnly,
    ("Value", "product_gives_own_value"): ValueProductGivesOwnValue,
    ("Value", "second_walk_adds"): ValueSecondWalkAdds,
    ("Value", "begins_with_its_value"): ValueBeginsWithItsValue,
    ("descend", "uphill"): descend_uphill,
    ("descend", "losses_after_the_steps"): descend_losses_after_the_steps,
}
