"""Answers by somebody who knew the texts alone: no wrong one keeps its points, no right one loses any."""

from __future__ import annotations

from concurrent.futures import Executor
from functools import cache
from pathlib import Path

import nbformat
import pytest
from courses import ROOT, of_chapter
from held_out import FOLDER, right, wrong

from grader.author.bench import Bench
from grader.chapter.checks import compiled
from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.roles import Role
from grader.grade.grading import grade_submission, preload
from grader.sandbox.nursery import Nursery
from grader.verdict import Verdict
from tests.benchmarks.classes import in_keras

CHAPTERS = sorted(path.name for path in FOLDER.iterdir() if (path / "wrong").is_dir())
pytestmark = pytest.mark.slow
each_chapter = pytest.mark.parametrize(
    "chapter_id", [pytest.param(name, id=name, marks=of_chapter(name)) for name in CHAPTERS]
)


def verdicts(chapter_id: str) -> dict[str, Verdict]:
    """What is judged of each wrong answer, without a worker."""
    chapter = load_chapter(ROOT / "solutions" / chapter_id)
    names = load_namespace(chapter)
    checks = {check.judges: check.name for check in chapter.of(Role.CHECK)}
    bench_of = cache(lambda exercise: Bench(chapter, names, compiled(chapter, checks[exercise])))
    judged = {}
    for answer in wrong(chapter_id):
        bench = bench_of(answer.exercise)
        judged[answer.path.stem] = bench.judge(bench.answers(answer.answer(names), anew=True))
    return judged


@each_chapter
def test_each_wrong_answer_loses_points_and_most_are_told_a_cause(chapter_id: str, apart: Executor) -> None:
    judged = apart.submit(verdicts, chapter_id).result()
    assert [name for name, verdict in judged.items() if verdict.score == verdict.points] == []
    without_a_cause = [name for name, verdict in judged.items() if verdict.diagnosis == "value"]
    assert len(without_a_cause) <= 0.1 * len(judged), without_a_cause


@each_chapter
def test_no_right_answer_loses_a_point(chapter_id: str, tmp_path: Path) -> None:
    """The first is graded whole; the others without their figures, and without Keras where they do not answer there."""
    chapter = load_chapter(ROOT / "solutions" / chapter_id)
    names = load_namespace(chapter)
    release = ROOT / "assignments" / chapter_id / f"{chapter_id}.ipynb"
    path = tmp_path / release.name
    drawn = {cell.id for cell in chapter.of(Role.FIGURE)}
    keras = [cell for cell in chapter.of(Role.EXERCISE) if in_keras(chapter, cell)]
    with Nursery(preload(chapter)) as nursery:
        for number, answer in enumerate(right(chapter_id)):
            made = answer.notebook(chapter, nbformat.read(release, as_version=4))
            answers = {name.lstrip("+-^") for name, _ in answer.sections}
            foreign = [cell for cell in keras if number and answers.isdisjoint({cell.name, "setup"})]
            left_out = {cell.id for cell in foreign} | (drawn if number else set())
            made.cells = [cell for cell in made.cells if cell.id not in left_out]
            nbformat.write(made, path)
            graded = grade_submission(path, chapter, names, student="someone", secret=b"a secret", nursery=nursery)
            judged = [check for check in chapter.of(Role.CHECK) if check.judges not in {cell.name for cell in foreign}]
            told = {one.check: one for one in graded.verdicts}
            lost = {check.name: told[check.name].message for check in judged if told[check.name].status != "passed"}
            earned = sum(told[check.name].score for check in judged)
            assert (lost, earned) == ({}, sum(check.points for check in judged)), answer.path.stem
