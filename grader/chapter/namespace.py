"""The chapter's own values: references, given data, mistakes and variants, executed on the trusted side.

Cells that only a worker can run (probes, adapters that name a NumPy twin) are not run here; a Keras exercise's
reference is defined but never called, because its NumPy counterpart (``same_as=``) stands in for it.
"""

from __future__ import annotations

import contextlib
import io
import linecache
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import signature
from pathlib import Path
from types import CodeType, ModuleType, SimpleNamespace
from typing import Any

from grader.chapter.answers import Answer, read_answers
from grader.chapter.model import Cell, Chapter, ChapterError
from grader.chapter.roles import Role
from grader.judge.alternatives import Alternative, alternatives_of
from grader.judge.differences import GradientOf
from grader.judge.oracle import Expectation
from grader.judge.references import Function, KnownAnswer
from grader.judge.source import rebound
from grader.syntax.names import outside
from grader.syntax.trees import authored as tree_of
from grader.text import Text, joined, say


@dataclass(frozen=True)
class Namespace:
    """What the chapter's trusted cells define, and its known answers: the `References` of a live oracle.

    public: what is right on the public inputs of each call of a check; derived: the alternatives of each exercise:
    both are computed once for a class.
    """

    chapter: Chapter
    names: dict[str, Any]
    mistakes: tuple[Answer, ...]
    variants: tuple[Answer, ...]
    gradients: dict[str, GradientOf]
    public: dict[tuple[str, int], Expectation] = field(default_factory=dict, compare=False)
    derived: dict[str, Sequence[Alternative]] = field(default_factory=dict, compare=False)

    def right(self, name: str) -> Function:
        """The reference of an exercise or of an adapter."""
        function: Function = self.names[name]
        return function

    def known(self, name: str) -> list[KnownAnswer]:
        """The known wrong answers, as a call of ``name`` shows them: by their NumPy forms where it needs TensorFlow."""
        exercise = self.exercise_of(name)
        told = self.sentences(exercise)
        return [
            KnownAnswer(m.name, told[m.name], function)
            for m in self.mistakes
            if m.exercise == exercise and (function := self.answered(name, m)) is not None
        ]

    def sentences(self, exercise: str) -> dict[str, Text]:
        """What is told of an exercise's known mistakes, by their names."""
        return {m.name: m.told for m in self.mistakes if m.exercise == exercise}

    def alternatives(self, name: str) -> Sequence[Alternative]:
        """What else an answer may be: derived from the right ones, and for a Keras half its NumPy half's mistakes."""
        if name not in self.derived:
            twin = self._reference_of(name)
            forms = [variant.function for variant in self.variants if variant.exercise == twin and variant.function]
            alike = [
                (mistake.told, mistake.function)
                for mistake in self.mistakes
                if mistake.exercise == twin != self.exercise_of(name) and mistake.function
            ]
            right = self.right(name)
            inside = [
                (_as_in(mistake.exercise, mistake.told), rebound(right, {mistake.exercise: mistake.function}))
                for mistake in self.mistakes
                if mistake.exercise in self.uses(name) and mistake.function
            ]
            adapted = self._adapter(name) is not None or self._needs_worker(twin)
            self.derived[name] = alternatives_of([right, *([] if adapted else forms)], alike, inside)
        return self.derived[name]

    def _needs_worker(self, exercise: str) -> bool:
        """Whether answers of an exercise need TensorFlow: those that a twin stands in for, or adapters that need it."""
        cells = [cell for cell in self.chapter.of(Role.EXERCISE, Role.ADAPTER) if cell.judges == exercise]
        return any("same_as" in cell.options for cell in cells)

    def answered(self, name: str, answer: Answer) -> Function | None:
        """What a call of ``name`` gives where its exercise is answered so; None where only a worker can tell."""
        if name in answer.shown:
            return answer.shown[name]
        adapter = self._adapter(name)
        if answer.function is None or (adapter is not None and adapter.worker_only):
            return None
        return answer.function if adapter is None else self.adapted(adapter, {answer.exercise: answer.function})

    def adapted(self, adapter: Cell, own: Mapping[str, Any]) -> Function:
        """An adapter over other answers of exercises."""
        scope = {**self.names, **own}
        run_cell(self.chapter, adapter, scope)
        function: Function = scope[adapter.name]
        return function

    def gradient(self, name: str) -> GradientOf | None:
        """What an exercise or an adapter differentiates."""
        return self.gradients.get(name)

    def uses(self, name: str) -> frozenset[str]:
        """The earlier exercises that a reference uses, directly or through others."""
        return _uses(self.chapter, self._reference_of(name))

    def mixed(self, name: str, own: Mapping[str, Function]) -> Function:
        """The reference with other functions in place of earlier exercises."""
        exercise = self._reference_of(name)
        scope = {**self.names, **own}
        run_cell(self.chapter, self.chapter.cell(Role.EXERCISE, exercise), scope)
        adapter = self._adapter(name)
        if adapter is not None and not adapter.worker_only:
            return self.adapted(adapter, scope)
        function: Function = scope[exercise]
        return function

    def exercise_of(self, name: str) -> str:
        """The exercise that a call of ``name`` asks: an adapter's own, else the name itself."""
        adapter = self._adapter(name)
        return name if adapter is None else adapter.judges

    @property
    def data(self) -> list[str]:
        """The names of the data that the chapter gives: no functions, and no modules."""
        return [
            name
            for name, value in self.names.items()
            if not callable(value) and not isinstance(value, ModuleType) and not name.startswith("__")
        ]

    @property
    def reference(self) -> SimpleNamespace:
        return SimpleNamespace(**self.names)

    def _adapter(self, name: str) -> Cell | None:
        return next((cell for cell in self.chapter.of(Role.ADAPTER) if cell.name == name), None)

    def _reference_of(self, name: str) -> str:
        """The exercise whose cell holds the reference of a call: a NumPy twin's where one stands in."""
        cell = self._adapter(name) or self.chapter.cell(Role.EXERCISE, name)
        twin = str(cell.options.get("same_as", cell.judges))
        known = {exercise.name for exercise in self.chapter.of(Role.EXERCISE)}
        return self.exercise_of(twin) if self._adapter(twin) else twin if twin in known else cell.judges


