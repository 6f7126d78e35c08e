"""The one function that writes a grade into nbgrader's gradebook."""

from __future__ import annotations

import nbformat
from nbgrader.api import Gradebook

from grader.chapter.model import Chapter
from grader.chapter.release import stub_of
from grader.chapter.roles import Role
from grader.chapter.translate import in_language
from grader.grade.submission import language_of
from grader.gradebook.sanitise import sanitise
from grader.result import Graded
from grader.text import render, say


def write_scores(gradebook: Gradebook, student: str, chapter: Chapter, graded: Graded) -> str:
    """Write the verdicts into the gradebook. Returns the sanitised notebook's text for ``autograded/``.

    A manual grade is kept. A check that was not judged, and a written answer, wait for a person.
    """
    chapter, catalogue = in_language(chapter, language_of(graded.notebook, ""))
    answered = _answered(chapter, graded)
    # Before anything is written: a grade never stands without its notebook.
    text = str(nbformat.writes(sanitise(graded.notebook), version=4))
    notebook = gradebook.find_submission_notebook(chapter.id, chapter.id, student)
    verdicts = {f"check_{verdict.check}": verdict for verdict in graded.verdicts}
    for grade in notebook.grades:
        verdict = verdicts.get(grade.name)
        if verdict is not None:
            grade.auto_score = float(repr(verdict))
            waits = verdict.waits
        else:
            waits = grade.name in answered
            grade.auto_score = None if waits else 0.0
        grade.needs_manual_grade = waits or grade.manual_score is not None
    no_response = render(say("No response."), catalogue)
    for comment in notebook.comments:
        comment.auto_comment = None if comment.name in answered else no_response
    gradebook.db.commit()
    return text


def _answered(chapter: Chapter, graded: Graded) -> set[str]:
    """The grade ids of exercises and written questions that differ from the release."""
    stubs = {cell.grade_id: stub_of(chapter, cell).strip() for cell in chapter.of(Role.EXERCISE, Role.WRITTEN)}
    return {
        marks["grade_id"]
        for cell in graded.notebook.cells
        if (marks := cell.metadata.get("nbgrader"))
        and marks["grade_id"] in stubs
        and cell.source.strip() != stubs[marks["grade_id"]]
    }
