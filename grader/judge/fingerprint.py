"""What a wrong answer has in common with the right one, where no known mistake explains it.

Each pattern is a true statement about the numbers, found by comparing tensors: a constant factor, a swapped
sign, a transpose, an offset, a multiple of an argument, a factor or an offset a row, wrong entries confined
to some rows. The first that holds for every wrong tensor is told. A pattern gives its name and a sentence, or the
end of one that begins with "is" and wants the tensor's name before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np

from grader.judge.compare import Array, relative_error
from grader.text import listed

#: How closely a pattern must fit before it is named.
FIT = 1e-6
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
class Size:
    """The length of an axis of the inputs, and what it counts: ``7``, ``"X has 7 rows"``."""

    length: int
    told: str


def fingerprint(
    tensors: Sequence[Tensor], arguments: Sequence[tuple[str, Array]], sizes: Sequence[Size]
) -> tuple[str, str] | None:
    """(name, sentence) of the first pattern that every wrong tensor shows; None where none does."""
    wrong = [tensor for tensor in tensors if not tensor.right]
    if not wrong or any(not np.isfinite(t.got).all() or not np.isfinite(t.want).all() for t in wrong):
        return _which(tensors)
    right = [tensor.name for tensor in tensors if tensor.right]
    for pattern in (
        _zeros,
        partial(_factor, tensors),
        _transpose,
        _signs,
        _argument,
        _offset,
        _along,
        _reduction,
        _per_row,
        _per_column,
        _constant,
        _sums,
        _confined,
    ):
        told = [pattern(tensor, arguments, sizes) for tensor in wrong]
        if all(one is not None for one in told):
            names = {one[0] for one in told if one is not None}
            sentences = _gathered(wrong, [one[1] for one in told if one is not None])
            return (names.pop() if len(names) == 1 else "factor"), sentences + _rest(right)
    return _which(tensors)


def sizes_of(arguments: Sequence[tuple[str, Array]]) -> list[Size]:
    """The lengths of the inputs' axes above 1, told by name where they all count the same thing."""
    axes: dict[int, list[tuple[int, str]]] = {}
    for name, array in arguments:
        for axis, length in enumerate(array.shape):
            counted = {1: "entries", 2: ("rows", "columns")[axis]}.get(array.ndim) if array.ndim < 3 else None
            told = f"{name} has {length} {counted}" if counted else f"axis {axis} of {name} has length {length}"
            axes.setdefault(length, []).append((axis, told))
    return [
        Size(length, told[0][1] if len({axis for axis, _ in told}) == 1 else f"the inputs have axes of length {length}")
        for length, told in sorted(axes.items())
        if length > 1
    ]


_Pattern = Callable[[Tensor, Sequence[tuple[str, Array]], Sequence[Size]], tuple[str, str] | None]


def _zeros(t: Tensor, arguments: object, sizes: object) -> tuple[str, str] | None:
    if t.want.size and not np.any(t.got) and np.any(t.want):
        return "zeros", "is all zeros." if t.got.size > 1 else "is zero."
    return None


def _factor(tensors: Sequence[Tensor], t: Tensor, arguments: object, sizes: Sequence[Size]) -> tuple[str, str] | None:
    k = _multiple(t.got, t.want)
    if k is None or abs(k - 1) < NEARLY_ONE:
        return None
    telling = _telling(k, sizes)
    # Of a single number any answer is a multiple, beside other tensors by chance: alone, a telling one is named.
    if t.got.size == 1 and not _shared(k, tensors) and (telling is None or (len(tensors) > 1 and k != -1)):
        return None
    return ("sign" if k == -1 else "factor"), f"is {telling or f'{k:.4g} times the right one'}."


def _shared(k: float, tensors: Sequence[Tensor]) -> bool:
    """Whether a whole array of the answer is the same multiple of the right one."""
    found = [_multiple(t.got, t.want) for t in tensors if not t.right and t.got.size > 1]
    return any(other is not None and abs(other - k) <= FIT * abs(k) for other in found)


def _transpose(t: Tensor, arguments: object, sizes: object) -> tuple[str, str] | None:
    if t.got.ndim == 2 and t.got.shape[0] == t.got.shape[1] and _equal(t.got.T, t.want):
        return "transpose", "is the transpose of the right one."
    return None


def _signs(t: Tensor, arguments: object, sizes: object) -> tuple[str, str] | None:
    if t.got.size > 1 and _equal(np.abs(t.got), np.abs(t.want)):
        return "sign", f"Every entry of {_label(t)} has the right size, but some have the wrong sign."
    return None


