"""A class's submissions of one chapter, graded into nbgrader's gradebook: in parallel, and resumable.

What has its key in the journal, and its scores in the gradebook, is done; after a kill the rest is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy.exc import SQLAlchemyError

from grader.grade.jobs import Task, grade_many
from grader.gradebook.assignment import Assignment, ClassError, load_assignment, only_one, refuse_changed
from grader.gradebook.handedin import MAX_STUDENT_BYTES, find_tasks, folder_of, near_misses, with_remarks
from grader.gradebook.keeping import copy_beside, keep, keep_lateness
from grader.pool import Step, silent
from grader.result import Graded, Held
from grader.settings import Settings

__all__ = ["ClassError", "Counted", "run_class"]


@dataclass
class Counted:
    """students: the roster and all with a submission; submissions: how many were handed in; fresh: how many were
    graded now. failed: the students whose grade could not be kept, with the reason. warnings: for people. held: what
    the gradebook holds now. outdated: whose feedback told of an earlier grade, and is removed."""

    students: list[str]
    submissions: int
    fresh: int
    failed: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    held: dict[str, Held] = field(default_factory=dict)
    outdated: list[str] = field(default_factory=list)


def run_class(
    settings: Settings,
    chapter_id: str,
    jobs: int,
    step: Step = silent,
    force: bool = False,
) -> Counted:
    """Grade what has changed since the last run, or all. ``step`` hears of each that is kept.

    Raises ClassError, ChapterError, SettingsError, NurseryError: one line each; what was graded stays.
    """
    assignment = load_assignment(settings, chapter_id)
    try:
        with only_one(settings), Gradebook(assignment.db_url, assignment.directory.course_id) as gradebook:
            refuse_changed(assignment, gradebook)
            return _run(assignment, gradebook, jobs, step, force)
    except (OSError, SQLAlchemyError) as error:
        raise ClassError(f"the class cannot be graded further: {_one_line(error)}") from error


def _run(assignment: Assignment, gradebook: Gradebook, jobs: int, step: Step, force: bool) -> Counted:
    failed: dict[str, str] = {}
    found = find_tasks(assignment)
    tasks = [task for task in found if _may_be_kept(task, failed)]
    keys = {task.student: assignment.key(task.path) for task in tasks}
    waiting = [task for task in tasks if force or not _done(assignment, gradebook, task.student, keys[task.student])]
    outdated = [task.student for task in waiting if assignment.feedback(task.student).is_dir()]
    common = (assignment.prepared, assignment.secret, assignment.settings.limits)
    for task, graded in grade_many(waiting, *common, jobs, step, assignment.settings.locale):
        _attempt(gradebook, task, failed, partial(_keep, assignment, gradebook, task, graded, keys[task.student]))
    for task in tasks:
        if task.student not in failed:  # also of what is graded and unchanged: a due date may have moved
            _attempt(
                gradebook, task, failed, partial(keep_lateness, assignment, gradebook, folder_of(task), task.student)
            )
    students = {student.id for student in gradebook.students} | {task.student for task in tasks}
    held = {
        one.student_id: Held(one.score, one.max_score, one.late_submission_penalty, one.needs_manual_grade)
        for one in gradebook.assignment_submissions(assignment.chapter.id)
    }
    return Counted(
        sorted(filter(_short, students)),
        len(found),
        len(waiting),
        failed,
        near_misses(assignment),
        held,
        [student for student in outdated if student not in failed],
    )


def _keep(assignment: Assignment, gradebook: Gradebook, task: Task, graded: Graded, key: str) -> None:
    copy_beside(folder_of(task), assignment.autograded(task.student))
    keep(assignment, gradebook, folder_of(task), task.student, with_remarks(assignment, task, graded), key)


def _attempt(gradebook: Gradebook, task: Task, failed: dict[str, str], work: Callable[[], None]) -> None:
    """Do it; what fails is told of the one student, and the class goes on."""
    try:
        work()
    except Exception as error:  # whatever one submission does, the others are graded
        gradebook.db.rollback()
        failed[task.student] = _one_line(error)


def _done(assignment: Assignment, gradebook: Gradebook, student: str, key: str) -> bool:
    """Whether journal, gradebook and ``autograded/`` all hold the grade that this file would have."""
    known = assignment.journal_of(student)
    kept = assignment.autograded(student) / f"{assignment.chapter.id}.ipynb"
    if not key or known.get("key") != key or not kept.is_file():
        return False
    name = assignment.chapter.id
    try:
        gradebook.find_submission(name, student)
        grades = gradebook.find_submission_notebook(name, name, student).grades
    except MissingEntry:
        return False
    scores = {f"check_{check['check']}": check["score"] for check in known["checks"]}
    held = {grade.name: grade.auto_score for grade in grades if grade.name in scores}
    return held.keys() == scores.keys() and all(
        held[check] is not None and abs(held[check] - scores[check]) < 1e-6 for check in scores
    )


def _may_be_kept(task: Task, failed: dict[str, str]) -> bool:
    if not _short(task.student):
        failed[task.student] = (
            f"the folder's name has {len(os.fsencode(task.student))} bytes; "
            f"at most {MAX_STUDENT_BYTES} can be kept: rename it"
        )
    return task.student not in failed


def _short(student: str) -> bool:
    return len(os.fsencode(student)) <= MAX_STUDENT_BYTES


def _one_line(error: Exception) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:300]
