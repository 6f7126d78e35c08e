"""Differencing a reference forward, to prove the reference backward in every draw.

Five-point slopes at two step sizes, extrapolated; each slope comes with the error that it may have. The
scheme and its constants: the outputs are differenced *before* they are summed with the cotangent, the step
is a power of two near 2^-9 of the input's scale, and moves by factors of 16 while truncation or rounding
dominates. A kink inside the stencil shows as a jump of the symmetric second difference that smooth
functions do not have; such a coordinate is not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from inspect import signature
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.judge.tensors import tensors

Floats = NDArray[np.float64]

#: Where a slope is less certain than this share of the largest one, the inputs are too near a kink: steps go
#: down to a millionth of the input's scale before that is said.
UNSURE = 1e-3
#: A reference is wrong when it is off by more than this share of the largest slope: no formula is wrong by less.
AGREE = 1e-7
#: Two one-sided slopes that differ by less than this share of the largest slope are one slope.
ONE_SLOPE = 1e-6

_UNIT = 2.0**-53
_FIRST_STEP = 2.0**-9
_LEVELS = 5
_ENOUGH = 1e-9
_ONE_SIDED_STEP = 2.0**-12


class NearKink(Exception):
    """These inputs lie too near a kink of the forward to judge a gradient: draw others."""


class WrongReference(Exception):
    """The chapter's own backward is not the gradient of its forward. ``str`` is one sentence."""


@dataclass(frozen=True)
class GradientOf:
    """What an exercise differentiates: a forward, with respect to some of its arguments.

    forward: the reference forward; its parameters are taken by name from the backward's.
    upstream: the backward's argument that holds dL/d(output); "" where the forward is a scalar loss.
    """

    forward: Callable[..., Any]
    wrt: tuple[str, ...]
    upstream: str = ""

    def bound(self, backward: Callable[..., Any], args: tuple[Any, ...]) -> Mapping[str, Any]:
        """The backward's arguments by name, floats as arrays of their own."""
        given = signature(backward).bind(*args)
        given.apply_defaults()
        return {name: _own(value) for name, value in given.arguments.items()}


@dataclass(frozen=True)
class Slopes:
    """Slopes of one tensor's coordinates. ``sure``: which are judged; ``off``: how wrong each may be.
    low, high: the smaller and the larger one-sided slope, only where asked for."""

    value: Floats
    off: Floats
    sure: NDArray[np.bool_]
    low: Floats
    high: Floats


def verify_gradient(
    declared: GradientOf, backward: Callable[..., Any], args: tuple[Any, ...], result: Any, kink: bool = False
) -> list[tuple[Floats, Floats]]:
    """Hold a reference's gradients against differences of its forward.

    Returns, for each gradient tensor, the lowest and the highest value that is right: equal but at a kink.
    Raises NearKink (unless ``kink``) or WrongReference.
    """
    given = declared.bound(backward, args)
    leaves = [leaf for name in declared.wrt for _, leaf in tensors(given[name])]
    gradients = [(name, np.asarray(tensor, dtype=float)) for name, tensor in tensors(result)][-len(leaves) :]
    if len(gradients) < len(leaves):
        raise WrongReference(f"{len(leaves)} gradients are declared by wrt, but {len(gradients)} tensors come back")
    forward = partial(_forward, declared, given)
    if not declared.upstream and forward().size != 1:
        raise WrongReference("the forward is no scalar: name the argument with the upstream gradient by upstream=")
    cotangent = np.asarray(given[declared.upstream], dtype=float) if declared.upstream else np.ones(())
    allowed: list[tuple[Floats, Floats]] = []
    for leaf, (name, gradient) in zip(leaves, gradients, strict=True):
        if gradient.shape != leaf.shape:
            raise WrongReference(f"the gradient {name} has shape {gradient.shape}; its tensor has {leaf.shape}")
        slopes = difference(forward, leaf, cotangent, one_sided=kink)
        allowed.append(_allowed(name or "gradient", gradient, slopes, kink))
    return allowed


def difference(forward: Callable[[], Floats], at: Floats, cotangent: Floats, one_sided: bool = False) -> Slopes:
    """The slope of sum(cotangent * forward()) by each entry of ``at``, which ``forward`` reads.

    ``at`` is moved in place and put back. Three forward values a side and a step; one to two steps a coordinate.
    """
    base = forward()
    noise = _noise(forward, at, base)
    scale = float(np.sqrt(np.mean(at**2))) if at.size else 1.0
    shape = at.shape
    value, off = np.zeros(shape), np.zeros(shape)
    low, high = np.zeros(shape), np.zeros(shape)
    largest = 0.0
    for index in np.ndindex(*shape):
        size = max(abs(float(at[index])), scale)
        unit = 2.0 ** round(float(np.log2(size))) if size > 1e-100 else 1.0
        value[index], off[index] = _slope(forward, at, index, unit, base, noise, np.abs(cotangent), cotangent, largest)
        largest = max(largest, abs(float(value[index])))
        if one_sided:
            step = unit * _ONE_SIDED_STEP
            sides = [_side(forward, at, index, t, base, cotangent) for t in (-step, step)]
            low[index], high[index] = min(sides), max(sides)
    sure = off <= UNSURE * max(largest, np.finfo(float).tiny)
    return Slopes(value, off, sure, low if one_sided else value, high if one_sided else value)


