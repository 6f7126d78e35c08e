"""Each check of a chapter against wrong and right answers: what a verdict is worth, measured.

Known mistakes and automatic mutants must lose every part that they break, variants must lose none. What a
part's calls show of an answer is worked out here anew, by plain comparison, and held against the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from grader.author.mutants import EARN_NOTHING, mutants
from grader.author.recorder import record_check
from grader.calling import Outcome, call
from grader.chapter.checks import functions_of, run_check
from grader.chapter.model import Cell, Chapter, load_chapter
from grader.chapter.namespace import Answer, Function, Namespace, load_namespace, run_cell
from grader.grade.referee import Plans, Referee
from grader.judge.compare import as_float, tensors
from grader.judge.lines import Collected
from grader.judge.live import copies, quiet
from grader.judge.session import Session
from grader.judge.words.word import Traced
from grader.notebook.recorded import RecordedOracle
from grader.verdict import Verdict
from grader.wire import encode

#: A call's answer counts as broken when an entry is off by this share of the largest.
BROKEN = 1e-5
VARIANT_SEEDS = 20
_SECRET = b"audit"

#: The worker's place: a function's name and its inputs -> what came of the call.
Answering = Callable[[str, tuple[Any, ...]], Outcome]


@dataclass(frozen=True)
class Trial:
    """One answer put to one check.

    kind: ``mistake``, ``variant`` or ``mutant``; broken, lost: parts; share: of the check's points;
    diagnosis: as graded; in_notebook: the same on the public inputs; told, told_in_notebook: whether a
    mistake's own sentence was; general: the diagnosis when the mistake itself is not known; expected_general:
    the ones that its author wrote down; problems: one line each, none where all is well.
    """

    check: str
    exercise: str
    kind: str
    name: str
    broken: tuple[str, ...]
    lost: tuple[str, ...]
    share: float
    status: str
    diagnosis: str
    in_notebook: str = ""
    told: bool = False
    told_in_notebook: bool = False
    status_in_notebook: str = ""
    general: str = ""
    expected_general: tuple[str, ...] = ()
    keeps: str = ""
    problems: tuple[str, ...] = ()


@dataclass
class Audit:
    """All trials of a chapter, and the parts that each check has (hidden ones)."""

    chapter: str
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    trials: list[Trial] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        return [f"{t.check}, {t.kind} {t.name}: {problem}" for t in self.trials for problem in t.problems]

    def count(self, kind: str, *tests: Callable[[Trial], bool]) -> int:
        return sum(trial.kind == kind and all(test(trial) for test in tests) for trial in self.trials)


def audit_chapter(folder: Path, jobs: int = 1, done: Callable[[str], None] = lambda check: None) -> Audit:
    """Audit all checks of a chapter, in ``jobs`` processes. ``done`` hears of each check that is finished.

    Raises ChapterError for a chapter that cannot be loaded.
    """
    names = [check.name for check in load_chapter(folder).of("check")]
    found: dict[str, Audit] = {}
    if jobs == 1:
        for name in names:
            found[name] = audit_check(folder, name)
            done(name)
    else:
        with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
            # The last checks of a chapter are the Keras ones, which take longest: they start first.
            waiting = {pool.submit(audit_check, folder, name): name for name in reversed(names)}
            for future in as_completed(waiting):
                found[waiting[future]] = future.result()
                done(waiting[future])
    audit = Audit(folder.name)
    for name in names:
        audit.parts |= found[name].parts
        audit.trials += found[name].trials
    return audit


def audit_check(folder: Path, name: str) -> Audit:
    """Audit one check of a chapter."""
    chapter = load_chapter(folder)
    names = load_namespace(chapter)
    check = chapter.cell("check", name)
    bench = Bench(chapter, names, check, {name: record_check(chapter, check, names)})
    parts = tuple(dict.fromkeys(call.part for call in bench.trace() if call.hidden))
    return Audit(chapter.id, {name: parts}, bench.trials())


class Bench:
    """One check, and the ways to put an answer to it."""

    def __init__(self, chapter: Chapter, names: Namespace, check: Cell, record: dict[str, Any]) -> None:
        self.chapter, self.names, self.check, self._record = chapter, names, check, record
        self.exercise = check.judges
        self.probes = [name for cell in chapter.of("probe") for name in functions_of(cell)]
        self._cached: dict[bytes, Outcome] = {}
        self._plans: Plans = {}
        #: Functions that train: they take seconds, and give the same for the same seed.
        self._slow = {*self.probes, *(call.name for call in self.trace() if call.open_ended)}

    def trials(self) -> list[Trial]:
        mine = [m for m in self.names.mistakes if m.exercise == self.exercise]
        made = [self._mistake(mistake) for mistake in mine]
        made += [self._variant(v) for v in self.names.variants if v.exercise == self.exercise]
        trace = self.trace()
        reference = self.answers(self._reference())
        n_tensors = max(len(list(tensors(reference(call.name, call.args).value))) for call in trace)
        sizes = next((found for call in reversed(trace) if (found := _sizes(call.args))), [])
        for mutant in mutants(n_tensors, sizes):
            trial = self._mutant(mutant.name, mutant.mutate, mutant.open_ended, trace)
            made += [trial] if trial is not None else []
        return made

    def trace(self, student: str = "a") -> list[Traced]:
        """Each call of the student's function that the check makes, in order."""
        collected = Collected()
        collected.start(Referee(self.chapter, self.names, self._nobody, _SECRET, student).seed(self.check.name))
        run_check(self.chapter, self.names, self.check, collected, hidden=True)
        return [traced for call in collected.calls for traced in call.trace()]

    def _nobody(self, name: str, args: tuple[Any, ...]) -> Outcome:
        raise AssertionError("nothing is called while tracing")

    def judge(self, answer: Answering, student: str = "a", without: str = "") -> Verdict:
        known = replace(
            self.names,
            mistakes=tuple(
                replace(m, function=self._remembered(m.function)) if m.exercise in self._slow else m
                for m in self.names.mistakes
                if (m.exercise, m.name) != (self.exercise, without)
            ),
        )
        return Referee(self.chapter, known, answer, _SECRET, student, plans=self._plans).judge(self.check)

    def _in_notebook(self, answer: Answering) -> Verdict:
        oracle = RecordedOracle(self._record)
        oracle.call = lambda fn, args: answer(fn.__name__, copies(args))  # type: ignore[method-assign]
        session = Session(oracle)
        session.begin(self.check.name, self.check.points)
        run_check(self.chapter, self.names, self.check, session, hidden=False)
        return session.verdict()

    def _mistake(self, mistake: Answer) -> Trial:
        answer = self.answers(mistake.function)
        verdict, shown = self.judge(answer), self._in_notebook(answer)
        broken, lost = self._broken(answer), _lost(verdict)
        share = verdict.score / verdict.points
        general = self.judge(answer, without=mistake.name).diagnosis
        problems = []
        if not broken and not lost:
            problems.append("breaks no part: its values are right on these inputs")
        if set(broken) - set(lost):
            problems.append(f"keeps {', '.join(sorted(set(broken) - set(lost)))}, which it breaks")
        if share > 0.5 and not mistake.keeps:
            problems.append(f'keeps {share:.0%} of the check: say keeps="why", or weigh the parts anew')
        for place, diagnosis in (
            ("graded", verdict.diagnosis),
            ("the notebook", shown.diagnosis),
            ("graded without its entry", general),
        ):
            if diagnosis.startswith("mistake:") and diagnosis != f"mistake:{mistake.name}":
                problems.append(f"{place} says {diagnosis}")
        if verdict.message != mistake.sentence:
            problems.append(f"its sentence is not told when graded, but {verdict.diagnosis!r}: {verdict.message}")
        return Trial(
            self.check.name,
            self.exercise,
            "mistake",
            mistake.name,
            broken,
            lost,
            share,
            verdict.status,
            verdict.diagnosis,
            shown.diagnosis,
            verdict.message == mistake.sentence,
            shown.message == mistake.sentence,
            shown.status,
            general,
            mistake.general,
            mistake.keeps,
            problems=tuple(problems),
        )

    def _variant(self, variant: Answer) -> Trial:
        answer = self.answers(variant.function)
        verdicts = [self.judge(answer, str(student)) for student in range(self._seeds())]
        shown = self._in_notebook(answer)
        failing = next((v for v in [*verdicts, shown] if v.status != "passed"), None)
        problems = (
            tuple(
                f"loses {'hidden' if part.hidden else 'visible'} part {part.name!r}: "
                f"{part.message} {' '.join(part.detail)}"
                for part in failing.parts
                if part.status != "passed"
            )[:1]
            if failing
            else ()
        )
        return Trial(
            self.check.name,
            self.exercise,
            "variant",
            variant.name,
            (),
            _lost(verdicts[0]),
            min(v.score / v.points for v in verdicts),
            verdicts[0].status,
            verdicts[0].diagnosis,
            shown.diagnosis,
            status_in_notebook=shown.status,
            problems=problems,
        )

    def _mutant(self, name: str, mutate: Any, open_ended: bool, trace: Sequence[Any]) -> Trial | None:
        spared = set() if open_ended else {call.name for call in trace if call.open_ended}
        broken = self._broken(self._mutated(mutate, spared))
        verdict = self.judge(self._mutated(mutate, spared))
        lost, share = _lost(verdict), verdict.score / verdict.points
        if not self._made(mutate, spared, trace):
            return None
        problems = [] if broken or lost else ["loses nothing: it is equivalent on these inputs"]
        if set(broken) - set(lost):
            problems.append(f"keeps {', '.join(sorted(set(broken) - set(lost)))}, which it breaks")
        if name in EARN_NOTHING and verdict.score > 0:
            problems.append(f"earns {verdict.score:g} of {verdict.points:g}")
        return Trial(
            self.check.name,
            self.exercise,
            "mutant",
            name,
            broken,
            lost,
            share,
            verdict.status,
            verdict.diagnosis,
            problems=tuple(problems),
        )

    def _made(self, mutate: Any, spared: set[str], trace: Sequence[Any]) -> bool:
        """Whether the mutant can be made for any of the check's calls."""
        reference = self.answers(self._reference())
        return any(
            mutate(args, reference(name, args).value, []) is not None
            for name, args in ((call.name, call.args) for call in trace)
            if name not in spared
        )

    def _broken(self, answer: Answering) -> tuple[str, ...]:
        """The hidden parts in which this answer is wrong by plain comparison (or scores too low)."""
        right, broken = self.answers(self._reference()), set()
        for traced in self.trace():
            wrong = not traced.open_ended and not _equal(
                answer(traced.name, copies(traced.args)), right(traced.name, traced.args).value
            )
            if wrong and traced.hidden:
                broken.add(traced.part)
        return tuple(sorted(broken))

    def _mutated(self, mutate: Any, spared: set[str]) -> Answering:
        reference = self.answers(self._reference())
        # A student has called the function before: on the public inputs, while working.
        first = self.trace()[0]
        earlier: list[Any] = [reference(first.name, first.args).value]

        def answer(name: str, args: tuple[Any, ...]) -> Outcome:
            outcome = reference(name, args)
            if name in spared or (name != self.exercise and name not in self.probes):
                return outcome
            with quiet():
                wrong = mutate(args, outcome.value, earlier)
            earlier.append(outcome.value)
            return outcome if wrong is None else call(lambda *ignored: wrong, args)

        return answer

    def _reference(self) -> Callable[..., Any]:
        function: Callable[..., Any] = self.names.names[self.exercise]
        return function

    def answers(self, function: Callable[..., Any]) -> Answering:
        """The worker's place taken by this process: one exercise answered by ``function``."""
        scope: dict[str, Any] = {}

        def answer(name: str, args: tuple[Any, ...]) -> Outcome:
            if name in self.probes and not scope:
                scope.update(self._probe_scope(function))
            names = scope if name in self.probes else self.names.names
            called = function if name == self.exercise else names[name]
            return self._once(function, called, args) if name in self._slow else call(called, args)

        return answer

    def _once(self, function: Function, called: Function, args: tuple[Any, ...]) -> Outcome:
        """What ``called`` gives, where the exercise is answered by ``function``: computed at its first call."""
        key = encode([id(function), called.__name__, *args])
        if key not in self._cached:
            self._cached[key] = call(called, args)
        return self._cached[key]

    def _remembered(self, mistake: Function) -> Function:
        """A known mistake that is not run again on inputs that it has seen."""

        def again(*args: Any) -> Any:
            outcome = self._once(mistake, mistake, args)
            if outcome.failure is not None:
                raise ValueError(outcome.failure.message)
            return outcome.value

        return again

    def forget(self) -> None:
        """Forget the trainings done so far."""
        self._cached.clear()

    def _probe_scope(self, function: Callable[..., Any]) -> dict[str, Any]:
        """The probes' own names, with Keras exercises as authored and the judged one replaced."""
        scope = dict(self.names.names)
        for cell in self.chapter.of("probe", "exercise"):
            if cell.role == "probe" or "same_as" in cell.options or cell.name == self.exercise:
                run_cell(self.chapter, cell, scope)
        if function is not self.names.names[self.exercise]:
            scope[self.exercise] = function
            function.__globals__.update(
                {name: value for name, value in scope.items() if name not in function.__globals__}
            )
        return scope

    def _seeds(self) -> int:
        return VARIANT_SEEDS if not any(call.open_ended for call in self.trace()) else 2


def _sizes(args: tuple[Any, ...]) -> list[int]:
    """The lengths above 1 of a call's arrays; none where one of them is long: such a call is there for its size."""
    found = {n for arg in args if not callable(arg) for _, leaf in tensors(arg) for n in leaf.shape if n > 1}
    return sorted(found) if max(found, default=0) < 100 else []


def _lost(verdict: Verdict) -> tuple[str, ...]:
    return tuple(sorted({part.name for part in verdict.parts if part.hidden and part.status != "passed"}))


def _equal(outcome: Outcome, right: Any) -> bool:
    """Equal by plain comparison: every tensor, its shape, and each entry against the largest."""
    if outcome.failure is not None:
        return False
    try:
        mine, theirs = list(tensors(outcome.value)), list(tensors(right))
        return len(mine) == len(theirs) and all(
            a.shape == b.shape
            and bool(
                np.allclose(
                    as_float(a),
                    as_float(b),
                    rtol=0,
                    equal_nan=True,
                    atol=BROKEN * float(np.max(np.abs(as_float(b)), initial=1e-300)),
                )
            )
            for (_, a), (_, b) in zip(mine, theirs, strict=True)
        )
    except (TypeError, ValueError):
        return False
