"""A class's submissions of one chapter, graded into nbgrader's gradebook: in parallel, and resumable.

The journal is the verdicts' folder: a submission's JSON is written last, with a key made of everything that
its grade follows from. What has its key is done; after a kill the rest is.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from traitlets.config import Config, PyFileConfigLoader

from grader import __version__
from grader.author.chapter import Chapter, load_chapter
from grader.author.namespace import load_namespace
from grader.course.record import record
from grader.run.grading import Graded
from grader.run.many import Task, grade_many
from grader.run.submission import SubmissionError, chapter_id_of, read_submission
from grader.settings import Settings, load_secret


class ClassError(Exception):
    """Why a class cannot be graded, in one line."""


@dataclass(frozen=True)
class Counted:
    """students: the roster and all with a submission; fresh: how many were graded now."""

    students: list[str]
    fresh: int


def run_class(
    settings: Settings, chapter_id: str, jobs: int, step: Callable[[str, int, int], None] = lambda *told: None
) -> Counted:
    """Grade what has changed since the last run. ``step(student, done, of)`` hears of each.

    Raises ClassError, ChapterError, SettingsError, NurseryError: one line each; what was graded stays.
    """
    chapter = load_chapter(settings.chapter(chapter_id))
    namespace = load_namespace(chapter)
    secret = load_secret(settings)
    folder = settings.course / "verdicts" / chapter.id
    config = _nbgrader_config(settings)
    tasks = find_submissions(settings, chapter.id)
    keys = {task.student: submission_key(task.path, chapter, settings, secret) for task in tasks}
    waiting = [task for task in tasks if _known_key(folder, task.student) != keys[task.student]
               or not _autograded(settings, chapter, task.student).is_file()]
    with Gradebook(f"sqlite:///{settings.course / 'gradebook.db'}", "nn-by-hand") as gradebook:
        try:
            gradebook.find_assignment(chapter.id)
        except MissingEntry:
            raise ClassError(f"the gradebook does not know {chapter.id}: run 'grader build {chapter.id}' and "
                             f"'nbgrader generate_assignment {chapter.id}' first") from None
        for done, (task, graded) in enumerate(
                grade_many(waiting, chapter, namespace, secret, settings.limits, jobs), start=1):
            _write(settings, gradebook, config, chapter, task, graded, keys[task.student])
            step(task.student, done, len(waiting))
        roster = {student.id for student in gradebook.students}
    return Counted(sorted(roster | {task.student for task in tasks}), len(waiting))


def find_submissions(settings: Settings, chapter_id: str) -> list[Task]:
    """Each student's one notebook in ``submitted/``; a renamed one is found, the chapter's own name goes first."""
    found = []
    for folder in sorted((settings.course / "submitted").glob(f"*/{chapter_id}")):
        path = most_likely(sorted(folder.glob("*.ipynb")), chapter_id)
        if path is not None:
            found.append(Task(folder.parent.name, path))
    return found


def most_likely(paths: Sequence[Path], chapter_id: str) -> Path | None:
    """The notebook of the chapter's name; else the one that says it is this chapter's; else the newest."""
    def rank(path: Path) -> tuple[bool, bool, float]:
        try:
            same = chapter_id_of(read_submission(path), path) == chapter_id
        except SubmissionError:
            same = False
        return path.stem == chapter_id, same, path.stat().st_mtime
    return max(paths, key=rank, default=None)


def submission_key(path: Path, chapter: Chapter, settings: Settings, secret: bytes) -> str:
    """A hash of everything that a grade follows from: the file, the chapter, the limits, the secret, the version."""
    digest = hashlib.sha256()
    for part in (path.read_bytes(), *(file.read_bytes() for file in sorted(chapter.path.glob("*.py"))),
                 repr(settings.limits).encode(), secret, __version__.encode()):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _write(
    settings: Settings, gradebook: Gradebook, config: Config, chapter: Chapter, task: Task, graded: Graded, key: str
) -> None:
    """Gradebook, then ``autograded/``, then the journal's entry: a kill in between is made good by the next run."""
    source, target = task.path.parent, _autograded(settings, chapter, task.student)
    gradebook.update_or_create_student(task.student)
    stamp = source / "timestamp.txt"
    told = {"timestamp": parse_utc(stamp.read_text().strip())} if stamp.is_file() and stamp.read_text().strip() else {}
    with gradebook.db.no_autoflush:
        gradebook.update_or_create_submission(chapter.id, task.student, **told)
    text = record(gradebook, task.student, chapter, graded)
    _late(gradebook, config, chapter, task.student)
    target.parent.mkdir(parents=True, exist_ok=True)
    for other in _others(source):
        (target.parent / other.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(other, target.parent / other.relative_to(source))
    replace_file(target, text)
    journal = settings.course / "verdicts" / chapter.id / f"{task.student}.json"
    replace_file(journal, json.dumps({"key": key, **graded.as_dict()}, indent=2))


def replace_file(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.part")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)


def _others(source: Path) -> Iterator[Path]:
    """What was handed in beside the notebook; links are not followed."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb":
            yield path


def _late(gradebook: Gradebook, config: Config, chapter: Chapter, student: str) -> None:
    """nbgrader's own late penalties, as its configuration says."""
    if gradebook.find_submission(chapter.id, student).total_seconds_late > 0:
        told = {"notebook": chapter.id, "assignment": chapter.id, "student": student,
                "db_url": str(gradebook.engine.url)}
        AssignLatePenalties(config=config).preprocess(nbformat.v4.new_notebook(), {"nbgrader": told})


def _nbgrader_config(settings: Settings) -> Config:
    file = settings.root / "nbgrader_config.py"
    return PyFileConfigLoader(file.name, path=str(file.parent)).load_config() if file.is_file() else Config()


def _autograded(settings: Settings, chapter: Chapter, student: str) -> Path:
    return settings.course / "autograded" / student / chapter.id / f"{chapter.id}.ipynb"


def _known_key(folder: Path, student: str) -> str | None:
    try:
        known = json.loads((folder / f"{student}.json").read_text(encoding="utf-8"))
        return str(known["key"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
