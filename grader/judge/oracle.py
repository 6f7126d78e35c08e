"""Where a session gets the student's answers and the right ones: recorded values, or the live reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from grader.calling import Outcome
from grader.judge.alternatives import Alternatives
from grader.judge.earlier import Carried
from grader.judge.explain import KnownMistake
from grader.shield import Form
from grader.text import NO_TEXT, Text


@dataclass(frozen=True)
class Expectation:
    """What a right answer is on some inputs.

    bands: the error that each tensor may have; arguments: what the inputs are called; mistakes: what the known
    wrong answers give here; between: at a kink, the lowest and the highest right value of the last tensors;
    problem: why nothing of this is known (one sentence). carried: where an earlier exercise that this one uses
    is not all right, what the reference gives over the student's own earlier functions; None where nobody can tell.
    alternatives: what else the answer may be, where it is wrong and no mistake fits.
    """

    want: Any = None
    bands: Sequence[float] = ()
    arguments: Sequence[str] = ()
    mistakes: Callable[[], Sequence[KnownMistake]] = tuple
    between: Sequence[tuple[Any, Any]] = ()
    problem: Text = NO_TEXT
    carried: Callable[[], Carried] | None = None
    alternatives: Alternatives | None = None


class Oracle(Protocol):
    """Where a session gets the student's answers and the right ones."""

    def call(self, fn: Any, args: tuple[Any, ...], shielded: Mapping[str, Form] | None = None) -> Outcome:
        """The student's function on these arguments; shielded: earlier functions, see `grader.shield`."""
        ...

    def expect(self, check: str, index: int, fn: Any, args: tuple[Any, ...], kink: bool | None) -> Expectation:
        """The right answer of the ``index``-th call of a check. kink: None for values, else a gradient's."""
        ...

    def fitting(self, check: str, index: int, fn: Any, args: tuple[Any, ...], value: Any) -> Sequence[KnownMistake]:
        """The known mistakes that give ``value`` with these arguments, where many answers are right."""
        ...
