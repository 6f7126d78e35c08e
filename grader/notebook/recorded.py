"""The oracle of a notebook: right answers and mistakes as the build recorded them on the public inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.calling import Failure, Missing, Outcome, call
from grader.judge.alternatives import Told
from grader.judge.explain import KnownMistake
from grader.judge.oracle import Expectation
from grader.judge.summary import is_digest_of, is_of
from grader.judge.tensors import Array
from grader.judge.words.word import name_of
from grader.locale import in_words
from grader.said import Saying, said
from grader.shield import Form
from grader.shield import shielded as under_shield
from grader.syntax.notebook import defines, is_to_define
from grader.text import NO_TEXT, Text, raw, say

#: Characters of what a function prints in one call that its notebook shows.
MAX_SHOWN = 2_000


class RecordedOracle:
    """Right answers and mistakes as recorded by the build; the student's function is called here."""

    def __init__(self, checks: dict[str, list[dict[str, Any]]]) -> None:
        self.checks = checks
        #: The exercise of the running check, where it is not there: what is asked over it has the same to say.
        self.missing: Absent | None = None
        #: The notebook's names, where earlier functions are shielded.
        self.names: dict[str, Any] = {}

    def call(self, fn: Any, args: tuple[Any, ...], shielded: Mapping[str, Form] | None = None) -> Outcome:
        if isinstance(fn, Absent):
            return Outcome(failure=fn.failure)
        if self.missing is not None and name_of(fn) != self.missing.__name__:
            return Outcome(failure=self.missing.failure)
        if not callable(fn):
            return Outcome(failure=Failure("undefined", "TypeError", said(Saying.NO_FUNCTION_NOW)))
        with under_shield(self.names, shielded or {}):
            outcome = call(fn, args)
        _show("" if shielded else outcome.stdout)
        return outcome

    def expect(self, check: str, index: int, fn: Any, args: tuple[Any, ...], kink: bool | None) -> Expectation:
        record, problem = self._record(check, index, args)
        if problem:
            return Expectation(problem=problem)
        mistakes = [KnownMistake(name, raw(sentence), value) for name, sentence, value in record["mistakes"]]
        told = record.get("alternatives")  # not in notebooks of earlier releases
        return Expectation(
            record["want"],
            record["bands"],
            record["arguments"],
            lambda: mistakes,
            record["between"],
            alternatives=RecordedAlternatives(*told) if told else None,
        )

    def fitting(self, check: str, index: int, fn: Any, args: tuple[Any, ...], value: Any) -> Sequence[KnownMistake]:
        record, problem = self._record(check, index, args)
        if problem:
            return ()
        return [
            KnownMistake(name, raw(sentence), value) for name, sentence, told in record["fitting"] if is_of(told, value)
        ]

    def _record(self, check: str, index: int, args: tuple[Any, ...]) -> tuple[dict[str, Any], Text]:
        parts = self.checks.get(check)
        if parts is None or index >= len(parts) or not parts[index]:
            return {}, say(
                "There is no record for this check: run the set-up cell at the top, or get the notebook anew if the "
                "check's cell was changed."
            )
        if not is_of(parts[index]["inputs"], args):
            return {}, say("The inputs are not the chapter's: run the given cells above again.")
        return parts[index], NO_TEXT


class RecordedAlternatives:
    """What else an answer may be, in one call: what is told, and of each alternative its number, the place of what it
    is told as, and the digest of its value."""

    weight = 0

    def __init__(self, told: Sequence[tuple[str, int]], numbers: Array, which: Array, digests: Array) -> None:
        self._told = [Told(raw(text), rank) for text, rank in told]
        self._rows = list(zip(numbers.tolist(), which.tolist(), digests.tolist(), strict=True))

    def fitting(self, value: Any, among: Mapping[int, Told] | None, is_right: bool) -> Mapping[int, Told]:
        if is_right:  # whatever is kept is wrong
            kept = {number for number, _, _ in self._rows}
            return {number: told for number, told in (among or {}).items() if number not in kept}
        return {
            number: self._told[which]
            for number, which, told in self._rows
            if (among is None or number in among) and is_digest_of(told, value)
        }


class Absent:
    """Stands for an exercise whose cell has not run, or stopped with an error. ``failure`` says which."""

    def __init__(self, name: str, failure: Failure) -> None:
        self.__name__ = name
        self.failure = failure

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Another function of the student's calls it. Raises Missing, which says what to do."""
        raise Missing(self.__name__, self.failure)


def stopped(name: str, cells: Sequence[str]) -> bool:
    """Whether the last cell that was to define an exercise cannot have run: what there is of it is older."""
    for cell in reversed(cells):
        if defines(cell, name):
            return False
        if is_to_define(cell, name):
            return True
    return False


def absent(name: str, cells: Sequence[str]) -> Absent:
    """Why an exercise is not there: its cell stopped with an error, or has not run yet."""
    if any(is_to_define(cell, name) for cell in cells[:-1]):
        return Absent(name, Failure("undefined", "NameError", said(Saying.CELL_STOPPED, name)))
    return Absent(name, Failure("not_written", "NotImplementedError", said(Saying.NOT_RUN)))


def _show(printed: str) -> None:
    """What a function prints while it is judged belongs under its check, as where its author calls it."""
    if printed:
        print(printed[:MAX_SHOWN], end="" if printed.endswith("\n") and len(printed) <= MAX_SHOWN else "\n")
    if len(printed) > MAX_SHOWN:
        print(in_words(say("… (the first {count:,} characters that your function printed)", count=MAX_SHOWN)))
