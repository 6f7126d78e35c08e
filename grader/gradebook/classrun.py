"""A class's submissions of one chapter, graded into nbgrader's gradebook: in parallel, and resumable.

What has its key in the journal, and its scores in the gradebook, is done; after a kill the rest is.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from nbgrader.api import Grade, Gradebook, MissingEntry
from sqlalchemy.exc import SQLAlchemyError

from grader.chapter.roles import Role
from grader.grade.files import Glance, glances_at
from grader.grade.jobs import Task, grade_many
from grader.grade.submission import notebooks_below
from grader.gradebook.assignment import Assignment, ClassError, load_assignment, only_one, read_journal, refuse_changed
from grader.gradebook.keeping import copy_beside, digest_of_page, keep, keep_lateness
from grader.pool import Step, silent
from grader.result import Graded, Held
from grader.settings import Settings
from grader.text import say
from grader.verdict import Verdict

#: A student's name is a file's name too, with an ending; systems take 255 bytes.
MAX_STUDENT_BYTES = 200
#: Of what lies beside a notebook, so many files are named.
MAX_NAMES = 20


@dataclass
class Counted:
    """results: of the roster and of all with a submission; None for who handed in nothing. submissions: how many were
    handed in; fresh: how many were graded now. failed: the students whose grade could not be kept, with the reason.
    warnings: for people. held: what the gradebook holds now. outdated: whose feedback told of an earlier grade, and is
    removed."""

    results: dict[str, Graded | None]
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


def find_tasks(assignment: Assignment) -> list[Task]:
    """A task for each folder. A folder without a notebook is a task too: of the folder itself, which is no notebook."""
    return tasks_of(assignment, assignment.submitted())


def tasks_of(assignment: Assignment, folders: Sequence[Path]) -> list[Task]:
    """The submission in each folder, or in folders within it; of several notebooks the best (`_rank`)."""
    refused = {folder: assignment.refusal(folder) for folder in folders}
    found = {folder: _notebooks(folder) for folder in folders}
    several = [found[folder] for folder in folders if len(found[folder]) > 1 and not refused[folder]]
    glances = glances_at(several, assignment.chapter, assignment.settings)
    for folder in folders:
        if not refused[folder]:
            found[folder].sort(key=lambda path: _rank(assignment, path, glances.get(path, Glance())))
    return [
        Task(assignment.student_of(folder), notebooks[-1] if notebooks else folder, refused[folder])
        for folder, notebooks in found.items()
    ]


def _notebooks(folder: Path) -> list[Path]:
    """Links are never graded: they may lead to a neighbour's notebook."""
    return [path for path in notebooks_below(folder) if path.is_file() and not path.is_symlink()]


def with_remarks(assignment: Assignment, task: Task, graded: Graded) -> Graded:
    """The grading, with a note of the name that the notebook came by and of what else lies in its folder."""
    if task.refused:
        return graded
    if task.path.is_dir():
        names = [path.name + " (a link)" * path.is_symlink() for path in sorted(task.path.glob("*"))]
        reason = (
            say(
                "no notebook was handed in, only: {names}; a file that ends with .ipynb is expected",
                names=_some(names),
            )
            if names
            else say("the folder is empty; a file that ends with .ipynb is expected")
        )
        return replace(graded, reason=reason)
    remarks, folder = list(graded.remarks), assignment.submission(task.student)
    name = os.path.relpath(task.path, folder)
    if os.path.splitext(name)[0] != assignment.chapter.id:
        remarks.append(say("It was handed in as {name}.", name=name))
    others = [os.path.relpath(path, folder) for path in notebooks_below(folder)]
    others = [other for other in others if other != name]
    if others:
        remarks.append(say("Not graded, beside {name}: {others}.", name=name, others=_some(others)))
    return replace(graded, remarks=tuple(remarks))


def _some(names: Sequence[str]) -> str:
    """The names of files, or of many the first."""
    return ", ".join([*names[:MAX_NAMES], *(["…"] if len(names) > MAX_NAMES else [])])


def near_misses(assignment: Assignment) -> list[str]:
    """A line for each student's folder that is no chapter's but is called nearly like this one."""
    wanted, known = assignment.chapter.id, {path.name for path in assignment.settings.chapters()}
    lines = []
    for folder in assignment.submitted("*"):
        alike = difflib.SequenceMatcher(None, folder.name.lower(), wanted.lower()).ratio() >= 0.8
        if alike and folder.name not in known and folder.is_dir():
            lines.append(
                f"{os.path.relpath(folder, assignment.settings.root)} is not graded: no chapter is called "
                f"{folder.name}; rename it to {wanted} if it is meant"
            )
    return lines


