"""A class in parallel: the same grades as one by one, kept through kills, and nothing left behind."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course
from nbgrader.api import Gradebook

from grader.course.classrun import run_class
from grader.run.grading import grade_submission
from grader.run.many import Task, grade_many

ANSWERS: list[dict[str, str]] = [
    RIGHT, {**RIGHT, "line": "return x @ w + 1"}, {"line": RIGHT["line"]}, {},
    {**RIGHT, "slope": "return x.T @ (line(x, w) - y)"}, {**RIGHT, "slope": "raise ValueError('no')"},
]


def hand_in(course: Course, count: int) -> list[str]:
    students = [f"student{number:03d}" for number in range(count)]
    for number, student in enumerate(students):
        folder = course.settings.course / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        notebook = course.answered(**ANSWERS[number % len(ANSWERS)])
        if number % 4 == 0:  # a written answer, which waits for a person
            for cell in notebook.cells:
                if "written:" in cell.source:
                    cell.source += "\n\nBecause the residual is orthogonal."
        name = f"{CHAPTER}.ipynb" if number % 7 else f"my copy {number}.ipynb"
        nbformat.write(notebook, folder / name)
    return students


def generate(course: Course) -> None:
    scripts = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([sys.executable, "-m", "nbgrader", "generate_assignment", CHAPTER], cwd=course.root, env=scripts,
                   check=True, capture_output=True)


def gradebook(course: Course) -> dict[tuple[str, str], Any]:
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as book:
        found: dict[tuple[str, str], Any] = {}
        for submission in book.assignment_submissions(CHAPTER):
            (notebook,) = submission.notebooks
            for grade in notebook.grades:
                found[submission.student.id, grade.name] = (
                    grade.auto_score, grade.manual_score, grade.needs_manual_grade, grade.failed_tests)
            for comment in notebook.comments:
                found[submission.student.id, f"comment {comment.name}"] = (comment.auto_comment, comment.manual_comment)
        return found


@pytest.fixture(autouse=True)
def private_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the test's own, so that what is left in it is the test's."""
    folder = tmp_path / "tmp"
    folder.mkdir(mode=0o755)
    for parent in folder.parents:  # workers of another user live below
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.delenv("CI", raising=False)  # where it is set, grading asks for a secret
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def leftovers(folder: Path) -> list[str]:
    """Folders below, and processes that live there."""
    running = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            place = os.readlink(process / "cwd")
        except OSError:
            continue
        running += [process.name] if place.startswith(str(folder)) else []
    return [*os.listdir(folder), *running]


def test_in_parallel_one_by_one_and_alone_give_the_same_verdicts(course: Course) -> None:
    students = hand_in(course, 12)
    tasks = [Task(student, next((course.settings.course / "submitted" / student / CHAPTER).glob("*.ipynb")))
             for student in students]
    common = (course.chapter, course.namespace, b"secret", course.settings.limits)

    def plain(graded: Any) -> Any:
        told = graded.as_dict()
        return [{**check, "elapsed_s": 0} for check in told["checks"]], told["notes"]

    runs = [{task.student: plain(graded) for task, graded in grade_many(tasks, *common, jobs=jobs)} for jobs in (1, 3)]
    alone = {task.student: plain(grade_submission(task.path, course.chapter, course.namespace, student=task.student,
                                                  secret=b"secret", limits=course.settings.limits))
             for task in tasks[:3]}
    assert runs[0] == runs[1]
    assert alone == {student: runs[0][student] for student in alone}


def test_a_second_run_does_nothing_and_a_changed_file_is_graded_alone(course: Course, private_tmp: Path) -> None:
    students = hand_in(course, 5)
    generate(course)
    assert run_class(course.settings, CHAPTER, 2).fresh == 5
    assert run_class(course.settings, CHAPTER, 2).fresh == 0
    file = course.settings.course / "submitted" / students[3] / CHAPTER / f"{CHAPTER}.ipynb"
    nbformat.write(course.answered(**RIGHT), file)
    heard: list[str] = []
    assert run_class(course.settings, CHAPTER, 2, lambda student, done, of: heard.append(student)).fresh == 1
    assert heard == [students[3]]
    verdict = json.loads((course.settings.course / "verdicts" / CHAPTER / f"{students[3]}.json").read_text())
    assert verdict["score"] == 6
    assert leftovers(private_tmp) == []


def test_a_manual_grade_is_kept(course: Course) -> None:
    students = hand_in(course, 1)
    generate(course)
    run_class(course.settings, CHAPTER, 1)
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as book:
        book.find_grade("written_least_squares", CHAPTER, CHAPTER, students[0]).manual_score = 0.5
        book.db.commit()
    for file in (course.settings.course / "verdicts" / CHAPTER).glob("*.json"):
        file.unlink()
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    assert gradebook(course)[students[0], "written_least_squares"][1] == 0.5


@pytest.mark.slow
def test_a_class_killed_ten_times_ends_as_if_undisturbed(course: Course, private_tmp: Path) -> None:
    students = hand_in(course, 200)
    generate(course)
    (course.settings.course / "secret").write_text("one secret")
    chance = random.Random(5)
    moments = sorted(chance.sample(range(1, 195), 10))
    journal = course.settings.course / "verdicts" / CHAPTER
    command = [sys.executable, "-m", "grader", "autograde", CHAPTER, "--jobs", "2"]
    kills = 0
    for moment in moments:
        process = subprocess.Popen(command, cwd=course.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and len(list(journal.glob("[!.]*.json"))) < moment:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.03)
        kills += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert kills >= 9
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "200 submissions" in done.stdout
    disturbed = gradebook(course)

    for name in ("gradebook.db", "verdicts", "autograded"):
        path = course.settings.course / name
        path.unlink() if path.is_file() else subprocess.run(["rm", "-rf", str(path)], check=True)
    generate(course)
    subprocess.run(command, cwd=course.root, capture_output=True, check=True)
    assert gradebook(course) == disturbed
    assert {student for student, _ in disturbed} == set(students)
    assert leftovers(private_tmp) == []


@pytest.mark.slow
def test_the_parents_memory_stays_flat_over_200_submissions(course: Course) -> None:
    file = course.root / "answered.ipynb"
    nbformat.write(course.answered(**RIGHT), file)
    tasks = [Task(f"student{number}", file) for number in range(200)]
    held = []
    for _ in grade_many(tasks, course.chapter, course.namespace, b"secret", course.settings.limits, 1):
        held.append(int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20)
    assert held[-1] - held[49] < 20, f"{held[49]:.0f} MB after 50, {held[-1]:.0f} MB after 200"
