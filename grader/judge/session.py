"""One run of the checks: each call judged as it comes, and the verdict that they make.

The same session judges in a student's notebook and in grading. What differs is the `Oracle`: there,
recorded values; here, the live reference and a worker.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from grader.calling import Outcome
from grader.finding import NOTHING, Code, Finding, as_text, found
from grader.judge.calls import Call, Compared, Rule, Sampled, Scored, Trained, Words
from grader.judge.compare import Mismatch, compare, matches, remarks, tensors, with_last
from grader.judge.comparison import compared
from grader.judge.consistency import Judged, consistent
from grader.judge.explain import Case, KnownMistake, diagnose
from grader.judge.oracle import Expectation, Oracle
from grader.judge.parts import merge, overall, telling
from grader.judge.sample import judge_sample
from grader.judge.training import evaluated
from grader.text import NO_TEXT, Text, joined, say
from grader.verdict import Comparison, Part, Status, Verdict, as_score
from grader.wire import WireError, encode

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


class Session(Words):
    """Judges each call of a check as it comes; `verdict` closes the check."""

    def __init__(self, oracle: Oracle) -> None:
        super().__init__()
        self.oracle = oracle
        self.verdicts: dict[str, Verdict] = {}
        self.begin("", 0.0)

    def begin(
        self,
        name: str,
        points: float,
        seed: int | None = None,
        *,
        draw: int = 0,
        banned: Text = NO_TEXT,
        hints: Sequence[str] = (),
        leans: Text = NO_TEXT,
        outside: Text = NO_TEXT,
    ) -> None:
        """Open a check. draw: which of the seed's draws of inputs; banned: why the answer's own source rules it out;
        leans: a sentence on earlier work that the answer uses and that is not right, told where this is not either;
        outside: one on data that it uses beside its arguments, always told."""
        self.start(seed, draw)
        self._name, self._points, self._seed = name, points, seed
        self._banned, self._hints, self._leans, self._outside = banned, tuple(hints), leans, outside
        self._parts: list[Part] = []
        self._compared: list[Judged] = []
        self._mutated = False
        self._needed: dict[str, str] = {}
        self._earlier: dict[str, list[tuple[tuple[Any, ...], Any]]] = {}
        self._started = time.perf_counter()

    def take(self, call: Call) -> None:
        match call:
            case Compared():
                self._take_compared(call)
            case Scored():
                self._take_scored(call)
            case Sampled():
                self._take_sampled(call)
            case Trained():
                if self._seed is None or call.hidden:  # in grading only the hidden lines train
                    self._take_trained(call)
            case _:
                self.refuse(call)

    def verdict(self) -> Verdict:
        """Close the check: the one verdict that its parts make."""
        parts = merge(consistent(self._parts, self._compared), self._needed)
        counting = [part for part in parts if part.hidden] or parts
        total = sum(part.weight for part in counting)
        gained = sum(part.weight for part in counting if part.status == "passed")
        kept = 1 - IN_PLACE_SHARE if self._mutated else 1.0
        score = as_score(self._points * kept * gained / total, self._points) if total else 0.0
        status = overall([part.status for part in counting], score)
        worst = telling(parts, status)
        if status == "passed" and self._mutated:
            status, worst = "partial", replace(parts[0], finding=found("in_place", IN_PLACE))
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
        )
        self.verdicts[self._name] = made
        return made

    def _take_compared(self, call: Compared) -> None:
        fn, args, rule, names = call.fn, call.args, call.rule, call.names
        if call.after is not None:
            self.oracle.call(fn, args)
            self.oracle.call(fn, call.after)
        outcome = self.oracle.call(fn, args)
        if outcome.failure is not None:
            self._add(rule, outcome, *_failed(outcome))
            return
        expected = self.oracle.expect(self._name, call.index, fn, args, call.kink)
        if expected.problem:
            self._add(rule, outcome, "not_judged", found("no_reference", expected.problem))
            return
        expected = _at_kink(outcome.value, expected)
        mismatch = _compare(outcome.value, expected, names)
        earlier = self._earlier.setdefault(getattr(fn, "__name__", ""), [])
        earlier.append((args, expected.want))
        judged = Judged(len(self._parts), outcome.value, expected)
        self._compared.append(judged)
        if mismatch is None:
            self._add(rule, outcome, "passed", found("", ""), remarks(outcome.value, expected.want, names))
            return
        if rule.near and _compare(outcome.value, _widened(expected, rule.near), names) is None:
            off = say("Off by {off:.1g} of the largest entry, which is accepted here.", off=mismatch.error)
            self._add(rule, outcome, "passed", found("near", ""), [off])
            return
        if expected.carried is not None and _carries(outcome.value, expected, names):
            told = self._leans or say("It uses earlier work that is not right: mend that first.")
            self._add(
                rule,
                outcome,
                "not_judged",
                found(
                    "carried",
                    joined(
                        [
                            told,
                            say(
                                "With what that gives now, this one is right; handed in so, it waits for your "
                                "instructor."
                            ),
                        ]
                    ),
                ),
            )
            return
        if self._leans and expected.carried is not None:  # it does not fit the earlier work either
            told = joined([self._leans, say("With what it gives now, this one is not right either.")])
            self._add(rule, outcome, "failed", found("leans", told), comparison=compared(mismatch))
            return
        if self._leans:
            self._fail(rule, outcome, found("", ""))
            return
        case = Case(
            outcome.value,
            expected.want,
            mismatch,
            expected.mistakes(),
            expected.bands,
            names,
            args,
            expected.arguments,
            self._changes(fn, args, outcome),
            earlier[:-1],
        )
        self._compared[-1] = replace(judged, case=case)
        self._add(rule, outcome, "failed", diagnose(case), comparison=compared(mismatch))

    def _take_scored(self, call: Scored) -> None:
        fn, args, rule = call.fn, call.args, call.rule
        outcome = self.oracle.call(fn, args)
        if outcome.failure is not None:
            self._add(rule, outcome, *_failed(outcome))
            return
        reached, problem = evaluated(outcome.value, lambda: call.score(outcome.value))
        if not problem and reached >= call.at_least:
            self._add(rule, outcome, "passed", found("", ""))
            return
        known = self.oracle.fitting(self._name, call.index, fn, args, outcome.value)
        short = say(
            "What you return reaches {reached:.4g}; {wanted:.4g} is asked.", reached=reached, wanted=call.at_least
        )
        self._fail(rule, outcome, _only(known) or found("accuracy", problem or short))

    def _take_sampled(self, call: Sampled) -> None:
        fn, args, rule, seeds = call.fn, call.args, call.rule, call.seeds
        outcomes = [self.oracle.call(fn, (*args, seed)) for seed in (*seeds, seeds[0])]
        failing = next((outcome for outcome in outcomes if outcome.failure is not None), None)
        if failing is not None:
            self._add(rule, failing, *_failed(failing))
            return
        expected = self.oracle.expect(self._name, call.index, fn, (*args, seeds[0]), None)
        mismatch = _compare(outcomes[0].value, expected, ()) if not expected.problem else None
        if mismatch is not None and mismatch.kind not in ("value", "nan"):
            self._fail(rule, outcomes[0], found(mismatch.kind, mismatch.message))
            return
        odd = judge_sample([outcome.value for outcome in outcomes], call.mean, call.std, call.low, call.high)
        if odd is not None:
            known = self.oracle.fitting(self._name, call.index, fn, (*args, seeds[0]), outcomes[0].value)
            self._fail(rule, outcomes[0], _only(known) or odd)
            return
        self._add(rule, outcomes[0], "passed", found("", ""))

    def _take_trained(self, call: Trained) -> None:
        fn, rule = call.fn, call.rule
        best = -1.0
        for X, y, X_held, y_held, seed in call.tasks():
            outcome = self.oracle.call(fn, (X, y, seed))
            if outcome.failure is not None:
                self._add(rule, outcome, *_failed(outcome))
                return
            reached, problem = evaluated(outcome.value, partial(call.score, outcome.value, X_held, y_held))
            if problem:
                self._fail(rule, outcome, found("parameters", problem))
                return
            best = max(best, reached)
            if best >= call.at_least:
                self._add(rule, outcome, "passed", found("", say("{reached:.1%} on held rows.", reached=best)))
                return
        known = self.oracle.fitting(self._name, call.index, fn, (X, y, seed), outcome.value)
        guess = np.max(np.bincount(y_held)) / len(y_held)
        told = say(
            "The best of {tries} seeds reached {reached:.1%} on held rows; at least {wanted:.1%} is asked. Guessing "
            "the most frequent label reaches {guess:.1%}. Does the loss fall as it trains? Are there enough steps, "
            "and is each of a good size?",
            tries=call.tries,
            reached=best,
            wanted=call.at_least,
            guess=float(guess),
        )
        self._fail(rule, outcome, _only(known) or found("accuracy", told))

    def _fail(self, rule: Rule, outcome: Outcome, seen: Finding) -> None:
        """A wrong answer; one that uses wrong earlier work may be right beside it, and nobody can tell."""
        if self._leans:
            until = say("Until then this one cannot be judged; handed in so, it waits for your instructor.")
            told = joined([self._leans, until])
            self._add(rule, outcome, "not_judged", found("leans", told))
        else:
            self._add(rule, outcome, "failed", seen)

    def _changes(self, fn: Any, args: tuple[Any, ...], outcome: Outcome) -> bool:
        """Whether another call with the same inputs gives another answer."""
        again = self.oracle.call(fn, args)
        return again.failure is None and not (
            same_bits(again.value, outcome.value) or matches(again.value, outcome.value)
        )

    def _add(
        self,
        rule: Rule,
        outcome: Outcome,
        status: Status,
        seen: Finding,
        notes: Sequence[Text] = (),
        comparison: Comparison | None = None,
    ) -> None:
        if self._banned:
            status, seen = "failed", found("banned", self._banned)
        told: list[Text | str] = [
            *(note.text for note in outcome.notes),
            *notes,
            *([self._outside] if self._outside else []),
        ]
        if self._leans and status not in _NOTHING_TOLD and seen.code is not Code.LEANS:
            told.append(self._leans)
        if outcome.mutated:
            self._mutated = True
            told.append(joined([IN_PLACE, say("That costs {share:.0%} of this check.", share=IN_PLACE_SHARE)]))
        if rule.if_passed:
            self._needed[rule.part] = rule.if_passed
        self._parts.append(
            Part(
                rule.part,
                rule.weight,
                status,
                seen,
                self.hidden,
                tuple(dict.fromkeys(map(as_text, told))),
                comparison,
            )
        )


def _compare(value: Any, expected: Expectation, names: tuple[str, ...]) -> Mismatch | None:
    """Compare; an answer so odd that comparing it raises is a wrong answer, not a crash of the judge."""
    try:
        return compare(value, expected.want, list(expected.bands), names)
    except (TypeError, ValueError, OverflowError) as error:
        told = say("The answer cannot be compared with the expected one: {error}.", error=str(error))
        return Mismatch(Code.TYPE, told)


def _widened(expected: Expectation, near: float) -> Expectation:
    """The same with every band at least ``near`` wide."""
    count = len(list(tensors(expected.want)))
    bands = [*expected.bands, *[0.0] * (count - len(expected.bands))]
    return replace(expected, bands=[max(band, near) for band in bands])


def _carries(value: Any, expected: Expectation, names: tuple[str, ...]) -> bool:
    """Whether an answer that is wrong as such is right with the student's own earlier functions."""
    assert expected.carried is not None
    try:
        return _compare(value, replace(expected, want=expected.carried()), names) is None
    except Exception:  # whatever the student's earlier function does, it explains nothing then
        return False


