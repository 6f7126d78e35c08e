"""nbgrader's autograde, led through worker and referee.

nbgrader converts each submission twice: to sanitise it and to grade it. The first pass does the whole
grading here; the second runs only nbgrader's own late penalties.
"""

from __future__ import annotations

import atexit
import io
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
from grader.course.record import record
from grader.run.grading import grade_submission, preload
from grader.run.nursery import Nursery
from grader.run.submission import SubmissionError, chapter_id_of, read_submission
from grader.settings import Settings, load_secret, load_settings


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]
    """Grades a submission where nbgrader would only convert it."""

    def from_filename(self, filename: str, resources: Any = None, **settings: Any) -> Any:
        if not self.parent._sanitizing:
            return super().from_filename(filename, resources=resources, **settings)
        told = resources["nbgrader"]
        course = load_settings(Path(self.parent.coursedir.root))
        chapter, namespace = _chapter(course, told["assignment"])
        graded = grade_submission(Path(filename), chapter, namespace, student=told["student"],
                                  secret=load_secret(course), limits=course.limits, nursery=_nursery(preload(chapter)))
        for note in (*graded.notes, *([graded.problem] if graded.problem else [])):
            self.log.warning("%s: %s", told["student"], note)
        text = record(told["student"], chapter, graded, told["db_url"], course.course / "verdicts")
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
    if not wanted.exists():
        shutil.copyfile(_most_likely([Path(path) for path in notebooks], folder.name), wanted)
    notebooks[:] = [str(wanted)]


def _most_likely(paths: list[Path], chapter: str) -> Path:
    """The notebook that says it is this chapter's; else the newest."""
    def rank(path: Path) -> tuple[bool, float]:
        try:
            same = chapter_id_of(read_submission(path), path) == chapter
        except SubmissionError:
            same = False
        return same, path.stat().st_mtime
    return max(paths, key=rank)


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


@cache
def _nursery(modules: tuple[str, ...]) -> Nursery:
    """One zygote for all submissions of a command; it ends with the command."""
    nursery = Nursery(modules)
    atexit.register(nursery.close)
    return nursery


@cache
def _chapter(course: Settings, name: str) -> tuple[Chapter, Namespace]:
    chapter = load_chapter(course.chapter(name))
    return chapter, load_namespace(chapter)
