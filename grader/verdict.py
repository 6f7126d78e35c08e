"""The verdict: what the judge says of one check."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["passed", "partial", "failed", "error", "timeout", "not_attempted", "not_judged"]


@dataclass(frozen=True)
class Comparison:
    """A tensor as expected and as it came, as texts row by row, and how wrong each entry is.

    level: 0 right, 1 off by less than 1 % of the largest expected entry, 2 by less than 10 %, 3 by more. Of a
    large tensor only the levels are kept, block by block.
    """

    name: str
    shape: tuple[int, ...]
    want: tuple[tuple[str, ...], ...]
    got: tuple[tuple[str, ...], ...]
    level: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Part:
    """One judged call of a check: the grain of partial credit.

    ``diagnosis`` is a short stable name of what was seen (``shape``, ``mistake:global_max``);
    ``message`` is the sentence that the student reads. ``hidden`` parts exist in grading only.
    """

    name: str
    weight: float
    status: Status
    diagnosis: str = ""
    message: str = ""
    hidden: bool = False
    #: Lines of text under the message: the student's own traceback lines, expected against got.
    detail: tuple[str, ...] = ()
    #: Remarks that cost nothing ("a list came back; it was read as an array").
    notes: tuple[str, ...] = ()
    comparison: Comparison | None = None


def shown(score: float) -> str:
    """A score for people: two decimals at the most."""
    return f"{score:.2f}".rstrip("0").rstrip(".")


def as_score(value: Any, points: float) -> float:
    """``value`` as a plain float in [0, points], 6 places. What is not a finite real number is 0.

    nbgrader reads the printed score of a check cell and gives *full* points for whatever it cannot
    parse, so nothing but a plain number in range may ever be printed.
    """
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    if not math.isfinite(number):
        return 0.0
    # Clipped last: rounding 1.3046875 up would give more than the points.
    return min(max(round(number, 6), 0.0), float(points))


@dataclass(frozen=True, repr=False)
class Verdict:
    """What the judge says of one check. ``repr`` is the plain score; ``str`` and HTML are for people."""

    check: str
    points: float
    score: float
    status: Status
    diagnosis: str = ""
    message: str = ""
    parts: Sequence[Part] = ()
    seed: int | None = None
    elapsed_s: float = 0.0
    #: The exercise's hint ladder, for the card.
    hints: Sequence[str] = ()

    def __repr__(self) -> str:
        return repr(as_score(self.score, self.points))

    def __str__(self) -> str:
        from grader.card import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from grader.card import as_html

        return as_html(self)

    @property
    def trusted(self) -> bool:
        """Whether later work may build on it: it is right, or changes its inputs and is right otherwise."""
        return self.status in ("passed", "not_judged") or self.diagnosis == "in_place"

    @property
    def undrawable(self) -> bool:
        """Whether a figure could not even be drawn with an answer that was judged so."""
        return self.status in ("error", "timeout") or self.diagnosis in (
            "type",
            "shape",
            "transpose",
            "broadcast",
            "parameters",
        )

    @property
    def waits(self) -> bool:
        """Whether a part of it waits for a person."""
        return self.status == "not_judged" or any(part.status == "not_judged" for part in self.parts)

    def as_dict(self) -> dict[str, Any]:
        """The verdict as plain data, for JSON. Hints are for the card only."""
        data = asdict(self) | {"parts": [asdict(part) for part in self.parts]}
        del data["hints"]
        return data
