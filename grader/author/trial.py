"""One answer put to one check, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from grader.calling import Outcome
from grader.judge.tensors import Array, as_float, tensors
from grader.verdict import Verdict

#: A call's answer counts as broken when an entry is off by this share of the largest.
BROKEN = 1e-5


@dataclass(frozen=True)
class Trial:
    """One answer put to one check.

    kind: ``mistake``, ``variant`` or ``mutant``; broken, lost: parts; share: of the check's points;
    diagnosis: as graded; in_notebook: the same on the public inputs; told, told_in_notebook: whether a
    mistake's own sentence was; general: the diagnosis when the mistake itself is not known; expected_general:
    the ones that its author wrote down; problems: one line each, none where all is well.
    """

    check: str
    exercise: str
    kind: str
    name: str
    broken: tuple[str, ...]
    lost: tuple[str, ...]
    share: float
    status: str
    diagnosis: str
    in_notebook: str = ""
    told: bool = False
    told_in_notebook: bool = False
    status_in_notebook: str = ""
    general: str = ""
    expected_general: tuple[str, ...] = ()
    keeps: str = ""
    problems: tuple[str, ...] = ()


@dataclass
class Audit:
    """All trials of a chapter, and the parts that each check has (hidden ones)."""

    chapter: str
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    trials: list[Trial] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        return [f"{t.check}, {t.kind} {t.name}: {problem}" for t in self.trials for problem in t.problems]

    def count(self, kind: str, *tests: Callable[[Trial], bool]) -> int:
        return sum(trial.kind == kind and all(test(trial) for test in tests) for trial in self.trials)


def lost_parts(verdict: Verdict) -> tuple[str, ...]:
    """The hidden parts that did not pass."""
    return tuple(sorted({part.name for part in verdict.parts if part.hidden and part.status != "passed"}))


def equal(outcome: Outcome, right: Outcome) -> bool:
    """Equal by plain comparison: every tensor, its shape, and each entry against the largest; or the same error."""
    if outcome.failure is not None or right.failure is not None:
        names = [one.failure and one.failure.name for one in (outcome, right)]
        return names[0] == names[1]
    try:
        mine, theirs = list(tensors(outcome.value)), list(tensors(right.value))
        return len(mine) == len(theirs) and all(
            a.shape == b.shape
            and bool(
                np.allclose(
                    as_float(a),
                    as_float(b),
                    rtol=0,
                    equal_nan=True,
                    atol=BROKEN * _largest(as_float(b)),
                )
            )
            for (_, a), (_, b) in zip(mine, theirs, strict=True)
        )
    except (TypeError, ValueError):
        return False


def _largest(tensor: Array) -> float:
    """The largest entry that is a number: beside a nan the others are compared all the same."""
    return float(np.max(np.abs(tensor[np.isfinite(tensor)]), initial=1e-300))
