"""Stock nbgrader commands from the course's folder: a class from submissions to gradebook and feedback."""

from __future__ import annotations

import csv
import html
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course, nbgrader
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.plugins import FileNameCollectorPlugin
from traitlets.config import PyFileConfigLoader

from grader.grade.jobs import grade_many
from grader.gradebook import exporter
from grader.gradebook.classrun import run_class


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


@pytest.mark.slow
def test_a_class_from_submissions_to_grades_and_feedback(course: Course) -> None:
    right = nbformat.writes(course.answered(**RIGHT))
    answered = course.answered(**RIGHT)
    answered.cells[-1].source = answered.cells[-1].source.replace(
        "YOUR ANSWER HERE", "The residual is <script>alert(1)</script> orthogonal."
    )
    hand_in(course, "right", right)
    hand_in(course, "written", nbformat.writes(answered))
    hand_in(
        course, "mistaken", nbformat.writes(course.answered(line=RIGHT["line"], slope="return x.T @ (line(x, w) - y)"))
    )
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

    # The same chapter once more: nothing to refuse.
    assert nbgrader(course, "generate_assignment", CHAPTER).returncode == 0

    # Points changed now that submissions exist: one clear line, and the grades stay.
    chapter = course.root / "solutions" / CHAPTER / "chapter.py"
    chapter.write_text(chapter.read_text().replace('check="line" points=2', 'check="line" points=3'))
    rebuilt = subprocess.run([sys.executable, "-m", "grader", "build", CHAPTER], cwd=course.root, check=False)
    assert rebuilt.returncode == 0
    refused = nbgrader(course, "generate_assignment", CHAPTER)
    assert refused.returncode != 0
    assert "points changed: check_line from 2 to 3" in refused.stderr
    assert "Traceback" not in refused.stderr
    # A refusal leaves the release and the grades as they are.
    assert release.exists()
    assert nbgrader(course, "export").returncode == 0
    with (course.root / "course" / "grades.csv").open() as file:
        assert {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)} == scores

    # So with a cell that carries no points.
    chapter.write_text(chapter.read_text() + '\n# %% given="more"\nmore = 1\n')
    rebuilt = subprocess.run([sys.executable, "-m", "grader", "build", CHAPTER], cwd=course.root, check=False)
    assert rebuilt.returncode == 0
    refused = nbgrader(course, "generate_assignment", CHAPTER)
    assert "cells were added or removed: given_more" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert release.exists()

    # The way out that the line names.
    assert nbgrader(course, "db", "assignment", "remove", CHAPTER, "--force").returncode == 0
    assert nbgrader(course, "generate_assignment", CHAPTER).returncode == 0
    assert nbgrader(course, "autograde", CHAPTER, "--student", "mistaken", "--force").returncode == 0


@pytest.mark.slow
def test_release_collect_zip_and_solution_with_stock_commands(course: Course, tmp_path: Path) -> None:
    exchange, home = tmp_path / "exchange", tmp_path / "student"
    exchange.mkdir()
    exchange.chmod(0o777)
    home.mkdir()
    root = f"--Exchange.root={exchange}"

    def student(*words: str) -> None:
        made = subprocess.run(
            [sys.executable, "-m", "nbgrader", *words, root, "--course=nn-by-hand"],
            cwd=home,
            text=True,
            capture_output=True,
            check=False,
            env=os.environ | {"HOME": str(home)},
        )
        assert made.returncode == 0, made.stderr

    def instructor(*words: str) -> None:
        made = nbgrader(course, *words)
        assert made.returncode == 0, made.stderr

    instructor("generate_assignment", CHAPTER)
    instructor("release_assignment", CHAPTER, root)
    student("fetch_assignment", CHAPTER)
    nbformat.write(course.answered(**RIGHT), home / CHAPTER / f"{CHAPTER}.ipynb")
    student("submit", CHAPTER)
    instructor("collect", CHAPTER, root)
    archive = course.root / "course" / "downloaded" / CHAPTER / "archive"
    archive.mkdir(parents=True)
    right = nbformat.writes(course.answered(**RIGHT))
    for name in (
        f"plain_{CHAPTER}.ipynb",
        f"Mo Odle_12345_assignsubmission_file_{CHAPTER}.ipynb",
        f"canvas_LATE_123_456_{CHAPTER}.ipynb",
        f"colab_Copy of {CHAPTER}.ipynb",
    ):
        (archive / name).write_text(right)
    instructor("zip_collect", CHAPTER)
    instructor("autograde", CHAPTER)
    instructor("export")
    with (course.root / "course" / "grades.csv").open() as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert len(scores) == 5
    assert {"plain", "Mo Odle", "canvas", "colab"} < set(scores)
    assert set(scores.values()) == {6.0}
    instructor("generate_solution", CHAPTER)
    solutions = list((course.root / "course" / "solution").rglob("*.ipynb"))
    assert any("residual_of_the_line" in path.read_text() for path in solutions)