def _failed(outcome: Outcome) -> tuple[Status, Finding]:
    failure = outcome.failure
    assert failure is not None
    if failure.cause == "not_written":
        return "not_attempted", found("not_attempted", failure.text)
    named = failure.name if failure.cause == "raised" else ""
    text = joined([named, failure.text], ": ")
    return _STATUS_OF_CAUSE[failure.cause], found(failure.cause, text, [line.text for line in failure.lines])


def same_bits(a: Any, b: Any) -> bool:
    """Whether two values are the same message."""
    try:
        return encode(a) == encode(b)
    except WireError:
        return False


def _only(fitting: Sequence[KnownMistake]) -> Finding | None:
    """The one mistake that fits; where several do, none is named."""
    if len({mistake.sentence for mistake in fitting}) != 1:
        return None
    return found("mistake", fitting[0].sentence, mistake=fitting[0].name)


def _at_kink(value: Any, expected: Expectation) -> Expectation:
    """At a kink the right value nearest to the student's is what is expected."""
    if not expected.between:
        return expected
    try:
        mine = [leaf for _, leaf in tensors(value)][-len(expected.between) :]
        pairs = list(zip(mine, expected.between, strict=True))
        if any(leaf.shape != np.shape(low) or not np.isfinite(leaf).all() for leaf, (low, _) in pairs):
            return expected
        nearest = [np.clip(leaf, low, high) for leaf, (low, high) in pairs]
    except (TypeError, ValueError):
        return expected
    return replace(expected, want=with_last(expected.want, nearest))