def _argument(t: Tensor, arguments: Sequence[tuple[str, Array]], sizes: object) -> tuple[str, str] | None:
    for name, array in arguments:
        if t.got.size > 1 and array.shape == t.got.shape and np.any(array):
            k = _multiple(t.got, array)
            if k is not None:
                times = "" if abs(k - 1) < FIT else f"{k:.4g} times "
                return "returns_input", f"is {times}the input {name}."
    return None


def _offset(t: Tensor, arguments: object, sizes: object) -> tuple[str, str] | None:
    off = t.got - t.want
    if t.got.size > 1 and _same(off, t.want):
        return "offset", (
            f"Every entry of {_label(t)} is too {'large' if off.flat[0] > 0 else 'small'} by the same "
            f"{abs(off.flat[0]):.4g}."
        )
    return None


def _along(t: Tensor, arguments: Sequence[tuple[str, Array]], sizes: object) -> tuple[str, str] | None:
    for name, array in arguments:
        if t.got.size > 1 and array.shape == t.got.shape:
            k = _multiple(t.got - t.want, array)
            if k is not None:
                return "along", f"{_label(t, True)} differs from the right one by {k:.4g} times {name}."
    return None


def _reduction(t: Tensor, arguments: Sequence[tuple[str, Array]], sizes: object) -> tuple[str, str] | None:
    """The maximum, sum or mean of each row (or column) of an input: returned, or added to what is right."""
    for name, array in arguments:
        for axis, line in ((1, "row"), (0, "column")) if array.ndim == 2 and t.got.ndim == 1 else ():
            for word, reduced in (("maximum", array.max(axis)), ("sum", array.sum(axis)), ("mean", array.mean(axis))):
                if reduced.shape != t.got.shape or t.got.size < 2 or not np.any(reduced):
                    continue
                if _equal(t.got, reduced):
                    return "returns_input", f"is the {word} of each {line} of {name}, and no more."
                k = _multiple(t.got - t.want, reduced)
                if k in (-1, 1):
                    return "along", (
                        f"{_label(t, True)} is too {'small' if k < 0 else 'large'} by the {word} of each "
                        f"{line} of {name}."
                    )
    return None


def _per_row(t: Tensor, arguments: object, sizes: object) -> tuple[str, str] | None:
    return _by_line(t, t.got, t.want, "per_row", "row")


def _per_column(t: Tensor, arguments: object, sizes: object) -> tuple[str, str] | None:
    return _by_line(t, t.got.T, t.want.T, "per_column", "column") if t.got.ndim == 2 else None


def _by_line(t: Tensor, got: Array, want: Array, name: str, line: str) -> tuple[str, str] | None:
    """Each row a multiple of the right row, or off by a constant, with a number of its own."""
    if got.ndim != 2 or got.shape[0] < 2 or got.shape[1] < 2:
        return None
    factors = [_multiple(a, b) for a, b in zip(got, want, strict=True) if np.any(b)]
    if 2 * sum(k is not None and abs(k - 1) < FIT for k in factors) >= len(got):
        return None  # many lines are right: which ones are not tells more
    if factors and all(k is not None for k in factors) and np.ptp([k for k in factors if k is not None]) > NEARLY_ONE:
        return name, f"Each {line} of {_label(t)} is the right one times a number of its own."
    if all(_same(a - b, want) for a, b in zip(got, want, strict=True)):
        return name, f"Each {line} of {_label(t)} is the right one plus a number of its own."
    return None


def _constant(t: Tensor, arguments: object, sizes: object) -> tuple[str, str] | None:
    if t.got.size > 1 and _same(t.got, t.got) and not _same(t.want, t.want):
        return "constant", f"Every entry of {_label(t)} is the same {t.got.flat[0]:.4g}."
    return None


def _sums(t: Tensor, arguments: object, sizes: object) -> tuple[str, str] | None:
    """The right rows (or columns) all have one sum, and these do not."""
    if t.want.ndim != 2 or 1 in t.want.shape:
        return None
    for axis, line, across in ((1, "row", "column"), (0, "column", "row")):
        sums, mine = t.want.sum(axis=axis), t.got.sum(axis=axis)
        scale = float(np.max(np.abs(t.want)))
        if np.ptp(sums) > FIT * scale or np.ptp(t.want) <= FIT * scale:
            continue
        target = 0.0 if abs(sums[0]) < FIT * scale else float(sums[0])
        other = t.got.sum(axis=1 - axis)
        if np.max(np.abs(other - target)) <= FIT * scale:
            return "axis", (
                f"The {line}s of the right {t.name or 'answer'} sum to {target:.4g}; in yours the "
                f"{across}s do. Is it the other axis?"
            )
        if np.max(np.abs(mine - target)) > 1e-3 * scale:
            worst = int(np.argmax(np.abs(mine - target)))
            return "sums", (
                f"Each {line} of the right {t.name or 'answer'} sums to {target:.4g}; "
                f"your {line} {worst} sums to {mine[worst]:.4g}."
            )
    return None


