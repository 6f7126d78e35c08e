"""Naming what is wrong: from a mismatch to the sentence that a student reads.

In this order: shape and type, the chapter's known mistakes by value, a constant factor, the worst entry.
A wrong diagnosis is worse than none: where two mistakes fit, neither is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.judge.values import Array, Mismatch, as_float, matches, relative_error, tensors

#: How closely a constant factor must fit before it is named.
FACTOR_BAND = 1e-6


@dataclass(frozen=True)
class KnownMistake:
    """What a known wrong answer gives on the inputs at hand. ``value`` is None where it raises."""

    name: str
    sentence: str
    value: Any


@dataclass(frozen=True)
class Diagnosis:
    name: str
    message: str
    detail: tuple[str, ...] = ()


def diagnose(
    got: Any, want: Any, mismatch: Mismatch, mistakes: Sequence[KnownMistake], sizes: Sequence[int] = ()
) -> Diagnosis:
    """The most telling true thing about a wrong answer. ``sizes``: the lengths of the inputs' axes."""
    fitting = [mistake for mistake in mistakes if mistake.value is not None and matches(got, mistake.value)]
    if len({mistake.sentence for mistake in fitting}) == 1:
        return Diagnosis(f"mistake:{fitting[0].name}", fitting[0].sentence, _worst(mismatch))
    if mismatch.kind != "value":
        return Diagnosis(mismatch.kind, mismatch.message)
    factor = _factor(got, want, sizes)
    if factor is not None:
        return Diagnosis("factor", factor, _worst(mismatch))
    return Diagnosis("value", mismatch.message, _worst(mismatch))


def _factor(got: Any, want: Any, sizes: Sequence[int]) -> str | None:
    """ "dW is 7 times too large, and the inputs have an axis of 7", where one constant explains it all."""
    ratios: dict[str, float] = {}
    for (name, mine), (_, right) in zip(tensors(got), tensors(want), strict=False):
        if mine.shape != right.shape or not np.any(right):
            return None
        ours, theirs = as_float(mine), as_float(right)
        if relative_error(ours, theirs) <= FACTOR_BAND:
            continue
        k = float(np.vdot(theirs, ours) / np.vdot(theirs, theirs))
        # Of a single number any answer is a multiple: only the telling multiples are named.
        if k == 0 or not relative_error(ours, k * theirs) <= FACTOR_BAND:
            return None
        if mine.size == 1 and _telling(k, sizes) is None:
            return None
        ratios[name] = k
    values = list(ratios.values())
    if not values or not np.allclose(values, values[0], rtol=FACTOR_BAND, atol=0):
        return None
    everything = len(ratios) == sum(1 for _ in tensors(want))
    subject = "Your answer is" if everything else f"{' and '.join(ratios)} {'is' if len(ratios) == 1 else 'are'}"
    others = "" if everything else " The rest is right."
    return f"{subject} {_telling(values[0], sizes) or f'{values[0]:.4g} times the right one'}.{others}"


def _telling(k: float, sizes: Sequence[int]) -> str | None:
    def near(target: float) -> bool:
        return abs(k - target) <= FACTOR_BAND * abs(target)

    if near(-1):
        return "the right one with the opposite sign"
    for factor in sorted({2, *sizes}):
        axis = f", and the inputs have an axis of length {factor}" if factor in sizes else ""
        if factor > 1 and near(factor):
            return f"{factor} times too large{axis}"
        if factor > 1 and near(1 / factor):
            return f"{factor} times too small{axis}"
    return None


def _worst(mismatch: Mismatch) -> tuple[str, ...]:
    """The entry that is furthest off, expected against got."""
    got, want = mismatch.got, mismatch.want
    if got is None or want is None or got.shape != want.shape or got.size == 0:
        return ()
    with np.errstate(all="ignore"):
        off = np.abs(got - want)
    index = np.unravel_index(int(np.argmax(np.where(np.isnan(off), np.inf, off))), off.shape)
    place = f"{mismatch.name or 'your answer'}[{', '.join(str(int(i)) for i in index)}]" if index else (
        mismatch.name or "your answer"
    )
    return (f"{place}: expected {_number(want, index)}, got {_number(got, index)}",)


def _number(tensor: Array, index: tuple[Any, ...]) -> str:
    return f"{tensor[index]:.6g}"
