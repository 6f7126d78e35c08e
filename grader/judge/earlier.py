"""Earlier work that is not all right, and whether it is what a later answer fails by.

One rule for every kind of failure. A later answer that fails waits for a person where it is right beside its earlier
work: under a shield that keeps earlier functions from their inputs and turns what they give into plain arrays, or
where the reference, run over the student's own earlier functions, fails alike. It waits, too, where these cannot tell.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grader.calling import Failure, Outcome
from grader.said import Said, Saying
from grader.shield import Form, form_of
from grader.syntax.names import outside
from grader.syntax.notebook import reached, read
from grader.text import NO_TEXT, Names, Text, joined, say, say_counted
from grader.verdict import Cause, Verdict


class Trouble(StrEnum):
    """What later work meets in an exercise."""

    NONE = ""
    #: Its check has not passed.
    WRONG = "wrong"
    #: It waits for a person because of yet earlier work.
    WAITS = "waits"
    #: Its values are right, and it writes into its inputs.
    IN_PLACE = "in_place"
    #: Its values are right, and are no plain arrays.
    FORM = "no_plain_array"
    #: Its values are right, within a smaller type's precision.
    PRECISION = "another_type"

    @property
    def rank(self) -> int:
        """The lower, the sooner later work is to know of it."""
        return list(Trouble).index(self) if self else len(Trouble)


@dataclass(frozen=True)
class Earlier:
    """What later work should know of an exercise whose check has run.

    form: of its right values; told: "which gives a list ..."; failures: the kinds in which its calls failed; causes:
    the exercise itself, or the earlier ones that it fails by.
    """

    trouble: Trouble
    form: Form = ""
    told: Text = NO_TEXT
    failures: frozenset[str] = frozenset()
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True)
class Carried:
    """What a reference gives over the student's own earlier functions: a value, or the kind of error that ends it.

    over: the earlier exercises; certain: False where this tells nothing of another way to use them.
    """

    value: Any = None
    raised: str = ""
    over: frozenset[str] = frozenset()
    certain: bool = True


@dataclass(frozen=True)
class Leaning:
    """used: what an exercise's source uses of earlier work that is not all right; earlier: all that was judged."""

    used: Mapping[str, Earlier]
    earlier: Mapping[str, Earlier]

    @property
    def forms(self) -> dict[str, Form]:
        """Of all earlier right values, for a shield."""
        return {name: one.form for name, one in self.earlier.items()}

    @property
    def wrong(self) -> list[str]:
        """The exercises whose checks have not passed: wrong ones, and those that wait because of others."""
        return self._in(Trouble.WRONG, Trouble.WAITS)

    @property
    def odd(self) -> list[str]:
        """Those whose values are right and that later work may fail by all the same."""
        return self._in(Trouble.IN_PLACE, Trouble.FORM)

    @property
    def blamed(self) -> Text:
        """What to mend first."""
        names = self._to_mend
        odd = [
            say("It uses `{name}`, which {does}: mend it first.", name=name, does=told)
            for name in names
            if (told := self.used[name].told)
        ]
        return joined(odd or [_not_passed(names)])

    @property
    def text(self) -> Text:
        """What to mend first, where something has not passed; else none."""
        return self.blamed if self.wrong else NO_TEXT

    def causes(self, over: Collection[str] = ()) -> tuple[Cause, ...]:
        """Why it waits: by what its source uses, else by the exercises ``over`` which its reference is."""
        names = self._to_mend or [name for name in self.earlier if name in over]
        return tuple(dict.fromkeys(cause for name in names for cause in self.earlier[name].causes))

    @property
    def failures(self) -> set[str]:
        return {kind for one in self.used.values() for kind in one.failures}

    @property
    def _to_mend(self) -> list[str]:
        """The roots: wrong exercises; else odd ones that are odd of themselves; else whatever is used."""
        roots = [name for name in self.odd if any(cause.exercise == name for cause in self.used[name].causes)]
        return self._in(Trouble.WRONG) or roots or self.odd or self.wrong or list(self.used)

    def _in(self, *troubles: Trouble) -> list[str]:
        return [name for name, one in self.used.items() if one.trouble in troubles]


NOTHING_LEANT_ON = Leaning({}, {})


def leaning(cells: Sequence[str], exercise: str, earlier: Mapping[str, Earlier]) -> Leaning:
    """What an exercise's source uses of earlier exercises that are not all right."""
    others = {name: one for name, one in earlier.items() if name != exercise}
    troubled = {name for name, one in others.items() if one.trouble is not Trouble.NONE}
    named: set[str] = set()
    for meaning in reached(read(tuple(cells)), exercise, set()) if troubled else ():
        named |= outside(meaning) & troubled
    return Leaning({name: one for name, one in others.items() if name in named}, others)


