"""nbgrader's autograde, led through worker and referee.

nbgrader converts each submission twice: to sanitise it and to grade it. The first pass does the whole
grading here, of all submissions at once, and keeps the grade; the second changes nothing.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from sqlalchemy.exc import SQLAlchemyError

from grader.chapter.model import ChapterError
from grader.escape import one_line
from grader.grade.jobs import grade_many
from grader.gradebook.assignment import Assignment, ClassError, changes, load_assignment, only_one, refuse_changed
from grader.gradebook.classrun import tasks_of, with_remarks
from grader.gradebook.keeping import MAX_TIMESTAMP, keep, remove_beside
from grader.result import Graded
from grader.settings import Settings, SettingsError, load_settings


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]
    """Grades a submission where nbgrader would only convert it. It lives for one run of autograde.

    What cannot be graded at all is refused, in one line, before nbgrader touches a file.
    """

    def __init__(self, config: Any = None, **settings: Any) -> None:
        super().__init__(config=config, **settings)
        #: What is graded and not yet converted, with the key of the file as it was then, by the submission's folder;
        #: None before the first.
        self._ahead: dict[Path, tuple[Graded, str]] | None = None
        self._assignments: dict[str, Assignment] = {}
        if self.parent is None:
            return
        try:
            course = load_settings(Path(self.parent.coursedir.root))
            with only_one(course):
                for name in sorted({Path(folder).name for folder in self.parent.assignments}):
                    self._load(course, name)
                self._leave_out_endless_times()
        except (ChapterError, ClassError, SettingsError, OSError, SQLAlchemyError) as error:
            self.parent.log.error("%s", error)
            raise NbGraderException(str(error)) from error

    def from_filename(self, filename: str, resources: Any = None, **settings: Any) -> Any:
        if not self.parent._sanitizing:
            return super().from_filename(filename, resources=resources, **settings)
        nbgrader = resources["nbgrader"]
        assignment, folder = self._assignments[nbgrader["assignment"]], Path(filename).parent
        with only_one(assignment.settings, wait=True):
            graded, key = self._graded(assignment, folder)
            (task,) = tasks_of(assignment, [folder])
            graded = with_remarks(assignment, task, graded)
            remove_beside(folder, assignment.autograded(task.student), assignment.ours, bool(task.refused))
            for note in (*graded.notes, *([graded.problem] if graded.problem else [])):
                self.log.warning("%s: %s", one_line(nbgrader["student"]), one_line(note))
            with Gradebook(assignment.db_url, assignment.directory.course_id) as gradebook:
                text = keep(assignment, gradebook, folder, nbgrader["student"], graded, key)
        # Through the exporter once more, with no preprocessor: it fills in what nbgrader's writer expects.
        return super().from_file(io.StringIO(text), resources=resources)

    def _load(self, course: Settings, name: str) -> None:
        assignment = load_assignment(course, name, self.parent.config, self.parent.coursedir)
        with Gradebook(assignment.db_url, assignment.directory.course_id) as gradebook:
            refuse_changed(assignment, gradebook)
        self._assignments[name] = assignment

    def _leave_out_endless_times(self) -> None:
        """nbgrader reads a time however long it is, which takes the square of its length."""
        for folder in list(self.parent.assignments):
            stamp = Path(folder, "timestamp.txt")
            if stamp.is_file() and stamp.stat().st_size > 4 * MAX_TIMESTAMP:
                del self.parent.assignments[folder]
                self.parent.log.error("%s is no time: mend or remove the file; this folder is left out", stamp)

    def _graded(self, assignment: Assignment, folder: Path) -> tuple[Graded, str]:
        """The grading of a folder, and its key. The first time all that nbgrader is about to convert is graded."""
        waiting = [folder] if self._ahead is None or folder not in self._ahead else []
        if self._ahead is None:
            self._ahead = {}
            waiting += [
                other
                for other in map(Path, self.parent.assignments)
                if other != folder and other.name == folder.name and _to_be_converted(self.parent, other)
            ]
        tasks = tasks_of(assignment, waiting)
        folders = {task.student: other for task, other in zip(tasks, waiting, strict=True)}
        # Before the grading: what is handed in meanwhile is graded by the next run.
        keys = {task.student: assignment.key(task.path, str(task.refused)) for task in tasks}
        for task, graded in (
            grade_many(
                tasks,
                assignment.prepared,
                assignment.secret,
                assignment.settings.limits,
                os.cpu_count() or 1,
                locale=assignment.settings.locale,
            )
            if tasks
            else ()
        ):
            self._ahead[folders[task.student]] = graded, keys[task.student]
        return self._ahead.pop(folder)


class ReleaseExporter(NotebookExporter):  # type: ignore[misc]
    """Refuses, before nbgrader touches a file, a release that would make earlier grades mean something else.

    nbgrader itself notices inside the conversion: it shows a traceback and removes the release that was there.
    """

    def __init__(self, config: Any = None, **settings: Any) -> None:
        super().__init__(config=config, **settings)
        if self.parent is None or self.parent.no_database:
            return
        for notebooks in self.parent.assignments.values():
            for path in notebooks:
                resources = self.parent.init_single_notebook_resources(path)["nbgrader"]
                changed = _changes(path, resources["assignment"], resources["notebook"], resources["db_url"])
                if changed:
                    self.parent.log.error(
                        "%s: %s, but submissions are in the gradebook already. Take the change back, or build and "
                        "release the new version under another chapter name. (The third way loses what you gave by "
                        "hand, comments and due date: copy course/gradebook.db first, then 'nbgrader db assignment "
                        "remove %s --force', generate_assignment, and autograde --force.)",
                        resources["assignment"],
                        changed,
                        resources["assignment"],
                    )
                    raise NbGraderException(changed)


def find_renamed(assignment: str, student: str, notebooks: list[str]) -> None:
    """nbgrader's pre_convert_hook: one notebook a submission, under the name that nbgrader looks for.

    The file of that name need not be there: the exporter reads what was handed in instead.
    """
    if notebooks:
        folder = Path(notebooks[0]).parent
        notebooks[:] = [str(folder / f"{folder.name}.ipynb")]


def _changes(path: str, assignment: str, notebook: str, db_url: str) -> str:
    """What differs between the notebook at ``path`` and the gradebook, once submissions exist; "" for nothing."""
    with Gradebook(db_url) as gradebook:
        try:
            known = gradebook.find_notebook(notebook, assignment)
        except MissingEntry:
            return ""
        if not known.submissions:
            return ""
        before = {cell.name: float(cell.max_score) for cell in known.grade_cells}
        cells_before = {cell.name for cell in known.source_cells} | set(before)
    marked = [
        cell.metadata["nbgrader"] for cell in nbformat.read(path, as_version=4).cells if "nbgrader" in cell.metadata
    ]
    after = {cell["grade_id"]: float(cell["points"]) for cell in marked if cell.get("grade")}
    if moved := cells_before ^ {cell["grade_id"] for cell in marked}:
        return "cells were added or removed: " + ", ".join(sorted(moved))
    return changes(before, after)


def _to_be_converted(converter: Any, folder: Path) -> bool:
    """Whether nbgrader will convert this submission: it was never autograded, is forced, or is newer."""
    target = converter._format_dest(folder.name, folder.parent.name)
    if not os.path.exists(target) or converter.force:
        return True
    try:
        new, old = map(converter.coursedir.get_existing_timestamp, (str(folder), target))
    except (AttributeError, ValueError, OSError):  # no time in it: nbgrader tells
        return False
    return new is not None and old is not None and new > old
