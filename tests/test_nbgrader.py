"""Stock nbgrader commands from the course's folder: a class from submissions to gradebook and feedback."""

from __future__ import annotations

import csv
import html
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course

pytestmark = pytest.mark.slow

BIN = Path(sys.executable).parent


def nbgrader(course: Course, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=course.root, text=True, capture_output=True, check=False,
        env=os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "GRADER_SECRET": "a secret"},
    )


def secret_lines(course: Course) -> list[str]:
    """Lines of 12 characters or more of solutions, hidden tests and guides that the release does not have."""
    released = "\n".join(cell.source for cell in course.release().cells)
    secret, inside = [], False
    for line in course.chapter.file.read_text().split("\n"):
        text = line.removeprefix("# ").strip()
        if text.startswith("### "):
            inside = text.startswith("### BEGIN")
        elif inside and len(text) >= 12 and text not in released:
            secret.append(text)
    return secret


def hand_in(course: Course, student: str, text: str | bytes, name: str = f"{CHAPTER}.ipynb") -> None:
    folder = course.root / "course" / "submitted" / student / CHAPTER
    folder.mkdir(parents=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def test_a_class_from_submissions_to_grades_and_feedback(course: Course) -> None:
    right = nbformat.writes(course.answered(**RIGHT))
    answered = course.answered(**RIGHT)
    answered.cells[-1].source = answered.cells[-1].source.replace(
        "YOUR ANSWER HERE", "The residual is <script>alert(1)</script> orthogonal.")
    hand_in(course, "right", right)
    hand_in(course, "written", nbformat.writes(answered))
    hand_in(course, "mistaken", nbformat.writes(
        course.answered(line=RIGHT["line"], slope="return x.T @ (line(x, w) - y)")))
    hand_in(course, "unanswered", nbformat.writes(course.release()))
    hand_in(course, "renamed", right, f"Copy of {CHAPTER}.ipynb")
    hand_in(course, "broken", b"this is no JSON")

    release = course.root / "assignments" / CHAPTER / f"{CHAPTER}.ipynb"
    before = release.read_bytes()
    made = nbgrader(course, "generate_assignment", CHAPTER)
    assert made.returncode == 0, made.stderr
    assert release.read_bytes() == before
    assert nbgrader(course, "db", "student", "add", "absent").returncode == 0
    graded = nbgrader(course, "autograde", CHAPTER)
    assert graded.returncode == 0, graded.stderr
    fed_back = nbgrader(course, "generate_feedback", CHAPTER)
    assert fed_back.returncode == 0, fed_back.stderr
    exported = nbgrader(course, "export")
    assert exported.returncode == 0, exported.stderr

    with (course.root / "course" / "grades.csv").open() as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {"right": 6, "written": 6, "mistaken": 3, "unanswered": 0, "renamed": 6, "broken": 0, "absent": 0}

    pages = {path.parts[-3]: path.read_text() for path in (course.root / "course" / "feedback").rglob("*.html")}
    assert set(pages) == set(scores) - {"absent"}
    assert "The loss is a mean, so its gradient is one too" in pages["mistaken"]
    assert "is not valid JSON" in pages["broken"]
    assert "<script>alert(1)" not in pages["written"]
    for page in pages.values():
        assert "check.rng" not in page
        assert "orthogonal to every column" not in page
    secrets = secret_lines(course)
    assert len(secrets) >= 4
    for student, page in pages.items():
        shown = html.unescape(re.sub(r"<[^>]*>", "", page))
        submitted = next((course.root / "course" / "submitted" / student).rglob("*.ipynb")).read_text()
        assert [line for line in secrets if line in shown and line not in submitted] == []

    # Points changed now that submissions exist: one clear line, and the grades stay.
    chapter = course.root / "solutions" / CHAPTER / "chapter.py"
    chapter.write_text(chapter.read_text().replace('check="line" points=2', 'check="line" points=3'))
    rebuilt = subprocess.run([sys.executable, "-m", "grader", "build", CHAPTER], cwd=course.root, check=False)
    assert rebuilt.returncode == 0
    refused = nbgrader(course, "generate_assignment", CHAPTER)
    assert refused.returncode != 0
    assert "points changed: check_line from 2 to 3" in refused.stderr
