"""The one function that writes a grade: into nbgrader's gradebook, ``autograded/`` and ``course/verdicts/``."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from grader.author.chapter import Chapter
from grader.course.sanitise import sanitise
from grader.run.grading import Graded
from grader.run.repair import stub_of


def record(student: str, chapter: Chapter, graded: Graded, db_url: str, verdicts_folder: Path) -> str:
    """Write the verdicts into the gradebook. Returns the sanitised notebook's text for ``autograded/``.

    The instructor's JSON, seeds included, goes to ``verdicts_folder/<chapter>/<student>.json``.

    A manual grade is kept. A check that was not judged, and a written answer, wait for a person.
    """
    answered = _answered(chapter, graded)
    # Before anything is written: a grade never stands without its notebook.
    text = str(nbformat.writes(sanitise(graded.notebook), version=4))
    with Gradebook(db_url) as gradebook:
        submission = gradebook.find_submission(chapter.id, student)
        notebook = gradebook.find_submission_notebook_by_id(
            next(nb.id for nb in submission.notebooks if nb.name == chapter.id))
        verdicts = {f"check_{verdict.check}": verdict for verdict in graded.verdicts}
        for grade in notebook.grades:
            verdict = verdicts.get(grade.name)
            if verdict is not None:
                grade.auto_score = float(repr(verdict))
                waits = verdict.status == "not_judged" or any(part.status == "not_judged" for part in verdict.parts)
            else:
                waits = grade.name in answered
                grade.auto_score = None if waits else 0.0
            grade.needs_manual_grade = waits or grade.manual_score is not None
        for comment in notebook.comments:
            comment.auto_comment = None if comment.name in answered else "No response."
        gradebook.db.commit()
    file = verdicts_folder / chapter.id / f"{student}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(graded.as_dict(), indent=2), encoding="utf-8")
    return text


def _answered(chapter: Chapter, graded: Graded) -> set[str]:
    """The grade ids of exercises and written questions that differ from the release."""
    stubs = {cell.grade_id: stub_of(chapter, cell).strip() for cell in chapter.of("exercise", "written")}
    return {
        told["grade_id"] for cell in graded.notebook.cells
        if (told := cell.metadata.get("nbgrader")) and told["grade_id"] in stubs
        and cell.source.strip() != stubs[told["grade_id"]]
    }
