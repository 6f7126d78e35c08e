"""What a cell of a chapter is there for, and all that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class _Traits:
    meaning: str
    options: tuple[str, ...] = ()
    markdown: bool = False
    named: bool = True
    has_grade_id: bool = True
    answer: bool = False
    graded: bool = False
    locked: bool = False
    folded: bool = False
    needed: bool = False
    runs: bool = False


class Role(StrEnum):
    """A cell's role. Its value is the key that an author writes: ``# %% exercise="softmax"``."""

    TEXT = "text"
    CODE = "code"
    SETUP = "setup"
    GIVEN = "given"
    EXERCISE = "exercise"
    ADAPTER = "adapter"
    CHECK = "check"
    PROBE = "probe"
    FIGURE = "figure"
    HINTS = "hints"
    WRITTEN = "written"

    @property
    def meaning(self) -> str:
        """A row of the author's table."""
        return _TRAITS[self].meaning

    @property
    def cell_type(self) -> str:
        """nbformat's word for it."""
        return "markdown" if self.markdown else "code"

    @property
    def options(self) -> tuple[str, ...]:
        """The keys that may stand beside its name."""
        return _TRAITS[self].options

    @property
    def markdown(self) -> bool:
        """It is a text, else code."""
        return _TRAITS[self].markdown

    @property
    def named(self) -> bool:
        """Its author gives it a name."""
        return _TRAITS[self].named

    @property
    def has_grade_id(self) -> bool:
        """nbgrader knows it by a name, and it has an anchor."""
        return _TRAITS[self].has_grade_id

    @property
    def answer(self) -> bool:
        """The student writes it."""
        return _TRAITS[self].answer

    @property
    def graded(self) -> bool:
        """It has points."""
        return _TRAITS[self].graded

    @property
    def locked(self) -> bool:
        """Its text is the chapter's, whatever came back."""
        return _TRAITS[self].locked

    @property
    def folded(self) -> bool:
        """Its code is there for the judge: hidden until a reader opens it."""
        return _TRAITS[self].folded

    @property
    def needed(self) -> bool:
        """It is put back where it is missing."""
        return _TRAITS[self].needed

    @property
    def runs(self) -> bool:
        """The worker runs it as a cell."""
        return _TRAITS[self].runs


_GIVEN = _Traits(
    meaning="locked; run in the worker and, again, on the trusted side. No student code, no TensorFlow",
    options=("folded",),
    locked=True,
    needed=True,
    runs=True,
)
_TRAITS = {
    Role.TEXT: _Traits(meaning="Markdown, as it stands", markdown=True, named=False, has_grade_id=False),
    Role.CODE: _Traits(
        meaning="code of the text, which students may change", named=False, has_grade_id=False, runs=True
    ),
    Role.SETUP: _GIVEN,
    Role.GIVEN: _GIVEN,
    Role.EXERCISE: _Traits(
        meaning="what the student writes: a function of plain data, a class, or a builder of a Keras model",
        options=("same_as", "gradient_of", "wrt", "upstream", "bans", "uses"),
        answer=True,
        runs=True,
    ),
    Role.ADAPTER: _Traits(
        meaning="locked, folded; a function of plain data over an exercise that is none itself, which checks call in "
        "its place",
        options=("of", "same_as", "gradient_of", "wrt", "upstream"),
        locked=True,
        folded=True,
        needed=True,
        runs=True,
    ),
    Role.CHECK: _Traits(
        meaning="visible lines first, then hidden ones with the same parts. `of=` names another exercise",
        options=("points", "of"),
        graded=True,
    ),
    Role.PROBE: _Traits(
        meaning="locked, runs in the worker only: imports TensorFlow, turns a model into plain weights",
        options=("folded",),
        locked=True,
        needed=True,
        runs=True,
    ),
    Role.FIGURE: _Traits(
        meaning="locked; starts with `if check.needs(softmax):`", options=("folded",), locked=True, runs=True
    ),
    Role.HINTS: _Traits(
        meaning="Markdown: three hints, which do not stand in the release", markdown=True, has_grade_id=False
    ),
    Role.WRITTEN: _Traits(
        meaning="Markdown: an answer graded by hand, with the guide between the solution markers",
        options=("points",),
        markdown=True,
        answer=True,
        graded=True,
    ),
}

#: Roles that an author names by ``role="name"`` on a cell.
NAMED = tuple(role for role in Role if role.named)


@dataclass(frozen=True)
class Option:
    """What may stand beside a cell's name. usage, meaning: a row of the author's table."""

    usage: str
    meaning: str


#: Each option of a role, by its key.
OPTIONS = {
    "points": Option("points=2", "what the cell is worth"),
    "of": Option('of="Layer"', "the exercise that an adapter stands for, or that a check judges under another name"),
    "same_as": Option(
        'same_as="softmax"',
        "a Keras twin: the NumPy exercise or given function whose values are right, on equal arguments",
    ),
    "gradient_of": Option(
        'gradient_of="loss"',
        "what `check.gradients` may expect: the last tensors returned are the derivatives of the exercise or given "
        "function `loss`",
    ),
    "wrt": Option('wrt="W b"', "by which of its arguments, in the order of the tensors"),
    "upstream": Option('upstream="dout"', "the argument with the upstream gradient, where the forward is no scalar"),
    "bans": Option(
        'bans="scipy.special tensorflow"',
        "what the answer may not use, where its own source proves it. Calling the forward in a loop is differencing, "
        "and banned too",
    ),
    "folded": Option('folded="it judges"', "why its code is hidden until a reader opens it"),
    "uses": Option(
        'uses="GradientTape"',
        "of which names the answer must hold one: a Keras half that is the NumPy half again earns nothing",
    ),
}
