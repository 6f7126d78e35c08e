"""The one way a grade is kept: gradebook, late penalty, ``autograded/``, feedback and journal.

`grader autograde` and nbgrader's own autograde both come here.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import cast

import nbformat
from dateutil.parser import parse
from dateutil.tz import gettz
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties

from grader.chapter.model import Chapter
from grader.chapter.release import stub_of
from grader.chapter.roles import Role
from grader.chapter.translate import in_language
from grader.grade.submission import all_below, is_notebook, language_of
from grader.gradebook.assignment import Assignment, Entry
from grader.gradebook.ours import Ours
from grader.gradebook.settle import renew
from grader.result import Graded
from grader.sanitise import harmless_markdown
from grader.text import render, say

#: What nbgrader writes beside a submission, and needs to give feedback back.
NBGRADERS = ("timestamp.txt", "submission_secret.txt")
#: Characters of a time that somebody handed in by.
MAX_TIMESTAMP = 100


def keep(assignment: Assignment, gradebook: Gradebook, folder: Path, student: str, graded: Graded, key: str) -> str:
    """Keep the grade of what lies in ``folder``. Returns the notebook that instructor and student see.

    The journal's entry is last: a kill in between is made good by the next run.
    """
    handed_in = timestamp_of(folder)
    gradebook.update_or_create_student(student)
    with gradebook.db.no_autoflush:
        gradebook.update_or_create_submission(assignment.chapter.id, student, timestamp=handed_in)
    text = write_scores(gradebook, student, assignment.chapter, graded)
    keep_lateness(assignment, gradebook, folder, student)
    replace_file(assignment.autograded(student) / f"{assignment.chapter.id}.ipynb", text)
    shutil.rmtree(assignment.feedback(student), ignore_errors=True)  # it tells of the grade before
    replace_file(
        assignment.journal / f"{student}.json",
        json.dumps(Entry(key, digest_of_page(text), graded).to_json(), indent=2),
    )
    return text


def digest_of_page(text: str) -> str:
    """A hash of what a notebook says, however it is laid out; "" for what is no notebook."""
    try:
        page = nbformat.reads(text, as_version=4)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return ""
    said = json.dumps([page.cells, page.metadata.get("grader")], sort_keys=True)
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()


def write_scores(gradebook: Gradebook, student: str, chapter: Chapter, graded: Graded) -> str:
    """Write the verdicts into the gradebook. Returns the notebook's text for ``autograded/``.

    A manual grade is kept, one that was settled with others as `renew` says. A check that was not judged, and a
    written answer, wait for a person.
    """
    chapter, catalogue = in_language(chapter, language_of(graded.notebook, ""))
    answered = _answered(chapter, graded)
    # Before anything is written: a grade never stands without its notebook.
    text = str(nbformat.writes(graded.notebook, version=4))
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
    renew(notebook, chapter, graded.verdicts, catalogue)
    no_response = render(say("No response."), catalogue)
    for comment in notebook.comments:
        comment.auto_comment = None if comment.name in answered else no_response
    gradebook.db.commit()
    return text


def keep_lateness(assignment: Assignment, gradebook: Gradebook, folder: Path, student: str) -> None:
    """When it was handed in, and nbgrader's own penalty for that: due dates and extensions move after a grading."""
    chapter = assignment.chapter.id
    submission = gradebook.find_submission(chapter, student)
    if submission.timestamp != (handed_in := timestamp_of(folder)):
        submission.timestamp = handed_in
        gradebook.db.commit()
    penalty = gradebook.find_submission_notebook(chapter, chapter, student).late_submission_penalty
    if submission.total_seconds_late > 0 or penalty:
        resources = {"notebook": chapter, "assignment": chapter, "student": student, "db_url": assignment.db_url}
        AssignLatePenalties(config=assignment.config).preprocess(nbformat.v4.new_notebook(), {"nbgrader": resources})
        gradebook.db.expire_all()


def timestamp_of(folder: Path) -> datetime | None:
    """What ``timestamp.txt`` says, in UTC. Raises ValueError for what is no time."""
    stamp = folder / "timestamp.txt"
    text = ""
    if stamp.is_file():
        with stamp.open(encoding="utf-8-sig", errors="replace") as file:
            text = file.read(4 * MAX_TIMESTAMP).strip()
    try:
        if len(text) > MAX_TIMESTAMP:  # what reads it takes the square of its length
            raise ValueError
        found: datetime | None = _read_time(text) if text else None
        if found and not re.search(r"\d{4}", text):  # 10:00 would be today's
            raise ValueError
        return found.astimezone(UTC).replace(tzinfo=None) if found and found.tzinfo else found
    except (ValueError, OverflowError):
        raise ValueError(
            f"timestamp.txt says {text[:40]!r}; a time such as '2026-02-02 10:00:00 UTC' is expected: "
            "mend or remove the file"
        ) from None


def _read_time(text: str) -> datetime:
    """Raises ValueError for what is no time, and for a zone's name that says too little, as CEST does."""

    def zone(name: str | None, offset: int | None = None) -> tzinfo | int | None:
        found: tzinfo | int | None = offset if name is None or offset is not None else gettz(name)
        if name is not None and found is None:
            raise ValueError
        return found

    time, _, place = text.rpartition(" ")
    if "/" not in place or not time:
        return cast(datetime, parse(text, tzinfos=zone))
    return cast(datetime, parse(time)).replace(tzinfo=cast(tzinfo, zone(place)))


def copy_beside(source: Path, target: Path, ours: Ours, refused: bool) -> None:
    """Make ``target`` anew, with what was handed in beside the notebook; of what was ``refused``, with nbgrader's own
    notes on it alone."""
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    for other in _others(source, ours, refused):
        copied = target / other.relative_to(source)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(other, copied)


def remove_beside(source: Path, target: Path, ours: Ours, refused: bool) -> None:
    """Remove from ``target`` what nbgrader has copied there and `copy_beside` would not."""
    theirs = set(_others(source, ours, refused))
    for path in all_below(source):
        if (
            path not in theirs
            and not is_notebook(path.name)
            and (copied := target / path.relative_to(source)).is_file()
        ):
            copied.unlink()


def replace_file(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        os.chmod(partial, 0o644)
        os.replace(partial, path)
    except BaseException:
        os.unlink(partial)
        raise


def _others(source: Path, ours: Ours, refused: bool) -> Iterator[Path]:
    """What was handed in beside the notebook; links are not followed, and no file of ours is among it."""
    for path in all_below(source):
        wanted = path.name in NBGRADERS if refused else not is_notebook(path.name)
        if wanted and path.is_file() and not path.is_symlink() and not ours.holds(path):
            yield path


def _answered(chapter: Chapter, graded: Graded) -> set[str]:
    """The grade ids of exercises and written questions that differ from the release."""
    stubs = {cell.grade_id: stub_of(chapter, cell).strip() for cell in chapter.of(Role.EXERCISE)}
    stubs |= {cell.grade_id: harmless_markdown(stub_of(chapter, cell)).strip() for cell in chapter.of(Role.WRITTEN)}
    return {
        marks["grade_id"]
        for cell in graded.notebook.cells
        if (marks := cell.metadata.get("nbgrader"))
        and marks["grade_id"] in stubs
        and cell.source.strip() != stubs[marks["grade_id"]]
    }
