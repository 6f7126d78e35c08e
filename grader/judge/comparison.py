"""Expected against got, small enough to be looked at: a table of numbers, or a map of where the errors are."""

from __future__ import annotations

import numpy as np

from grader.judge.compare import Mismatch
from grader.judge.tensors import Array
from grader.verdict import Comparison

#: Tensors of at most this many rows and columns are shown as numbers.
MAX_TABLE = (8, 6)
#: Larger ones as a map of at most this many rows and columns.
MAX_MAP = (16, 32)
#: An entry is marked wrong when it is off by more than this share of the largest expected one.
_WRONG = 1e-6


def compared(mismatch: Mismatch) -> Comparison | None:
    """The two tensors of a mismatch side by side; None for single numbers and for tensors of other shapes."""
    got, want = mismatch.got, mismatch.want
    if got is None or want is None or got.shape != want.shape or want.ndim == 0 or want.size < 2:
        return None
    mine, right = _flat(got), _flat(want)
    level = _levels(mine, right)
    rows, columns = right.shape
    numbers = rows <= MAX_TABLE[0] and columns <= MAX_TABLE[1]
    return Comparison(
        mismatch.name,
        tuple(want.shape),
        _texts(right) if numbers else (),
        _texts(mine) if numbers else (),
        tuple(tuple(int(cell) for cell in row) for row in (level if numbers else _coarse(level))),
    )


def _flat(tensor: Array) -> Array:
    """As rows and columns: a vector is one row, the leading axes of a large tensor are stacked."""
    return tensor.reshape(1, -1) if tensor.ndim == 1 else tensor.reshape(-1, tensor.shape[-1])


def _levels(got: Array, want: Array) -> Array:
    """How wrong each entry is, against the largest expected one: 0 right, 1 below 1 %, 2 below 10 %, 3 above."""
    with np.errstate(all="ignore"):
        finite = np.abs(want[np.isfinite(want)])
        scale = float(np.max(finite, initial=0.0)) or 1.0
        off = np.abs(got - want) / scale
    off = np.where(np.isfinite(off), off, np.where(got == want, 0.0, np.inf))
    return np.digitize(off, [_WRONG, 0.01, 0.1])


def _coarse(level: Array) -> Array:
    """The worst level of each block, in at most MAX_MAP blocks."""
    for axis, most in enumerate(MAX_MAP):
        edges = np.linspace(0, level.shape[axis], min(level.shape[axis], most), endpoint=False).astype(int)
        level = np.maximum.reduceat(level, edges, axis=axis)
    return level


def _texts(tensor: Array) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(f"{value:.4g}" for value in row) for row in tensor)
