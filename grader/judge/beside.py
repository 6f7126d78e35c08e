"""Whether an answer that fails waits for a person, because of the earlier work that it uses.

It does where it is right beside that work: under a shield, or because the reference, run over the student's own
earlier functions, fails alike. It does, too, where earlier work has not passed and neither of them can tell. An answer
that waits earns nothing until a person has looked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from grader.calling import Outcome
from grader.finding import Code, Finding
from grader.judge.compare import Mismatch, compare
from grader.judge.earlier import Carried, Leaning, alike, kind_of, may_follow, unwritten
from grader.judge.oracle import Expectation, Oracle
from grader.judge.tensors import matches
from grader.judge.words.values import Values
from grader.judge.words.word import Call
from grader.text import Quoted, joined, say
from grader.verdict import Cause
from grader.wire import WireError, encode

#: What is told after what to mend.
_TOLD = {
    Code.CARRIED: say("With what that gives now, this one is right; handed in so, it waits for your instructor."),
    Code.BESIDE: say("Apart from that this one is right; handed in so, it waits for your instructor."),
    Code.LEANS: say("Until then this one cannot be judged; handed in so, it waits for your instructor."),
    Code.BLOCKED: say("Until then this one cannot be judged; handed in so, it waits for your instructor."),
}


@dataclass(frozen=True)
class Waiting:
    """What is told of an answer that waits, and for which earlier work."""

    finding: Finding
    because: tuple[Cause, ...]


@dataclass(frozen=True)
class Beside:
    """Looks at answers that fail, beside the earlier work that they lean on."""

    oracle: Oracle
    leans: Leaning

    def why(self, call: Call, args: tuple[Any, ...], outcome: Outcome, expected: Expectation | None) -> Waiting | None:
        """Why it waits; None where it fails. expected: None where many answers are right."""
        if not self.leans.used:
            return self._by_value(call, outcome, expected)
        failure = outcome.failure
        if failure is not None and failure.cause == "not_written":
            return self._waits(Code.BLOCKED) if unwritten(failure, self.leans.used) else None
        if expected is None:
            return self._open(call, args, outcome)
        if expected.problem:
            return None
        shielded = self._shielded(call, args, outcome)
        if shielded.failure is None and mismatched(shielded.value, expected, _names(call)) is None:
            return self._waits(Code.BESIDE)
        carried = expected.carried() if expected.carried is not None else Carried(certain=False)
        if any(_fits(one, carried, expected, _names(call)) for one in (shielded, outcome)):
            return self._waits(Code.CARRIED if failure is None else Code.BLOCKED)
        certain = carried.certain and carried.over.issuperset(self.leans.wrong)
        if self.leans.wrong and not certain and may_follow(outcome, self.leans.failures):
            return self._waits(Code.LEANS if failure is None else Code.BLOCKED)
        return None

    def raises_by_it(self, call: Call, args: tuple[Any, ...], outcome: Outcome) -> bool:
        """Whether an answer that raises, and is wrong besides, raises because of what odd earlier work gives."""
        return bool(self.leans.odd) and self._shielded(call, args, outcome).failure is None

    def differs_by_it(self, call: Call, args: tuple[Any, ...], outcome: Outcome) -> bool:
        """Whether odd earlier work is why an answer is what it is: under a shield another one comes."""
        if not self.leans.odd:
            return False
        again = self._shielded(call, args, outcome)
        return again.failure is not None or not same(again.value, outcome.value)

    def _by_value(self, call: Call, outcome: Outcome, expected: Expectation | None) -> Waiting | None:
        """The source shows no use of earlier work; that the very value is the reference's over it does."""
        if outcome.failure is not None or expected is None or expected.carried is None:
            return None
        carried = expected.carried()
        return self._waits(Code.CARRIED, carried.over) if _fits(outcome, carried, expected, _names(call)) else None

    def _open(self, call: Call, args: tuple[Any, ...], outcome: Outcome) -> Waiting | None:
        """Where many answers are right, no reference can tell: that it gives one under a shield, or may fail so."""
        if self.leans.wrong and may_follow(outcome, self.leans.failures):
            return self._waits(Code.BLOCKED)
        return self._waits(Code.BLOCKED) if self.raises_by_it(call, args, outcome) else None

    def _shielded(self, call: Call, args: tuple[Any, ...], outcome: Outcome) -> Outcome:
        """The same call under a shield; what ran too long or died is not asked again."""
        ended = outcome.failure is not None and outcome.failure.cause in ("timeout", "died")
        return outcome if ended else self.oracle.call(call.fn, args, self.leans.forms)

    def _waits(self, code: Code, over: Collection[str] = ()) -> Waiting:
        return waiting(code, self.leans, over)


def waiting(code: Code, leans: Leaning, over: Collection[str] = ()) -> Waiting:
    """An answer that waits because of what it leans on, or because of what its reference is ``over``."""
    mend = leans.blamed if leans.used else say("It uses earlier work that is not right: mend that first.")
    return Waiting(Finding(code, joined([mend, _TOLD[code]])), leans.causes(over))


def same(a: Any, b: Any) -> bool:
    """Whether two values are the same message, or the same numbers."""
    try:
        alike_in_bits = encode(a) == encode(b)
    except WireError:
        alike_in_bits = False
    return alike_in_bits or matches(a, b)


def mismatched(value: Any, expected: Expectation, names: tuple[str, ...]) -> Mismatch | None:
    """Compare; an answer so odd that comparing it raises is a wrong answer, not a crash of the judge."""
    try:
        return compare(value, expected.want, list(expected.bands), names)
    except (TypeError, ValueError, OverflowError) as error:
        told = say("The answer cannot be compared with the expected one: {error}.", error=Quoted(error))
        return Mismatch(Code.TYPE, told)


def _fits(outcome: Outcome, carried: Carried, expected: Expectation, names: tuple[str, ...]) -> bool:
    """Whether an answer fails as the reference does over the student's own earlier functions."""
    if outcome.failure is not None:
        return bool(carried.raised) and alike(kind_of(outcome.failure), carried.raised)
    if carried.raised or not carried.certain:
        return False
    try:
        return mismatched(outcome.value, replace(expected, want=carried.value), names) is None
    except Exception:  # what an earlier function gives may be no value to compare with
        return False


def _names(call: Call) -> tuple[str, ...]:
    return call.names if isinstance(call, Values) else ()
