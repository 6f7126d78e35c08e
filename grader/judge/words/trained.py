"""``check.trained``: what a training reaches on rows that it has not seen, one of a few seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Self

import numpy as np

from grader.finding import Code, Finding
from grader.judge.training import evaluated, few_rows, permuted, unmoved, visible_rng
from grader.judge.words.word import Call, Judge, Line, Place, Planner, Recorder, Rule, Traced
from grader.text import Ratio, joined, say


@dataclass(frozen=True, kw_only=True)
class Trained(Call):
    """Parameters ``fn(X, y, seed)``, by ``score(parameters, X_held, y_held)``. args: the training rows and labels."""

    word: ClassVar[str] = "trained"
    default_part: ClassVar[str] = "trained"
    usage: ClassVar[str] = "check.trained(f, (X, y), held=(X, y), score=, at_least=)"
    meaning: ClassVar[str] = "`f(X, y, seed)` gives parameters; `score(parameters, X, y)` is a given function"

    held: tuple[Any, Any]
    score: Callable[[Any, Any, Any], float | str]
    at_least: float
    tries: int
    rng: np.random.Generator

    @classmethod
    def made(
        cls,
        place: Place,
        fn: Any,
        train: tuple[Any, Any],
        *,
        held: tuple[Any, Any],
        score: Callable[[Any, Any, Any], float | str],
        at_least: float,
        part: str = default_part,
        weight: float = 1.0,
        tries: int = 3,
        if_passed: str = "",
    ) -> Self:
        """Judge the parameters that ``fn(X, y, seed)`` gives by ``score(parameters, X_held, y_held)``.

        X: (N, D) rows; y: (N,) integer labels. In hidden lines each try has columns and labels in an order of its
        own, so parameters stored beforehand score like chance. One of ``tries`` seeds must reach ``at_least``.
        In visible lines the order is another one as well, the same each time, so that an answer which reads the
        public data instead of its arguments is found. In grading only the hidden lines train.
        """
        # A generator of its own: how many seeds were tried changes no later input.
        rng = place.rng.spawn(1)[0] if place.rng is not None else visible_rng()
        return cls(
            place=place,
            fn=fn,
            args=train,
            rule=Rule(part, weight, if_passed=if_passed),
            held=held,
            score=score,
            at_least=at_least,
            tries=tries,
            rng=rng,
        )

    @classmethod
    def lint(cls, line: Line) -> Iterator[str]:
        """Whatever the name: a probe may train the student's model."""
        yield from ()

    def tasks(self) -> Iterator[tuple[Any, Any, Any, Any, int]]:
        """(X, y, X_held, y_held, seed) of each try: columns and labels in an order of its own."""
        X, y = self.args
        for _ in range(self.tries):
            yield permuted(self.rng, X, y, *self.held)

    def plan(self, planner: Planner) -> None:
        """Many parameters are right."""

    def judge(self, judge: Judge) -> None:
        if judge.grades and not self.hidden:
            return
        best = -1.0
        for X, y, X_held, y_held, seed in self.tasks():
            outcome = judge.ask(self.fn, (X, y, seed))
            if outcome.failure is not None:
                judge.broke(self, outcome, (X, y, seed))
                return
            score = partial(self.score, outcome.value, X_held, y_held)
            reached, problem = evaluated(outcome.value, score, judge.named, Code.PARAMETERS)
            if problem:
                judge.failed(self, outcome, problem, (X, y, seed))
                return
            best = max(best, reached)
            if best >= self.at_least:
                judge.passed(self, outcome, Finding(Code.NONE, say("{best:.1%} on held rows.", best=Ratio(best))))
                return
        guess = float(np.max(np.bincount(y_held)) / len(y_held))
        told = say(
            "The best of {tries} seeds reached {best:.1%} on held rows; at least {least:.1%} is asked. Guessing the "
            "most frequent label reaches {guess:.1%}. Does the loss fall as it trains? Look at the start, at the "
            "number of steps, and at the size of each.",
            tries=self.tries,
            best=Ratio(best),
            least=Ratio(self.at_least),
            guess=Ratio(guess),
        )
        if best <= guess:
            told = joined([told, say("Yours is no better than that: does each step go the right way?")])
        known = judge.fitting(self, (X, y, seed), outcome.value) or self._unmoved(judge, X, y, seed, outcome.value)
        judge.failed(self, outcome, known or Finding(Code.ACCURACY, told), (X, y, seed))

    def _unmoved(self, judge: Judge, X: Any, y: Any, seed: int, value: Any) -> Finding | None:
        """Whether these are still the parameters of the start: a training on few rows would not end where this did."""
        again = judge.ask(self.fn, (*few_rows(X, y), seed))
        return unmoved(value, again.value) if again.failure is None else None

    def record(self, recorder: Recorder) -> None:
        X, y, _, _, seed = list(self.tasks())[-1]
        recorder.keep_fitting(self, (X, y, seed))

    def trace(self) -> Iterator[Traced]:
        yield self.traced(*self.args, 0, open_ended=True)
