"""What wrong numbers have in common with the right ones in every call: one relation that holds in all of them.

A single number is a multiple of any other; the same multiple in three calls is no chance. Values alone are looked at,
so that a notebook tells this as grading does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from grader.finding import Code
from grader.judge.compare import the_tensor
from grader.judge.seen import NEARLY_ONE, Tensor
from grader.judge.sizes import FIT, Input, cause_of
from grader.judge.tensors import Array, relative_error
from grader.text import NO_TEXT, Ratio, Text, joined, say

#: Digits to which an answer may have been rounded.
_DIGITS = range(9)


@dataclass(frozen=True)
class Compared:
    """One call: its tensors beside the right ones, and its inputs that are arrays."""

    tensors: Sequence[Tensor]
    inputs: Sequence[Input]


#: What holds for one tensor in every call: (code, the end of a sentence "your answer is ..."), or None.
Related = tuple[Code, Text]


def related(calls: Sequence[Compared]) -> tuple[Code, Text] | None:
    """(code, sentences) where each wrong tensor has one relation to the right one that holds in every call."""
    wrong = [place for place in range(_least(calls)) if any(not call.tensors[place].right for call in calls)]
    if not wrong or any(not _finite(call.tensors[place]) for call in calls for place in wrong):
        return None
    found = [(calls[0].tensors[place].name, _relation(calls, place)) for place in wrong]
    if any(relation is None for _, relation in found):
        return None
    told: dict[Related, list[str]] = {}
    for name, relation in found:
        assert relation is not None
        told.setdefault(relation, []).append(name)
    sentences = [
        say("{tensor} is {what}.", tensor=the_tensor(name, start=True), what=what)
        for (_, what), names in told.items()
        for name in names
    ]
    return next(iter(told))[0], joined(sentences)


def _least(calls: Sequence[Compared]) -> int:
    return min((len(call.tensors) for call in calls), default=0)


def _finite(tensor: Tensor) -> bool:
    return bool(np.isfinite(tensor.got).all() and np.isfinite(tensor.want).all() and tensor.got.size)


def _relation(calls: Sequence[Compared], place: int) -> Related | None:
    pairs = [(call.tensors[place].got, call.tensors[place].want) for call in calls]
    for told, change in _changes():
        with np.errstate(all="ignore"):
            if all(_is(got, change(want)) for got, want in pairs) and any(not _is(got, want) for got, want in pairs):
                return Code.TRANSFORMED, told
    return _rounded(pairs) or _steady(pairs) or _as_many(calls, place)


def _changes() -> Iterator[tuple[Text, Callable[[Array], Array]]]:
    yield say("the square of the right one"), np.square
    yield say("the square root of the right one"), np.sqrt
    yield say("the logarithm of the right one"), np.log
    yield say("minus the logarithm of the right one"), lambda w: -np.log(w)
    yield say("the exponential of the right one"), np.exp
    yield say("the exponential of minus the right one"), lambda w: np.exp(-w)
    yield say("1 divided by the right one"), lambda w: 1 / w
    yield say("1 minus the right one"), lambda w: 1 - w
    yield say("-1 and 1 where 0 and 1 belong"), lambda w: 2 * w - 1 if np.isin(w, (0, 1)).all() else w
    yield say("0 and 1 where -1 and 1 belong"), lambda w: (w + 1) / 2 if np.isin(w, (-1, 1)).all() else w
    yield say("the sigmoid of the right one"), lambda w: 1 / (1 + np.exp(-w))
    yield say("the tanh of the right one"), np.tanh
    yield say("the right one with what is negative set to 0"), lambda w: np.maximum(w, 0)
    yield say("the right one cut to the range from 0 to 1"), lambda w: np.clip(w, 0, 1)
    yield say("the right one with each row sorted upwards"), _of_lines(lambda w: np.sort(w, axis=-1))
    yield say("the right one with each row sorted downwards"), _of_lines(lambda w: -np.sort(-w, axis=-1))
    yield say("the right one with its rows in reverse order"), _of_lines(lambda w: w[::-1])
    yield say("the right one with its columns in reverse order"), _of_lines(lambda w: w[..., ::-1])
    yield say("1 at the largest entry of each row, and 0 elsewhere"), _of_lines(_largest)
    yield say("the sum of the right one up to each entry"), _of_lines(lambda w: np.cumsum(w, axis=-1))
    yield say("the right one without its mean"), _of_lines(lambda w: w - w.mean())


def _of_lines(change: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """A change of arrays; of a single number it says nothing."""
    return lambda want: change(want) if want.ndim and want.size > 1 else np.full(want.shape, np.nan)


def _largest(want: Array) -> Array:
    return np.asarray(want == want.max(axis=-1, keepdims=True), dtype=float)


def _rounded(pairs: Sequence[tuple[Array, Array]]) -> Related | None:
    for digits in _DIGITS:
        if all(bool(np.array_equal(got, np.round(want, digits))) for got, want in pairs):
            if digits == 0:
                return Code.ROUNDED, say("the right one, rounded to whole numbers")
            return Code.ROUNDED, say("the right one, rounded to {digits} digits: hand it on as it is", digits=digits)
    return None


def _steady(pairs: Sequence[tuple[Array, Array]]) -> Related | None:
    """A single number that is the same multiple in every call, or off by the same."""
    if any(got.size != 1 for got, _ in pairs):
        return None
    came, right = (np.array([float(one.flat[0]) for one in side]) for side in zip(*pairs, strict=True))
    if np.any(right == 0) or np.any(came == 0):
        return None
    ratios, gaps = came / right, came - right
    if np.max(np.abs(ratios - 1)) < NEARLY_ONE:
        return None
    if np.ptp(ratios) <= FIT * abs(ratios[0]):
        cause = cause_of(float(ratios[0]))
        if cause or (len(pairs) > 1 and np.ptp(right) > FIT * np.max(np.abs(right))):
            told = say("{factor:.4g} times the right one in every call", factor=Ratio(float(ratios[0]), 4))
            return Code.FACTOR, joined([told, cause], ", ") if cause else told
    elif len(pairs) > 1 and np.ptp(gaps) <= FIT * abs(gaps[0]) and np.ptp(right) > 1e-3 * np.max(np.abs(right)):
        fields = {"offset": float(f"{abs(gaps[0]):.4g}")}
        return Code.OFFSET, (
            say("too large by the same {offset:.4g} in every call", **fields)
            if gaps[0] > 0
            else say("too small by the same {offset:.4g} in every call", **fields)
        )
    return None


def _as_many(calls: Sequence[Compared], place: int) -> Related | None:
    """Off by a factor that is made of the length of one axis of an input, in every call."""
    if len(calls) < 2:
        return None
    ratios = []
    for call in calls:
        got, want = call.tensors[place].got, call.tensors[place].want
        norm = float(np.vdot(want, want))
        k = float(np.vdot(want, got)) / norm if norm else 0.0
        if not k or not _is(got, k * want):
            return None
        ratios.append(k)
    if len(set(np.round(ratios, 6))) < 2:
        return None
    for position, (name, array) in enumerate(calls[0].inputs):
        for axis in range(array.ndim):
            lengths = [
                call.inputs[position][1].shape[axis]
                for call in calls
                if position < len(call.inputs) and call.inputs[position][1].ndim == array.ndim
            ]
            if len(lengths) == len(calls) and min(lengths, default=0) > 0:
                told = _by_length(np.array(ratios), np.array(lengths, dtype=float), _counted(name, array.ndim, axis))
                if told:
                    return Code.FACTOR, told
    return None


def _counted(name: Text, ndim: int, axis: int) -> Text:
    if ndim == 1:
        return say("{name} has entries", name=name)
    if axis == 0:
        return say("{name} has rows", name=name)
    return say("{name} has columns", name=name) if ndim == 2 else NO_TEXT


def _by_length(ratios: Array, n: Array, counted: Text) -> Text:
    less = np.where(n > 1, n - 1, np.nan)
    for factor, told in (
        (n, say("as many times too large as {counted}", counted=counted)),
        (1 / n, say("as many times too small as {counted}", counted=counted)),
        (n / less, say("divided by one less than {counted}", counted=counted)),
        (n / (n + 1), say("divided by one more than {counted}", counted=counted)),
        ((n - 1) / n, say("lacking one of as many as {counted}", counted=counted)),
        (np.sqrt(n), say("too large by the root of as many as {counted}", counted=counted)),
        (1 / np.sqrt(n), say("too small by the root of as many as {counted}", counted=counted)),
        (n**2, say("too large by the square of as many as {counted}", counted=counted)),
        (1 / n**2, say("too small by the square of as many as {counted}", counted=counted)),
    ):
        if counted and np.isfinite(factor).all() and np.all(np.abs(ratios - factor) <= FIT * factor):
            return told
    return NO_TEXT


def _is(got: Array, other: Array) -> bool:
    return bool(got.shape == other.shape and np.isfinite(other).all() and relative_error(got, other) <= FIT)
