"""``check.stateless``: the value of a call that comes after two others. Nothing may be kept in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from grader.judge.words.values import Values
from grader.judge.words.word import Judge, Place, Rule, Traced


@dataclass(frozen=True, kw_only=True)
class Stateless(Values):
    """others: the inputs of the call in between."""

    word: ClassVar[str] = "stateless"
    default_part: ClassVar[str] = "stateless"
    usage: ClassVar[str] = "check.stateless(f, args, others)"
    meaning: ClassVar[str] = "that nothing is kept between calls"

    others: tuple[Any, ...] = ()

    @classmethod
    def made(  # type: ignore[override]
        cls,
        place: Place,
        fn: Any,
        args: tuple[Any, ...],
        others: tuple[Any, ...],
        part: str = default_part,
        weight: float = 1.0,
        if_passed: str = "values",
    ) -> Self:
        """Judge ``fn(*args)`` once more after ``fn(*others)``."""
        return cls(place=place, fn=fn, args=args, rule=Rule(part, weight, if_passed=if_passed), others=others)

    def judge(self, judge: Judge) -> None:
        judge.ask(self.fn, self.args)
        judge.ask(self.fn, self.others)
        super().judge(judge)

    def trace(self) -> Iterator[Traced]:
        for args in (self.args, self.others, self.args):
            yield self.traced(*args)
