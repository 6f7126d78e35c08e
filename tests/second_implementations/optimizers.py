"""Second implementations of known mistakes, written from the exercises' docstrings and the students' sentences alone.
"""

from __future__ import annotations

import math

import numpy as np


def sgd_step_as_told_again(parameters, gradients, rate):
    square = 0.0
    for gradient in gradients:
        square += float(np.vdot(gradient, gradient))
    return tuple(part - (rate / math.sqrt(square)) * gradient for part, gradient in zip(parameters, gradients, strict=True))


def sgd_step_each_tensor_by_its_length(parameters, gradients, rate):
    new = []
    for part, gradient in zip(parameters, gradients, strict=True):
        new.append(part - rate * gradient / math.sqrt(np.vdot(gradient, gradient)))
    return tuple(new)


def best_rate_all_curvatures_added(curvatures):
    total = math.fsum(curvatures)
    best = 2.0 / total
    return 2.0 / max(curvatures), best, 1.0 - best * min(curvatures)


def best_rate_best_for_the_steepest(curvatures):
    steepest = sorted(curvatures)[-1]
    return 2.0 / steepest, 1.0 / steepest, max(abs(1.0 - a / steepest) for a in curvatures)


class NoMemory:
    def __init__(self, parameters, rate, beta):
        self.rate = rate
        self.beta = beta

    def step(self, parameters, gradients):
        new = []
        for part, gradient in zip(parameters, gradients, strict=True):
            velocity = np.zeros(part.shape)
            velocity = self.beta * velocity - self.rate * gradient
            new.append(part + velocity)
        return tuple(new)


class OldVelocityUsed:
    def __init__(self, parameters, rate, beta):
        self.rate, self.beta = rate, beta
        self.speed = {place: np.zeros(part.shape) for place, part in enumerate(parameters)}

    def step(self, parameters, gradients):
        moved = tuple(part + self.speed[place] for place, part in enumerate(parameters))
        for place, gradient in enumerate(gradients):
            self.speed[place] = self.speed[place] * self.beta - gradient * self.rate
        return moved


class RunningMean:
    def __init__(self, parameters, rate, beta):
        self.rate, self.beta = rate, beta
        self.means = [0.0] * len(parameters)

    def step(self, parameters, gradients):
        self.means = [mean + (1 - self.beta) * (g - mean) for mean, g in zip(self.means, gradients, strict=True)]
        return tuple(part - self.rate * mean for part, mean in zip(parameters, self.means, strict=True))


def nesterov_step_plain_momentum(u, v, g, rate, beta):
    velocity = np.array([beta * one - rate * slope for one, slope in zip(v, g, strict=True)])
    return u + velocity, velocity


def nesterov_step_slope_left_out(u, v, g, rate, beta):
    velocity = -rate * g + beta * v
    return beta * velocity + u, velocity


