"""``check.sampled``: random arrays, by their distribution and not by their numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from grader.finding import Finding
from grader.judge.sample import LAWS, judge_sample
from grader.judge.words.word import Call, Judge, Line, Place, Planner, Recorder, Rule, Traced, needs_reference

#: The seeds of a sample in visible lines.
VISIBLE_SEEDS = (0, 1)


@dataclass(frozen=True, kw_only=True)
class Sampled(Call):
    """Arrays ``fn(*args, seed)``. seeds: two; mean, std: of one entry; low, high: the law's bounds; law: its name,
    "" where only these are asked."""

    word: ClassVar[str] = "sampled"
    default_part: ClassVar[str] = "distribution"
    usage: ClassVar[str] = "check.sampled(f, *args, mean=, std=, low=, high=, law=)"
    meaning: ClassVar[str] = (
        "the arrays of `f(*args, seed)`, by distribution: z-tests at 6 standard errors; "
        '`law="normal"`: their tails and their middle, too, which wants some 20,000 numbers'
    )

    seeds: tuple[int, int]
    mean: float
    std: float
    low: float | None
    high: float | None
    law: str

    @classmethod
    def made(
        cls,
        place: Place,
        fn: Any,
        *args: Any,
        mean: float = 0.0,
        std: float,
        low: float | None = None,
        high: float | None = None,
        law: str = "",
        part: str = default_part,
        weight: float = 1.0,
        if_passed: str = "",
    ) -> Self:
        """Judge the arrays that ``fn(*args, seed)`` gives. Hidden lines draw the seeds."""
        first, second = map(int, place.rng.integers(2**31, size=2)) if place.rng is not None else VISIBLE_SEEDS
        rule = Rule(part, weight, if_passed=if_passed)
        return cls(
            place=place,
            fn=fn,
            args=args,
            rule=rule,
            seeds=(first, second),
            mean=mean,
            std=std,
            low=low,
            high=high,
            law=law,
        )

    @classmethod
    def lint(cls, line: Line) -> Iterator[str]:
        yield from needs_reference(line)
        law = next((keyword.value for keyword in line.node.keywords if keyword.arg == "law"), None)
        if law is not None and not (isinstance(law, ast.Constant) and law.value in LAWS):
            yield f"law={ast.unparse(law)} is not known: {' or '.join(map(repr, LAWS))} is, or none"

    def plan(self, planner: Planner) -> None:
        """Many arrays are right."""

    def judge(self, judge: Judge) -> None:
        first, second = self.seeds
        outcomes = [judge.ask(self.fn, (*self.args, seed)) for seed in (first, second, first)]
        failing = next((outcome for outcome in outcomes if outcome.failure is not None), None)
        if failing is not None:
            judge.broke(self, failing, (*self.args, first))
            return
        mismatch = judge.mismatch(self, (*self.args, first), outcomes[0].value)
        if mismatch is not None and mismatch.kind not in ("value", "nan"):
            judge.failed(self, outcomes[0], Finding(mismatch.kind, mismatch.message), (*self.args, first))
            return
        odd = judge_sample([outcome.value for outcome in outcomes], self.mean, self.std, self.low, self.high, self.law)
        if odd is None:
            judge.passed(self, outcomes[0])
        else:
            known = judge.fitting(self, (*self.args, first), outcomes[0].value)
            judge.failed(self, outcomes[0], known or odd, (*self.args, first))

    def record(self, recorder: Recorder) -> None:
        recorder.judge(self)
        recorder.keep_fitting(self, (*self.args, self.seeds[0]))

    def trace(self) -> Iterator[Traced]:
        yield self.traced(*self.args, self.seeds[0], open_ended=True)
