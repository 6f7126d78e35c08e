"""Comparing what came with what was expected, tensor by tensor, and saying how they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.finding import Code
from grader.judge.tensors import (
    FLOAT32_FLOOR,
    Array,
    as_float,
    beside,
    is_rectangular,
    leaves_like,
    relative_error,
    tensors,
)
from grader.text import NO_TEXT, Names, Text, joined, raw, say, say_counted

#: A right float64 answer that is further off than this, where the band is as narrow as any, was not computed in
#: float64, and is told so.
COARSE = 1e-9


@dataclass(frozen=True)
class Mismatch:
    """Why a value is not the expected one.

    kind: TYPE, SHAPE, TRANSPOSE, BROADCAST, NAN or VALUE; name: which tensor (``dW``), or "" when there is one;
    got, want: the two tensors, where both are arrays; error: norm-wise, where it is one.
    """

    kind: Code
    message: Text
    name: str = ""
    got: Array | None = None
    want: Array | None = None
    error: float = float("nan")


def compare(got: Any, want: Any, bands: Sequence[float], names: tuple[str, ...] = ()) -> Mismatch | None:
    """None when ``got`` is ``want`` within ``bands`` (one a tensor), else the first thing wrong."""
    structure = _compare_structure(got, want, names)
    if structure is not None:
        return structure
    found = [mismatch for one in beside(got, want, bands, names) if (mismatch := _compare_tensor(*one)) is not None]
    # A wrong shape tells more than wrong values do.
    return min(found, key=lambda mismatch: mismatch.kind in (Code.VALUE, Code.NAN), default=None)


def remarks(got: Any, want: Any, bands: Sequence[float], names: tuple[str, ...] = ()) -> list[Text]:
    """What is told about the form of a right answer, and costs nothing. The wider the band, the fewer digits
    are the same in two right answers."""
    told = []
    inside = zip(got, want, strict=False) if isinstance(got, tuple) and isinstance(want, tuple) else [(got, want)]
    for mine, theirs in inside:
        if isinstance(mine, list | tuple) and isinstance(theirs, np.ndarray):
            kind = type(mine).__name__
            told.append(say("A {kind} came back; an array is what later code expects.", kind=kind))
    for given, (name, wanted), band in zip(leaves_like(got, want), tensors(want, names), bands, strict=False):
        tensor = the_tensor(name, start=True)
        if given.dtype.kind == "f" and given.dtype.itemsize < 8 and wanted.dtype == np.float64:
            told.append(
                say(
                    "{tensor} is {dtype}: right within its precision of about {digits} digits.",
                    tensor=tensor,
                    dtype=str(given.dtype),
                    digits=int(np.finfo(given.dtype).precision) + 1,
                )
            )
        elif given.dtype.kind in "iub" and wanted.dtype.kind == "f" and given.size:
            told.append(
                say(
                    "{tensor} is of type {dtype} where real numbers are expected.",
                    tensor=tensor,
                    dtype=str(given.dtype),
                )
            )
        elif given.dtype == np.float64 and relative_error(given, as_float(wanted)) > COARSE * band / FLOAT32_FLOOR:
            told.append(
                say(
                    "{tensor} is right to about 7 digits only; float64 has 15. Is something computed in float32 or by "
                    "differences?",
                    tensor=tensor,
                )
            )
    return told


def the_tensor(name: str, *, start: bool = False) -> Text:
    """What a tensor is called in a sentence, at its start or in it."""
    if name:
        return raw(name)
    return say("Your answer") if start else say("your answer")


def _compare_structure(got: Any, want: Any, names: tuple[str, ...]) -> Mismatch | None:
    if got is None:
        return _of_another_type(RETURNED_NONE)
    if isinstance(want, dict):
        if not isinstance(got, dict):
            told = say("A dictionary with {keys} was expected; {came} came back.", keys=_listed(want), came=_kind(got))
            return _of_another_type(told)
        missing = [key for key in want if key not in got]
        if missing:
            return _of_another_type(say("The dictionary has no {keys}.", keys=_listed(missing)))
        return _first(_compare_structure(got[key], want[key], ()) for key in want)
    if isinstance(want, tuple) or (isinstance(want, list) and not is_rectangular(want)):
        if not _is_sequence(got) or len(got) != len(want):
            return _of_another_type(no_such_tuple(got, len(want), names))
        empty = [the_value(names, i) for i, part in enumerate(got) if part is None]
        if empty:
            return _of_another_type(
                say_counted(
                    "In what you return, {names} is None.",
                    "In what you return, {names} are None.",
                    len(empty),
                    names=Names(tuple(empty)),
                )
            )
        found = (_compare_structure(a, b, ()) for a, b in zip(got, want, strict=True))
        return _first(one and _in(names, position, one) for position, one in enumerate(found))
    if isinstance(got, (dict, str)) or (isinstance(got, tuple) and _shape(got) != np.shape(want)):
        return _of_another_type(
            say("{wanted} was expected; {came} came back.", wanted=_kind(want, start=True), came=_kind(got))
        )
    try:
        leaf = np.asarray(got)
    except ValueError:
        return _of_another_type(
            say(
                "{wanted} was expected; {came} came back, whose rows differ in length.",
                wanted=_kind(want, start=True),
                came=_kind(got),
            )
        )
    if leaf.dtype.kind not in "biuf":
        return _of_another_type(
            say("Real numbers were expected; values of type {dtype} came back.", dtype=str(leaf.dtype))
        )
    return None


def no_such_tuple(got: Any, count: int, names: Sequence[str] = ()) -> Text:
    """What is told where so many values belong and something else came."""
    what = raw(", ".join(names)) if names else say("{count} values", count=count)
    return say("A tuple ({what}) was expected; {came} came back.", what=what, came=_kind(got))


def _in(names: tuple[str, ...], position: int, inner: Mismatch) -> Mismatch:
    """What is told of one of several values, with its name."""
    told = say("In what you return, {name}:", name=the_value(names, position))
    return replace(inner, message=joined([told, inner.message]))


#: What is told where nothing came back.
RETURNED_NONE = say("Your function returned None. Is a return missing?")


def _of_another_type(told: Text) -> Mismatch:
    return Mismatch(Code.TYPE, told)


def the_value(names: tuple[str, ...], position: int) -> Text:
    """What one of several returned values is called."""
    return raw(names[position]) if position < len(names) else say("value {number}", number=position + 1)


def _compare_tensor(name: str, got: Array, want: Array, band: float) -> Mismatch | None:
    tensor = the_tensor(name, start=True)
    if got.shape != want.shape:
        scalar_like = got.size == 1 and want.size == 1 and want.ndim == 0 and got.ndim == 0
        if not scalar_like:
            return _compare_shape(name, got, want)
    mine, theirs = as_float(got), as_float(want)
    odd = ~np.isfinite(mine) & np.isfinite(theirs)
    if odd.any():
        where = tuple(np.argwhere(odd)[0])
        value = str(mine[where])
        told = (
            say("{tensor} has {value} at {place}.", tensor=tensor, value=value, place=_index(where))
            if where
            else say("{tensor} is {value}.", tensor=tensor, value=value)
        )
        asked = say("Did something overflow, or divide by zero?")
        if value == "nan":
            asked = say("Did something overflow, divide by zero, or take a logarithm or a root of a negative number?")
        if value == "-inf":
            asked = say("Did a logarithm get 0, or something overflow?")
        return Mismatch(Code.NAN, joined([told, asked]), name, mine, theirs)
    error = relative_error(mine, theirs)
    # `not <=` and not `>`: an error that is itself nan must fail.
    if not error <= band:
        return Mismatch(Code.VALUE, say("{tensor} has wrong values.", tensor=tensor), name, mine, theirs, error)
    return None


def _compare_shape(name: str, got: Array, want: Array) -> Mismatch:
    kind, cause = Code.SHAPE, NO_TEXT
    if want.ndim == 2 and got.shape == want.shape[::-1]:
        if relative_error(as_float(got.T), as_float(want)) <= FLOAT32_FLOOR:
            kind, cause = Code.TRANSPOSE, say("It is the transpose of the right answer.")
        else:
            cause = say("Is it transposed?")
    elif want.ndim == 1 and got.shape == 2 * want.shape:
        kind = Code.BROADCAST
        cause = say(
            "Every row was combined with every other: an array of shape (n,) and one of (n, 1) were broadcast. "
            "Give both the same shape."
        )
    else:
        cause = _shape_cause(got, want)
    told = say(
        "{tensor} has shape {shape}; {wanted} was expected.",
        tensor=the_tensor(name, start=True),
        shape=str(got.shape),
        wanted=str(want.shape),
    )
    return Mismatch(kind, joined([told, cause]), name, got, want)


def _shape_cause(got: Array, want: Array) -> Text:
    """What most often makes this shape of that one, as a question; no text where nothing does."""
    if want.ndim == 0:
        if got.size == 1:
            return say("One number was expected, not an array that holds one.")
        return say(
            "One number was expected: is a mean or a sum over the {count} entries of axis 0 missing?",
            count=got.shape[0],
        )
    if got.size == 0:
        return say("It is empty: was anything put into it?")
    if got.size == want.size:
        return _shape_of_as_many(got, want)
    if got.ndim == 0:
        return say("One number came: was the sum or the mean taken over all axes?")
    if want.ndim == 1 and got.ndim == 2 and got.shape[1:] == want.shape:
        return say("Is the sum over the {count} rows missing?", count=got.shape[0])
    if want.ndim == got.ndim == 1:
        return say("Did a sum, a mean or an index go along the other axis?")
    if got.ndim == want.ndim - 1 and got.shape == want.shape[1:]:
        return say("Axis 0 is gone: was it summed over?")
    if got.ndim == want.ndim - 1 and got.shape == want.shape[:-1]:
        return say("The last axis is gone: was it summed over, or one entry of each row taken?")
    return NO_TEXT


def _shape_of_as_many(got: Array, want: Array) -> Text:
    long = [tuple(n for n in one.shape if n > 1) for one in (got, want)]
    if long[0] == long[1] and got.ndim < want.ndim:
        return say("An axis of length 1 is missing: squeeze(), ravel() or an index takes it away.")
    if long[0] == long[1] and got.ndim > want.ndim:
        return say("There is an axis of length 1 too many: take the one entry along it.")
    return say("The number of entries is right: look at axes and reshape.")


def _shape(value: Any) -> tuple[int, ...] | None:
    try:
        return tuple(np.shape(value))
    except ValueError:
        return None


def _is_sequence(value: Any) -> bool:
    return isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _first(found: Iterable[Mismatch | None]) -> Mismatch | None:
    return next((mismatch for mismatch in found if mismatch is not None), None)


def _kind(value: Any, *, start: bool = False) -> Text:
    """What a value is, in a sentence or at its start."""
    if isinstance(value, (int, float, np.generic)) or (isinstance(value, np.ndarray) and not value.ndim):
        return say("A number") if start else say("a number")
    if isinstance(value, np.ndarray):
        shape = str(value.shape)
        return say("An array of shape {shape}", shape=shape) if start else say("an array of shape {shape}", shape=shape)
    name = type(value).__name__
    if isinstance(value, (tuple, list)):
        fields = {"kind": name, "size": len(value)}
        return say("A {kind} of {size}", **fields) if start else say("a {kind} of {size}", **fields)
    if type(value) is dict:
        return say("a dictionary")
    if type(value) is str:
        return say("Text") if start else say("text")
    if value is None:
        return raw("None")
    return say("A {kind}", kind=name) if start else say("a {kind}", kind=name)


def _listed(keys: Any) -> str:
    return ", ".join(repr(key) for key in keys)


def _index(where: Any) -> str:
    return "[" + ", ".join(str(int(i)) for i in where) + "]"