def earlier_of(
    exercise: str,
    verdict: Verdict,
    trouble: Trouble = Trouble.NONE,
    told: Text = NO_TEXT,
    form: Form = "",
    kinds: Collection[str] = (),
    through: tuple[Cause, ...] = (),
) -> Earlier:
    """What a verdict says to later work. trouble, told: seen in answers that are right; kinds: of failed calls;
    through: the earlier work that may be why they are odd."""
    if verdict.because and all(part.status in ("passed", "not_judged") for part in verdict.parts):
        return Earlier(Trouble.WAITS, form, NO_TEXT, frozenset(kinds), verdict.because)
    if not verdict.trusted:
        own = Cause(exercise, verdict.finding.name)
        return Earlier(Trouble.WRONG, form, NO_TEXT, frozenset(kinds), (own,))
    return Earlier(trouble, form, told, frozenset(kinds), through or (Cause(exercise, trouble.value),))


def met(outcome: Outcome, want: Any, remarked: bool) -> tuple[Trouble, Text]:
    """What later work meets in a right answer, and how it is told. remarked: whether its form or type was."""
    if outcome.mutated:
        return Trouble.IN_PLACE, say("changes its inputs in place")
    for note in outcome.notes:
        if note.saying is Saying.READ_ONLY:
            return Trouble.FORM, say("gives an array that cannot be written to")
        if note.saying is Saying.READ_OBJECTS:
            return Trouble.FORM, say("gives an array of objects, no numbers")
        if note.saying in (Saying.READ_ARRAY, Saying.READ_TENSOR):
            kind = note.places[0] if note.places else "Tensor"
            return Trouble.FORM, say("gives a {kind} where an array belongs", kind=kind)
    if kind := _listed(outcome.value, form_of(want)):
        return Trouble.FORM, say("gives a {kind} where an array belongs", kind=kind)
    return (Trouble.PRECISION, say("gives numbers of another type")) if remarked else (Trouble.NONE, NO_TEXT)


def kind_of(failure: Failure) -> str:
    """The kind of error of a call that gave no value."""
    return {"undefined": "NameError", "not_written": "NotImplementedError"}.get(
        failure.cause, failure.name if failure.cause == "raised" else failure.cause
    )


def unwritten(failure: Failure, names: Collection[str]) -> bool:
    """Whether a call failed by one of these exercises, which is not written."""
    if not isinstance(failure.told, Said) or failure.cause != "not_written":
        return False
    if failure.told.saying is Saying.CALLS_UNWRITTEN:
        return failure.told.places[1] in names
    return failure.told.saying is Saying.METHOD_UNWRITTEN and failure.told.places[0].split(".")[0] in names


#: Errors by a value of another kind or shape: which of them comes of it depends on how it is used.
_OF_KIND = frozenset(
    {
        "TypeError", "AttributeError", "ValueError", "IndexError", "KeyError", "AxisError", "LinAlgError",
        "UFuncTypeError", "_UFuncNoLoopError", "_UFuncBinaryResolutionError", "_UFuncOutputCastingError",
        "_UFuncInputCastingError", "InvalidArgumentError", "unreadable",
    }
)  # fmt: skip


def alike(a: str, b: str) -> bool:
    """Whether two kinds of errors may have one cause."""
    return a == b or {a, b} <= _OF_KIND


def may_follow(outcome: Outcome, failures: Collection[str]) -> bool:
    """Whether a failing answer may be the consequence of earlier work that fails in these ways, or gives another kind
    of value: a wrong value, or such an error."""
    if outcome.failure is None:
        return True
    kind = kind_of(outcome.failure)
    return kind in _OF_KIND or kind in failures


def _listed(value: Any, form: Form) -> str:
    """The name of the container that stands where an array belongs; "" for none."""
    if isinstance(form, list) and isinstance(value, tuple | list):
        return next(filter(None, (_listed(item, inner) for item, inner in zip(value, form, strict=False))), "")
    return type(value).__name__ if form == "array" and isinstance(value, list | tuple) else ""


def _not_passed(names: Sequence[str]) -> Text:
    if not names:
        return NO_TEXT
    return say_counted(
        "It uses {names}, whose check has not passed: mend it first.",
        "It uses {names}, whose checks have not passed: mend them first.",
        len(names),
        names=Names(tuple(f"`{name}`" for name in names)),
    )
