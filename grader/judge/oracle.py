"""Where a session gets the student's answers and the right ones: recorded values, or the live reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from grader.calling import Outcome
from grader.judge.alternatives import Alternatives
from grader.judge.explain import KnownMistake
from grader.text import NO_TEXT, Text


@dataclass(frozen=True)
class Expectation:
    """What a right answer is on some inputs.

    bands: the error that each tensor may have; arguments: what the inputs are called; mistakes: what the known
    wrong answers give here; between: at a kink, the lowest and the highest right value of the last tensors;
    problem: why nothing of this is known (one sentence). carried: where an earlier exercise that this one uses
    is wrong, the right answer with the student's own earlier functions in it; None where that is no matter.
    alternatives: what else the answer may be, where it is wrong and no mistake fits.
    """

    want: Any = None
    bands: Sequence[float] = ()
    arguments: Sequence[str] = ()
    mistakes: Callable[[], Sequence[KnownMistake]] = tuple
    between: Sequence[tuple[Any, Any]] = ()
    problem: Text = NO_TEXT
    carried: Callable[[], Any] | None = None
    alternatives: Alternatives | None = None


class Oracle(Protocol):
    """Where a session gets the student's answers and the right ones."""

    def call(self, fn: Any, args: tuple[Any, ...]) -> Outcome:
        """The student's function on these arguments."""
        ...

    def expect(self, check: str, index: int, fn: Any, args: tuple[Any, ...], kink: bool | None) -> Expectation:
        """The right answer of the ``index``-th call of a check. kink: None for values, else a gradient's."""
        ...

    def fitting(self, check: str, index: int, fn: Any, args: tuple[Any, ...], value: Any) -> Sequence[KnownMistake]:
        """The known mistakes that give ``value`` with these arguments, where many answers are right."""
        ...