def _as_in(exercise: str, sentence: Text) -> Text:
    """What is told where an answer does anew what an earlier exercise asks for, with one of its mistakes."""
    return joined([say("Your numbers are those of a `{name}` with this slip:", name=exercise), sentence])


def load_namespace(chapter: Chapter) -> Namespace:
    """Run the chapter's trusted cells. Raises ChapterError where one of them raises."""
    names: dict[str, Any] = {"__name__": f"chapter_{chapter.id}"}
    twins = []
    for cell in chapter.of(Role.SETUP, Role.GIVEN, Role.EXERCISE, Role.ADAPTER):
        if not cell.worker_only:
            run_cell(chapter, cell, names)
            if cell.role in (Role.EXERCISE, Role.ADAPTER) and cell.name not in names:
                raise chapter.error(cell, f"this cell defines no {cell.name!r}, the name of its {cell.role}")
        if "same_as" in cell.options:
            twins.append(cell)
    for cell in twins:
        twin = str(cell.options["same_as"])
        if not callable(names.get(twin)):
            raise chapter.error(cell, f"same_as={twin!r}: there is no such exercise or given function")
        names[cell.name] = names[twin]
    asked = chapter.of(Role.EXERCISE, Role.ADAPTER)
    return Namespace(
        chapter,
        names,
        read_answers(chapter, "mistakes.py", "mistake", names, run_file),
        read_answers(chapter, "variants.py", "variant", names, run_file),
        {cell.name: gradient for cell in asked if (gradient := _gradient(chapter, cell, names))},
    )


def run_cell(chapter: Chapter, cell: Cell, names: dict[str, Any]) -> None:
    """Execute one trusted cell; its lines show in tracebacks as lines of chapter.py."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(_code("\n" * cell.line + cell.source, str(chapter.file)), names)
    except Exception as error:
        line = getattr(error, "lineno", None) or _line_in(error, str(chapter.file)) or cell.line
        raise chapter.error(cell, f"{type(error).__name__}: {error}", line - cell.line) from error


def run_file(path: Path, scope: dict[str, Any], told: str) -> None:
    """Execute one of a chapter's other files. Raises ChapterError with its line where it raises; ``told``: what
    its author should know."""
    linecache.checkcache(str(path))
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True), scope)
    except ChapterError:
        raise
    except Exception as error:
        at = getattr(error, "lineno", None) or _line_in(error, str(path)) or 1
        raise ChapterError(path, at, f"{type(error).__name__}: {getattr(error, 'msg', error)} ({told})") from error


@lru_cache(maxsize=256)
def _code(source: str, filename: str) -> CodeType:
    """A cell's code: the same each time that it is run anew."""
    return compile(source, filename, "exec", dont_inherit=True)


@lru_cache(maxsize=512)
def _uses(chapter: Chapter, exercise: str) -> frozenset[str]:
    known = {cell.name: cell for cell in chapter.of(Role.EXERCISE)}
    found: set[str] = set()
    waiting = [exercise]
    while waiting:
        cell = known.get(waiting.pop())
        if cell is None:
            continue
        called = (outside(tree_of(cell.source)) & known.keys()) - found - {exercise}
        found |= called
        waiting += called
    return frozenset(found)


def _gradient(chapter: Chapter, cell: Cell, names: dict[str, Any]) -> GradientOf | None:
    """What an exercise or an adapter differentiates, as its cell (or its NumPy twin's) declares it."""
    twin = str(cell.options.get("same_as", ""))
    others = {other.name: other for other in chapter.of(Role.EXERCISE, Role.ADAPTER)}
    declaring = cell if "gradient_of" in cell.options else others.get(twin, cell)
    if "gradient_of" not in declaring.options:
        return None
    forward, upstream = names[str(declaring.options["gradient_of"])], str(declaring.options.get("upstream", ""))
    wrt = tuple(str(declaring.options.get("wrt", "")).split())
    known = signature(names[cell.name]).parameters
    for name in (*wrt, *signature(forward).parameters, *([upstream] if upstream else [])):
        if name not in known:
            raise chapter.error(
                declaring,
                f"{name!r} is no argument of {declaring.name!r}: gradient_of takes the forward's arguments by name",
            )
    return GradientOf(forward, wrt, upstream)


def _line_in(error: BaseException, filename: str) -> int | None:
    """The innermost line of ``filename`` in the error's traceback."""
    line, frame = None, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == filename:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
