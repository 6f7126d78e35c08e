"""The sizes of a call's inputs, and what a factor of that size is told as: "7 times too large; X has 7 rows"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from grader.judge.tensors import Array
from grader.text import NO_TEXT, Text, joined, say

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
    return None


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
