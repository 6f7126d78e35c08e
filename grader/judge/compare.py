"""Comparing what came with what was expected, tensor by tensor, norm-wise, in float64."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.finding import Code
from grader.text import NO_TEXT, Names, Text, joined, raw, say, say_counted

#: Below this relative error nobody's arithmetic is at fault: a right float32 answer is never refused for
#: rounding alone, whatever the inputs.
FLOAT32_FLOOR = 1e-6
#: The float32 band is this many times the error of the reference itself, run in float32 and on rounded inputs.
FLOAT32_FACTOR = 8.0
#: No band is wider: a reference that is this bad in float32 must not excuse a wrong answer.
FLOAT32_CEILING = 5e-4
#: A right float64 answer that is further off than this was not computed in float64, and is told so.
COARSE = 1e-9
#: A mistake is recognised when its value fits the student's this closely (relative to its largest entry).
MISTAKE_BAND = 1e-7

Array = NDArray[Any]


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


def relative_error(got: Array, want: Array) -> float:
    """max|got - want| / max|want|, or the absolute error where want is all zeros. NaN where got has one.

    Norm-wise on purpose: elementwise measures fail right float32 work in some 2 % of draws. Entries of
    ``want`` that are infinite must be equal in ``got``.
    """
    if want.size == 0:
        return 0.0
    finite = np.isfinite(want)
    same_special = (got[~finite] == want[~finite]) | (np.isnan(got[~finite]) & np.isnan(want[~finite]))
    if not bool(np.all(same_special)):
        return float("nan")
    if not finite.any():
        return 0.0
    with np.errstate(all="ignore"):
        error = float(np.max(np.abs(got[finite] - want[finite])))
        scale = float(np.max(np.abs(want[finite])))
    return error / scale if scale > 0 else error


def float32_band(want: Any, runs: Sequence[Any]) -> list[float]:
    """The error that each tensor may have, from other runs of the reference: in float32, and on inputs rounded in
    other ways. One rounding alone may happen to hit the right value. A run that raised is None."""
    others = [[tensor for _, tensor in tensors(run)] for run in runs if run is not None]
    bands = []
    for position, (_, tensor) in enumerate(tensors(want)):
        errors = [
            relative_error(as_float(run[position]), as_float(tensor))
            for run in others
            if position < len(run) and run[position].shape == tensor.shape
        ]
        largest = max((error for error in errors if np.isfinite(error)), default=0.0)
        bands.append(min(max(FLOAT32_FLOOR, FLOAT32_FACTOR * largest), FLOAT32_CEILING))
    return bands


def tensors(value: Any, names: tuple[str, ...] = ()) -> Iterator[tuple[str, Array]]:
    """The (name, array) leaves of a value: a number, an array, or tuples, lists and dicts of them.

    A list of plain numbers (or of equally long lists of them) is one array; a tuple is several tensors.
    """
    if isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from ((f"{key}.{name}" if name else str(key), leaf) for name, leaf in tensors(value[key]))
    elif isinstance(value, tuple) or (isinstance(value, list) and not _is_rectangular(value)):
        for position, item in enumerate(value):
            label = names[position] if position < len(names) else f"[{position}]"
            yield from ((f"{label}{name}", leaf) for name, leaf in tensors(item))
    else:
        yield (names[0] if len(names) == 1 else ""), np.asarray(value)


def compare(got: Any, want: Any, bands: Sequence[float], names: tuple[str, ...] = ()) -> Mismatch | None:
    """None when ``got`` is ``want`` within ``bands`` (one a tensor), else the first thing wrong."""
    structure = _compare_structure(got, want, names)
    if structure is not None:
        return structure
    found = [mismatch for one in beside(got, want, bands, names) if (mismatch := _compare_tensor(*one)) is not None]
    # A wrong shape tells more than wrong values do.
    return min(found, key=lambda mismatch: mismatch.kind in (Code.VALUE, Code.NAN), default=None)


def beside(
    got: Any, want: Any, bands: Sequence[float] = (), names: tuple[str, ...] = ()
) -> Iterator[tuple[str, Array, Array, float]]:
    """(name, got, want, band) of each tensor of an answer whose structure is the expected one."""
    for position, ((name, right), mine) in enumerate(zip(tensors(want, names), _leaves_like(got, want), strict=True)):
        yield name, mine, right, bands[position] if position < len(bands) else FLOAT32_FLOOR


def remarks(got: Any, want: Any, names: tuple[str, ...] = ()) -> list[Text]:
    """What is told about the form of a right answer, and costs nothing."""
    told = []
    inside = zip(got, want, strict=False) if isinstance(got, tuple) and isinstance(want, tuple) else [(got, want)]
    for mine, theirs in inside:
        if isinstance(mine, list | tuple) and isinstance(theirs, np.ndarray):
            kind = type(mine).__name__
            told.append(say("A {kind} came back; an array is what later code expects.", kind=kind))
    for given, (name, wanted) in zip(_leaves_like(got, want), tensors(want, names), strict=False):
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
        elif given.dtype == np.float64 and relative_error(given, as_float(wanted)) > COARSE:
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


def as_float(tensor: Array) -> Array:
    """The tensor in float64 (complex128 where it is complex), in which the judge computes."""
    return tensor.astype(np.complex128 if tensor.dtype.kind == "c" else np.float64)


def matches(got: Any, other: Any, band: float = MISTAKE_BAND) -> bool:
    """Whether ``got`` is ``other`` (a known mistake's value), shapes included; NaN equals NaN here."""
    if isinstance(got, dict) != isinstance(other, dict):
        return False
    try:
        ours, theirs = list(tensors(got)), list(tensors(other))
    except (TypeError, ValueError):
        return False
    if len(ours) != len(theirs):
        return False
    for (_, a), (_, b) in zip(ours, theirs, strict=True):
        if a.shape != b.shape or a.dtype.kind not in "biufc" or b.dtype.kind not in "biufc":
            return False
        width = FLOAT32_FLOOR * 10 if a.dtype.kind == "f" and a.dtype.itemsize < 8 else band
        if not relative_error(as_float(a), as_float(b)) <= width:
            return False
    return True


def with_last(value: Any, last: Sequence[Array]) -> Any:
    """``value`` with its last tensors, in the order of `tensors`, replaced."""
    leaves = [leaf for _, leaf in tensors(value)]
    new = iter([*leaves[: len(leaves) - len(last)], *last])

    def rebuilt(item: Any) -> Any:
        if isinstance(item, dict):
            return {key: rebuilt(item[key]) for key in sorted(item, key=str)}
        if isinstance(item, tuple) or (isinstance(item, list) and not _is_rectangular(item)):
            return type(item)(rebuilt(part) for part in item)
        return next(new)

    return rebuilt(value)


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
    if isinstance(want, tuple) or (isinstance(want, list) and not _is_rectangular(want)):
        if not _is_sequence(got) or len(got) != len(want):
            what = raw(", ".join(names)) if names else say("{count} values", count=len(want))
            told = say("A tuple ({what}) was expected; {came} came back.", what=what, came=_kind(got))
            return _of_another_type(told)
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
        return _first(_compare_structure(a, b, ()) for a, b in zip(got, want, strict=True))
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
            say(
                "{tensor} has {value} at {place}. Did something overflow, or divide by zero?",
                tensor=tensor,
                value=value,
                place=_index(where),
            )
            if where
            else say("{tensor} is {value}. Did something overflow, or divide by zero?", tensor=tensor, value=value)
        )
        return Mismatch(Code.NAN, told, name, mine, theirs)
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
        return say("The number of entries is right: look at axes and reshape.")
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


def _leaves_like(got: Any, want: Any) -> Iterator[Array]:
    """The leaves of ``got`` in the order of ``want``'s (extra dictionary keys are not looked at)."""
    if isinstance(want, dict) and isinstance(got, dict):
        for key in sorted(want, key=str):
            yield from _leaves_like(got[key], want[key])
    elif isinstance(want, tuple) or (isinstance(want, list) and not _is_rectangular(want)):
        for a, b in zip(got, want, strict=False):
            yield from _leaves_like(a, b)
    else:
        yield np.asarray(got)


def _shape(value: Any) -> tuple[int, ...] | None:
    try:
        return tuple(np.shape(value))
    except ValueError:
        return None


def _is_sequence(value: Any) -> bool:
    return isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _is_rectangular(value: list[Any]) -> bool:
    try:
        return np.asarray(value).dtype.kind in "biufc"
    except ValueError:
        return False


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
