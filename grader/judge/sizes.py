"""The sizes of a call's inputs, and what a factor of that size is told as: "7 times too large; X has 7 rows"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from grader.judge.tensors import Array, relative_error
from grader.text import NO_TEXT, Ratio, Text, joined, say

#: How closely a pattern must fit before it is named.
FIT = 1e-6

#: An argument of the call: its name, and its value.
Input = tuple[Text, Array]


@dataclass(frozen=True)
class Size:
    """The length of an axis of the inputs, and what it counts: ``7``, "X has 7 rows"."""

    length: int
    told: Text


def sizes_of(arguments: Sequence[Input]) -> list[Size]:
    """The lengths of the inputs' axes above 1, told by name where they all count the same thing."""
    axes: dict[int, list[tuple[int, Text]]] = {}
    for name, array in arguments:
        for axis, length in enumerate(array.shape):
            axes.setdefault(length, []).append((axis, _counted(name, array.ndim, axis, length)))
    return [
        Size(
            length,
            told[0][1]
            if len({axis for axis, _ in told}) == 1
            else say("the inputs have axes of length {length}", length=length),
        )
        for length, told in sorted(axes.items())
        if length > 1
    ]


def _counted(name: Text, ndim: int, axis: int, length: int) -> Text:
    if ndim == 1:
        return say("{name} has {length} entries", name=name, length=length)
    if ndim > 2:
        return say("axis {axis} of {name} has length {length}", axis=axis, name=name, length=length)
    if axis == 0:
        return say("{name} has {length} rows", name=name, length=length)
    return say("{name} has {length} columns", name=name, length=length)


def telling(k: float, sizes: Sequence[Size]) -> Text | None:
    """A factor in words, where it is a sign, a 2, a size of the inputs or a product of two of them."""
    if abs(k + 1) <= FIT:
        return say("the right one with the opposite sign")
    if abs(k - 1) <= FIT:
        return None
    for factor, reason in _factors(sizes):
        if abs(abs(k) - factor) <= FIT * factor:
            how = (
                say("{factor} times too large", factor=factor)
                if k > 0
                else say("{factor} times too large and has the opposite sign", factor=factor)
            )
        elif abs(abs(k) * factor - 1) <= FIT:
            how = (
                say("{factor} times too small", factor=factor)
                if k > 0
                else say("{factor} times too small and has the opposite sign", factor=factor)
            )
        else:
            continue
        return say("{how}; {reason}", how=how, reason=reason) if reason else how
    return _less_one(k, sizes) or _of_base(k)


def _less_one(k: float, sizes: Sequence[Size]) -> Text | None:
    """A factor as of a mean that is divided by one less (or one more) than the number of its terms."""
    for size in sizes:
        for divisor in (size.length - 1, size.length + 1):
            if divisor > 1 and abs(k * divisor / size.length - 1) <= FIT:
                return say(
                    "{factor:.4g} times the right one, as of a division by {divisor} in place of {length}; {reason}",
                    factor=Ratio(k, 4),
                    divisor=divisor,
                    length=size.length,
                    reason=size.told,
                )
    return None


def _of_base(k: float) -> Text | None:
    cause = cause_of(k)
    return say("{factor:.4g} times the right one, {cause}", factor=Ratio(k, 4), cause=cause) if cause else None


def cause_of(k: float) -> Text:
    """Where a factor that no input explains comes from most often; no text where nothing is known."""
    for factor, cause in (
        (1 / math.log(2), say("as of a logarithm to the base 2")),
        (1 / math.log(10), say("as of a logarithm to the base 10")),
        (math.log(2), say("which is log 2")),
        (math.log(10), say("which is log 10")),
        (math.sqrt(2), say("which is the square root of 2")),
        (math.sqrt(0.5), say("which is the square root of 1/2")),
        (math.sqrt(3), say("which is the square root of 3")),
        (math.sqrt(1 / 3), say("which is the square root of 1/3")),
        (2.0, say("by a 2 too many")),
        (0.5, say("by a 2 too few, or a half too many")),
    ):
        if abs(k / factor - 1) <= FIT:
            return cause
        if abs(k / factor + 1) <= FIT:
            return joined([cause, say("with the opposite sign")], ", ")
    return NO_TEXT


def _factors(sizes: Sequence[Size]) -> Iterator[tuple[int, Text]]:
    """Numbers that a factor may be, each with what they count."""
    lengths = {size.length for size in sizes}
    yield from ((size.length, size.told) for size in sizes)
    if 2 not in lengths:
        yield 2, NO_TEXT
    for a, b in product(sizes, sizes):
        if a.length < b.length and a.length * b.length not in lengths:
            yield a.length * b.length, joined([a.told, b.told], ", ")
    for size in sizes:
        if size.length**2 not in lengths:
            yield size.length**2, size.told


def multiple(got: Array, want: Array) -> float | None:
    """The k with got = k want, None where there is none (or k is 0)."""
    norm = float(np.vdot(want, want))
    if norm == 0 or not np.isfinite(norm):
        return None
    k = float(np.vdot(want, got)) / norm
    if abs(abs(k) - 1) < 1e-9:
        k = float(np.sign(k))
    return k if k != 0 and relative_error(got, k * want) <= FIT else None