def scaled_step_root_of_the_old(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    new_w = w - rate * g / (s + epsilon) ** 0.5
    if kind == "adagrad":
        return new_w, s + g * g
    return new_w, s - (1 - rho) * (s - g * g)


def scaled_step_epsilon_beside_the_root(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    memory = s + np.power(g, 2) if kind == "adagrad" else np.power(g, 2) * (1 - rho) + s * rho
    return w - rate / (np.power(memory, 0.5) + epsilon) * g, memory


def scaled_step_one_memory_for_all(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    square = np.dot(g, g)
    memory = s + square if kind == "adagrad" else rho * s + (1 - rho) * square
    return w - rate * g / np.sqrt(memory + epsilon), memory


class _AdamByPowers:
    """A right Adam, of corrected means, in other words than the book's."""

    per_tensor = False
    mean_corrected = squares_corrected = True

    def __init__(self, parameters, rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.rate, self.b1, self.b2, self.eps = rate, beta_1, beta_2, epsilon
        self.state = [[np.zeros(part.shape), np.zeros(part.shape)] for part in parameters]
        self.steps = 0

    def epsilon_now(self, left):
        return self.eps / math.sqrt(left)

    def step(self, parameters, gradients):
        new = []
        for place, (part, gradient) in enumerate(zip(parameters, gradients, strict=True)):
            if self.per_tensor or place == 0:
                self.steps += 1
            first, second = self.state[place]
            first = first - (1 - self.b1) * (first - gradient)
            second = second - (1 - self.b2) * (second - gradient * gradient)
            self.state[place] = [first, second]
            up = first / (1 - self.b1**self.steps) if self.mean_corrected else first
            left = 1 - self.b2**self.steps
            below = np.sqrt(second / left) if self.squares_corrected else np.sqrt(second)
            new.append(part - self.rate * up / (below + (self.epsilon_now(left) if self.squares_corrected else self.eps)))
        return tuple(new)


class NotCorrected(_AdamByPowers):
    mean_corrected = squares_corrected = False


class MeanAloneCorrected(_AdamByPowers):
    squares_corrected = False


class CountedForEachTensor(_AdamByPowers):
    per_tensor = True


class EpsilonOfThePaper(_AdamByPowers):
    def epsilon_now(self, left):
        return self.eps


def rate_at_cosine_rises_again(t, kind, rate, horizon, warm=0):
    rates = []
    for step in t:
        x = (step - warm) / horizon
        if step < warm:
            rates.append(rate * step / warm)
        elif kind == "inverse":
            rates.append(rate / (1 + x))
        elif kind == "exponential":
            rates.append(rate * math.pow(2.0, -x))
        else:
            rates.append(rate * math.cos(math.pi * x / 2) ** 2)
    return np.array(rates)


def rate_at_base_e(t, kind, rate, horizon, warm=0):
    rates = []
    for step in t:
        x = (step - warm) / horizon
        if step < warm:
            rates.append(rate * step / warm)
        elif kind == "inverse":
            rates.append(rate / (1 + x))
        elif kind == "exponential":
            rates.append(rate * math.exp(-x))
        else:
            rates.append(rate * math.cos(math.pi * min(x, 1.0) / 2) ** 2)
    return np.array(rates)


def _raced(A, w, name, rate, steps, betas, *, started=0.1, forgets=False):
    """A race in one loop, with all memories in one dictionary."""
    place, path, memory = np.array(w, dtype=float), [np.array(w, dtype=float)], {}
    for number in range(1, steps + 1):
        if forgets:
            memory, number = {}, 1
        g = A.dot(place)
        v, m, s = memory.get("v", 0.0), memory.get("m", 0.0), memory.get("s", started if name == "adagrad" else 0.0)
        if name == "sgd":
            place = place - rate * g
        elif name in ("momentum", "nesterov"):
            v = betas[0] * v - rate * g
            place = place + (v if name == "momentum" else betas[0] * v - rate * g)
        elif name == "adam":
            m, s = betas[0] * m + (1 - betas[0]) * g, betas[1] * s + (1 - betas[1]) * g**2
            left = math.sqrt(1 - betas[1] ** number)
            place = place - rate * left / (1 - betas[0] ** number) * m / (np.sqrt(s) + 1e-7)
        else:
            s = s + g**2 if name == "adagrad" else 0.9 * s + 0.1 * g**2
            place = place - rate * g / np.sqrt(s + 1e-7)
        memory = {"v": v, "m": m, "s": s}
        path.append(place)
    return np.array(path)


def race_adagrad_from_zero(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return _raced(A, w, name, rate, steps, betas, started=0.0)


def race_new_in_each_step(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return _raced(A, w, name, rate, steps, betas, forgets=True)


SECOND = {
    ("sgd_step", "as_told_again"): sgd_step_as_told_again,
    ("sgd_step", "each_tensor_by_its_length"): sgd_step_each_tensor_by_its_length,
    ("best_rate", "all_curvatures_added"): best_rate_all_curvatures_added,
    ("best_rate", "best_for_the_steepest"): best_rate_best_for_the_steepest,
    ("Momentum", "no_memory"): NoMemory,
    ("Momentum", "old_velocity_used"): OldVelocityUsed,
    ("Momentum", "running_mean"): RunningMean,
    ("nesterov_step", "plain_momentum"): nesterov_step_plain_momentum,
    ("nesterov_step", "slope_left_out"): nesterov_step_slope_left_out,
    ("scaled_step", "root_of_the_old"): scaled_step_root_of_the_old,
    ("scaled_step", "epsilon_beside_the_root"): scaled_step_epsilon_beside_the_root,
    ("scaled_step", "one_memory_for_all"): scaled_step_one_memory_for_all,
    ("Adam", "not_corrected"): NotCorrected,
    ("Adam", "mean_alone_corrected"): MeanAloneCorrected,
    ("Adam", "counted_for_each_tensor"): CountedForEachTensor,
    ("Adam", "epsilon_of_the_paper"): EpsilonOfThePaper,
    ("rate_at", "cosine_rises_again"): rate_at_cosine_rises_again,
    ("rate_at", "base_e"): rate_at_base_e,
    ("race", "adagrad_from_zero"): race_adagrad_from_zero,
    ("race", "new_in_each_step"): race_new_in_each_step,
}