@pytest.mark.slow
def test_a_platforms_download_is_collected_and_graded(course: Course) -> None:
    right = nbformat.writes(course.answered(**RIGHT))
    archive = course.root / "course" / "downloaded" / CHAPTER / "archive"
    folder = archive / "Ann Lee_12345_assignsubmission_file_"
    folder.mkdir(parents=True)
    (folder / f"mallory_{CHAPTER}.ipynb").write_text(right)
    (archive / "leebo_LATE_1234_5678_my work.ipynb").write_text(right)
    assert nbgrader(course, "generate_assignment", CHAPTER).returncode == 0
    collected = nbgrader(course, "zip_collect", CHAPTER)
    assert collected.returncode == 0, collected.stderr
    graded = nbgrader(course, "autograde", CHAPTER)
    assert graded.returncode == 0, graded.stderr
    assert nbgrader(course, "export").returncode == 0
    with (course.root / "course" / "grades.csv").open() as file:
        assert {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)} == {"Ann Lee": 6, "leebo": 6}


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("First Last_12345_assignsubmission_file_05_x.ipynb", "First Last"),
        ("First Last_12345_assignsubmission_file_/05_x.ipynb", "First Last"),
        ("CS-05-77/First Last_12345_assignsubmission_file_/hw/victim_05_x.ipynb", "First Last"),
        ("lastfirst_123_456_05_x.ipynb", "lastfirst"),
        ("lastfirst_LATE_1234_4567_05_x-1.ipynb", "lastfirst"),
        ("submissions/lastfirst_123_456_Untitled.ipynb", "lastfirst"),
        ("lastfirst_123_456_hw/victim_05_x.ipynb", "lastfirst"),
        ("student_05_x.ipynb", "student"),
        ("j_smith_05_x.ipynb", "j_smith"),
        ("ab_12_05_x.ipynb", "ab_12"),
        ("s12_Copy of 05_x.ipynb", "s12"),
        ("05_x.ipynb", None),
        ("a,b_05_x.ipynb", None),
        ('=HYPERLINK("x")_05_x.ipynb', None),
        ("=1+1_123_456_05_x.ipynb", None),
        ("@x_12345_assignsubmission_file_05_x.ipynb", None),
        ("Lee, Ann_12345_assignsubmission_file_/victim_05_x.ipynb", None),
        ("=1_123_456_hw/victim_05_x.ipynb", None),
    ],
)
def test_the_student_is_read_from_what_the_platform_wrote(course: Course, path: str, student: str | None) -> None:
    config = PyFileConfigLoader("nbgrader_config.py", str(course.root)).load_config()
    collector = FileNameCollectorPlugin(config=config)
    found = collector.collect(f"{course.root}/course/downloaded/05_x/extracted/{path}")
    assert (found and found["student_id"]) == student


def collector_of(course: Course) -> FileNameCollectorPlugin:
    config = PyFileConfigLoader("nbgrader_config.py", str(course.root)).load_config()
    module, _, name = config.ZipCollectApp.collector_plugin.rpartition(".")
    plugin: FileNameCollectorPlugin = getattr(importlib.import_module(module), name)(config=config)
    return plugin


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Anna Lee_11111_assignsubmission_file_a.ipynb", "Anna Lee_22222_assignsubmission_file_b.ipynb"),
        ("smithjohn_901_111_a.ipynb", "smithjohn_LATE_902_112_b.ipynb"),
    ],
)
def test_two_students_of_one_name_are_not_collected_as_one(course: Course, first: str, second: str) -> None:
    extracted = f"{course.root}/course/downloaded/05_x/extracted"
    collector = collector_of(course)
    assert collector.collect(f"{extracted}/{first}")
    with pytest.raises(SystemExit):
        collector.collect(f"{extracted}/{second}")


def test_one_students_two_files_are_one_students(course: Course) -> None:
    extracted = f"{course.root}/course/downloaded/05_x/extracted"
    collector = collector_of(course)
    names = ("leebo_901_111_a.ipynb", "leebo_LATE_901_222_b.ipynb")
    found = [collector.collect(f"{extracted}/{name}") for name in names]
    assert found == [{"student_id": "leebo", "file_id": "a"}, {"student_id": "leebo", "file_id": "b"}]


