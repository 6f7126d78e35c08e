"""Grading files without a gradebook: which notebooks, which chapter, and a row for each, whatever came."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nbformat.v4 import new_notebook

from grader.chapter.model import Chapter
from grader.chapter.roles import Role
from grader.finding import Code, Finding
from grader.grade.jobs import Desk, Job
from grader.grade.submission import File, SubmissionError, chapter_id_of, notebooks_below, read_file, read_submission
from grader.result import Graded
from grader.settings import Settings
from grader.text import Text, say
from grader.verdict import Verdict


def notebooks_in(paths: Sequence[Path]) -> list[Path]:
    """The notebooks named, and those in the folders named and in the folders within them (`notebooks_below`).

    Raises SubmissionError where there is none, or where a path is not there.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise SubmissionError(
                say("{path} is not there; a notebook, or a folder of notebooks, is expected", path=path)
            )
        found += notebooks_below(path) if path.is_dir() else [path]
    if not found:
        raise SubmissionError(say("no notebook (*.ipynb) in {paths}", paths=", ".join(map(str, paths))))
    return found


def grade_files(
    files: Sequence[Path], settings: Settings, secret: bytes, student: str = "", expected: str = ""
) -> list[tuple[Path, Graded]]:
    """Grade each file. What cannot be graded is a row with 0 and the reason; nobody else's row is lost for it.

    student: whose hidden inputs; "" takes a hash of the file. expected: the chapter that was handed out; "" takes
    each notebook's word for it. Raises ChapterError, SettingsError or NurseryError for what is no student's doing.
    """
    with Desk(secret) as desk:
        chapter = desk.prepare(settings.chapter(expected)).chapter if expected else None
        return [(path, _grade(path, desk, settings, student, chapter)) for path in files]


def _grade(path: Path, desk: Desk, settings: Settings, student: str, expected: Chapter | None) -> Graded:
    file = read_file(path)
    try:
        folder = settings.chapter(_chapter_of(file, settings, expected))
    except SubmissionError as error:
        return _refused(error.told, student, expected, file)
    who = student or file.digest[:12]
    return desk.grade(Job(folder, desk.prepare(folder).digest, who, file, settings.limits, settings.locale))


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
