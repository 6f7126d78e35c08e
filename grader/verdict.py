"""The verdict: what the judge says of one check."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast, get_args

from grader.finding import NOTHING, Code, Finding
from grader.plain import Fields, exactly
from grader.text import Text, as_data, text_from

T = TypeVar("T")

Status = Literal["passed", "partial", "failed", "error", "timeout", "not_attempted", "not_judged"]


@dataclass(frozen=True)
class Comparison:
    """A tensor as expected and as it came, as texts row by row, and how wrong each entry is.

    name: "" where it is the whole answer. level: 0 right, 1 off by less than 1 % of the largest expected entry, 2 by
    less than 10 %, 3 by more. Of a large tensor only the levels are kept, block by block.
    """

    name: str
    shape: tuple[int, ...]
    want: tuple[tuple[str, ...], ...]
    got: tuple[tuple[str, ...], ...]
    level: tuple[tuple[int, ...], ...]

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "name": self.name,
            "shape": list(self.shape),
            "want": list(map(list, self.want)),
            "got": list(map(list, self.got)),
            "level": list(map(list, self.level)),
        }

    @classmethod
    def from_json(cls, data: object) -> Comparison:
        """What `to_json` wrote. Raises ValueError for anything else."""
        told = Fields(data)
        return cls(
            told.text("name"),
            told.each("shape", exactly(int)),
            told.each("want", _row(str)),
            told.each("got", _row(str)),
            told.each("level", _row(int)),
        )


@dataclass(frozen=True)
class Part:
    """One judged call of a check: the grain of partial credit.

    finding: what was seen. ``hidden`` parts exist in grading only.
    notes: remarks that cost nothing ("a list came back; it was read as an array").
    """

    name: str
    weight: float
    status: Status
    finding: Finding = NOTHING
    hidden: bool = False
    notes: tuple[Text, ...] = ()
    comparison: Comparison | None = None

    @property
    def diagnosis(self) -> str:
        """A short stable name of what was seen (``shape``, ``mistake:global_max``)."""
        return self.finding.name

    @property
    def message(self) -> str:
        """What was seen, in English."""
        return str(self.finding.text)

    @property
    def detail(self) -> tuple[str, ...]:
        """The lines under the message, in English."""
        return tuple(map(str, self.finding.detail))

    def to_json(self) -> dict[str, Any]:
        """As plain data: what is for people in English, and as texts."""
        return {
            "name": self.name,
            "weight": self.weight,
            "status": self.status,
            "diagnosis": self.diagnosis,
            "message": self.message,
            "hidden": self.hidden,
            "detail": list(self.detail),
            "notes": list(map(str, self.notes)),
            "comparison": self.comparison.to_json() if self.comparison else None,
            "finding": self.finding.to_json(),
            "remarks": list(map(as_data, self.notes)),
        }

    @classmethod
    def from_json(cls, data: object) -> Part:
        """What `to_json` wrote. Raises ValueError for anything else."""
        told = Fields(data)
        return cls(
            told.text("name"),
            told.number("weight"),
            told.read("status", _status),
            told.read("finding", Finding.from_json),
            told.flag("hidden"),
            told.each("remarks", text_from),
            told.maybe("comparison", Comparison.from_json),
        )


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


@dataclass(frozen=True)
class Cause:
    """An earlier exercise, and what was seen there (``mistake:minus_missing``)."""

    exercise: str
    diagnosis: str

    @property
    def name(self) -> str:
        """For people: ``minus missing``."""
        return self.diagnosis.rpartition(":")[2].replace("_", " ")

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"exercise": self.exercise, "diagnosis": self.diagnosis}

    @classmethod
    def from_json(cls, data: object) -> Cause:
        """What `to_json` wrote. Raises ValueError for anything else."""
        told = Fields(data)
        return cls(told.text("exercise"), told.text("diagnosis"))


@dataclass(frozen=True, repr=False)
class Verdict:
    """What the judge says of one check. ``repr`` is the plain score; `grader.card` makes it legible.

    finding: what speaks for the whole check; hints: the exercise's hint ladder, for the card; because: the earlier
    work for which it, or a part of it, waits.
    """

    check: str
    points: float
    score: float
    status: Status
    finding: Finding = NOTHING
    parts: tuple[Part, ...] = ()
    seed: int | None = None
    elapsed_s: float = 0.0
    hints: tuple[Text, ...] = ()
    because: tuple[Cause, ...] = ()

    def __repr__(self) -> str:
        return repr(as_score(self.score, self.points))

    @property
    def diagnosis(self) -> str:
        """A short stable name of what was seen (``shape``, ``mistake:global_max``)."""
        return self.finding.name

    @property
    def message(self) -> str:
        """What was seen, in English."""
        return str(self.finding.text)

    @property
    def trusted(self) -> bool:
        """Whether later work may build on it: it is right, or changes its inputs and is right otherwise."""
        return self.status in ("passed", "not_judged") or self.finding.code is Code.IN_PLACE

    @property
    def undrawable(self) -> bool:
        """Whether a figure could not even be drawn with an answer that was judged so."""
        return self.status in ("error", "timeout") or self.finding.code in (
            Code.TYPE,
            Code.SHAPE,
            Code.TRANSPOSE,
            Code.BROADCAST,
            Code.PARAMETERS,
            Code.BLOCKED,
        )

    @property
    def waits(self) -> bool:
        """Whether a part of it waits for a person."""
        return self.status == "not_judged" or any(part.status == "not_judged" for part in self.parts)

    @property
    def wrong(self) -> bool:
        """Whether it was judged, and is not all right."""
        return self.status in ("partial", "failed", "error", "timeout")

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "check": self.check,
            "points": self.points,
            "score": self.score,
            "status": self.status,
            "diagnosis": self.diagnosis,
            "message": self.message,
            "parts": [part.to_json() for part in self.parts],
            "seed": self.seed,
            "elapsed_s": self.elapsed_s,
            "finding": self.finding.to_json(),
            "hints": list(map(as_data, self.hints)),
            "because": [cause.to_json() for cause in self.because],
        }

    @classmethod
    def from_json(cls, data: object) -> Verdict:
        """What `to_json` wrote. Raises ValueError for anything else."""
        told = Fields(data)
        return cls(
            told.text("check"),
            told.number("points"),
            told.number("score"),
            told.read("status", _status),
            told.read("finding", Finding.from_json),
            told.each("parts", Part.from_json),
            told.maybe("seed", exactly(int)),
            told.number("elapsed_s"),
            told.each("hints", text_from),
            told.each("because", Cause.from_json) if told.has("because") else (),
        )


def _status(value: Any) -> Status:
    if value not in get_args(Status):
        raise ValueError(f"one of {', '.join(get_args(Status))} is expected")
    return cast(Status, value)


def _row(kind: type[T]) -> Callable[[Any], tuple[T, ...]]:
    """Reads a list of these."""
    return lambda items: Fields({"row": items}).each("row", exactly(kind))
