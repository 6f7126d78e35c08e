"""nbgrader's autograde, led through worker and referee.

nbgrader converts each submission twice: to sanitise it and to grade it. The first pass does the whole
grading here; the second runs only nbgrader's own late penalties.
"""

from __future__ import annotations

import io
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter

from grader.author.chapter import Chapter, load_chapter
from grader.author.namespace import Namespace, load_namespace
from grader.course.record import record
from grader.run.grading import grade_submission
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
                                  secret=load_secret(course), limits=course.limits)
        for note in (*graded.notes, *([graded.problem] if graded.problem else [])):
            self.log.warning("%s: %s", told["student"], note)
        text = record(told["student"], chapter, graded, told["db_url"], course.course / "verdicts")
        # Through the exporter once more, with no preprocessor: it fills in what nbgrader's writer expects.
        return super().from_file(io.StringIO(text), resources=resources)


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


@cache
def _chapter(course: Settings, name: str) -> tuple[Chapter, Namespace]:
    chapter = load_chapter(course.chapter(name))
    return chapter, load_namespace(chapter)
