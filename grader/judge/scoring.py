"""A session that judges and does not say why: for those who want to know only what an answer loses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.calling import Outcome
from grader.finding import Code, Finding
from grader.judge.compare import Mismatch
from grader.judge.oracle import Expectation
from grader.judge.session import Session
from grader.judge.words.values import Values
from grader.verdict import Part


class Scoring(Session):
    """Points and statuses are a session's; every wrong value is told as a wrong value."""

    def _why(
        self,
        call: Values,
        outcome: Outcome,
        expected: Expectation,
        mismatch: Mismatch,
        before: Sequence[tuple[tuple[Any, ...], Any]],
    ) -> Finding:
        return Finding(Code.VALUE)

    def _looked_at_together(self) -> list[Part]:
        return self._parts
