"""What a word of a check is: one class, whose instances are the calls that a check makes with it.

`check.values(softmax, logits)` makes a `Values`. Whoever runs the check takes the call and does one thing with it:
plans what is right, judges, records, traces. A word says for each of them what that means; one that leaves anything
of it open can make no call, and no chapter that uses it is built.
"""

from __future__ import annotations

import ast
import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

import numpy as np

from grader.calling import Outcome
from grader.finding import NOTHING, Finding
from grader.judge.compare import Mismatch


@dataclass(frozen=True)
class Rule:
    """How one call counts: its part, its weight there, the relative error that it forgives, and the part
    without which it pays nothing."""

    part: str
    weight: float = 1.0
    near: float = 0.0
    if_passed: str = ""


@dataclass(frozen=True)
class Place:
    """Where a call stands: the ``index``-th of its check, in visible or hidden lines. rng: of fresh inputs, None in
    a notebook."""

    index: int
    hidden: bool
    rng: np.random.Generator | None = None


@dataclass(frozen=True)
class Line:
    """A call as its author wrote it, for `Call.lint`. subject: the first argument's name; role: what the chapter's
    cell of that name is, "" for none; options: what that cell declares; fresh: whether it uses drawn inputs."""

    subject: str
    role: str
    options: Mapping[str, object]
    node: ast.Call
    hidden: bool
    fresh: bool


@dataclass(frozen=True)
class Traced:
    """One call of the student's function that a line of a check makes. open_ended: many answers are right."""

    part: str
    hidden: bool
    name: str
    args: tuple[Any, ...]
    open_ended: bool


@dataclass(frozen=True, kw_only=True)
class Call(ABC):
    """One call of a check: ``fn(*args)``.

    word: how a check says it; default_part: where no ``part=`` stands; usage, meaning: a row of the author's table.
    """

    word: ClassVar[str]
    default_part: ClassVar[str]
    usage: ClassVar[str]
    meaning: ClassVar[str]

    place: Place
    fn: Any
    args: tuple[Any, ...]
    rule: Rule

    @classmethod
    @abstractmethod
    def made(cls, place: Place, fn: Any, *args: Any, **options: Any) -> Self:
        """The call that ``check.word(fn, *args, ...)`` makes. Inputs of its own are drawn here."""

    @classmethod
    @abstractmethod
    def lint(cls, line: Line) -> Iterator[str]:
        """What is wrong with a line of the author's, each in one sentence that says what to do."""

    @abstractmethod
    def plan(self, planner: Planner) -> None:
        """Work out what is right on these inputs, before the student is asked."""

    @abstractmethod
    def judge(self, judge: Judge) -> None:
        """Ask the student's function, and add a part to the session."""

    @abstractmethod
    def record(self, recorder: Recorder) -> None:
        """Keep what a notebook needs to judge this call offline; nothing, where it needs nothing."""

    @abstractmethod
    def trace(self) -> Iterator[Traced]:
        """The calls of the student's function that `judge` makes, in order."""

    @property
    def index(self) -> int:
        return self.place.index

    @property
    def hidden(self) -> bool:
        return self.place.hidden

    @property
    def subject(self) -> str:
        """The name of what is called."""
        return name_of(self.fn)

    def traced(self, *args: Any, open_ended: bool = False) -> Traced:
        return Traced(self.rule.part, self.hidden, self.subject, args, open_ended)


class Planner(Protocol):
    """Works out what is right before the student is asked: `grader.judge.live.Plan`."""

    def expect(self, call: Any) -> None:
        """Keep what the reference gives for a call with one right answer."""


class Judge(Protocol):
    """Judges as the calls come: `grader.judge.session.Session`."""

    @property
    def grades(self) -> bool:
        """Whether this is grading, where hidden lines count; else a notebook."""

    def ask(self, fn: Any, args: tuple[Any, ...]) -> Outcome:
        """The student's function on these arguments."""

    def compare(self, call: Any, outcome: Outcome) -> None:
        """Add a part: the outcome against the one right answer."""

    def mismatch(self, call: Call, args: tuple[Any, ...], value: Any) -> Mismatch | None:
        """How a value differs from the reference's; None where it does not, or where no reference is known."""

    def named(self, name: str) -> Finding | None:
        """The known mistake of the check's exercise that has this name: scores and adapters may refer to it so."""

    def fitting(self, call: Call, args: tuple[Any, ...], value: Any) -> Finding | None:
        """The one known mistake that gives this value, where many answers are right."""

    def passed(self, call: Call, outcome: Outcome, finding: Finding = NOTHING) -> None:
        """Add a part that is right."""

    def failed(self, call: Call, outcome: Outcome, finding: Finding, args: tuple[Any, ...]) -> None:
        """Add a part that is wrong: what came for these arguments."""

    def broke(self, call: Call, outcome: Outcome, args: tuple[Any, ...]) -> None:
        """Add a part whose call, with these arguments, gave no value."""


class Recorder(Protocol):
    """Keeps what a notebook needs: `grader.judge.recording.Recording`."""

    def judge(self, call: Call) -> None:
        """Judge the reference itself, and keep what was expected of it."""

    def keep_fitting(self, call: Call, args: tuple[Any, ...]) -> None:
        """Keep what the known mistakes give, where many answers are right."""


def name_of(function: Any) -> str:
    """The name of an exercise; "" for what has none of its own, as ``functools.partial``."""
    return str(getattr(function, "__name__", ""))


def unfinished(word: type[Call]) -> list[str]:
    """What a word still leaves open, by name; empty for a whole one."""
    lacking = [name for name in ("word", "default_part", "usage", "meaning") if not hasattr(word, name)]
    return lacking + sorted(getattr(word, "__abstractmethods__", ()))


def needs_reference(line: Line) -> Iterator[str]:
    """What compares with the one right answer is called with an exercise or an adapter."""
    if line.role not in ("exercise", "adapter"):
        yield f"{line.subject!r} is no exercise and no adapter, so there is no reference to compare with"


def needs_fresh_inputs(line: Line) -> Iterator[str]:
    """Public inputs alone earn nothing: a lookup table would answer them."""
    if line.hidden and not line.fresh:
        yield "this hidden line judges on public inputs alone, which a lookup table answers: draw them with check.rng"


def signature_of(word: type[Call]) -> inspect.Signature:
    """What an author may write after ``check.word``."""
    signature = inspect.signature(word.made)
    return signature.replace(parameters=list(signature.parameters.values())[1:], return_annotation=None)
