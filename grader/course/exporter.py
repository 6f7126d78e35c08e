"""nbgrader's autograde, led through worker and referee.

nbgrader converts each submission twice: to sanitise it and to grade it. The first pass does the whole
grading here, of all submissions at once; the second runs only nbgrader's own late penalties.
"""

from __future__ import annotations

import io
import json
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException

from grader.author.chapter import Chapter, load_chapter
from grader.author.namespace import Namespace, load_namespace
from grader.course.classrun import most_likely, replace_file, submission_key
from grader.course.record import record
from grader.run.grading import Graded
from grader.run.many import Task, grade_many
from grader.settings import Settings, load_secret, load_settings


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]
    """Grades a submission where nbgrader would only convert it."""

    def from_filename(self, filename: str, resources: Any = None, **settings: Any) -> Any:
        if not self.parent._sanitizing:
            return super().from_filename(filename, resources=resources, **settings)
        told = resources["nbgrader"]
        course = load_settings(Path(self.parent.coursedir.root))
        chapter, _ = _chapter(course, told["assignment"])
        graded = _graded(self.parent, course, Path(filename))
        for note in (*graded.notes, *([graded.problem] if graded.problem else [])):
            self.log.warning("%s: %s", told["student"], note)
        with Gradebook(told["db_url"]) as gradebook:
            text = record(gradebook, told["student"], chapter, graded)
        key = submission_key(Path(filename), chapter, course, load_secret(course))
        replace_file(course.course / "verdicts" / chapter.id / f"{told['student']}.json",
                     json.dumps({"key": key, **graded.as_dict()}, indent=2))
        # Through the exporter once more, with no preprocessor: it fills in what nbgrader's writer expects.
        return super().from_file(io.StringIO(text), resources=resources)


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
                told = self.parent.init_single_notebook_resources(path)["nbgrader"]
                changed = _changes(path, told["assignment"], told["notebook"], told["db_url"])
                if changed:
                    self.parent.log.error(
                        "%s: %s, but submissions are in the gradebook already. Build and release the new version under "
                        "another chapter name, or run 'nbgrader db assignment remove %s --force', generate_assignment, "
                        "and autograde --force.", told["assignment"], changed, told["assignment"])
                    raise NbGraderException(changed)


def find_renamed(assignment: str, student: str, notebooks: list[str]) -> None:
    """nbgrader's pre_convert_hook: a renamed notebook is copied to the name that nbgrader looks for."""
    if not notebooks:
        return
    folder = Path(notebooks[0]).parent
    wanted = folder / f"{folder.name}.ipynb"
    found = most_likely([Path(path) for path in notebooks], folder.name)
    if found is not None and not wanted.exists():
        shutil.copyfile(found, wanted)
    notebooks[:] = [str(wanted)]


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
    told = [cell.metadata["nbgrader"] for cell in nbformat.read(path, as_version=4).cells
            if "nbgrader" in cell.metadata]
    after = {cell["grade_id"]: float(cell["points"]) for cell in told if cell.get("grade")}
    moved = cells_before ^ {cell["grade_id"] for cell in told}
    if moved:
        return "cells were added or removed: " + ", ".join(sorted(moved))
    points = [f"{name} from {before[name]:g} to {after[name]:g}" for name in after if before.get(name) != after[name]]
    return "points changed: " + ", ".join(points) if points else ""


#: What is graded and not yet converted, by the submission's folder.
_AHEAD: dict[Path, Graded] = {}


def _graded(converter: Any, course: Settings, path: Path) -> Graded:
    """The grading of a file. The first time all that nbgrader is about to convert is graded, in parallel."""
    if path.parent not in _AHEAD:
        chapter, namespace = _chapter(course, path.parent.name)
        waiting = [Task(path.parent.parent.name, path)]
        for folder in map(Path, converter.assignments):
            found = most_likely(sorted(folder.glob("*.ipynb")), chapter.id)
            if found and folder.name == chapter.id and folder != path.parent and not _converted(converter, folder):
                waiting.append(Task(folder.parent.name, found))
        done = grade_many(waiting, chapter, namespace, load_secret(course), course.limits, os.cpu_count() or 1)
        _AHEAD.update({task.path.parent: graded for task, graded in done})
    return _AHEAD.pop(path.parent)


def _converted(converter: Any, folder: Path) -> bool:
    """Whether nbgrader would leave this submission out, because it has been autograded."""
    target = Path(converter._format_dest(folder.name, folder.parent.name))
    return target.exists() and not converter.force


@cache
def _chapter(course: Settings, name: str) -> tuple[Chapter, Namespace]:
    chapter = load_chapter(course.chapter(name))
    return chapter, load_namespace(chapter)
