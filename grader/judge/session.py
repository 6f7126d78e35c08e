"""One run of the checks: each call judged as it comes, and the verdict that they make.

The same session judges in a student's notebook and in grading. What differs is the `Oracle`: there,
recorded values; here, the live reference and a worker.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.calling import Failure, Outcome
from grader.finding import NOTHING, Code, Finding
from grader.judge.beside import Beside, Waiting, mismatched, same, waiting
from grader.judge.compare import Mismatch, remarks
from grader.judge.comparison import compared
from grader.judge.consistency import Judged, consistent
from grader.judge.earlier import NOTHING_LEANT_ON, Earlier, Leaning, Trouble, earlier_of, kind_of, met
from grader.judge.explain import Case, diagnose, the_only
from grader.judge.lines import Lines
from grader.judge.oracle import Expectation, Oracle
from grader.judge.parts import merge, overall, telling
from grader.judge.sharpen import sharpened
from grader.judge.tensors import tensors, with_last
from grader.judge.withheld import of_parts
from grader.judge.words.values import Values
from grader.judge.words.word import Call
from grader.shield import Form, form_of
from grader.text import NO_TEXT, Ratio, Text, joined, raw, say
from grader.verdict import Cause, Comparison, Part, Status, Verdict, as_score

#: What changing an input in place costs: a share of the check. The student's process reports it, so that it
#: could be hidden; it is therefore never more.
IN_PLACE_SHARE = 0.1
IN_PLACE = say("Your function changes its inputs in place: copy them before you write to them.")

_STATUS_OF_CAUSE: dict[str, Status] = {
    "raised": "error",
    "undefined": "error",
    "died": "error",
    "unreadable": "failed",
    "not_written": "not_attempted",
    "timeout": "timeout",
}
#: Where nothing is wrong, or nothing is there yet, earlier work is not spoken of.
_NOTHING_TOLD: tuple[Status, ...] = ("passed", "not_attempted", "not_judged")


class Session(Lines):
    """Judges each call of a check as it comes; `verdict` closes the check."""

    def __init__(self, oracle: Oracle, judged: dict[str, Earlier] | None = None) -> None:
        """judged: what later work should know of each exercise whose check has run; kept there."""
        super().__init__()
        self.oracle = oracle
        self.verdicts: dict[str, Verdict] = {}
        self.judged = {} if judged is None else judged
        self._seen: dict[str, dict[str, Earlier]] = {}
        self.begin("", 0.0)

    def begin(
        self,
        name: str,
        points: float,
        seed: int | None = None,
        *,
        draw: int = 0,
        banned: Text = NO_TEXT,
        hints: Sequence[Text] = (),
        exercise: str = "",
        leans: Leaning = NOTHING_LEANT_ON,
        notes: Sequence[Text] = (),
        named: Mapping[str, Text] | None = None,
        unwritten: Text = NO_TEXT,
        cells: Sequence[str] = (),
    ) -> None:
        """Open a check. draw: which of the seed's draws of inputs; banned: why the answer's own source rules it out;
        exercise: what is judged; leans: the earlier work that it uses and that is not all right; notes: sentences that
        are always told; named: the sentences of the exercise's known mistakes, by their names; unwritten: why an answer
        that is there counts as not written; cells: the sources that have run."""
        self.start(seed, draw)
        self._name, self._points, self._seed, self._exercise = name, points, seed, exercise
        self._banned, self._hints, self._leans, self._told = banned, tuple(hints), leans, tuple(notes)
        self._named, self._unwritten, self._cells = named or {}, unwritten, cells
        self._met: list[tuple[Trouble, Text]] = [(Trouble.NONE, NO_TEXT)]
        self._form: Form = ""
        self._kinds: set[str] = set()
        self._because: dict[Cause, None] = {}
        self._by_earlier = False
        self._parts: list[Part] = []
        self._compared: list[Judged] = []
        self._failures: dict[int, Failure] = {}
        self._mutated = False
        self._needed: dict[str, str] = {}
        self._before: dict[str, list[tuple[tuple[Any, ...], Any]]] = {}
        self._started = time.perf_counter()

    def take(self, call: Call) -> None:
        call.judge(self)

    def verdict(self) -> Verdict:
        """Close the check: the one verdict that its parts make."""
        parts = merge(of_parts(self._looked_at_together(), self._failures, self._cells), self._needed)
        counting = [part for part in parts if part.hidden] or parts
        total = sum(part.weight for part in counting)
        gained = sum(part.weight for part in counting if part.status == "passed")
        kept = 1 - IN_PLACE_SHARE if self._mutated else 1.0
        score = as_score(self._points * kept * gained / total, self._points) if total else 0.0
        status = overall([part.status for part in counting], score)
        worst = telling(parts, status)
        if status == "passed" and self._mutated:
            status, worst = "partial", replace(parts[0], finding=Finding(Code.IN_PLACE, IN_PLACE))
        made = Verdict(
            self._name,
            self._points,
            score,
            status,
            replace(worst.finding, detail=()) if worst else NOTHING,
            tuple(parts),
            self._seed,
            time.perf_counter() - self._started,
            () if status == "passed" else self._hints,
            tuple(self._because),
        )
        self.verdicts[self._name] = made
        trouble, told = min(self._met, key=lambda one: one[0].rank)
        through = self._leans.causes() if self._leans.odd else ()
        seen = earlier_of(self._exercise, made, trouble, told, self._form, self._kinds, through)
        self._seen.setdefault(self._exercise, {})[self._name] = seen
        self.judged[self._exercise] = min(self._seen[self._exercise].values(), key=lambda one: one.trouble.rank)
        return made

    # What a word may ask: `grader.judge.words.word.Judge`.

    @property
    def grades(self) -> bool:
        return self._seed is not None

    def ask(self, fn: Any, args: tuple[Any, ...]) -> Outcome:
        outcome = self.oracle.call(fn, args)
        if outcome.mutated and (forms := self._leans.forms):
            own = self.oracle.call(fn, args, forms).mutated
            self._by_earlier = self._by_earlier or own != outcome.mutated
            return replace(outcome, mutated=own)
        return outcome

    def compare(self, call: Values, outcome: Outcome) -> None:
        if outcome.failure is not None:
            self.broke(call, outcome, call.args)
            return
        expected = self.oracle.expect(self._name, call.index, call.fn, call.args, call.kink)
        if expected.problem:
            self._add(call, outcome, "not_judged", Finding(Code.NO_REFERENCE, expected.problem))
            return
        expected = _at_kink(outcome.value, expected)
        mismatch = mismatched(outcome.value, expected, call.names)
        before = self._before.setdefault(call.subject, [])
        before.append((call.args, expected.want))
        if call.subject == self._exercise:
            self._form = form_of(expected.want)
        judged = Judged(len(self._parts), outcome.value, expected, call.args, call.names, subject=call.subject)
        self._compared.append(judged)
        told = remarks(outcome.value, expected.want, expected.bands, call.names) if mismatch is None else []
        self._met.append(met(outcome, expected.want, bool(told)))
        if mismatch is None:
            self._add(call, outcome, "passed", NOTHING, told)
        elif call.rule.near and mismatched(outcome.value, _widened(expected, call.rule.near), call.names) is None:
            near = say(
                "Off by {error:.1g} of the largest entry, which is accepted here.", error=Ratio(mismatch.error, 1)
            )
            self._add(call, outcome, "passed", Finding(Code.NEAR), [near])
        elif waits := Beside(self.oracle, self._leans).why(call, call.args, outcome, expected):
            self._wait(call, outcome, waits)
        elif self._leans.wrong:  # it does not fit the earlier work either
            neither = say("With what it gives now, this one is not right either.")
            leant = Finding(Code.LEANS, joined([self._leans.text, neither]))
            self._add(call, outcome, "failed", leant, comparison=compared(mismatch))
        elif isinstance(outcome.value, str) and (known := self.named(outcome.value)) is not None:
            self._compared.pop()  # an adapter says which it is, and gives no numbers that could tell of another
            self._add(call, outcome, "failed", known)
        else:
            why = self._why(call, outcome, expected, mismatch, before[:-1])
            self._add(call, outcome, "failed", why, comparison=compared(mismatch))

    def _why(
        self,
        call: Values,
        outcome: Outcome,
        expected: Expectation,
        mismatch: Mismatch,
        before: Sequence[tuple[tuple[Any, ...], Any]],
    ) -> Finding:
        """What is wrong with the answer of one call."""
        changes = self._changes(call.fn, call.args, outcome)
        case = _case(call, outcome.value, expected, mismatch, changes, before)
        self._compared[-1] = replace(self._compared[-1], case=case)
        return diagnose(case)

    def _looked_at_together(self) -> list[Part]:
        """The parts, one a call, after what all calls of a part have in common was found."""
        return sharpened(consistent(self._parts, self._compared), self._compared, self._needed)

    def named(self, name: str) -> Finding | None:
        told = self._named.get(name)
        return None if told is None else Finding(Code.MISTAKE, told, mistake=name)

    def mismatch(self, call: Call, args: tuple[Any, ...], value: Any) -> Mismatch | None:
        expected = self.oracle.expect(self._name, call.index, call.fn, args, None)
        return None if expected.problem else mismatched(value, expected, ())

    def fitting(self, call: Call, args: tuple[Any, ...], value: Any) -> Finding | None:
        return the_only(self.oracle.fitting(self._name, call.index, call.fn, args, value))

    def passed(self, call: Call, outcome: Outcome, finding: Finding = NOTHING) -> None:
        self._met.append(met(outcome, None, False))
        self._add(call, outcome, "passed", finding)

    def failed(self, call: Call, outcome: Outcome, finding: Finding, args: tuple[Any, ...]) -> None:
        """A wrong answer of many right ones; it may be right beside earlier work that is not all right."""
        beside = Beside(self.oracle, self._leans)
        if self._leans.wrong or beside.differs_by_it(call, args, outcome):
            self._wait(call, outcome, waiting(Code.LEANS, self._leans))
        else:
            self._add(call, outcome, "failed", finding)

    def broke(self, call: Call, outcome: Outcome, args: tuple[Any, ...]) -> None:
        failure = outcome.failure
        assert failure is not None
        self._kinds.add(kind_of(failure))
        expected = None
        if isinstance(call, Values) and self._leans.used:
            expected = self.oracle.expect(self._name, call.index, call.fn, args, call.kink)
        beside = Beside(self.oracle, self._leans)
        if waits := beside.why(call, args, outcome, expected):
            self._wait(call, outcome, waits)
            return
        self._failures[len(self._parts)] = failure
        if failure.cause == "not_written":
            below = Finding(Code.NOT_WRITTEN, self._unwritten)
            seen = below if self._unwritten else Finding(Code.NOT_ATTEMPTED, failure.text)
            self._add(call, outcome, "not_attempted", seen)
            return
        named = failure.name if failure.cause == "raised" else ""
        told = joined([raw(named), failure.text], between=": ")
        seen = Finding(Code(failure.cause), told, tuple(line.text for line in failure.lines))
        notes = [self._leans.blamed] if beside.raises_by_it(call, args, outcome) else []
        self._add(call, outcome, _STATUS_OF_CAUSE[failure.cause], seen, notes)

    def _wait(self, call: Call, outcome: Outcome, waits: Waiting) -> None:
        self._because |= dict.fromkeys(waits.because)
        lines = tuple(line.text for line in outcome.failure.lines) if outcome.failure is not None else ()
        self._add(call, outcome, "not_judged", replace(waits.finding, detail=lines))

    def _changes(self, fn: Any, args: tuple[Any, ...], outcome: Outcome) -> bool:
        """Whether another call with the same inputs gives another answer."""
        again = self.oracle.call(fn, args)
        return again.failure is None and not same(again.value, outcome.value)

    def _add(
        self,
        call: Call,
        outcome: Outcome,
        status: Status,
        finding: Finding,
        notes: Sequence[Text] = (),
        comparison: Comparison | None = None,
    ) -> None:
        rule = call.rule
        if self._banned and status != "not_attempted":  # what is not written breaks no rule yet
            status, finding = "failed", Finding(Code.BANNED, self._banned)
        told = [*(note.text for note in outcome.notes), *notes, *self._told]
        if status == "passed" and self._met[-1][0] is Trouble.FORM:
            told.append(say("Later work that uses it may fail by that: it expects a plain array."))
        if self._leans.wrong and status not in _NOTHING_TOLD and finding.code is not Code.LEANS:
            told.append(self._leans.text)
        if self._by_earlier and status == "passed":
            told.append(say("Not it, but earlier work of yours that it uses changes its inputs in place."))
        if outcome.mutated:
            self._mutated = True
            told.append(joined([IN_PLACE, say("That costs {share:.0%} of this check.", share=IN_PLACE_SHARE)]))
        if rule.if_passed:
            self._needed[rule.part] = rule.if_passed
        unique = tuple(dict.fromkeys(told))
        self._parts.append(Part(rule.part, rule.weight, status, finding, call.hidden, unique, comparison))


def _case(
    call: Values,
    value: Any,
    expected: Expectation,
    mismatch: Mismatch,
    changes: bool,
    earlier: Sequence[tuple[tuple[Any, ...], Any]],
) -> Case:
    return Case(
        value,
        expected.want,
        mismatch,
        expected.mistakes(),
        expected.bands,
        call.names,
        call.args,
        expected.arguments,
        changes,
        earlier,
    )


def _widened(expected: Expectation, near: float) -> Expectation:
    """The same with every band at least ``near`` wide."""
    count = len(list(tensors(expected.want)))
    bands = [*expected.bands, *[0.0] * (count - len(expected.bands))]
    return replace(expected, bands=[max(band, near) for band in bands])


def _at_kink(value: Any, expected: Expectation) -> Expectation:
    """At a kink a value between the two slopes is what is expected itself; of another, the reference's."""
    if not expected.between:
        return expected
    try:
        mine = [leaf for _, leaf in tensors(value)][-len(expected.between) :]
        pairs = list(zip(mine, expected.between, strict=True))
        if any(leaf.shape != np.shape(low) or not np.isfinite(leaf).all() for leaf, (low, _) in pairs):
            return expected
        right = [leaf for _, leaf in tensors(expected.want)][-len(pairs) :]
        taken = [
            np.where((low <= leaf) & (leaf <= high), leaf, other)
            for (leaf, (low, high)), other in zip(pairs, right, strict=True)
        ]
    except (TypeError, ValueError):
        return expected
    return replace(expected, want=with_last(expected.want, taken))
