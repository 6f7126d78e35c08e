"""A chapter as a course grades it: its code, where nbgrader's configuration has the course, and its journal.

The journal is the verdicts' folder: a submission's JSON is written last, with a key made of everything that
its grade follows from.
"""

from __future__ import annotations

import fcntl
import glob
import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

from grader import __version__
from grader.chapter.model import Chapter
from grader.grade.jobs import Prepared, prepare
from grader.grade.submission import MAX_FILE_MB, all_below, notebooks_below
from grader.gradebook.archives import REFUSED
from grader.gradebook.ours import Ours
from grader.plain import Fields
from grader.refusal import Refusal
from grader.result import Graded
from grader.settings import Settings, load_secret, make_course
from grader.text import NO_TEXT, Text, say

#: Characters of a reason that are read: what a student handed in may be called like one.
MAX_REASON = 500
#: The reason, or one of several.
_REFUSED = re.compile(rf"{Path(REFUSED).stem}(?:-\d+)?\.txt")


class ClassError(Refusal):
    """Why a class cannot be graded, in one line."""


@dataclass(frozen=True)
class Entry:
    """What the journal keeps of a submission. key: a hash of what its grade follows from; page: of the notebook that
    stands in ``autograded/``."""

    key: str
    page: str
    graded: Graded

    def to_json(self) -> dict[str, Any]:
        """As plain data; the notebook is in ``autograded/``."""
        return {"key": self.key, "page": self.page, **self.graded.to_json(with_notebook=False)}


@dataclass(frozen=True)
class Assignment:
    """config, directory: nbgrader's configuration."""

    settings: Settings
    prepared: Prepared
    secret: bytes
    config: Config
    directory: CourseDirectory

    @property
    def chapter(self) -> Chapter:
        return self.prepared.chapter

    @property
    def db_url(self) -> str:
        return str(self.directory.db_url)

    @cached_property
    def ours(self) -> Ours:
        return Ours(self.settings)

    @property
    def journal(self) -> Path:
        return self.settings.course / "verdicts" / self.chapter.id

    def submitted(self, chapters: str = "") -> list[Path]:
        """The folder of each submission of the chapter (or of all that the pattern ``chapters`` names), in order."""
        pattern = os.path.join(
            glob.escape(self.directory.root),
            self.directory.directory_structure.format(
                nbgrader_step=glob.escape(self.directory.submitted_directory),
                student_id="*",
                assignment_id=chapters or glob.escape(self.chapter.id),
            ),
        )
        return [Path(path) for path in sorted(glob.glob(pattern)) if os.path.isdir(path)]

    def submission(self, student: str) -> Path:
        """The folder of what a student handed in."""
        return self._folder(self.directory.submitted_directory, student)

    def autograded(self, student: str) -> Path:
        return self._folder(self.directory.autograded_directory, student)

    def feedback(self, student: str) -> Path:
        return self._folder(self.directory.feedback_directory, student)

    def student_of(self, folder: Path) -> str:
        """Whose the folder of a submission is."""
        before = self._folder(self.directory.submitted_directory, "\0").parts.index("\0")
        return folder.parts[before]

    def refusal(self, folder: Path) -> Text:
        """Why nothing in the folder of a submission is graded; no text where it may be."""
        root = Path(self.directory.root, self.directory.submitted_directory)
        for path in (folder, *folder.parents):
            if path == root:
                break
            if path.is_symlink():
                return say("{name} is a link: the files themselves are expected", name=path.name)
        for path in all_below(folder):
            if path.is_file() and not path.is_symlink() and self.ours.holds(path):
                return say(
                    "{name} is byte for byte a file of the course's own, which no student has: was it a link that was "
                    "followed at collection? Nothing beside it is graded either",
                    name=str(path.relative_to(folder)),
                )
        notes = [path for path in sorted(folder.glob("*.txt")) if _REFUSED.fullmatch(path.name) and path.is_file()]
        if notes and not notebooks_below(folder):
            with notes[0].open(encoding="utf-8", errors="replace") as file:
                why = file.read(MAX_REASON).strip().rstrip(".")
            return say("it was not collected: {why}", why=why)
        return NO_TEXT

    def key(self, path: Path, refused: str = "") -> str:
        """A hash of what a grade follows from: file, chapter, limits, secret and version, and the page's language.

        refused: why the file is not read. "" for a file that cannot be read: no grade of it is final.
        """
        try:
            if not path.is_file():
                handed_in = repr(list(map(str, all_below(path)))).encode()
            elif path.stat().st_size <= MAX_FILE_MB * 2**20:
                handed_in = path.read_bytes()
            else:  # it is not graded: its size says enough
                handed_in = repr(path.stat().st_size).encode()
        except OSError:
            return ""
        digest = hashlib.sha256()
        follows_from = (self.prepared.digest, repr(self.settings.limits), self.settings.locale, __version__, refused)
        for part in (handed_in, self.secret, *map(str.encode, follows_from)):
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()

    def journal_of(self, student: str) -> Entry | None:
        """What the journal says of a student; None where it says nothing that can be read."""
        return read_entry(self.journal / f"{student}.json")

    def _folder(self, step: str, student: str) -> Path:
        return Path(self.directory.format_path(step, student, self.chapter.id))


