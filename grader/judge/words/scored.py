"""``check.scored``: what a call gives, where many answers are right, by a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from grader.finding import Code, Finding
from grader.judge.training import evaluated
from grader.judge.words.word import Call, Judge, Line, Place, Planner, Recorder, Rule, Traced, needs_fresh_inputs
from grader.text import Ratio, say


@dataclass(frozen=True, kw_only=True)
class Scored(Call):
    """score(value): a number, or what is wrong: the name of a known mistake, or a sentence for the student."""

    word: ClassVar[str] = "scored"
    default_part: ClassVar[str] = "scored"
    usage: ClassVar[str] = "check.scored(f, *args, score=, at_least=1)"
    meaning: ClassVar[str] = (
        "what `f` returns, where many answers are right; `score(value)` gives a number, or what is wrong: the "
        "name of a known mistake, or a sentence for the student"
    )

    score: Callable[[Any], float | str]
    at_least: float

    @classmethod
    def made(
        cls,
        place: Place,
        fn: Any,
        *args: Any,
        score: Callable[[Any], float | str],
        at_least: float = 1.0,
        part: str = default_part,
        weight: float = 1.0,
        if_passed: str = "",
    ) -> Self:
        """Judge what ``fn(*args)`` gives by ``score(value)``."""
        rule = Rule(part, weight, if_passed=if_passed)
        return cls(place=place, fn=fn, args=args, rule=rule, score=score, at_least=at_least)

    @classmethod
    def lint(cls, line: Line) -> Iterator[str]:
        yield from needs_fresh_inputs(line)

    def plan(self, planner: Planner) -> None:
        """Many answers are right."""

    def judge(self, judge: Judge) -> None:
        outcome = judge.ask(self.fn, self.args)
        if outcome.failure is not None:
            judge.broke(self, outcome, self.args)
            return
        reached, problem = evaluated(outcome.value, lambda: self.score(outcome.value), judge.named, Code.ACCURACY)
        if not problem and reached >= self.at_least:
            judge.passed(self, outcome)
            return
        known = judge.fitting(self, self.args, outcome.value)
        asked = say(
            "What you return reaches {reached:.4g}; {least:.4g} is asked.", reached=reached, least=Ratio(self.at_least)
        )
        judge.failed(self, outcome, known or problem or Finding(Code.ACCURACY, asked), self.args)

    def record(self, recorder: Recorder) -> None:
        recorder.keep_fitting(self, self.args)

    def trace(self) -> Iterator[Traced]:
        yield self.traced(*self.args, open_ended=True)
