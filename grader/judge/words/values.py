"""``check.values``: the value of a call against the one right answer, tensor by tensor, norm-wise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from grader.judge.words.word import (
    Call,
    Judge,
    Line,
    Place,
    Planner,
    Recorder,
    Rule,
    Traced,
    needs_fresh_inputs,
    needs_reference,
)


@dataclass(frozen=True, kw_only=True)
class Values(Call):
    """names: what the tensors of the answer are called, in their order."""

    word: ClassVar[str] = "values"
    default_part: ClassVar[str] = "values"
    usage: ClassVar[str] = "check.values(f, *args, part=, weight=, names=, near=, if_passed=)"
    meaning: ClassVar[str] = "the value, against the reference, tensor by tensor"

    names: tuple[str, ...] = ()

    @classmethod
    def made(
        cls,
        place: Place,
        fn: Any,
        *args: Any,
        part: str = default_part,
        weight: float = 1.0,
        names: Sequence[str] = (),
        near: float = 0.0,
        if_passed: str = "",
    ) -> Self:
        """Judge ``fn(*args)`` against the exercise's reference.

        near: a relative error that is forgiven, and told. if_passed: a part without which this one pays nothing.
        """
        return cls(place=place, fn=fn, args=args, rule=Rule(part, weight, near, if_passed), names=tuple(names))

    @classmethod
    def lint(cls, line: Line) -> Iterator[str]:
        yield from needs_reference(line)
        yield from needs_fresh_inputs(line)

    def plan(self, planner: Planner) -> None:
        planner.expect(self)

    def judge(self, judge: Judge) -> None:
        judge.compare(self, judge.ask(self.fn, self.args))

    def record(self, recorder: Recorder) -> None:
        recorder.judge(self)

    def trace(self) -> Iterator[Traced]:
        yield self.traced(*self.args)

    @property
    def kink(self) -> bool | None:
        """None for values; for gradients whether the inputs lie on kinks on purpose."""
        return None