def read_entry(file: Path) -> Entry | None:
    """A journal's entry; None where there is none that this version can read: such a submission is graded again."""
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        told = Fields(known)
        return Entry(told.text("key"), told.text("page"), Graded.from_json(known))
    except (OSError, ValueError, RecursionError):
        return None


def read_journal(folder: Path, students: Sequence[str]) -> dict[str, Graded | None]:
    """What the journal in ``folder`` holds of each student."""
    entries = {student: read_entry(folder / f"{student}.json") for student in students}
    return {student: entry.graded if entry else None for student, entry in entries.items()}


def load_assignment(
    settings: Settings, chapter_id: str, config: Config | None = None, directory: CourseDirectory | None = None
) -> Assignment:
    """Load a chapter to grade it. config, directory: of a running nbgrader; else both are read from nbgrader_config.py.

    Raises ChapterError, SettingsError.
    """
    config = _nbgrader_config(settings) if config is None else config
    return Assignment(
        settings,
        prepare(settings.chapter(chapter_id)),
        load_secret(settings),
        config,
        directory or CourseDirectory(config=config),
    )


def differences(assignment: Assignment, gradebook: Gradebook) -> str:
    """What differs between the chapter's graded cells and the gradebook's; "" for nothing. Raises MissingEntry."""
    roles = ("check", "written") if assignment.settings.written else ("check",)
    cells = assignment.chapter.of(*roles)
    known = gradebook.find_notebook(assignment.chapter.id, assignment.chapter.id)
    return changes(
        {cell.name: float(cell.max_score) for cell in known.grade_cells},
        {str(cell.grade_id): float(cell.points) for cell in cells},
    )


def changes(before: dict[str, float], after: dict[str, float]) -> str:
    """What differs between two versions' graded cells and their points, in words; "" for nothing."""
    if moved := before.keys() ^ after.keys():
        return "cells were added or removed: " + ", ".join(sorted(moved))
    points = [f"{name} from {before[name]:g} to {after[name]:g}" for name in after if before[name] != after[name]]
    return "points changed: " + ", ".join(points) if points else ""


def refuse_changed(assignment: Assignment, gradebook: Gradebook) -> None:
    """Raises ClassError where the gradebook does not hold this chapter, or another version of it."""
    name = assignment.chapter.id
    try:
        changed = differences(assignment, gradebook)
    except MissingEntry:
        raise ClassError(
            f"the gradebook does not know {name}: run 'grader build {name}' and "
            f"'nbgrader generate_assignment {name}' first"
        ) from None
    if changed:
        raise ClassError(
            f"{name}: {changed}, but the gradebook holds the chapter as it was: run 'grader build {name}' "
            f"and 'nbgrader generate_assignment {name}' first, or take the change back"
        )


@contextmanager
def only_one(settings: Settings, wait: bool = False) -> Iterator[None]:
    """One process grades a course at a time. Raises ClassError where another one does, unless it is to ``wait``."""
    make_course(settings.course)
    with (settings.course / ".grading").open("w") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))  # lockf: no child inherits it
        except BlockingIOError:
            raise ClassError("another run is grading this course: wait until it has ended") from None
        yield


def _nbgrader_config(settings: Settings) -> Config:
    """nbgrader's configuration as the stock commands read it in the course's folder."""
    course = Config(
        {
            "CourseDirectory": {
                "root": str(settings.root),
                "db_url": f"sqlite:///{settings.course / 'gradebook.db'}",
                **{f"{step}_directory": f"course/{step}" for step in ("submitted", "autograded", "feedback")},
            }
        }
    )
    file = settings.root / "nbgrader_config.py"
    if file.is_file():
        course.merge(PyFileConfigLoader(file.name, path=str(file.parent)).load_config())
    return course
