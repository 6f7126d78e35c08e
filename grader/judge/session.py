"""One run of the checks: the vocabulary of a check cell, and the verdict that comes of it.

The same session judges in a student's notebook and in grading. What differs is the `Oracle`: there,
recorded values; here, the live reference and a worker.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from grader.judge.calling import Outcome
from grader.judge.diagnosis import Diagnosis, KnownMistake, diagnose
from grader.judge.values import Mismatch, compare, remarks
from grader.verdict import Part, Status, Verdict, as_score

_STATUS_OF_CAUSE: dict[str, Status] = {
    "raised": "error", "undefined": "error", "died": "error", "unreadable": "failed",
    "not_written": "not_attempted", "timeout": "timeout",
}


@dataclass(frozen=True)
class Expectation:
    """What a right answer is on some inputs.

    problem: why it is not known (one sentence). carried: where an earlier exercise that this one uses is
    wrong, the right answer with the student's own earlier functions in it; None where that is no matter.
    """

    want: Any = None
    bands: Sequence[float] = ()
    mistakes: Sequence[KnownMistake] = ()
    problem: str = ""
    carried: Callable[[], Any] | None = None


class Oracle(Protocol):
    """Where a session gets the student's answers and the right ones."""

    def call(self, fn: Any, args: tuple[Any, ...]) -> Outcome:
        """The student's function on these arguments."""
        ...

    def expect(self, check: str, index: int, fn: Any, args: tuple[Any, ...]) -> Expectation:
        """The right answer of the ``index``-th call of a check."""
        ...


class Session:
    """The words of a check cell: `begin`, `values`, `gradients`, `trained`, `verdict`."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.hidden = False
        self.verdicts: dict[str, Verdict] = {}
        self._rng: np.random.Generator | None = None
        self._begin("", 0.0)

    @property
    def rng(self) -> np.random.Generator:
        """Fresh inputs, seeded per student: for hidden lines only."""
        if self._rng is None:
            raise RuntimeError("check.rng stands in hidden lines only")
        return self._rng

    def begin(self, name: str, points: float, seed: int | None = None) -> None:
        """Open a check. The build writes this line."""
        self._begin(name, points, seed)

    def values(
        self, fn: Any, *args: Any, part: str = "values", weight: float = 1.0, names: Sequence[str] | None = None
    ) -> None:
        """Judge ``fn(*args)`` against the exercise's reference, tensor by tensor, norm-wise."""
        self._judge(fn, args, part, weight, tuple(names or ()))

    def gradients(
        self, fn: Any, *args: Any, part: str = "gradients", weight: float = 1.0, names: Sequence[str] | None = None
    ) -> None:
        """Judge ``fn(*args)`` against the reference backward. ``names``: what the tensors are called (``dW``)."""
        self._judge(fn, args, part, weight, tuple(names or ()))

    def trained(
        self, fn: Any, train: tuple[Any, Any], *, held: tuple[Any, Any], score: Callable[[Any, Any, Any], float],
        at_least: float, part: str = "trained", weight: float = 1.0, tries: int = 3,
    ) -> None:
        """Judge the parameters that ``fn(X, y, seed)`` gives by ``score(parameters, X_held, y_held)``.

        X: (N, D) rows; y: (N,) integer labels. In hidden lines columns and labels are permuted per student,
        so parameters stored beforehand score like chance. One of ``tries`` seeds must reach ``at_least``.
        """
        (X, y), (X_held, y_held) = train, held
        if self.hidden:
            columns = self.rng.permutation(X.shape[1])
            labels = self.rng.permutation(int(max(y.max(), y_held.max())) + 1)
            X, X_held, y, y_held = X[:, columns], X_held[:, columns], labels[y], labels[y_held]
        best = -1.0
        for attempt in range(tries):
            seed = int(self.rng.integers(2**31)) if self.hidden else attempt
            outcome = self.oracle.call(fn, (X, y, seed))
            if outcome.failure is not None:
                self._add(part, weight, outcome, *_failed(outcome))
                return
            reached, problem = _score(score, outcome.value, X_held, y_held)
            if problem:
                self._add(part, weight, outcome, "failed", Diagnosis("parameters", problem))
                return
            best = max(best, reached)
            if best >= at_least:
                self._add(part, weight, outcome, "passed", Diagnosis("", f"{best:.1%} on held rows."))
                return
        told = f"The best of {tries} seeds reached {best:.1%} on held rows; at least {at_least:.1%} is asked."
        self._add(part, weight, outcome, "failed", Diagnosis("accuracy", told))

    def verdict(self) -> Verdict:
        """Close the check: the one verdict that its parts make."""
        parts = _merge(self._parts)
        counting = [part for part in parts if part.hidden] or parts
        total = sum(part.weight for part in counting)
        gained = sum(part.weight for part in counting if part.status == "passed")
        score = as_score(self._points * gained / total, self._points) if total else 0.0
        status = _overall([part.status for part in counting], score)
        worst = next((part for part in parts if part.status == status), None) or next(
            (part for part in parts if part.status != "passed"), None)
        made = Verdict(
            self._name, self._points, score, status, worst.diagnosis if worst else "",
            worst.message if worst else "", tuple(parts), self._seed, time.perf_counter() - self._started,
        )
        self.verdicts[self._name] = made
        return made

    def _begin(self, name: str, points: float, seed: int | None = None) -> None:
        self._name, self._points, self._seed = name, points, seed
        self._parts: list[Part] = []
        self._calls = 0
        self._started = time.perf_counter()
        self._rng = None if seed is None else np.random.default_rng(seed)

    def _judge(self, fn: Any, args: tuple[Any, ...], part: str, weight: float, names: tuple[str, ...]) -> None:
        index, self._calls = self._calls, self._calls + 1
        outcome = self.oracle.call(fn, args)
        if outcome.failure is not None:
            self._add(part, weight, outcome, *_failed(outcome))
            return
        expected = self.oracle.expect(self._name, index, fn, args)
        if expected.problem:
            self._add(part, weight, outcome, "not_judged", Diagnosis("no_reference", expected.problem))
            return
        mismatch = _compare(outcome.value, expected, names)
        if mismatch is None:
            self._add(part, weight, outcome, "passed", Diagnosis("", ""), remarks(outcome.value, expected.want))
            return
        if expected.carried is not None and _carries(outcome.value, expected, names):
            self._add(part, weight, outcome, "not_judged", Diagnosis(
                "carried", "This is right for your own earlier functions, one of which is wrong. Mend that one first; "
                "in grading, your instructor looks at this."))
            return
        found = diagnose(outcome.value, expected.want, mismatch, expected.mistakes, _sizes(args))
        self._add(part, weight, outcome, "failed", found)

    def _add(
        self, name: str, weight: float, outcome: Outcome, status: Status, found: Diagnosis, notes: Sequence[str] = ()
    ) -> None:
        told = [*outcome.notes, *notes]
        if outcome.mutated:
            told.append("Your function changes its inputs in place: copy them before you write to them.")
        self._parts.append(Part(
            name, weight, status, found.name, found.message, self.hidden, found.detail, tuple(dict.fromkeys(told))
        ))


