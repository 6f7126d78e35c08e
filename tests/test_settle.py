"""What waits because of earlier work: counted by its mistake, and settled for all at once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course, answer
from nbgrader.api import Gradebook
from test_classrun import generate, gradebook
from typer.testing import CliRunner

from grader.chapter.model import load_chapter
from grader.cli.app import app
from grader.gradebook.assignment import ClassError
from grader.gradebook.classrun import run_class
from grader.gradebook.settle import Credit, Settled, settle, undo
from grader.report.classtable import class_markdown, waiting_for
from grader.settings import load_settings

#: Four of a class: two with one mistake, one with another, one right.
CLASS = {
    "ann": {**RIGHT, "line": "return x @ w + 1"},
    "ben": {**RIGHT, "line": "return x @ w + 1"},
    "cem": {**RIGHT, "line": "raise ValueError('no')"},
    "dora": RIGHT,
}
SLOPE = "check_slope"


@pytest.fixture(scope="module")
def graded(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose class is graded; copy it before writing there."""
    root = tmp_path_factory.mktemp("settle") / "root"
    shutil.copytree(built, root)
    settings = load_settings(root)
    course = Course(settings, load_chapter(settings.chapter(CHAPTER)), None)  # type: ignore[arg-type]
    for student, answers in CLASS.items():
        folder = settings.course / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        nbformat.write(answer(course.release(), **answers), folder / f"{CHAPTER}.ipynb")
    generate(course)
    run_class(settings, CHAPTER, 1)
    return root


@pytest.fixture
def course_of_four(graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    root = tmp_path / "root"
    shutil.copytree(graded, root)
    monkeypatch.chdir(root)
    monkeypatch.delenv("CI", raising=False)
    settings = load_settings(root)
    return Course(settings, load_chapter(settings.chapter(CHAPTER)), None)  # type: ignore[arg-type]


def scores(course: Course) -> dict[str, Any]:
    return {student: row[1:3] for (student, name), row in gradebook(course).items() if name == SLOPE}


def comment(course: Course, student: str) -> str | None:
    told: str | None = gradebook(course)[student, "comment slope"][1]
    return told


def by_hand(course: Course, student: str, score: float, said: str | None = None) -> None:
    """As formgrader writes it."""
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as book:
        notebook = book.find_submission_notebook(CHAPTER, CHAPTER, student)
        for grade in notebook.grades:
            if grade.name == SLOPE:
                grade.manual_score, grade.needs_manual_grade = score, False
        for one in notebook.comments:
            if one.name == "slope" and said is not None:
                one.manual_comment = said
        book.db.commit()


def test_the_class_table_counts_what_waits_by_its_earlier_mistake(course_of_four: Course) -> None:
    counted = run_class(course_of_four.settings, CHAPTER, 1)
    told = list(map(str, waiting_for(counted.results, counted.held)))
    cause = counted.results["ann"].verdicts[1].because[0]  # type: ignore[union-attr]
    assert told == [
        f"2 wait because of line: {cause.name} (in slope)",
        "1 waits because of line: raised (in slope)",
    ]
    assert f"- {told[0]}" in class_markdown(counted.results, CHAPTER, counted.held)


def test_one_kind_is_settled_for_all_and_undone(course_of_four: Course) -> None:
    course = course_of_four
    before = gradebook(course)
    assert scores(course)["ann"] == (None, True)
    settled = settle(course.settings, CHAPTER, "slope", Credit.HALF)
    assert (settled.done, settled.by_hand) == (["ann", "ben", "cem"], [])
    assert scores(course) == {**dict.fromkeys(["ann", "ben", "cem"], (2.0, False)), "dora": (None, False)}
    assert "slope waited because of line" in str(comment(course, "ann"))
    assert "2 of 4 points" in str(comment(course, "ann"))
    counted = run_class(course.settings, CHAPTER, 1)
    assert counted.fresh == 0
    assert not waiting_for(counted.results, counted.held)
    assert scores(course)["cem"] == (2.0, False)
    again = settle(course.settings, CHAPTER, "slope", Credit.FULL)
    assert again.done == ["ann", "ben", "cem"]
    assert scores(course)["ann"] == (4.0, False)
    assert str(comment(course, "ann")).count("settled alike") == 1
    assert undo(course.settings, CHAPTER, "slope").done == ["ann", "ben", "cem"]
    assert gradebook(course) == before


def test_a_persons_grade_and_comment_are_left_alone(course_of_four: Course) -> None:
    course = course_of_four
    by_hand(course, "ann", 1.0, "See me.")
    by_hand(course, "ben", 2.0)
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as book:
        for one in book.find_submission_notebook(CHAPTER, CHAPTER, "cem").comments:
            if one.name == "slope":
                one.manual_comment = "Well tried."
        book.db.commit()
    settled = settle(course.settings, CHAPTER, "slope", Credit.NONE)
    assert (settled.done, settled.by_hand) == (["cem"], ["ann", "ben"])
    assert scores(course)["ann"] == (1.0, False)
    assert comment(course, "ann") == "See me."
    assert str(comment(course, "cem")).startswith("Well tried.\n")
    by_hand(course, "cem", 3.0)  # a person thinks again
    assert undo(course.settings, CHAPTER, "slope").done == []
    assert scores(course)["cem"] == (3.0, False)


def test_a_new_answer_is_not_bound_by_what_was_settled_for_the_old_one(course_of_four: Course) -> None:
    course = course_of_four
    settle(course.settings, CHAPTER, "slope", Credit.NONE)
    for student, answers in (("ann", RIGHT), ("ben", {**RIGHT, "line": "return x @ w - 2"})):
        file = course.settings.course / "submitted" / student / CHAPTER / f"{CHAPTER}.ipynb"
        nbformat.write(answer(course.release(), **answers), file)
    assert run_class(course.settings, CHAPTER, 1).fresh == 2
    assert scores(course)["ann"] == (None, False)
    assert comment(course, "ann") is None
    assert scores(course)["ben"] == (0.0, False)
    assert scores(course)["cem"] == (0.0, False)


def test_the_command_says_what_it_did_and_what_it_wants(course_of_four: Course) -> None:
    run = CliRunner()
    done = run.invoke(app, ["settle", CHAPTER, "slope", "--credit", "half"])
    assert "slope: 3 settled: half (ann, ben, cem)" in done.output
    assert "slope: 3 wait again" in run.invoke(app, ["settle", CHAPTER, "slope", "--undo"]).output
    assert run.invoke(app, ["settle", CHAPTER, "slope"]).exit_code == 2
    with pytest.raises(ClassError, match="no check of 01_scale judges 'slop'; known: line, slope"):
        settle(course_of_four.settings, CHAPTER, "slop", Credit.FULL)


def test_a_students_name_commands_no_terminal_and_begins_no_line(
    course_of_four: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = Settled(["ann\x1b[2J\nslope: 9 settled"], ["ben\x1b[1A"])
    monkeypatch.setattr("grader.gradebook.settle.settle", lambda *told: hostile)
    done = CliRunner().invoke(app, ["settle", CHAPTER, "slope", "--credit", "half"])
    assert "\x1b" not in done.output
    assert len(done.output.splitlines()) == 3
