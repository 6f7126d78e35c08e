"""Grading files without a gradebook: which notebooks, which chapter, and a row for each, whatever came."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from nbformat.v4 import new_notebook

from grader.chapter.model import Chapter, ChapterError, load_chapter
from grader.chapter.namespace import Namespace, load_namespace
from grader.chapter.roles import Role
from grader.finding import Code, Finding
from grader.grade.grading import grade_submission, preload, ungradable
from grader.grade.submission import SubmissionError, chapter_id_of, read_submission
from grader.result import Graded
from grader.sandbox.nursery import Nursery, NurseryError
from grader.settings import Settings, SettingsError
from grader.text import Text, raw, say
from grader.verdict import Verdict


def notebooks_in(paths: Sequence[Path]) -> list[Path]:
    """The notebooks named, and those in the folders named, but for hidden folders' (Jupyter's checkpoints).

    Raises SubmissionError where there is none, or where a path is not there.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise SubmissionError(
                say("{path} is not there; a notebook, or a folder of notebooks, is expected", path=path)
            )
        inside = sorted(path.rglob("*.ipynb")) if path.is_dir() else []
        found += [file for file in inside if not _hidden(file.relative_to(path))] if path.is_dir() else [path]
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
    with _Desk(settings, secret, student, expected) as desk:
        return [(path, desk.grade(path)) for path in files]


class _Desk:
    """Chapters and zygotes that are loaded once for many files; files whose chapters import the same share one."""

    def __init__(self, settings: Settings, secret: bytes, student: str, expected: str) -> None:
        self._settings, self._secret, self._student = settings, secret, student
        self._chapters: dict[str, tuple[Chapter, Namespace]] = {}
        self._nurseries: dict[tuple[str, ...], Nursery] = {}
        self._opened = ExitStack()
        self._expected = self._load(expected)[0] if expected else None

    def __enter__(self) -> _Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def grade(self, path: Path) -> Graded:
        try:
            chapter, namespace = self._load(self._chapter_of(path))
            who = self._student or hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        except SubmissionError as error:
            return self._refused(error.told)
        except OSError as error:
            return self._refused(raw(str(error)))
        try:
            return grade_submission(
                path,
                chapter,
                namespace,
                student=who,
                secret=self._secret,
                limits=self._settings.limits,
                nursery=self._nursery(chapter),
                locale=self._settings.locale,
            )
        except (ChapterError, SettingsError, NurseryError):
            raise  # no student's doing
        except Exception as error:  # nor is this; the others are graded all the same
            return ungradable(chapter, who, error, self._settings.locale)

    def _chapter_of(self, path: Path) -> str:
        """The chapter to grade by: one of the course's own, and the expected one where one is expected."""
        notebook = read_submission(path)
        if self._expected is None:
            known = [folder.name for folder in self._settings.chapters()]
            named = chapter_id_of(notebook, path)
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
        if named not in (None, self._expected.id):
            raise SubmissionError(
                say(
                    "this notebook says that it is of chapter {named}; {expected} is expected: hand in that one",
                    named=_short(named),
                    expected=self._expected.id,
                )
            )
        return self._expected.id

    def _load(self, name: str) -> tuple[Chapter, Namespace]:
        if name not in self._chapters:
            chapter = load_chapter(self._settings.chapter(name))
            self._chapters[name] = chapter, load_namespace(chapter)
        return self._chapters[name]

    def _nursery(self, chapter: Chapter) -> Nursery:
        modules = preload(chapter)
        if modules not in self._nurseries:
            self._nurseries[modules] = self._opened.enter_context(Nursery(modules))
        return self._nurseries[modules]

    def _refused(self, reason: Text) -> Graded:
        """A row with 0: of the expected chapter's checks, where a chapter is expected."""
        checks = self._expected.of(Role.CHECK) if self._expected else []
        verdicts = tuple(
            Verdict(check.name, check.points, 0.0, "error", Finding(Code.UNREADABLE, reason)) for check in checks
        )
        return Graded(
            self._expected.id if self._expected else "unknown",
            self._student,
            verdicts,
            new_notebook(),
            (),
            reason,
            "none: nothing was run",
            0,
        )


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _short(name: str | None) -> str:
    return repr(name[:100] if name else name)
