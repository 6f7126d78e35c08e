"""What a pattern looks at, a wrong tensor beside the right one, and what it may say of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.finding import Code
from grader.judge.sizes import FIT, Input, Size
from grader.judge.tensors import Array, relative_error
from grader.text import Text

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


#: What a pattern found.
Seen = tuple[Code, Text | Is]
Pattern = Callable[[Tensor, Sequence[Input], Sequence[Size]], Seen | None]


def equal(a: Array, b: Array) -> bool:
    return bool(relative_error(a, b) <= FIT)


def same(values: Array, scale_of: Array) -> bool:
    """Whether all entries are one number, measured against the size of ``scale_of``."""
    scale = float(np.max(np.abs(scale_of), initial=0.0))
    return bool(np.ptp(values) <= FIT * max(scale, float(np.max(np.abs(values), initial=0.0))))


def as_shown(value: float) -> float:
    """The number with the digits that are shown of it: what reads alike is alike."""
    return float(f"{value:.4g}")
