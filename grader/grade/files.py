"""Grading files without a gradebook: which notebooks, which chapter, and a row for each, whatever came."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nbformat.v4 import new_notebook

from grader.chapter.model import Chapter, load_chapter
from grader.chapter.roles import Role
from grader.chapter.translate import in_language
from grader.crew import Ended
from grader.finding import Code, Finding
from grader.grade.grading import preload, ungradable
from grader.grade.jobs import Job, begin, bounds_of, desk, grade_job, prepare, why_lost
from grader.grade.repair import repair
from grader.grade.submission import (
    File,
    SubmissionError,
    chapter_id_of,
    language_of,
    read_file,
    read_submission,
)
from grader.pool import mapped
from grader.result import Graded
from grader.sandbox.nursery import Nursery
from grader.settings import Settings
from grader.text import Text, say
from grader.verdict import Verdict


def grade_files(
    files: Sequence[Path], settings: Settings, secret: bytes, student: str = "", expected: str = ""
) -> list[tuple[Path, Graded]]:
    """Grade each file. What cannot be graded is a row with 0 and the reason; nobody else's row is lost for it.

    student: whose hidden inputs; "" takes a hash of the file. expected: the chapter that was handed out; "" takes
    each notebook's word for it. Raises ChapterError, SettingsError or NurseryError for what is no student's doing.
    """
    chapter = prepare(settings.chapter(expected)).chapter if expected else None

    def task(number: str) -> tuple[File, Settings, str, str]:
        return read_file(files[int(number)]), settings, student, expected

    def lost(number: str, ended: Ended) -> Graded:
        reason, file = why_lost(ended, settings.limits), read_file(files[int(number)])
        if chapter is None:
            return _refused(reason, student, None, file)
        return ungradable(chapter, student, reason, file.digest, settings.locale)

    with Nursery(preload(chapter)) if chapter else nullcontext() as nursery:
        if nursery is not None:
            nursery.start()
        results = mapped(
            _grade,
            list(map(str, range(len(files)))),
            task,
            begin=begin,
            told=(secret, nursery),
            bounds=bounds_of(settings.limits),
            lost=lost,
        )
        graded = dict(results)
    return [(path, graded[str(number)]) for number, path in enumerate(files)]


@dataclass(frozen=True)
class Glance:
    """What a notebook is at first sight. same: it says that it is the chapter's."""

    readable: bool = False
    answered: bool = False
    same: bool = False


def glances_at(submissions: Sequence[Sequence[Path]], chapter: Chapter, settings: Settings) -> dict[Path, Glance]:
    """A glance at each notebook of submissions that hold several, of which one is to be graded.

    All of one submission have the time and memory of one: there is none at those of one that takes more.
    """

    def none(number: str, _: Ended) -> list[Glance]:
        return [Glance()] * len(submissions[int(number)])

    glances = mapped(
        _glances,
        list(map(str, range(len(submissions)))),
        lambda number: (submissions[int(number)], chapter.path, settings.locale),
        bounds=bounds_of(settings.limits),
        lost=none,
    )
    found: dict[Path, Glance] = {}
    for number, seen in glances if submissions else ():
        found |= zip(submissions[int(number)], seen, strict=True)
    return found


def _glances(paths: Sequence[Path], folder: Path, locale: str) -> list[Glance]:
    return [glance_at(path, folder, locale) for path in paths]


def glance_at(path: Path, folder: Path, locale: str) -> Glance:
    """A glance at one notebook, by the chapter in ``folder``."""
    try:
        notebook = read_submission(path)
    except (SubmissionError, OSError, MemoryError):
        return Glance()
    chapter, _ = in_language(_chapter_in(folder), language_of(notebook, locale))
    answered = any(cell.changed for cell in repair(notebook, chapter).cells)
    return Glance(True, answered, chapter_id_of(notebook, path.name) == chapter.id)


@cache
def _chapter_in(folder: Path) -> Chapter:
    return load_chapter(folder)


def _grade(file: File, settings: Settings, student: str, expected: str) -> Graded:
    chapter = desk().prepare(settings.chapter(expected)).chapter if expected else None
    try:
        folder = settings.chapter(_chapter_of(file, settings, chapter))
    except SubmissionError as error:
        return _refused(error.told, student, chapter, file)
    who = student or file.digest[:12]
    return grade_job(Job(folder, desk().prepare(folder).digest, who, file, settings.limits, settings.locale))


def _chapter_of(file: File, settings: Settings, expected: Chapter | None) -> str:
    """The chapter to grade by: one of the course's own, and the expected one where one is expected."""
    notebook = read_submission(file)
    if expected is None:
        known = [folder.name for folder in settings.chapters()]
        named = chapter_id_of(notebook, file.name)
        if named not in known:
            raise SubmissionError(
                say(
                    "this notebook says that it is of chapter {named}, which is not here; known: {known}",
                    named=_short(named),
                    known=", ".join(known),
                )
            )
        return named
    named = chapter_id_of(notebook)
    if named not in (None, expected.id):
        raise SubmissionError(
            say(
                "this notebook says that it is of chapter {named}; {expected} is expected: hand in that one",
                named=_short(named),
                expected=expected.id,
            )
        )
    return expected.id


def _refused(reason: Text, student: str, expected: Chapter | None, file: File) -> Graded:
    """A row with 0: of the expected chapter's checks, where a chapter is expected."""
    verdicts = tuple(
        Verdict(check.name, check.points, 0.0, "error", Finding(Code.UNREADABLE, reason))
        for check in (expected.of(Role.CHECK) if expected else ())
    )
    chapter = expected.id if expected else "unknown"
    return Graded(chapter, student, verdicts, new_notebook(), (), reason, "none: nothing was run", 0, file.digest)


def _short(name: str | None) -> str:
    return repr(name[:100] if name else name)
