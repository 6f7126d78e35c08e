"""Parameters that a step moves: how far, in which direction, and which of them do not move at all.

A tensor of an answer that has the name and the shape of an argument is what became of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.finding import Code
from grader.judge.sizes import FIT, Input, Size, multiple, telling
from grader.judge.tensors import Array, relative_error
from grader.text import Names, Text, raw, say, say_counted


def before(name: str, like: Array, arguments: Sequence[Input]) -> Array | None:
    """What a parameter was when it went in."""
    return next((array for told, array in arguments if name and str(told) == name and array.shape == like.shape), None)


@dataclass(frozen=True)
class Move:
    """What came as a multiple of something. alone: of the change that is asked for, without the old value; else of the
    step itself."""

    factor: float
    alone: bool

    def told(self, sizes: Sequence[Size]) -> Text:
        if self.alone:
            fields = {"factor": float(f"{self.factor:.4g}")}
            return say("{factor:.4g} times the change that is asked for, without the old value", **fields)
        what = telling(self.factor, sizes) or say(
            "{factor:.4g} times the right one", factor=float(f"{self.factor:.4g}")
        )
        return say("moved by a step that is {what}", what=what)

    def is_of(self, other: Move | None) -> bool:
        return (
            other is not None
            and other.alone == self.alone
            and abs(other.factor - self.factor) <= FIT * abs(self.factor)
        )


def moves(name: str, got: Array, want: Array, arguments: Sequence[Input]) -> list[Move]:
    """How a parameter moves, where it is along the right line: both ways to see it where it is one number."""
    old = before(name, want, arguments)
    if old is None or not np.any(want - old):
        return []
    found = [(multiple(got, want - old), True), (multiple(got - old, want - old), False)]
    return [Move(factor, alone) for factor, alone in found if factor is not None]


def unmoved(tensors: Sequence[tuple[str, Array, bool]], arguments: Sequence[Input]) -> tuple[Code, Text] | None:
    """tensors: name, what came, whether it is right. Those wrong ones that came back as they went in."""
    kept = [
        raw(name)
        for name, got, right in tensors
        if not right and (old := before(name, got, arguments)) is not None and relative_error(got, old) <= FIT
    ]
    if not kept:
        return None
    told = say_counted(
        "{names} came back as it went in: nothing moved it, or its new value is lost.",
        "{names} came back as they went in: nothing moved them, or their new values are lost.",
        len(kept),
        names=Names(tuple(kept)),
    )
    return Code.RETURNS_INPUT, told
