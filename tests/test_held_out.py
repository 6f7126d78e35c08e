"""Answers by somebody who knew the texts alone: no wrong one keeps its points, no right one loses any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import nbformat
import pytest
from courses import ROOT, of_chapter
from held_out import FOLDER, Right, Wrong, right, wrong
from nbformat import NotebookNode

from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.roles import Role
from grader.grade.grading import grade_submission, preload
from grader.result import Graded
from grader.sandbox.nursery import Nursery

CHAPTERS = sorted(path.name for path in FOLDER.iterdir() if (path / "wrong").is_dir())
Grade = Callable[[Right | Wrong], Graded]
pytestmark = pytest.mark.slow
each_chapter = pytest.mark.parametrize(
    "chapter_id", [pytest.param(name, id=name, marks=of_chapter(name)) for name in CHAPTERS]
)


@pytest.fixture(scope="module")
def nursery_of() -> Iterator[Callable[[str], Nursery]]:
    """One for both tests of a chapter."""
    with ExitStack() as opened:
        yield cache(lambda name: opened.enter_context(Nursery(preload(load_chapter(ROOT / "solutions" / name)))))


@pytest.fixture
def grade(chapter_id: str, nursery_of: Callable[[str], Nursery], tmp_path: Path) -> Grade:
    chapter = load_chapter(ROOT / "solutions" / chapter_id)
    names = load_namespace(chapter)
    release = ROOT / "assignments" / chapter_id / f"{chapter_id}.ipynb"
    path = tmp_path / release.name

    def graded(answer: Right | Wrong) -> Graded:
        made: NotebookNode = answer.notebook(chapter, nbformat.read(release, as_version=4))
        drawn = {cell.id for cell in chapter.of(Role.FIGURE)}  # they take most of a worker's time
        made.cells = [cell for cell in made.cells if cell.id not in drawn]
        nbformat.write(made, path)
        nursery = nursery_of(chapter_id)
        return grade_submission(path, chapter, names, student="someone", secret=b"a secret", nursery=nursery)

    return graded


@each_chapter
def test_each_wrong_answer_loses_points_and_most_are_told_a_cause(chapter_id: str, grade: Grade) -> None:
    chapter = load_chapter(ROOT / "solutions" / chapter_id)
    told = {}
    for answer in wrong(chapter_id):
        verdict = next(
            one for one in grade(answer).verdicts if chapter.cell("check", one.check).judges == answer.exercise
        )
        assert verdict.score < verdict.points, answer.path.stem
        told[answer.path.stem] = verdict.diagnosis
    without_a_cause = [name for name, diagnosis in told.items() if diagnosis == "value"]
    assert len(without_a_cause) <= 0.1 * len(told), without_a_cause


@each_chapter
def test_no_right_answer_loses_a_point(chapter_id: str, grade: Grade) -> None:
    for answer in right(chapter_id):
        graded = grade(answer)
        lost = {one.check: one.message for one in graded.verdicts if one.status != "passed"}
        assert (lost, graded.score) == ({}, graded.max_score), answer.path.stem
