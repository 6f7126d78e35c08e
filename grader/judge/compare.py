"""Comparing what came with what was expected, tensor by tensor, norm-wise, in float64."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.text import listed

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

    kind: ``type``, ``shape``, ``transpose``, ``broadcast``, ``nan`` or ``value``; name: which tensor (``dW``), or
    "" when there is one; got, want: the two tensors, where both are arrays; error: norm-wise, where it is one.
    """

    kind: str
    message: str
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
    return min(found, key=lambda mismatch: mismatch.kind in ("value", "nan"), default=None)


def beside(
    got: Any, want: Any, bands: Sequence[float] = (), names: tuple[str, ...] = ()
) -> Iterator[tuple[str, Array, Array, float]]:
    """(name, got, want, band) of each tensor of an answer whose structure is the expected one."""
    for position, ((name, right), mine) in enumerate(zip(tensors(want, names), _leaves_like(got, want), strict=True)):
        yield name, mine, right, bands[position] if position < len(bands) else FLOAT32_FLOOR


def remarks(got: Any, want: Any, names: tuple[str, ...] = ()) -> list[str]:
    """What is told about the form of a right answer, and costs nothing."""
    told = []
    inside = zip(got, want, strict=False) if isinstance(got, tuple) and isinstance(want, tuple) else [(got, want)]
    for mine, theirs in inside:
        if isinstance(mine, list | tuple) and isinstance(theirs, np.ndarray):
            told.append(f"A {type(mine).__name__} came back; an array is what later code expects.")
    for given, (name, wanted) in zip(_leaves_like(got, want), tensors(want, names), strict=False):
        label = f"{name} is" if name else "Your answer is"
        if given.dtype.kind == "f" and given.dtype.itemsize < 8 and wanted.dtype == np.float64:
            told.append(
                f"{label} {given.dtype}: right within its precision of about "
                f"{np.finfo(given.dtype).precision + 1} digits."
            )
        elif given.dtype.kind in "iub" and wanted.dtype.kind == "f" and given.size:
            told.append(f"{label} of type {given.dtype} where real numbers are expected.")
        elif given.dtype == np.float64 and relative_error(given, as_float(wanted)) > COARSE:
            told.append(
                f"{label} right to about 7 digits only; float64 has 15. Is something computed in float32 or by "
                "differences?"
            )
    return told


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
        return Mismatch("type", "Your function returned None. Is a return missing?")
    if isinstance(want, dict):
        if not isinstance(got, dict):
            return Mismatch("type", f"A dictionary with {_listed(want)} was expected; {_kind(got)} came back.")
        missing = [key for key in want if key not in got]
        if missing:
            return Mismatch("type", f"The dictionary has no {_listed(missing)}.")
        return _first(_compare_structure(got[key], want[key], ()) for key in want)
    if isinstance(want, tuple) or (isinstance(want, list) and not _is_rectangular(want)):
        if not _is_sequence(got) or len(got) != len(want):
            what = ", ".join(names) if names else f"{len(want)} values"
            return Mismatch("type", f"A tuple ({what}) was expected; {_kind(got)} came back.")
        empty = [names[i] if i < len(names) else f"value {i + 1}" for i, part in enumerate(got) if part is None]
        if empty:
            verb = "is" if len(empty) == 1 else "are"
            return Mismatch("type", f"In what you return, {listed(empty)} {verb} None.")
        return _first(_compare_structure(a, b, ()) for a, b in zip(got, want, strict=True))
    if isinstance(got, (dict, str)) or (isinstance(got, tuple) and _shape(got) != np.shape(want)):
        return Mismatch("type", f"{_kind(want).capitalize()} was expected; {_kind(got)} came back.")
    try:
        leaf = np.asarray(got)
    except ValueError:
        return Mismatch(
            "type", f"{_kind(want).capitalize()} was expected; {_kind(got)} came back, whose rows differ in length."
        )
    if leaf.dtype.kind not in "biuf":
        return Mismatch("type", f"Real numbers were expected; values of type {leaf.dtype} came back.")
    return None


def _compare_tensor(name: str, got: Array, want: Array, band: float) -> Mismatch | None:
    label = name or "your answer"
    if got.shape != want.shape:
        scalar_like = got.size == 1 and want.size == 1 and want.ndim == 0 and got.ndim == 0
        if not scalar_like:
            return _compare_shape(name, label, got, want)
    mine, theirs = as_float(got), as_float(want)
    odd = ~np.isfinite(mine) & np.isfinite(theirs)
    if odd.any():
        where = tuple(np.argwhere(odd)[0])
        place = f" at {_index(where)}" if where else ""
        told = f"{_sentence(label)} {'has' if where else 'is'} {mine[where]}{place}."
        return Mismatch("nan", f"{told} Did something overflow, or divide by zero?", name, mine, theirs)
    error = relative_error(mine, theirs)
    # `not <=` and not `>`: an error that is itself nan must fail.
    if not error <= band:
        return Mismatch("value", f"{_sentence(label)} has wrong values.", name, mine, theirs, error)
    return None


def _compare_shape(name: str, label: str, got: Array, want: Array) -> Mismatch:
    text = f"{_sentence(label)} has shape {got.shape}; {want.shape} was expected."
    if want.ndim == 2 and got.shape == want.shape[::-1]:
        same = relative_error(as_float(got.T), as_float(want)) <= FLOAT32_FLOOR
        text += " It is the transpose of the right answer." if same else " Is it transposed?"
        return Mismatch("transpose" if same else "shape", text, name, got, want)
    if want.ndim == 1 and got.shape == 2 * want.shape:
        text += (
            " Every row was combined with every other: an array of shape (n,) and one of (n, 1) were broadcast. "
            "Give both the same shape."
        )
        return Mismatch("broadcast", text, name, got, want)
    return Mismatch("shape", text + _shape_cause(got, want), name, got, want)


def _shape_cause(got: Array, want: Array) -> str:
    """What most often makes this shape of that one, as a question; "" where nothing does."""
    if want.ndim == 0:
        if got.size == 1:
            return " One number was expected, not an array that holds one."
        return f" One number was expected: is a mean or a sum over the {got.shape[0]} entries of axis 0 missing?"
    if got.size == 0:
        return " It is empty: was anything put into it?"
    if got.size == want.size:
        return " The number of entries is right: look at axes and reshape."
    if got.ndim == 0:
        return " One number came: was the sum or the mean taken over all axes?"
    if want.ndim == 1 and got.ndim == 2 and got.shape[1:] == want.shape:
        return f" Is the sum over the {got.shape[0]} rows missing?"
    if want.ndim == got.ndim == 1:
        return " Did a sum, a mean or an index go along the other axis?"
    if got.ndim == want.ndim - 1 and got.shape == want.shape[1:]:
        return " Axis 0 is gone: was it summed over?"
    if got.ndim == want.ndim - 1 and got.shape == want.shape[:-1]:
        return " The last axis is gone: was it summed over, or one entry of each row taken?"
    return ""


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


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "a number"
    names = {dict: "a dictionary", str: "text", type(None): "None"}
    if isinstance(value, (int, float, np.generic)):
        return "a number"
    if isinstance(value, (tuple, list)):
        return f"a {type(value).__name__} of {len(value)}"
    return names.get(type(value), f"a {type(value).__name__}")


def _listed(keys: Any) -> str:
    return ", ".join(repr(key) for key in keys)


def _sentence(label: str) -> str:
    return label if label != "your answer" else "Your answer"


def _index(where: Any) -> str:
    return "[" + ", ".join(str(int(i)) for i in where) + "]"
