"""The patterns of wrong numbers. Each is a true statement about them, found by comparing two tensors.

A pattern gives its code with a sentence, or with what the tensor `Is`, which wants its name before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from grader.finding import Code
from grader.judge.compare import the_tensor
from grader.judge.moves import Move, moves
from grader.judge.sizes import FIT, Input, Size, multiple, telling
from grader.judge.tensors import Array, relative_error
from grader.text import Text, raw, say, say_counted

#: A factor this close to 1 is no factor that anybody wrote: the answer is close, and is told so.
NEARLY_ONE = 1e-3


@dataclass(frozen=True)
class Tensor:
    """One tensor of an answer beside the right one, both real, of equal shape. ``right``: within its band."""

    name: str
    got: Array
    want: Array
    right: bool


@dataclass(frozen=True)
class Is:
    """The end of a sentence that begins with a tensor's name and "is"."""

    what: Text


#: An offset is told as a whole number of times an argument, up to this one.
_MOST_TIMES = 20

#: What a pattern found.
Seen = tuple[Code, Text | Is]
Pattern = Callable[[Tensor, Sequence[Input], Sequence[Size]], Seen | None]


def patterns(tensors: Sequence[Tensor]) -> tuple[Pattern, ...]:
    """The patterns in the order in which they are looked for, in an answer of these tensors."""
    return (
        _zeros,
        partial(_factor, tensors),
        _transpose,
        _signs,
        _argument,
        _offset,
        _along,
        _moved_on,
        partial(_step, tensors),
        _reduction,
        _per_row,
        _per_column,
        _constant,
        _unfilled,
        _sums,
        _confined,
    )


