"""What a release carries: right answers and mistakes on the public inputs, hints, points and terms."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from grader.chapter.checks import checks_of, compiled
from grader.chapter.model import Cell, Chapter
from grader.chapter.namespace import Namespace
from grader.chapter.release import stub_of, visible_source
from grader.chapter.roles import Role
from grader.chapter.terms import terms_of
from grader.chapter.translate import hints_of
from grader.judge.recording import Recording
from grader.judge.words.scored import Scored
from grader.judge.words.trained import Trained
from grader.notebook import check
from grader.syntax.added import marks
from grader.syntax.taken import gives
from grader.syntax.trees import texts
from grader.text import ENGLISH, Catalogue, render


def record_chapter(
    chapter: Chapter, namespace: Namespace, *, written: bool = True, catalogue: Catalogue = ENGLISH
) -> dict[str, Any]:
    """The record of a chapter as plain data, with or without its written questions, its sentences in the language of
    the catalogue. Raises ChapterError where a reference raises."""
    checks = {cell.name: record_check(chapter, cell, namespace, catalogue) for cell in chapter.of(Role.CHECK)}
    return {
        "format": check.RECORD_FORMAT,
        "checks": checks,
        "hints": {cell.name: _hints(chapter, cell.name, catalogue) for cell in chapter.of(Role.HINTS)},
        "terms": {
            cell.name: list(astuple(terms_of(chapter, namespace, cell.name))) for cell in chapter.of(Role.EXERCISE)
        },
        "named": {
            cell.name: {name: render(told, catalogue) for name, told in namespace.sentences(cell.name).items()}
            for cell in chapter.of(Role.EXERCISE)
            if _refers_by_name(chapter, namespace, cell.name)
        },
        "given": {
            name: [str(cell.role), cell.name]
            for cell in chapter.of(Role.SETUP, Role.GIVEN, Role.ADAPTER, Role.PROBE)
            for name in sorted(gives(cell.source))
        },
        "marks": {
            f"{cell.role} {cell.name}": list(marks(visible_source(chapter, cell)))
            for cell in chapter.cells
            if cell.role.locked or cell.role is Role.CHECK
        }
        | {f"{cell.role} {cell.name}": list(marks(stub_of(chapter, cell))) for cell in chapter.of(Role.EXERCISE)},
        "points": {cell.name: cell.points for cell in chapter.of(Role.CHECK)},
        "written": {cell.name: cell.points for cell in chapter.of(Role.WRITTEN) if written},
    }


def _hints(chapter: Chapter, exercise: str, catalogue: Catalogue) -> list[str]:
    return [render(hint, catalogue) for hint in hints_of(chapter, exercise)]


def _refers_by_name(chapter: Chapter, namespace: Namespace, exercise: str) -> bool:
    """Whether scores or adapters of an exercise may say which known mistake it is."""
    checks = [check for check in checks_of(chapter) if check.cell.judges == exercise]
    known = set(namespace.sentences(exercise))
    adapters = [cell for cell in chapter.of(Role.ADAPTER) if cell.judges == exercise]
    adapted = any(cell.worker_only or texts(cell.source) & known for cell in adapters)
    return adapted or any(call.word in (Scored, Trained) for check in checks for call in check.calls)


def record_check(
    chapter: Chapter, cell: Cell, namespace: Namespace, catalogue: Catalogue = ENGLISH
) -> list[dict[str, Any]]:
    """What is expected of each call in a check's visible lines. Raises ChapterError where a reference raises."""
    recording = Recording(namespace, catalogue)
    recording.begin(cell.name, cell.points)
    try:
        compiled(chapter, cell.name).run(namespace, recording, hidden=False)
    except Exception as error:
        raise chapter.error(cell, f"the visible part of this check fails: {type(error).__name__}: {error}") from error
    for part in recording.verdict().parts:
        if part.status != "passed":
            raise chapter.error(
                cell,
                f"the reference of {cell.judges!r} fails its own check (part {part.name!r}): "
                f"{part.message} {'; '.join(part.detail)}".rstrip(),
            )
    return recording.kept
