"""The right answer to other arguments: two exchanged, one left out, a flat label beside a column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from grader.judge.tensors import Array
from grader.text import Ratio, Text, raw, say

Change = Callable[[Any], Any]
#: What its numbers are those of, and the function.
Pairing = tuple[Text, Callable[..., Any]]

#: Numbers by which scores are multiplied, as a temperature does.
_FACTORS = (100.0, 10.0, 0.5, 0.1, 0.01)
_SMOOTHINGS = (0.01, 0.05, 0.1, 0.2, 0.3)


class NotHere(ValueError):
    """A change that these arguments cannot have."""


def pairings(function: Callable[..., Any], names: Sequence[str], kinds: Sequence[str]) -> Iterator[Pairing]:
    """names: of the function's arguments, in order; kinds: texts that an argument may be, such as "tanh"."""
    for place, name in enumerate(names):
        for told, change in _changes(raw(f"`{name}`")):
            yield told, _with(function, place, change)
        for kind in kinds:
            told = say("the answer for {name} = {kind}, whatever it is", name=name, kind=repr(kind))
            yield told, _with(function, place, _kind(kind))
    for place, name in enumerate(names):
        for other, beside in enumerate(names):
            if other != place:
                told = say("`{name}` in the place of `{other}`", name=name, other=beside)
                yield told, _in_place(function, other, place)
            if other > place:
                told = say("`{name}` and `{other}` exchanged", name=name, other=beside)
                yield told, _swapped(function, place, other)
            if other != place:
                told = say(
                    "the largest entry of each row of `{scores}` in the place of `{labels}`", scores=name, labels=beside
                )
                yield told, _argmax(function, other, place)
                for step, count in ((-1, say("one class down")), (1, say("one class up"))):
                    told = say("`{name}` moved by {count} (labels begin at 0)", name=beside, count=count)
                    yield told, _shifted(function, other, place, step)
    if names:
        told = say("your function applied twice")
        yield told, lambda *args: function(function(*args), *args[1:])


def _changes(name: Text) -> Iterator[tuple[Text, Change]]:
    yield say("the formula without {step}", step=name), _numbers(np.zeros_like)
    yield say("the formula without {step}", step=name), _scalar(lambda value: type(value)(1))
    yield say("{name} with the opposite sign", name=name), _numbers(np.negative)
    yield say("{name} counted twice", name=name), _numbers(lambda v: 2 * v)
    yield say("{name} without its signs", name=name), _floats(np.abs)
    yield say("{name} squared", name=name), _numbers(np.square)
    yield say("{name} cut to whole numbers", name=name), _floats(np.trunc)
    yield say("{name} with its rows sorted", name=name), _floats(lambda v: np.sort(v, axis=-1))
    yield say("{name} with its rows sorted", name=name), _floats(lambda v: -np.sort(-v, axis=-1))
    yield say("{name} with its mean taken away", name=name), _floats(lambda v: v - v.mean())
    for factor in _FACTORS:
        yield say("{factor:g} times {name}", factor=Ratio(factor), name=name), _floats(partial(np.multiply, factor))
    yield say("{name} divided by its number of columns", name=name), _floats(lambda v: v / v.shape[-1])
    root = say("{name} divided by the root of its number of columns", name=name)
    yield root, _floats(lambda v: v / np.sqrt(v.shape[-1]))
    yield (
        say("log 2 times {name}, as of powers of 2 where powers of e belong", name=name),
        _floats(lambda v: np.log(2) * v),
    )
    yield (
        say("log 10 times {name}, as of powers of 10 where powers of e belong", name=name),
        _floats(lambda v: np.log(10) * v),
    )
    yield say("{name} transposed", name=name), _matrix(np.transpose)
    yield (
        say("{name} reshaped where it belongs transposed: reshape keeps the numbers in their reading order", name=name),
        _shaped(lambda v: v.ndim == 2, lambda v: v.reshape(v.shape[::-1]).T),
    )
    yield (
        say("the first entry of {name} in the place of all of them", name=name),
        _shaped(lambda v: v.ndim == 1, lambda v: np.full_like(v, v[0])),
    )
    yield _BROADCAST, _shaped(lambda v: v.ndim == 2 and v.shape[1] == 1, np.ravel)
    yield _BROADCAST, _shaped(lambda v: v.ndim == 1, lambda v: v[:, None])
    yield say("1 - {name} in the place of {name}", name=name), _of_two(lambda v: 1 - v)
    yield say("-1 and 1 in {name} in the place of 0 and 1", name=name), _of_two(lambda v: 2 * v - 1)
    for share in _SMOOTHINGS:
        smooth = say("{name} smoothed by {share:g}", name=name, share=Ratio(share))
        yield smooth, _of_two(partial(_shared, share, 2))
        yield smooth, _distribution(partial(_shared, share, 0))
    largest = say("only the largest entry of each row of {name}, as 1", name=name)
    yield largest, _distribution(lambda v: np.eye(v.shape[1])[v.argmax(axis=1)])


