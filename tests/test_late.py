"""Late penalties follow what holds now: the time of the last hand-in, the due date and the extensions."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course
from nbgrader.api import Gradebook
from test_classrun import generate

from grader.gradebook.classrun import run_class
from grader.gradebook.keeping import timestamp_of


@pytest.fixture
def late_course(course: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course that gives nothing for late work; ann handed in a day late."""
    monkeypatch.delenv("CI", raising=False)
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    generate(course)
    hand_in(course, "2026-02-02 10:00:00 UTC")
    due(course, 1)
    return course


def hand_in(course: Course, when: str, more: str = "") -> None:
    folder = course.settings.course / "submitted" / "ann" / CHAPTER
    folder.mkdir(parents=True, exist_ok=True)
    notebook = course.answered(**RIGHT)
    notebook.cells[-1].source += more
    nbformat.write(notebook, folder / f"{CHAPTER}.ipynb")
    (folder / "timestamp.txt").write_text(when)


@contextmanager
def book(course: Course) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as gradebook:
        yield gradebook


def due(course: Course, day: int) -> None:
    with book(course) as gradebook:
        gradebook.find_assignment(CHAPTER).duedate = datetime(2026, 2, day)
        gradebook.db.commit()


def points(course: Course) -> float:
    with book(course) as gradebook:
        submission = gradebook.find_submission(CHAPTER, "ann")
        return float(submission.score - (submission.late_submission_penalty or 0))


def test_an_extension_and_a_new_due_date_count_without_a_new_grading(late_course: Course) -> None:
    assert run_class(late_course.settings, CHAPTER, 1).fresh == 1
    assert points(late_course) == 0
    with book(late_course) as gradebook:
        gradebook.grant_extension(CHAPTER, "ann", days=3)
    assert run_class(late_course.settings, CHAPTER, 1).fresh == 0
    assert points(late_course) == 6
    with book(late_course) as gradebook:
        gradebook.grant_extension(CHAPTER, "ann", days=0)
    due(late_course, 1)
    run_class(late_course.settings, CHAPTER, 1)
    assert points(late_course) == 0
    due(late_course, 28)
    assert run_class(late_course.settings, CHAPTER, 1).fresh == 0
    assert points(late_course) == 6


def test_what_is_handed_in_again_in_time_has_no_penalty_left(late_course: Course) -> None:
    run_class(late_course.settings, CHAPTER, 1)
    hand_in(late_course, "2026-01-02 10:00:00 UTC", more=" more")
    assert run_class(late_course.settings, CHAPTER, 1).fresh == 1
    assert points(late_course) == 6


def test_a_time_that_cannot_be_read_is_told_and_the_others_are_graded(late_course: Course) -> None:
    hand_in(late_course, "yesterday")
    other = late_course.settings.course / "submitted" / "bob" / CHAPTER
    other.mkdir(parents=True)
    nbformat.write(late_course.answered(**RIGHT), other / f"{CHAPTER}.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "grader", "autograde", CHAPTER],
        cwd=late_course.root,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "ann: not kept: timestamp.txt says 'yesterday'" in done.stderr
    assert "Traceback" not in done.stderr
    assert Path(late_course.settings.course / "verdicts" / CHAPTER / "bob.json").is_file()


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-02-02 10:00:00 UTC", 10),
        ("\ufeff2026-02-02 10:00:00", 10),
        ("2026-02-02T10:00:00+02:00", 8),
        ("2026-02-02 10:00:00 +0200", 8),
        ("2026-02-02 10:00:00.123456 Europe/Berlin", 9),
        ("2026-02-02 10:00:00 CEST", None),
        ("10:00", None),
        ("5", None),
        ("2026 " * 400_000, None),
    ],
)
def test_a_time_is_read_as_it_was_meant_or_not_at_all(tmp_path: Path, text: str, hour: int | None) -> None:
    (tmp_path / "timestamp.txt").write_text(text, encoding="utf-8")
    if hour is None:
        with pytest.raises(ValueError, match="a time such as"):
            timestamp_of(tmp_path)
    else:
        found = timestamp_of(tmp_path)
        assert found is not None
        assert found.replace(microsecond=0) == datetime(2026, 2, 2, hour)


@pytest.mark.slow
def test_nbgraders_own_autograde_keeps_the_penalty_with_the_grade(late_course: Course) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", CHAPTER],
        cwd=late_course.root,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert points(late_course) == 0
    due(late_course, 28)
    assert run_class(late_course.settings, CHAPTER, 1).fresh == 0
    assert points(late_course) == 6
