"""The chapter's own values: references, given data, mistakes and variants, executed on the trusted side.

Cells that need TensorFlow are probes and are not run here; a Keras exercise's reference is defined but
never called, because its NumPy counterpart (``same_as=``) stands in for it.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import linecache
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import signature
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from grader.chapter.model import Cell, Chapter, ChapterError
from grader.judge.differences import GradientOf
from grader.judge.oracle import Expectation
from grader.judge.references import KnownAnswer
from grader.judge.source import first_line, rebound, used_names
from grader.text import authored

Function = Callable[..., Any]


@dataclass(frozen=True)
class Answer:
    """Another answer of an exercise, as code: a known mistake or a right variant.

    keeps: why a mistake may keep more than half of its check; general: the diagnoses, one of which is true
    and expected where the mistake itself is not known; trains: whether a wrong answer trains well all the same.
    """

    exercise: str
    name: str
    sentence: str
    function: Function
    keeps: str = ""
    general: tuple[str, ...] = ()
    trains: bool = False


@dataclass(frozen=True)
class Namespace:
    """What the chapter's setup, given and exercise cells define, and its known answers."""

    names: dict[str, Any]
    mistakes: tuple[Answer, ...]
    variants: tuple[Answer, ...]
    gradients: dict[str, GradientOf]
    exercises: frozenset[str]
    #: What is right on the public inputs of each call of a check: computed once for a class.
    public: dict[tuple[str, int], Expectation] = field(default_factory=dict, compare=False)

    def right(self, name: str) -> Function:
        """The reference of an exercise."""
        function: Function = self.names[name]
        return function

    def known(self, name: str) -> list[KnownAnswer]:
        """The known wrong answers of an exercise."""
        return [
            KnownAnswer(m.name, authored(m.sentence, f"mistake:{m.exercise}:{m.name}"), m.function)
            for m in self.mistakes
            if m.exercise == name
        ]

    def gradient(self, name: str) -> GradientOf | None:
        """What an exercise differentiates."""
        return self.gradients.get(name)

    def uses(self, name: str) -> frozenset[str]:
        """The earlier exercises that a reference uses, directly or through others."""
        found: set[str] = set()
        waiting = [self.names[name]]
        while waiting:
            called = (used_names(waiting.pop()) & self.exercises) - found
            found |= called
            waiting += [self.names[name] for name in called]
        return frozenset(found)

    def mixed(self, name: str, own: Mapping[str, Function]) -> Function:
        """The reference with other functions in place of earlier exercises."""
        reference = self.names[name]
        made: Function = rebound(reference, {used: own[used] for used in used_names(reference) & own.keys()})
        return made

    @property
    def arrays(self) -> list[str]:
        """The names of the arrays that the chapter gives."""
        return [name for name, value in self.names.items() if isinstance(value, np.ndarray)]

    @property
    def reference(self) -> SimpleNamespace:
        return SimpleNamespace(**self.names)


def load_namespace(chapter: Chapter) -> Namespace:
    """Run the chapter's trusted cells. Raises ChapterError where one of them raises."""
    names: dict[str, Any] = {"__name__": f"chapter_{chapter.id}"}
    for cell in chapter.of("setup", "given", "exercise"):
        run_cell(chapter, cell, names)
    for cell in chapter.of("exercise"):
        if cell.name not in names:
            raise chapter.error(cell, f"this cell defines no {cell.name!r}, the name of its exercise")
    for cell in chapter.of("exercise"):
        twin = cell.options.get("same_as")
        if twin is not None:
            if str(twin) not in names:
                raise chapter.error(cell, f"same_as={twin!r}: there is no such exercise")
            names[cell.name] = names[str(twin)]
    return Namespace(
        names,
        _answers(chapter, "mistakes.py", "mistake", names),
        _answers(chapter, "variants.py", "variant", names),
        {cell.name: told for cell in chapter.of("exercise") if (told := _gradient(chapter, cell, names))},
        frozenset(cell.name for cell in chapter.of("exercise")),
    )


def run_cell(chapter: Chapter, cell: Cell, names: dict[str, Any]) -> None:
    """Execute one trusted cell; its lines show in tracebacks as lines of chapter.py."""
    source = "\n" * cell.line + cell.source
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, str(chapter.file), "exec"), names)
    except Exception as error:
        line = getattr(error, "lineno", None) or _line_in(error, str(chapter.file)) or cell.line
        raise chapter.error(cell, f"{type(error).__name__}: {error}", line - cell.line) from error


def run_file(path: Path, scope: dict[str, Any], told: str) -> None:
    """Execute one of a chapter's other files. Raises ChapterError with its line where it raises; ``told``: what
    its author should know."""
    linecache.checkcache(str(path))
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), scope)
    except ChapterError:
        raise
    except Exception as error:
        at = getattr(error, "lineno", None) or _line_in(error, str(path)) or 1
        raise ChapterError(path, at, f"{type(error).__name__}: {getattr(error, 'msg', error)} ({told})") from error


def _gradient(chapter: Chapter, cell: Cell, names: dict[str, Any]) -> GradientOf | None:
    """What an exercise differentiates, as its cell (or its NumPy twin's) declares it."""
    twin = cell.options.get("same_as")
    told = chapter.cell("exercise", str(twin)) if twin is not None else cell
    if "gradient_of" not in told.options:
        return None
    forward, upstream = names[str(told.options["gradient_of"])], str(told.options.get("upstream", ""))
    wrt = tuple(str(told.options.get("wrt", "")).split())
    known = signature(names[cell.name]).parameters
    for name in (*wrt, *signature(forward).parameters, *([upstream] if upstream else [])):
        if name not in known:
            raise chapter.error(
                told, f"{name!r} is no argument of {told.name!r}: gradient_of takes the forward's arguments by name"
            )
    return GradientOf(forward, wrt, upstream)


def _answers(chapter: Chapter, filename: str, decorator: str, names: dict[str, Any]) -> tuple[Answer, ...]:
    path = chapter.path / filename
    if not path.is_file():
        return ()
    found: list[Answer] = []

    def mark(exercise: str, keeps: str = "", general: str = "", trains: bool = False) -> Callable[[Function], Function]:
        def keep(function: Function) -> Function:
            if not callable(names.get(exercise)):
                raise ChapterError(path, first_line(function), f"there is no exercise {exercise!r}")
            sentence = " ".join((inspect.getdoc(function) or "").split())
            line = first_line(function)
            if decorator == "mistake" and not sentence:
                raise ChapterError(path, line, f"{function.__name__} has no docstring: it is what the student reads")
            if any((known.exercise, known.name) == (exercise, function.__name__) for known in found):
                raise ChapterError(path, line, f"{function.__name__} stands twice for {exercise!r}: rename one")
            found.append(Answer(exercise, function.__name__, sentence, function, keeps, tuple(general.split()), trains))
            return function

        return keep

    run_file(
        path,
        dict(names) | {decorator: mark, "__name__": f"{decorator}s_{chapter.id}"},
        f"`{decorator}` and the chapter's names are simply there: import nothing from grader",
    )
    return tuple(found)


def _line_in(error: BaseException, filename: str) -> int | None:
    """The innermost line of ``filename`` in the error's traceback."""
    line, frame = None, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == filename:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
