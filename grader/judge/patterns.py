"""The patterns of wrong numbers. Each is a true statement about them, found by comparing two tensors.

A pattern gives its code with a sentence, or with what the tensor `Is`, which wants its name before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from grader.finding import Code
from grader.judge.compare import the_tensor
from grader.judge.moves import Move, moves
from grader.judge.places import confined, constant, per_column, per_row, sums, unfilled
from grader.judge.seen import NEARLY_ONE, Is, Pattern, Seen, Tensor, as_shown, equal, same
from grader.judge.sizes import FIT, Input, Size, multiple, telling
from grader.judge.tensors import Array
from grader.text import Text, say, say_counted

#: An offset is told as a whole number of times an argument, up to this one.
_MOST_TIMES = 20


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
        per_row,
        per_column,
        constant,
        unfilled,
        sums,
        confined,
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
    if _is_one_number(t.want) and not _shared(k, tensors) and (told is None or (len(tensors) > 1 and k != -1)):
        return None
    what = told or say("{factor:.4g} times the right one", factor=as_shown(k))
    return (Code.SIGN if k == -1 else Code.FACTOR), Is(what)


def _is_one_number(want: Array) -> bool:
    """Whether a tensor has one entry, or one that counts: the others are nothing beside it."""
    return bool(np.count_nonzero(np.abs(want) > FIT * np.max(np.abs(want), initial=0.0)) <= 1)


def _shared(k: float, tensors: Sequence[Tensor]) -> bool:
    """Whether a whole array of the answer is the same multiple of the right one."""
    found = [multiple(t.got, t.want) for t in tensors if not t.right and not _is_one_number(t.want)]
    return any(other is not None and abs(other - k) <= FIT * abs(k) for other in found)


def _transpose(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    if t.got.ndim == 2 and t.got.shape[0] == t.got.shape[1] and equal(t.got.T, t.want):
        return Code.TRANSPOSE, Is(say("the transpose of the right one"))
    return None


def _signs(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    if t.got.size > 1 and equal(np.abs(t.got), np.abs(t.want)):
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
                    else say("{factor:.4g} times the input {name}", factor=as_shown(k), name=name)
                )
    return None


def _offset(t: Tensor, arguments: Sequence[Input], sizes: object) -> Seen | None:
    off = t.got - t.want
    if t.got.size < 2 or not same(off, t.want):
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
    fields = {"tensor": the_tensor(t.name), "offset": as_shown(abs(off.flat[0]))}
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
                    factor=as_shown(k),
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
                fields = {"tensor": the_tensor(t.name, start=True), "name": name, "factor": as_shown(abs(k))}
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
            if equal(t.got, reduced):
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
