"""What a class has handed in: each folder's one notebook, and what else lies there."""

from __future__ import annotations

import difflib
import os
from dataclasses import replace
from pathlib import Path

from grader.chapter.translate import in_language
from grader.grade.jobs import Task
from grader.grade.repair import repair
from grader.grade.submission import SubmissionError, chapter_id_of, language_of, read_submission
from grader.gradebook.assignment import Assignment
from grader.result import Graded
from grader.text import say

#: A student's name is a file's name too, with an ending; systems take 255 bytes.
MAX_STUDENT_BYTES = 200


def find_tasks(assignment: Assignment) -> list[Task]:
    """A task for each folder. A folder without a notebook is a task too: of the folder itself, which is no notebook."""
    return [task_of(assignment, folder) for folder in assignment.submitted()]


def task_of(assignment: Assignment, folder: Path) -> Task:
    """The submission in a folder. Links are never graded: they may lead to a neighbour's notebook."""
    notebooks = [path for path in sorted(folder.glob("*.ipynb")) if path.is_file() and not path.is_symlink()]
    if len(notebooks) > 1:
        notebooks.sort(key=lambda path: _rank(assignment, path))
    return Task(assignment.student_of(folder), notebooks[-1] if notebooks else folder)


def folder_of(task: Task) -> Path:
    return task.path if task.path.is_dir() else task.path.parent


def with_remarks(assignment: Assignment, task: Task, graded: Graded) -> Graded:
    """The grading, with a note of the name that the notebook came by and of what else lies in its folder."""
    if task.path.is_dir():
        names = [path.name + " (a link)" * path.is_symlink() for path in sorted(task.path.glob("*"))]
        reason = (
            say(
                "no notebook was handed in, only: {names}; a file that ends with .ipynb is expected",
                names=", ".join(names),
            )
            if names
            else say("the folder is empty; a file that ends with .ipynb is expected")
        )
        return replace(graded, reason=reason)
    remarks = list(graded.remarks)
    if task.path.stem != assignment.chapter.id:
        remarks.append(say("It was handed in as {name}.", name=task.path.name))
    others = [path.name for path in sorted(task.path.parent.glob("*.ipynb")) if path != task.path]
    if others:
        remarks.append(say("Not graded, beside {name}: {others}.", name=task.path.name, others=", ".join(others)))
    return replace(graded, remarks=tuple(remarks))


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


def _rank(assignment: Assignment, path: Path) -> tuple[bool, bool, bool, float]:
    """The best is last: an answered notebook; of the chapter's name; that says it is the chapter's; the newest."""
    try:
        notebook = read_submission(path)
    except (SubmissionError, OSError):
        return False, path.stem == assignment.chapter.id, False, 0.0
    chapter, _ = in_language(assignment.chapter, language_of(notebook, assignment.settings.locale))
    answered = any(cell.changed for cell in repair(notebook, chapter).cells)
    same = chapter_id_of(notebook, path.name) == assignment.chapter.id
    return answered, path.stem == assignment.chapter.id, same, path.stat().st_mtime