def _confined(t: Tensor, arguments: object, sizes: object) -> tuple[str, str] | None:
    """Wrong entries that all stand in a few rows or columns, the others being right."""
    if t.got.ndim not in (1, 2) or t.got.size < 3:
        return None
    wrong = ~(np.abs(t.got - t.want) <= FIT * float(np.max(np.abs(t.want), initial=0.0)))
    count = int(wrong.sum())
    for axis, line in ((0, "rows"), (1, "columns"))[: t.got.ndim]:
        lines = wrong if t.got.ndim == 1 else wrong.any(axis=1 - axis)
        if 0 < 2 * int(lines.sum()) <= len(lines):
            where = ", ".join(str(int(i)) for i in np.flatnonzero(lines)[:4]) + (", ..." if lines.sum() > 4 else "")
            what = f"in {line[:-1] if lines.sum() == 1 else line} {where}" if t.got.ndim == 2 else f"at {where}"
            return line, (
                f"{count} of {t.got.size} entries of {_label(t)} "
                f"{'is' if count == 1 else 'are'} wrong, {what}; the others are right."
            )
    return None


def _which(tensors: Sequence[Tensor]) -> tuple[str, str] | None:
    """Which of several tensors are wrong."""
    wrong, right = [t.name for t in tensors if not t.right], [t.name for t in tensors if t.right]
    if not wrong or not right:
        return ("value", f"{_named(wrong)} have wrong values.") if len(wrong) > 1 else None
    return "tensors", f"{_named(wrong)} {'has' if len(wrong) == 1 else 'have'} wrong values.{_rest(right)}"


def _telling(k: float, sizes: Sequence[Size]) -> str | None:
    """A factor in words, where it is a sign, a 2, a size of the inputs or a product of two of them."""
    minus = "" if k > 0 else " and has the opposite sign"
    k = abs(k)
    if abs(k - 1) <= FIT:
        return "the right one with the opposite sign" if minus else None
    for factor, told in _factors(sizes):
        reason = f"; {told}" if told else ""
        if abs(k - factor) <= FIT * factor:
            return f"{factor} times too large{minus}{reason}"
        if abs(k * factor - 1) <= FIT:
            return f"{factor} times too small{minus}{reason}"
    return None


def _factors(sizes: Sequence[Size]) -> Iterator[tuple[int, str]]:
    lengths = {size.length for size in sizes}
    yield from ((size.length, size.told) for size in sizes)
    if 2 not in lengths:
        yield 2, ""
    for a, b in product(sizes, sizes):
        if a.length < b.length and a.length * b.length not in lengths:
            yield a.length * b.length, f"{a.told}, {b.told}"
    for size in sizes:
        if size.length**2 not in lengths:
            yield size.length**2, size.told


def _multiple(got: Array, want: Array) -> float | None:
    """The k with got = k want, None where there is none (or k is 0)."""
    norm = float(np.vdot(want, want))
    if norm == 0 or not np.isfinite(norm):
        return None
    k = float(np.vdot(want, got)) / norm
    if abs(abs(k) - 1) < 1e-9:
        k = float(np.sign(k))
    return k if k != 0 and _equal(got, k * want) else None


def _equal(a: Array, b: Array) -> bool:
    return bool(relative_error(a, b) <= FIT)


def _same(values: Array, scale_of: Array) -> bool:
    """Whether all entries are one number, measured against the size of ``scale_of``."""
    scale = float(np.max(np.abs(scale_of), initial=0.0))
    return bool(np.ptp(values) <= FIT * max(scale, float(np.max(np.abs(values), initial=0.0))))


def _label(t: Tensor, start: bool = False) -> str:
    return t.name or ("Your answer" if start else "your answer")


def _gathered(wrong: Sequence[Tensor], told: Sequence[str]) -> str:
    """What is told of the wrong tensors, in sentences: one for all tensors of which the same is told."""
    names_of: dict[str, list[str]] = {}
    for tensor, text in zip(wrong, told, strict=True):
        names_of.setdefault(text, []).append(_label(tensor, True))
    return " ".join(
        text
        if not text.startswith("is ")
        else f"{names[0]} {text}"
        if len(names) == 1
        else f"{listed(names)} are each {text.removeprefix('is ')}"
        for text, names in names_of.items()
    )


def _rest(right: Sequence[str]) -> str:
    return f" {_named(right)} {'is' if len(right) == 1 else 'are'} right." if right else ""


def _named(names: Sequence[str]) -> str:
    return listed([name or "the answer" for name in names])
