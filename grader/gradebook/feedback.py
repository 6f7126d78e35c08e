"""nbgrader's pages of feedback: the index names the exercises, and what was graded by hand says so on its card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbgrader
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import GetGrades
from traitlets.config import Config

from grader.card import as_html
from grader.chapter.model import load_chapter
from grader.chapter.translate import in_language
from grader.grade.submission import language_of
from grader.gradebook.assignment import read_entry
from grader.gradebook.layout import LaidOutElsewhere
from grader.settings import load_settings
from grader.text import Catalogue
from grader.verdict import Verdict

_OURS = Path(__file__).parent / "templates"
_NBGRADERS = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"


class FeedbackExporter(LaidOutElsewhere):
    """nbgrader's page, over a template of ours."""

    def __init__(self, config: Any = None, **settings: Any) -> None:
        merged = Config(config or {})
        paths = list(merged.HTMLExporter.get("extra_template_paths", []))
        ours = {
            "template_name": "exercises",
            "extra_template_basedirs": [str(_OURS), str(_NBGRADERS)],
            "extra_template_paths": [*paths, str(_NBGRADERS)],
        }
        merged.merge(Config({"HTMLExporter": ours}))
        super().__init__(config=merged, **settings)


class Grades(GetGrades):  # type: ignore[misc]
    """The gradebook's scores, the exercises' names, and what was graded by hand."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        settings, told = load_settings(), resources["nbgrader"]  # nbgrader converts in the course's folder
        entry = read_entry(settings.course / "verdicts" / told["assignment"] / f"{told['student']}.json")
        self._verdicts = {f"check_{made.check}": made for made in entry.graded.verdicts} if entry else {}
        chapter = load_chapter(settings.chapter(told["assignment"]))
        _, self._catalogue = in_language(chapter, language_of(nb, settings.locale))
        made: tuple[NotebookNode, Any] = super().preprocess(nb, resources)
        return made

    def preprocess_cell(self, cell: NotebookNode, resources: Any, cell_index: int) -> tuple[NotebookNode, Any]:
        made: tuple[NotebookNode, Any] = super().preprocess_cell(cell, resources, cell_index)
        if marks := cell.metadata.get("nbgrader"):
            marks["title"] = str(marks["grade_id"]).partition("_")[2]
        return made

    def _get_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._get_score(cell, resources)
        name = cell.metadata.nbgrader["grade_id"]
        verdict = self._verdicts.get(name)
        given = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id).manual_score
        if verdict is not None and given is not None:
            cell.outputs = [_by_hand(verdict, self._catalogue, given)]


def _by_hand(verdict: Verdict, catalogue: Catalogue, given: float) -> NotebookNode:
    return new_output("display_data", {"text/html": as_html(verdict, catalogue, given)})
