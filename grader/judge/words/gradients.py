"""``check.gradients``: the value of a backward, whose reference is itself held against differences of its forward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from grader.judge.words.values import Values
from grader.judge.words.word import Line, Place, Rule


@dataclass(frozen=True, kw_only=True)
class Gradients(Values):
    """at_kink: these inputs lie on kinks on purpose; there any value between the two slopes is right."""

    word: ClassVar[str] = "gradients"
    default_part: ClassVar[str] = "gradients"
    usage: ClassVar[str] = "check.gradients(f, *args, names=, kink=, ...)"
    meaning: ClassVar[str] = (
        'the same, and the reference against differences of its forward. `names=["dW", "db"]`; `kink=True`: the inputs '
        "lie on a kink, and any value between the two slopes is right"
    )

    at_kink: bool = False

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
        kink: bool = False,
    ) -> Self:
        """Judge ``fn(*args)`` against the reference backward.

        names: what the tensors are called (``dW``). kink: these inputs lie on kinks on purpose.
        """
        rule = Rule(part, weight, near, if_passed)
        return cls(place=place, fn=fn, args=args, rule=rule, names=tuple(names), at_kink=kink)

    @classmethod
    def lint(cls, line: Line) -> Iterator[str]:
        yield from super().lint(line)
        if not {"gradient_of", "same_as"} & set(line.options):
            yield (
                f"check.gradients judges {line.subject!r}: say what it differentiates, for example "
                'gradient_of="loss" wrt="W b"'
            )

    @property
    def kink(self) -> bool | None:
        return self.at_kink