def _forward(declared: GradientOf, given: Mapping[str, Any]) -> Floats:
    """The forward's (first) output at the arguments as they are now."""
    result = declared.forward(*(given[name] for name in _parameters(declared.forward)))
    return np.asarray(next(leaf for _, leaf in tensors(result)), dtype=float)


@lru_cache(maxsize=64)
def _parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(signature(function).parameters)


def _allowed(name: str, gradient: Floats, slopes: Slopes, kink: bool) -> tuple[Floats, Floats]:
    largest = float(np.max(np.abs(slopes.value), initial=0.0))
    if kink:
        bend = slopes.high - slopes.low > ONE_SLOPE * max(largest, 1e-300)
        margin = ONE_SLOPE * largest  # one-sided slopes are a little uncertain themselves
        low = np.where(bend, slopes.low - margin, gradient)
        high = np.where(bend, slopes.high + margin, gradient)
        if not np.all((low <= gradient) & (gradient <= high)):
            raise WrongReference(f"the reference gradient {name} lies outside the two slopes at a kink")
        return low, high
    if not slopes.sure.all():
        where = ", ".join(str(int(i)) for i in np.argwhere(~slopes.sure)[0])
        raise NearKink(
            f"an input lies on or near a kink, at [{where}] of {name or 'the gradient'}: move it, or say kink=True"
        )
    wrong = ~(np.abs(gradient - slopes.value) <= slopes.off + AGREE * largest)
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise WrongReference(
            f"the reference gradient {name}{list(index) if index else ''} is {gradient[index]:.10g}, but differences "
            f"of the forward give {slopes.value[index]:.10g}"
        )
    return gradient, gradient


def _slope(
    forward: Callable[[], Floats],
    at: Floats,
    index: tuple[int, ...],
    unit: float,
    base: Floats,
    noise: Floats,
    weight: Floats,
    cotangent: Floats,
    largest: float,
) -> tuple[float, float]:
    """The slope by one coordinate, and how wrong it may be; the best of up to five step sizes."""
    step, best = _FIRST_STEP * unit, (0.0, np.inf)
    for _ in range(_LEVELS):
        slope, off, truncation, rounding = _at_step(forward, at, index, step, base, noise, weight, cotangent)
        if not off >= best[1]:
            best = (slope, off)
        if best[1] <= _ENOUGH * max(largest, abs(best[0])):
            break
        step *= 1 / 16 if truncation > rounding else 16
    return best


def _at_step(
    forward: Callable[[], Floats],
    at: Floats,
    index: tuple[int, ...],
    h: float,
    base: Floats,
    noise: Floats,
    weight: Floats,
    cotangent: Floats,
) -> tuple[float, float, float, float]:
    plus, minus = ([_moved(forward, at, index, sign * t * h) for t in (0.5, 1.0, 2.0)] for sign in (1, -1))
    coarse = (8 * (plus[1] - minus[1]) - (plus[2] - minus[2])) / (12 * h)
    fine = (8 * (plus[0] - minus[0]) - (plus[1] - minus[1])) / (6 * h)
    slope = float(np.sum(cotangent * (16 * fine - coarse) / 15))
    bends = [(plus[i] + minus[i] - 2 * base) / (t * h) for i, t in enumerate((0.5, 1.0, 2.0))]
    truncation = float(np.sum(weight * np.abs(fine - coarse)))
    jump = float(np.sum(weight * np.abs(bends[2] - 10 * bends[1] + 16 * bends[0])))
    moved = (plus[1] != base) | (minus[1] != base)
    counted = moved if moved.any() else np.ones_like(moved)
    rounding = _UNIT / h * float(np.sum((weight * (noise + np.abs(base) + np.abs(plus[1] - base)))[counted]))
    off = (
        2 * max(0.0, truncation - 16 * rounding)
        + 2 * max(0.0, jump - 64 * rounding)
        + 32 * rounding
        + 8 * _UNIT * abs(slope)
    )
    return slope, off if np.isfinite(off) else np.inf, truncation + jump, 32 * rounding


def _side(
    forward: Callable[[], Floats], at: Floats, index: tuple[int, ...], t: float, base: Floats, cotangent: Floats
) -> float:
    """The slope on one side: three points, so that a curved side costs t squared."""
    near, far = _moved(forward, at, index, t), _moved(forward, at, index, 2 * t)
    return float(np.sum(cotangent * (4 * near - far - 3 * base) / (2 * t)))


def _moved(forward: Callable[[], Floats], at: Floats, index: tuple[int, ...], by: float) -> Floats:
    kept = at[index].copy()
    at[index] = kept + by
    try:
        return forward().copy()
    finally:
        at[index] = kept


def _noise(forward: Callable[[], Floats], at: Floats, base: Floats) -> Floats:
    """How much the last bits of the input shake each output, in units of rounding: measured, not assumed."""
    kept, worst = at.copy(), np.zeros_like(base)
    for nudge in (1 + 2.0**-40, 1 - 2.0**-40):
        at[...] = kept * nudge
        worst = np.maximum(worst, np.abs(forward() - base))
    at[...] = kept
    return np.asarray(2 * worst * 2.0**40)


def _own(value: Any) -> Any:
    """A copy whose float leaves are arrays that can be moved in place."""
    if isinstance(value, dict):
        return {key: _own(item) for key, item in value.items()}
    if isinstance(value, tuple | list) and not all(isinstance(item, int | float | str) for item in value):
        return type(value)(_own(item) for item in value)
    if isinstance(value, float | np.floating) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        return np.array(value, dtype=float)
    return value.copy() if isinstance(value, np.ndarray) else value
