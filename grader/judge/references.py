"""The right answers that a live oracle knows, and the wrong ones beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from grader.judge.alternatives import Alternative, alternatives_of
from grader.judge.differences import GradientOf
from grader.judge.source import rebound, used_names
from grader.text import Text

Function = Callable[..., Any]


@dataclass(frozen=True)
class KnownAnswer:
    """A known wrong answer as code: its name, the sentence that a student reads, and what gives its values."""

    name: str
    sentence: Text
    function: Function


class References(Protocol):
    """What is right and what is known to be wrong, by the name of what a check calls: an exercise or an adapter."""

    def right(self, name: str) -> Function:
        """The reference. Raises KeyError where there is none."""

    def known(self, name: str) -> Sequence[KnownAnswer]:
        """The known wrong answers."""

    def alternatives(self, name: str) -> Sequence[Alternative]:
        """What else an answer may be, derived from the right one; made once."""

    def gradient(self, name: str) -> GradientOf | None:
        """What it differentiates; None where it is no backward."""

    def uses(self, name: str) -> frozenset[str]:
        """The earlier exercises that its reference uses, directly or through others."""

    def mixed(self, name: str, own: Mapping[str, Function]) -> Function:
        """The reference with other functions in place of earlier exercises."""


@dataclass(frozen=True)
class PlainReferences:
    """References that are functions, each beside the others. mistakes: (exercise, known answer)."""

    functions: Mapping[str, Function]
    mistakes: Sequence[tuple[str, KnownAnswer]] = ()
    gradients: Mapping[str, GradientOf] = field(default_factory=dict)
    derived: dict[str, Sequence[Alternative]] = field(default_factory=dict, compare=False)

    def right(self, name: str) -> Function:
        return self.functions[name]

    def known(self, name: str) -> Sequence[KnownAnswer]:
        return [answer for exercise, answer in self.mistakes if exercise == name]

    def alternatives(self, name: str) -> Sequence[Alternative]:
        if name not in self.derived:
            self.derived[name] = alternatives_of([self.functions[name]])
        return self.derived[name]

    def gradient(self, name: str) -> GradientOf | None:
        return self.gradients.get(name)

    def uses(self, name: str) -> frozenset[str]:
        return used_names(self.functions[name]) & self.functions.keys()

    def mixed(self, name: str, own: Mapping[str, Function]) -> Function:
        made: Function = rebound(self.functions[name], own)
        return made
