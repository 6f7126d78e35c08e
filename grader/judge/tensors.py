"""An answer's tensors, and how far they are from others: norm-wise, in float64."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Below this relative error nobody's arithmetic is at fault: a right float32 answer is never refused for
#: rounding alone, whatever the inputs.
FLOAT32_FLOOR = 1e-6
#: The float32 band is this many times the error of the reference itself, run in float32 and on rounded inputs.
FLOAT32_FACTOR = 8.0
#: No band is wider: a reference that is this bad in float32 must not excuse a wrong answer.
FLOAT32_CEILING = 5e-4
#: A mistake is recognised when its value fits the student's this closely (relative to its largest entry).
MISTAKE_BAND = 1e-7

Array = NDArray[Any]


def tensors(value: Any, names: tuple[str, ...] = ()) -> Iterator[tuple[str, Array]]:
    """The (name, array) leaves of a value: a number, an array, or tuples, lists and dicts of them.

    A list of plain numbers (or of equally long lists of them) is one array; a tuple is several tensors.
    """
    if isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from ((f"{key}.{name}" if name else str(key), leaf) for name, leaf in tensors(value[key]))
    elif isinstance(value, tuple) or (isinstance(value, list) and not is_rectangular(value)):
        for position, item in enumerate(value):
            label = names[position] if position < len(names) else f"[{position}]"
            yield from ((f"{label}{name}", leaf) for name, leaf in tensors(item))
    else:
        yield (names[0] if len(names) == 1 else ""), np.asarray(value)


def beside(
    got: Any, want: Any, bands: Sequence[float] = (), names: tuple[str, ...] = ()
) -> Iterator[tuple[str, Array, Array, float]]:
    """(name, got, want, band) of each tensor of an answer whose structure is the expected one."""
    for position, ((name, right), mine) in enumerate(zip(tensors(want, names), leaves_like(got, want), strict=True)):
        yield name, mine, right, bands[position] if position < len(bands) else FLOAT32_FLOOR


def relative_error(got: Array, want: Array) -> float:
    """max|got - want| / max|want|, or the absolute error where want is all zeros. NaN where got has one.

    Norm-wise on purpose: elementwise measures fail right float32 work in some 2 % of draws. Entries of
    ``want`` that are infinite must be equal in ``got``.
    """
    if want.size == 0:
        return 0.0
    finite = np.isfinite(want)
    if bool(finite.all()):
        with np.errstate(all="ignore"):
            return _share(float(np.max(np.abs(got - want))), float(np.max(np.abs(want))))
    same_special = (got[~finite] == want[~finite]) | (np.isnan(got[~finite]) & np.isnan(want[~finite]))
    if not bool(np.all(same_special)):
        return float("nan")
    if not finite.any():
        return 0.0
    with np.errstate(all="ignore"):
        return _share(float(np.max(np.abs(got[finite] - want[finite]))), float(np.max(np.abs(want[finite]))))


def _share(error: float, scale: float) -> float:
    return error / scale if scale > 0 else error


def matches(got: Any, other: Any, band: float = MISTAKE_BAND) -> bool:
    """Whether ``got`` is ``other`` (a known mistake's value), shapes included; NaN equals NaN here, and None None."""
    if isinstance(got, dict) != isinstance(other, dict):
        return False
    try:
        ours, theirs = list(tensors(got)), list(tensors(other))
    except (TypeError, ValueError):
        return False
    if len(ours) != len(theirs):
        return False
    for (_, a), (_, b) in zip(ours, theirs, strict=True):
        if a.shape == b.shape == () and a.item() is None is b.item():
            continue
        if a.shape != b.shape or a.dtype.kind not in "biufc" or b.dtype.kind not in "biufc":
            return False
        width = FLOAT32_FLOOR * 10 if a.dtype.kind == "f" and a.dtype.itemsize < 8 else band
        if not relative_error(as_float(a), as_float(b)) <= width:
            return False
    return True


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


def as_float(tensor: Array) -> Array:
    """The tensor in float64 (complex128 where it is complex), in which the judge computes."""
    return tensor.astype(np.complex128 if tensor.dtype.kind == "c" else np.float64)


def with_last(value: Any, last: Sequence[Array]) -> Any:
    """``value`` with its last tensors, in the order of `tensors`, replaced."""
    leaves = [leaf for _, leaf in tensors(value)]
    new = iter([*leaves[: len(leaves) - len(last)], *last])

    def rebuilt(item: Any) -> Any:
        if isinstance(item, dict):
            return {key: rebuilt(item[key]) for key in sorted(item, key=str)}
        if isinstance(item, tuple) or (isinstance(item, list) and not is_rectangular(item)):
            return type(item)(rebuilt(part) for part in item)
        return next(new)

    return rebuilt(value)


def leaves_like(got: Any, want: Any) -> Iterator[Array]:
    """The leaves of ``got`` in the order of ``want``'s (extra dictionary keys are not looked at)."""
    if isinstance(want, dict) and isinstance(got, dict):
        for key in sorted(want, key=str):
            yield from leaves_like(got[key], want[key])
    elif isinstance(want, tuple) or (isinstance(want, list) and not is_rectangular(want)):
        for a, b in zip(got, want, strict=False):
            yield from leaves_like(a, b)
    else:
        yield np.asarray(got)


def is_rectangular(value: list[Any]) -> bool:
    try:
        return np.asarray(value).dtype.kind in "biufc"
    except ValueError:
        return False