def _compare(value: Any, expected: Expectation, names: tuple[str, ...]) -> Mismatch | None:
    """Compare; an answer so odd that comparing it raises is a wrong answer, not a crash of the judge."""
    try:
        return compare(value, expected.want, list(expected.bands), names)
    except (TypeError, ValueError, OverflowError) as error:
        return Mismatch("type", f"The answer cannot be compared with the expected one: {error}.")


def _carries(value: Any, expected: Expectation, names: tuple[str, ...]) -> bool:
    """Whether an answer that is wrong as such is right with the student's own earlier functions."""
    assert expected.carried is not None
    try:
        return _compare(value, replace(expected, want=expected.carried()), names) is None
    except Exception:  # whatever the student's earlier function does, it explains nothing then
        return False


def _failed(outcome: Outcome) -> tuple[Status, Diagnosis]:
    failure = outcome.failure
    assert failure is not None
    if failure.cause == "not_written":
        return "not_attempted", Diagnosis("not_attempted", "Not written yet.")
    text = f"{failure.name}: {failure.message}" if failure.cause == "raised" else failure.message
    return _STATUS_OF_CAUSE[failure.cause], Diagnosis(failure.cause, text, failure.lines)


def _score(
    score: Callable[[Any, Any, Any], float], parameters: Any, X: Any, y: Any
) -> tuple[float, str]:
    """(score, "") or (0, the reason why these parameters cannot be evaluated)."""
    try:
        with np.errstate(all="ignore"):
            reached = float(score(parameters, X, y))
    except Exception as error:  # the parameters are the student's: whatever they break is an answer
        return 0.0, f"The returned parameters cannot be evaluated: {error}"
    return (reached, "") if np.isfinite(reached) else (0.0, "The returned parameters give nan.")


def _merge(parts: Sequence[Part]) -> list[Part]:
    """One part a name and side. A part whose calls do not all pass has not passed, nor has its hidden
    namesake when a visible part failed."""
    merged: dict[tuple[str, bool], Part] = {}
    for part in parts:
        key = (part.name, part.hidden)
        before = merged.get(key)
        if before is None or (before.status == "passed" and part.status != "passed"):
            merged[key] = replace(part, weight=before.weight if before else part.weight)
    for (name, hidden), part in list(merged.items()):
        visible = merged.get((name, False))
        if hidden and part.status == "passed" and visible is not None and visible.status != "passed":
            merged[name, hidden] = replace(visible, hidden=True, weight=part.weight)
    return list(merged.values())


def _overall(statuses: Sequence[Status], score: float) -> Status:
    failing = [status for status in statuses if status != "passed"]
    if not failing:
        return "passed" if statuses else "not_judged"
    if score > 0:
        return "partial"
    if len(set(failing)) == 1:
        return failing[0]
    return "timeout" if "timeout" in failing else "failed"


def _sizes(args: Sequence[Any]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(size for arg in args for size in np.shape(arg) if size > 1)) if all(
        isinstance(arg, (np.ndarray, int, float)) for arg in args
    ) else ()