#: Whichever of the two it is, the numbers are the same.
_BROADCAST = say(
    "an array of shape (n,) beside one of shape (n, 1), so that every row meets every other: give both the same shape"
)


def _shared(share: float, classes: int, targets: Array) -> Array:
    """Targets of which a share goes to all classes alike; 0: as many classes as there are columns."""
    return targets * (1 - share) + share / (classes or targets.shape[1])


def _numbers(change: Change) -> Change:
    """A change of an array or a number that is no label."""

    def changed(value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            return change(value)
        if isinstance(value, float):
            return float(change(np.float64(value)))
        raise NotHere

    return changed


def _matrix(change: Change) -> Change:
    def changed(value: Any) -> Any:
        if not (isinstance(value, np.ndarray) and value.ndim == 2 and value.shape[1] > 1):
            raise NotHere
        return change(value)

    return changed


def _floats(change: Change) -> Change:
    return _shaped(lambda v: v.ndim > 0, change)


def _scalar(change: Change) -> Change:
    def changed(value: Any) -> Any:
        if not isinstance(value, float):
            raise NotHere
        return change(value)

    return changed


def _shaped(test: Callable[[Array], bool], change: Change) -> Change:
    def changed(value: Any) -> Any:
        if not (isinstance(value, np.ndarray) and value.dtype.kind == "f" and test(value)):
            raise NotHere
        return change(value)

    return changed


def _of_two(change: Change) -> Change:
    """A change of an array that holds 0 and 1 alone."""

    def changed(value: Any) -> Any:
        if not (isinstance(value, np.ndarray) and value.size and np.isin(value, (0, 1)).all()):
            raise NotHere
        return change(value)

    return changed


def _distribution(change: Change) -> Change:
    """A change of an array whose rows sum to 1."""
    return _shaped(lambda v: v.ndim == 2 and v.shape[1] > 1 and bool(np.allclose(v.sum(axis=1), 1)), change)


def _kind(kind: str) -> Change:
    def changed(value: Any) -> Any:
        if not isinstance(value, str):
            raise NotHere
        return kind

    return changed


def _with(function: Callable[..., Any], place: int, change: Change) -> Callable[..., Any]:
    def other(*args: Any) -> Any:
        return function(*args[:place], change(args[place]), *args[place + 1 :])

    return other


def _in_place(function: Callable[..., Any], place: int, other: int) -> Callable[..., Any]:
    return lambda *args: function(*args[:place], _alike(args[other], args[place]), *args[place + 1 :])


def _swapped(function: Callable[..., Any], one: int, two: int) -> Callable[..., Any]:
    def other(*args: Any) -> Any:
        given = list(args)
        given[one], given[two] = _alike(args[two], args[one]), _alike(args[one], args[two])
        return function(*given)

    return other


def _alike(value: Any, like: Any) -> Any:
    """The value, where it may stand in the other's place."""
    numbers = all(isinstance(one, float | int | np.ndarray) and not isinstance(one, bool) for one in (value, like))
    if not numbers or np.shape(value) != np.shape(like):
        raise NotHere
    return value


def _argmax(function: Callable[..., Any], labels: int, scores: int) -> Callable[..., Any]:
    def other(*args: Any) -> Any:
        _label_and_scores(args[labels], args[scores])
        return function(*args[:labels], args[scores].argmax(axis=1), *args[labels + 1 :])

    return other


def _shifted(function: Callable[..., Any], labels: int, scores: int, step: int) -> Callable[..., Any]:
    def other(*args: Any) -> Any:
        _label_and_scores(args[labels], args[scores])
        moved = (args[labels] + step) % args[scores].shape[1]
        return function(*args[:labels], moved, *args[labels + 1 :])

    return other


def _label_and_scores(labels: Any, scores: Any) -> None:
    if not (
        isinstance(labels, np.ndarray)
        and isinstance(scores, np.ndarray)
        and labels.dtype.kind in "iu"
        and scores.dtype.kind == "f"
        and labels.ndim == 1
        and scores.ndim == 2
        and labels.size
        and labels.max() < scores.shape[1]
    ):
        raise NotHere