def _run(assignment: Assignment, gradebook: Gradebook, jobs: int, step: Step, force: bool) -> Counted:
    failed: dict[str, str] = {}
    found = find_tasks(assignment)
    tasks = [task for task in found if _may_be_kept(task, failed)]
    keys = {task.student: assignment.key(task.path, str(task.refused)) for task in tasks}
    waiting = [task for task in tasks if force or not _done(assignment, gradebook, task.student, keys[task.student])]
    outdated = [task.student for task in waiting if assignment.feedback(task.student).is_dir()]
    common = (assignment.prepared, assignment.secret, assignment.settings.limits)
    for task, graded in grade_many(waiting, *common, jobs, step, assignment.settings.locale):
        _attempt(gradebook, task, failed, partial(_keep, assignment, gradebook, task, graded, keys[task.student]))
    for task in tasks:
        if task.student not in failed:  # also of what is graded and unchanged: a due date may have moved
            _attempt(
                gradebook,
                task,
                failed,
                partial(keep_lateness, assignment, gradebook, assignment.submission(task.student), task.student),
            )
    students = {student.id for student in gradebook.students} | {task.student for task in tasks}
    by_hand = _graded_by_hand(assignment, gradebook)
    held = {
        one.student_id: Held(
            one.score,
            one.max_score,
            one.late_submission_penalty,
            one.needs_manual_grade,
            frozenset(by_hand.get(one.student_id, ())),
        )
        for one in gradebook.assignment_submissions(assignment.chapter.id)
    }
    return Counted(
        read_journal(assignment.journal, sorted(filter(_short, students))),
        len(found),
        len(waiting),
        failed,
        near_misses(assignment),
        held,
        [student for student in outdated if student not in failed],
    )


def _graded_by_hand(assignment: Assignment, gradebook: Gradebook) -> dict[str, list[str]]:
    """By student: the checks whose score a person has given."""
    checks = {check.grade_id: check.name for check in assignment.chapter.of(Role.CHECK)}
    found: dict[str, list[str]] = {}
    scored = gradebook.db.query(Grade).filter(Grade.manual_score.isnot(None), Grade.needs_manual_grade.is_(False))
    for grade in scored:
        if grade.assignment.name == assignment.chapter.id and grade.name in checks:
            found.setdefault(grade.student.id, []).append(checks[grade.name])
    return found


def _keep(assignment: Assignment, gradebook: Gradebook, task: Task, graded: Graded, key: str) -> None:
    folder = assignment.submission(task.student)
    copy_beside(folder, assignment.autograded(task.student), assignment.ours, bool(task.refused))
    keep(assignment, gradebook, folder, task.student, with_remarks(assignment, task, graded), key)


def _attempt(gradebook: Gradebook, task: Task, failed: dict[str, str], work: Callable[[], None]) -> None:
    """Do it; what fails is told of the one student, and the class goes on."""
    try:
        work()
    except Exception as error:  # whatever one submission does, the others are graded
        gradebook.db.rollback()
        failed[task.student] = _one_line(error)


def _done(assignment: Assignment, gradebook: Gradebook, student: str, key: str) -> bool:
    """Whether journal, gradebook and ``autograded/`` all hold the grade that this file would have, to the letter:
    another nbgrader may have been there, which keeps equal scores beside a notebook with hidden tests."""
    known = assignment.journal_of(student)
    kept = assignment.autograded(student) / f"{assignment.chapter.id}.ipynb"
    if not key or known is None or known.key != key or not kept.is_file() or _digest(kept) != known.page:
        return False
    name = assignment.chapter.id
    try:
        gradebook.find_submission(name, student)
        grades = gradebook.find_submission_notebook(name, name, student).grades
    except MissingEntry:
        return False
    verdicts = {f"check_{verdict.check}": verdict for verdict in known.graded.verdicts}
    held = {grade.name: grade for grade in grades if grade.name in verdicts}
    return held.keys() == verdicts.keys() and all(_holds(held[check], verdicts[check]) for check in verdicts)


def _holds(grade: Grade, verdict: Verdict) -> bool:
    """Whether the gradebook says of a check what the verdict does, where nobody has graded it by hand since."""
    same = grade.auto_score is not None and abs(grade.auto_score - verdict.score) < 1e-6
    return same and (grade.manual_score is not None or bool(grade.needs_manual_grade) == verdict.waits)


def _digest(page: Path) -> str:
    try:
        return digest_of_page(page.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""


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


def _rank(assignment: Assignment, path: Path, glance: Glance) -> tuple[bool, bool, bool, float]:
    """The best is last, in whatever folder: an answered notebook; of the chapter's name; that says it is the chapter's;
    the newest."""
    changed = path.stat().st_mtime if glance.readable else 0.0
    return glance.answered, path.stem == assignment.chapter.id, glance.same, changed
