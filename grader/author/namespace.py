"""The chapter's own values: references, given data, mistakes and variants, executed on the trusted side.

Cells that need TensorFlow are probes and are not run here; a Keras exercise's reference is defined but
never called, because its NumPy counterpart (``same_as=``) stands in for it.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import linecache
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from grader.author.chapter import Cell, Chapter

Function = Callable[..., Any]


@dataclass(frozen=True)
class Answer:
    """Another answer of an exercise, as code: a known mistake or a right variant."""

    exercise: str
    name: str
    sentence: str
    function: Function


@dataclass(frozen=True)
class Namespace:
    """What the chapter's setup, given and exercise cells define, and its known answers."""

    names: dict[str, Any]
    mistakes: tuple[Answer, ...]
    variants: tuple[Answer, ...]

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
    return Namespace(names, _answers(chapter, "mistakes.py", "mistake", names),
                     _answers(chapter, "variants.py", "variant", names))


def run_cell(chapter: Chapter, cell: Cell, names: dict[str, Any]) -> None:
    """Execute one trusted cell; its lines show in tracebacks as lines of chapter.py."""
    source = "\n" * cell.line + cell.source
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, str(chapter.file), "exec"), names)
    except Exception as error:
        line = getattr(error, "lineno", None) or _line_in(error, str(chapter.file)) or cell.line
        raise chapter.error(cell, f"{type(error).__name__}: {error}", line - cell.line) from error


def _answers(chapter: Chapter, filename: str, decorator: str, names: dict[str, Any]) -> tuple[Answer, ...]:
    path = chapter.path / filename
    if not path.is_file():
        return ()
    found: list[Answer] = []

    def mark(exercise: str) -> Callable[[Function], Function]:
        def keep(function: Function) -> Function:
            found.append(Answer(exercise, function.__name__, inspect.getdoc(function) or "", function))
            return function
        return keep

    scope = dict(names) | {decorator: mark, "__name__": f"{decorator}s_{chapter.id}"}
    linecache.checkcache(str(path))
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), scope)
    return tuple(found)


def _line_in(error: BaseException, filename: str) -> int | None:
    """The innermost line of ``filename`` in the error's traceback."""
    line, frame = None, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == filename:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
