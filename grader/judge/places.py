"""The patterns of wrong numbers by their places: whole rows or columns, one number everywhere, a few entries alone."""

from __future__ import annotations

from typing import Literal

import numpy as np

from grader.finding import Code
from grader.judge.compare import the_tensor
from grader.judge.seen import NEARLY_ONE, Seen, Tensor, as_shown, same
from grader.judge.sizes import FIT, multiple
from grader.judge.tensors import Array
from grader.text import Text, raw, say, say_counted


def per_row(t: Tensor, arguments: object, sizes: object) -> Seen | None:
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


def per_column(t: Tensor, arguments: object, sizes: object) -> Seen | None:
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
    return "offset" if all(same(a - b, want) for a, b in zip(got, want, strict=True)) else ""


def constant(t: Tensor, arguments: object, sizes: object) -> Seen | None:
    if t.got.size > 1 and same(t.got, t.got) and not same(t.want, t.want):
        told = say(
            "Every entry of {tensor} is the same {value:.4g}.",
            tensor=the_tensor(t.name),
            value=as_shown(t.got.flat[0]),
        )
        return Code.CONSTANT, told
    return None


def unfilled(t: Tensor, arguments: object, sizes: object) -> Seen | None:
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


def sums(t: Tensor, arguments: object, sizes: object) -> Seen | None:
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
            fields = {"name": name, "sum": as_shown(target)}
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
            fields = {"name": name, "sum": as_shown(target), "line": worst, "yours": as_shown(mine[worst])}
            return Code.SUMS, (
                say("Each row of the right {name} sums to {sum:.4g}; your row {line} sums to {yours:.4g}.", **fields)
                if axis == 1
                else say(
                    "Each column of the right {name} sums to {sum:.4g}; your column {line} sums to {yours:.4g}.",
                    **fields,
                )
            )
    return None


def confined(t: Tensor, arguments: object, sizes: object) -> Seen | None:
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
