"""Answers by somebody who knew the texts alone: no wrong one keeps its points, no right one loses any."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from functools import cache
from pathlib import Path

import pytest
from courses import ROOT, of_chapter
from held_out import FOLDER, wrong
from one_class import OneClass, odd_ones

from grader.author.bench import Bench
from grader.chapter.checks import compiled
from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.roles import Role
from grader.verdict import Verdict

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
def test_no_right_answer_loses_a_point(chapter_id: str, class_of: Callable[[Path], OneClass]) -> None:
    """Graded in one class with the generated ones."""
    folder = ROOT / "solutions" / chapter_id
    graded = class_of(folder)
    for student, (_, judged) in odd_ones(load_chapter(folder)).items():
        told = {one["check"]: one for one in graded.verdict(student)["checks"]}
        lost = {check.name: told[check.name]["message"] for check in judged if told[check.name]["status"] != "passed"}
        earned = sum(told[check.name]["score"] for check in judged)
        assert (lost, earned) == ({}, sum(check.points for check in judged)), student