def _zeros(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    if t.want.size and not np.any(t.got) and np.any(t.want):
        return Code.ZEROS, Is(say("all zeros") if t.got.size > 1 else say("zero"))
    return None


def _factor(tensors: Sequence[Tensor], t: Tensor, arguments: object, sizes: Sequence[Size]) -> Seen | None:
    k = multiple(t.got, t.want)
    if k is None or abs(k - 1) < NEARLY_ONE:
        return None
    told = telling(k, sizes)
    # Of a single number any answer is a multiple, beside other tensors by chance: alone, a telling one is named.
    if t.got.size == 1 and not _shared(k, tensors) and (told is None or (len(tensors) > 1 and k != -1)):
        return None
    what = told or say("{factor:.4g} times the right one", factor=_as_shown(k))
    return (Code.SIGN if k == -1 else Code.FACTOR), Is(what)


def _shared(k: float, tensors: Sequence[Tensor]) -> bool:
    """Whether a whole array of the answer is the same multiple of the right one."""
    found = [multiple(t.got, t.want) for t in tensors if not t.right and t.got.size > 1]
    return any(other is not None and abs(other - k) <= FIT * abs(k) for other in found)


def _transpose(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    if t.got.ndim == 2 and t.got.shape[0] == t.got.shape[1] and _equal(t.got.T, t.want):
        return Code.TRANSPOSE, Is(say("the transpose of the right one"))
    return None


def _signs(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    if t.got.size > 1 and _equal(np.abs(t.got), np.abs(t.want)):
        told = say(
            "Every entry of {tensor} has the right size, but some have the wrong sign.", tensor=the_tensor(t.name)
        )
        return Code.SIGN, told
    return None


def _argument(t: Tensor, arguments: Sequence[Input], sizes: object) -> Seen | None:
    for name, array in arguments:
        if t.got.size > 1 and array.shape == t.got.shape and np.any(array):
            k = multiple(t.got, array)
            if k is not None:
                return Code.RETURNS_INPUT, Is(
                    say("the input {name}", name=name)
                    if abs(k - 1) < FIT
                    else say("{factor:.4g} times the input {name}", factor=_as_shown(k), name=name)
                )
    return None


def _offset(t: Tensor, arguments: Sequence[Input], sizes: object) -> Seen | None:
    off = t.got - t.want
    if t.got.size < 2 or not _same(off, t.want):
        return None
    for name, number in arguments:
        if number.ndim == 0 and (times := _times(float(off.flat[0]), float(number))):
            counted = {"tensor": the_tensor(t.name), "name": name}
            return Code.OFFSET, (
                say_counted(
                    "Every entry of {tensor} has {name} once too much: how often is it added?",
                    "Every entry of {tensor} has {name} {count} times too much: how often is it added?",
                    times,
                    **counted,
                )
                if times > 0
                else say_counted(
                    "Every entry of {tensor} has {name} once too little: how often is it added?",
                    "Every entry of {tensor} has {name} {count} times too little: how often is it added?",
                    -times,
                    **counted,
                )
            )
    fields = {"tensor": the_tensor(t.name), "offset": _as_shown(abs(off.flat[0]))}
    return Code.OFFSET, (
        say("Every entry of {tensor} is too large by the same {offset:.4g}.", **fields)
        if off.flat[0] > 0
        else say("Every entry of {tensor} is too small by the same {offset:.4g}.", **fields)
    )


def _times(off: float, number: float) -> int:
    """The whole number of times that a number makes up an offset; 0 where there is none, or a large one."""
    if not abs(off) <= (_MOST_TIMES + 0.5) * abs(number):
        return 0
    times = round(off / number)
    return times if abs(off - times * number) <= FIT * abs(off) else 0


def _along(t: Tensor, arguments: Sequence[Input], sizes: object) -> Seen | None:
    for name, array in arguments:
        if t.got.size > 1 and array.shape == t.got.shape:
            k = multiple(t.got - t.want, array)
            if k is not None:
                return Code.ALONG, say(
                    "{tensor} differs from the right one by {factor:.4g} times {name}.",
                    tensor=the_tensor(t.name, start=True),
                    factor=_as_shown(k),
                    name=name,
                )
    return None


def _step(tensors: Sequence[Tensor], t: Tensor, arguments: Sequence[Input], sizes: Sequence[Size]) -> Seen | None:
    """A parameter that moves too far, or the wrong way; a single number where a whole array does so, too."""
    found = moves(t.name, t.got, t.want, arguments)
    if t.got.size == 1:
        large = [move for o in tensors if o.got.size > 1 and not o.right for move in _moves(o, arguments)]
        found = [move for move in found if any(map(move.is_of, large))]
    return (Code.FACTOR, Is(found[0].told(sizes))) if found else None


def _moves(t: Tensor, arguments: Sequence[Input]) -> list[Move]:
    return moves(t.name, t.got, t.want, arguments)


def _moved_on(t: Tensor, arguments: Sequence[Input], sizes: object) -> Seen | None:
    """An input less a multiple of what is asked for: the step is taken already."""
    for name, array in arguments:
        if t.got.size > 2 and array.shape == t.got.shape and np.any(array):
            k = multiple(t.got - array, t.want)
            if k is not None:
                fields = {"tensor": the_tensor(t.name, start=True), "name": name, "factor": _as_shown(abs(k))}
                return Code.ALONG, (
                    say("{tensor} is {name} less {factor:.4g} times the right one: is a step taken already?", **fields)
                    if k < 0
                    else say("{tensor} is {name} plus {factor:.4g} times the right one.", **fields)
                )
    return None


def _reduction(t: Tensor, arguments: Sequence[Input], sizes: object) -> Seen | None:
    """The maximum, sum or mean of each row (or column) of an input: returned, or added to what is right."""
    for name, array in arguments:
        for what, reduced in _reductions(name, array) if array.ndim == 2 and t.got.ndim == 1 else ():
            if reduced.shape != t.got.shape or t.got.size < 2 or not np.any(reduced):
                continue
            if _equal(t.got, reduced):
                return Code.RETURNS_INPUT, Is(say("{what}, and no more", what=what))
            k = multiple(t.got - t.want, reduced)
            if k in (-1, 1):
                fields = {"tensor": the_tensor(t.name, start=True), "what": what}
                return Code.ALONG, (
                    say("{tensor} is too small by {what}.", **fields)
                    if k < 0
                    else say("{tensor} is too large by {what}.", **fields)
                )
    return None


def _reductions(name: Text, array: Array) -> Iterator[tuple[Text, Array]]:
    """name: of the (N, D) ``array``. Each reduction of it to (N,) or (D,), and what it is called."""
    yield say("the maximum of each row of {name}", name=name), array.max(1)
    yield say("the sum of each row of {name}", name=name), array.sum(1)
    yield say("the mean of each row of {name}", name=name), array.mean(1)
    yield say("the maximum of each column of {name}", name=name), array.max(0)
    yield say("the sum of each column of {name}", name=name), array.sum(0)
    yield say("the mean of each column of {name}", name=name), array.mean(0)


def _per_row(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    match _by_line(t.got, t.want):
        case "factor":
            return Code.PER_ROW, say(
                "Each row of {tensor} is the right one times a number of its own.", tensor=the_tensor(t.name)
            )
        case "offset":
            return Code.PER_ROW, say(
                "Each row of {tensor} is the right one plus a number of its own.", tensor=the_tensor(t.name)
            )
    return None


def _per_column(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    match _by_line(t.got.T, t.want.T):
        case "factor":
            return Code.PER_COLUMN, say(
                "Each column of {tensor} is the right one times a number of its own.", tensor=the_tensor(t.name)
            )
        case "offset":
            return Code.PER_COLUMN, say(
                "Each column of {tensor} is the right one plus a number of its own.", tensor=the_tensor(t.name)
            )
    return None


def _by_line(got: Array, want: Array) -> Literal["factor", "offset", ""]:
    """Whether each row is a multiple of the right row, or off by a constant, with a number of its own."""
    if got.ndim != 2 or got.shape[0] < 2 or got.shape[1] < 2:
        return ""
    factors = [multiple(a, b) for a, b in zip(got, want, strict=True) if np.any(b)]
    if 2 * sum(k is not None and abs(k - 1) < FIT for k in factors) >= len(got):
        return ""  # many lines are right: which ones are not tells more
    if factors and all(k is not None for k in factors) and np.ptp([k for k in factors if k is not None]) > NEARLY_ONE:
        return "factor"
    return "offset" if all(_same(a - b, want) for a, b in zip(got, want, strict=True)) else ""


def _constant(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    if t.got.size > 1 and _same(t.got, t.got) and not _same(t.want, t.want):
        told = say(
            "Every entry of {tensor} is the same {value:.4g}.",
            tensor=the_tensor(t.name),
            value=_as_shown(t.got.flat[0]),
        )
        return Code.CONSTANT, told
    return None


def _unfilled(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    """Rows (or entries of a vector) that are all zero, the others being right."""
    if t.got.ndim not in (1, 2) or len(t.got) < 2:
        return None
    off = np.abs(t.got - t.want) > FIT * float(np.max(np.abs(t.want), initial=0.0))
    wrong = off if t.got.ndim == 1 else off.any(axis=1)
    if not 0 < 2 * int(wrong.sum()) <= len(wrong) or np.any(t.got[wrong]):
        return None
    places = np.flatnonzero(wrong)
    asked = say("Is anything written there?")
    if list(places) == [len(wrong) - 1]:
        asked = say("Does a loop stop one early?")
    if list(places) == [0]:
        asked = say("Does a loop begin at 1?")
    told = say(
        "{tensor} is zero {where}; the others are right. {asked}",
        tensor=the_tensor(t.name, start=True),
        where=_where(places, t.got.ndim, 0),
        asked=asked,
    )
    return Code.ZEROS, told


def _sums(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    """The right rows (or columns) all have one sum, and these do not."""
    if t.want.ndim != 2 or 1 in t.want.shape:
        return None
    name = raw(t.name) or say("answer")
    for axis in (1, 0):
        sums, mine = t.want.sum(axis=axis), t.got.sum(axis=axis)
        scale = float(np.max(np.abs(t.want)))
        if np.ptp(sums) > FIT * scale or np.ptp(t.want) <= FIT * scale:
            continue
        target = 0.0 if abs(sums[0]) < FIT * scale else float(sums[0])
        other = t.got.sum(axis=1 - axis)
        if np.max(np.abs(other - target)) <= FIT * scale:
            fields = {"name": name, "sum": _as_shown(target)}
            return Code.AXIS, (
                say(
                    "The rows of the right {name} sum to {sum:.4g}; in yours the columns do. Is it the other axis?",
                    **fields,
                )
                if axis == 1
                else say(
                    "The columns of the right {name} sum to {sum:.4g}; in yours the rows do. Is it the other axis?",
                    **fields,
                )
            )
        if np.max(np.abs(mine - target)) > 1e-3 * scale:
            worst = int(np.argmax(np.abs(mine - target)))
            fields = {"name": name, "sum": _as_shown(target), "line": worst, "yours": _as_shown(mine[worst])}
            return Code.SUMS, (
                say("Each row of the right {name} sums to {sum:.4g}; your row {line} sums to {yours:.4g}.", **fields)
                if axis == 1
                else say(
                    "Each column of the right {name} sums to {sum:.4g}; your column {line} sums to {yours:.4g}.",
                    **fields,
                )
            )
    return None


def _confined(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    """Wrong entries that all stand in a few rows or columns, the others being right."""
    if t.got.ndim not in (1, 2) or t.got.size < 3:
        return None
    wrong = ~(np.abs(t.got - t.want) <= FIT * float(np.max(np.abs(t.want), initial=0.0)))
    for axis in range(t.got.ndim):
        lines = wrong if t.got.ndim == 1 else wrong.any(axis=1 - axis)
        if 0 < 2 * int(lines.sum()) <= len(lines):
            told = say_counted(
                "{count} of {size} entries of {tensor} is wrong, {where}; the others are right.",
                "{count} of {size} entries of {tensor} are wrong, {where}; the others are right.",
                int(wrong.sum()),
                size=t.got.size,
                tensor=the_tensor(t.name),
                where=_where(np.flatnonzero(lines), t.got.ndim, axis),
            )
            return (Code.ROWS if axis == 0 else Code.COLUMNS), told
    return None


def _where(lines: Array, ndim: int, axis: int) -> Text:
    """The places of wrong entries: in a vector, or the rows or columns of a matrix that hold them."""
    places = ", ".join(str(int(i)) for i in lines[:4]) + (", ..." if len(lines) > 4 else "")
    if ndim == 1:
        return say("at {places}", places=places)
    if axis == 0:
        return say_counted("in row {places}", "in rows {places}", len(lines), places=places)
    return say_counted("in column {places}", "in columns {places}", len(lines), places=places)


def _equal(a: Array, b: Array) -> bool:
    return bool(relative_error(a, b) <= FIT)


def _same(values: Array, scale_of: Array) -> bool:
    """Whether all entries are one number, measured against the size of ``scale_of``."""
    scale = float(np.max(np.abs(scale_of), initial=0.0))
    return bool(np.ptp(values) <= FIT * max(scale, float(np.max(np.abs(values), initial=0.0))))


def _as_shown(value: float) -> float:
    """The number with the digits that are shown of it: what reads alike is alike."""
    return float(f"{value:.4g}")