@pytest.fixture
def formgrader(course: Course, monkeypatch: pytest.MonkeyPatch) -> NbGraderAPI:
    """What formgrader calls, in the process of the Jupyter server."""
    monkeypatch.setenv("GRADER_SECRET", "a secret of the course")
    assert nbgrader(course, "generate_assignment", CHAPTER).returncode == 0
    return NbGraderAPI(config=PyFileConfigLoader("nbgrader_config.py", str(course.root)).load_config())


def score_of(course: Course, student: str) -> float:
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as book:
        return float(book.find_submission(CHAPTER, student).score)


@pytest.mark.slow
def test_formgrader_grades_with_the_chapter_as_it_is_now(course: Course, formgrader: NbGraderAPI) -> None:
    hand_in(course, "ann", nbformat.writes(course.answered(**RIGHT)))
    assert formgrader.autograde(CHAPTER, "ann")["success"]
    assert score_of(course, "ann") == 6
    text = course.chapter.file.read_text()
    course.chapter.file.write_text(text.replace("    return x @ w\n", "    return x @ w + 1\n", 1))
    assert formgrader.autograde(CHAPTER, "ann")["success"]
    assert score_of(course, "ann") < 6
    course.chapter.file.write_text(text)
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    assert score_of(course, "ann") == 6
    course.chapter.file.write_text(text.replace("points=2", "points=3"))
    refused = formgrader.autograde(CHAPTER, "ann")
    assert not refused["success"]
    assert "points changed: check_line from 2 to 3" in refused["log"]
    assert (course.settings.course / "autograded" / "ann" / CHAPTER / f"{CHAPTER}.ipynb").exists()


@pytest.mark.slow
def test_a_renamed_notebook_leaves_no_copy_that_wins_over_the_next(course: Course, formgrader: NbGraderAPI) -> None:
    name = f"Copy of {CHAPTER}.ipynb"
    folder = course.root / "course" / "submitted" / "ann" / CHAPTER
    hand_in(course, "ann", nbformat.writes(course.answered(line="return x @ w + 1")), name)
    assert formgrader.autograde(CHAPTER, "ann")["success"]
    assert [path.name for path in folder.iterdir()] == [name]
    (folder / name).write_text(nbformat.writes(course.answered(**RIGHT)))
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    assert score_of(course, "ann") == 6
    assert formgrader.autograde(CHAPTER, "ann")["success"]
    assert score_of(course, "ann") == 6
    assert run_class(course.settings, CHAPTER, 1).fresh == 0


@pytest.mark.slow
def test_what_is_handed_in_while_the_class_is_graded_is_graded_next(
    course: Course, formgrader: NbGraderAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ann", nbformat.writes(course.answered(line="return x @ w + 1")))

    def meanwhile(*common: Any, **named: Any) -> Any:
        yield from grade_many(*common, **named)
        folder = course.settings.course / "submitted" / "ann" / CHAPTER
        nbformat.write(course.answered(**RIGHT), folder / f"{CHAPTER}.ipynb")

    monkeypatch.setattr(exporter, "grade_many", meanwhile)
    assert formgrader.autograde(CHAPTER, "ann")["success"]
    assert score_of(course, "ann") < 6
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    assert score_of(course, "ann") == 6


@pytest.mark.slow
def test_what_is_new_and_what_is_newer_is_graded_once_each(
    course: Course, formgrader: NbGraderAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stamp(student: str, day: int) -> None:
        (course.root / "course" / "submitted" / student / CHAPTER / "timestamp.txt").write_text(
            f"2026-02-{day:02} 10:00:00 UTC"
        )

    right = nbformat.writes(course.answered(**RIGHT))
    for student in ("a", "c", "unchanged"):
        hand_in(course, student, right)
        stamp(student, 1)
    assert formgrader.autograde(CHAPTER, "*", force=False)["success"]
    for student in ("b", "d"):
        hand_in(course, student, right)
    for student in ("a", "c"):
        stamp(student, 2)
    graded: list[str] = []

    def counted(tasks: Any, *common: Any, **named: Any) -> Any:
        graded.extend(task.student for task in tasks)
        return grade_many(tasks, *common, **named)

    monkeypatch.setattr(exporter, "grade_many", counted)
    assert formgrader.autograde(CHAPTER, "*", force=False)["success"]
    assert sorted(graded) == ["a", "b", "c", "d"]
