"""One check of a chapter, and the ways to put an answer to it, without a student: graded, and as in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.author.recorder import record_check
from grader.calling import Outcome, call
from grader.chapter.answers import Answer
from grader.chapter.checks import Check, compiled
from grader.chapter.model import Chapter, load_chapter
from grader.chapter.namespace import Namespace, load_namespace, run_cell
from grader.chapter.roles import Role
from grader.grade.referee import Plans, Referee
from grader.judge.lines import Collected
from grader.judge.over import copies
from grader.judge.references import Function
from grader.judge.session import Session
from grader.judge.source import globals_of
from grader.judge.words.word import Call, Traced, name_of
from grader.notebook.recorded import RecordedOracle
from grader.syntax.trees import functions
from grader.verdict import Verdict
from grader.wire import WireError, encode

_SECRET = b"audit"

#: The worker's place: a function's name and its inputs -> what came of the call.
Answering = Callable[[str, tuple[Any, ...]], Outcome]


class Bench:
    """A check, its exercise, and the worker's place taken by this process."""

    def __init__(self, chapter: Chapter, names: Namespace, check: Check) -> None:
        self.chapter, self.names, self.check = chapter, names, check
        self.exercise = check.cell.judges
        self._record = {check.cell.name: record_check(chapter, check.cell, names)}
        self._named = names.sentences(self.exercise)
        self._adapters = {cell.name: cell for cell in chapter.of(Role.ADAPTER) if cell.judges == self.exercise}
        self._probes = {name for cell in chapter.of(Role.PROBE) for name in functions(cell.source)}
        twins = {name: names.right(name) for name, cell in self._adapters.items() if cell.worker_only}
        self.reference = Answer(self.exercise, "reference", "", names.right(self.exercise), shown=twins)
        self._cached: dict[bytes, Outcome] = {}
        self._plans: Plans = {}
        #: Functions that train, or run Keras: they take seconds, and give the same for the same inputs, as do the
        #: reference and the known mistakes. Other answers may keep state between calls.
        self._slow = self._probes | twins.keys() | {call.name for call in self.trace() if call.open_ended}

    @property
    def asked(self) -> set[str]:
        """The names by which the exercise is asked: its own, its adapters', and the probes'."""
        return {self.exercise, *self._adapters, *self._probes}

    def calls(self, student: str = "a") -> list[Call]:
        """The calls of the check for a student, in order."""
        collected = Collected()
        collected.start(Referee(self.chapter, self.names, _nobody, _SECRET, student).seed(self.check.cell.name))
        self.check.run(self.names, collected, hidden=True)
        return collected.calls

    def trace(self, student: str = "a") -> list[Traced]:
        """Each call of the student's function that the check makes, in order."""
        return [traced for made in self.calls(student) for traced in made.trace()]

    def judge(
        self, answer: Answering, student: str = "a", without: str = "", session: type[Session] = Session
    ) -> Verdict:
        """The verdict as graded; ``without`` the entry of that known mistake. session: how it is judged."""
        known = replace(
            self.names,
            mistakes=tuple(
                self._remembered(m) if m.exercise == self.exercise else m
                for m in self.names.mistakes
                if (m.exercise, m.name) != (self.exercise, without)
            ),
        )
        referee = Referee(self.chapter, known, answer, _SECRET, student, plans=self._plans, session=session)
        return referee.judge(self.check.cell)

    def in_notebook(self, answer: Answering, session: type[Session] = Session) -> Verdict:
        """The verdict of the visible lines, with recorded values."""
        oracle = RecordedOracle(self._record)
        oracle.call = lambda fn, args, shielded=None: answer(name_of(fn), copies(args))  # type: ignore[method-assign]
        judging = session(oracle)
        judging.begin(self.check.cell.name, self.check.cell.points, named=self._named)
        self.check.run(self.names, judging, hidden=False)
        return judging.verdict()

    def answers(self, answer: Answer, anew: bool = False) -> Answering:
        """The worker's place, where the exercise is answered so and all others are right. anew: call it each time, also
        where it is slow: nobody knows whether it keeps state, or draws without its seed."""
        scope: dict[str, Any] = {}

        def asked(name: str, args: tuple[Any, ...]) -> Outcome:
            if self._by_worker(name, answer) and not scope:
                scope.update(self._worker_scope(answer))
            called = scope[name] if self._by_worker(name, answer) else self._called(name, answer)
            slow = name in self._slow or self._in_keras(name, answer)
            pure = answer is self.reference or (slow and not anew)
            return self._once(answer, name, called, args) if pure else call(called, args)

        return asked

    @property
    def is_keras(self) -> bool:
        """Whether the exercise is a Keras twin, judged by a function of NumPy."""
        return "same_as" in self.chapter.cell(Role.EXERCISE, self.exercise).options

    def forget(self) -> None:
        """Forget the trainings done so far, and what is right for each student."""
        self._cached.clear()
        self._plans.clear()

    def _by_worker(self, name: str, answer: Answer) -> bool:
        """Whether a call needs what only a worker has: probes, and adapters of answers that are really Keras'."""
        worker_only = name in self._adapters and self._adapters[name].worker_only
        by_adapter = worker_only and answer is not self.reference and answer.function is not None
        return name in self._probes or by_adapter or self._in_keras(name, answer)

    def _in_keras(self, name: str, answer: Answer) -> bool:
        """Whether a call asks a Keras exercise for an answer that is written with Keras."""
        return name == self.exercise and answer.real is not None

    def _called(self, name: str, answer: Answer) -> Function:
        made = self.names.answered(name, answer) if name in self.asked else self.names.right(name)
        if made is None:
            raise LookupError(f"{answer.name} of {self.exercise!r} is not known by what {name!r} shows")
        return made

    def _once(self, answer: Answer, name: str, called: Function, args: tuple[Any, ...]) -> Outcome:
        """What a call gives: computed at its first time, but anew where a function is among its arguments."""
        try:
            key = encode([id(answer.real or answer.function or answer.shown.get(name)), name, *args])
        except WireError:
            return call(called, args)
        if key not in self._cached:
            self._cached[key] = call(called, args)
        return self._cached[key]

    def _remembered(self, mistake: Answer) -> Answer:
        """A known mistake that is not run again on inputs that it has seen."""
        known = replace(mistake, real=None)

        def remembered(name: str, function: Function) -> Function:
            def again(*args: Any) -> Any:
                outcome = self._once(known, name, function, args)
                if outcome.failure is not None:
                    raise ValueError(outcome.failure.message)
                return outcome.value

            return again

        shown = {name: remembered(name, function) for name, function in mistake.shown.items()}
        if mistake.function is None or self._adapters:  # what adapters ask may be a class
            return replace(mistake, shown=shown)
        return replace(mistake, function=remembered(self.exercise, mistake.function), shown=shown)

    def _worker_scope(self, answer: Answer) -> dict[str, Any]:
        """The names of a worker that has run the chapter as authored, with one exercise answered so."""
        scope = dict(self.names.names)
        for cell in self.chapter.cells:
            keras = cell.role is Role.EXERCISE and ("same_as" in cell.options or cell.name == self.exercise)
            if cell.worker_only or keras:
                run_cell(self.chapter, cell, scope)
        if answer is not self.reference:
            scope[self.exercise] = written = answer.real or answer.function
            own = globals_of(written)
            own.update({name: value for name, value in scope.items() if name not in own})
        return scope


def load_bench(folder: Path, check: str) -> Bench:
    """The bench of a check. Raises ChapterError for a chapter that cannot be loaded."""
    chapter = load_chapter(folder)
    return Bench(chapter, load_namespace(chapter), compiled(chapter, check))


def _nobody(name: str, args: tuple[Any, ...]) -> Outcome:
    raise AssertionError("nothing is called while tracing")
