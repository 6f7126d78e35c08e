"""A class of each real chapter through the command line: the right earn everything, every mistake is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from courses import each_chapter, run

from grader.chapter.model import load_chapter
from tests.benchmarks.classes import Outcome, hand_in, outcomes

Graded = Callable[[Path], dict[str, Outcome]]


@pytest.fixture(scope="session")
def graded(course_of: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """A chapter's folder -> what a class of 30 was told, by student."""

    @cache
    def graded_class(folder: Path) -> dict[str, Outcome]:
        root = tmp_path_factory.mktemp("class") / "course"
        shutil.copytree(course_of(folder), root)
        told = hand_in(root, folder.name, 30, figures_every=3)
        done = run(root, "grader", "autograde", folder.name, "--jobs", "2")
        assert done.returncode == 0, done.stderr
        assert (root / "course" / "gradebook.db").is_file()
        return outcomes(root, folder.name, told)

    return graded_class


@pytest.mark.slow
@each_chapter
def test_right_answers_earn_all_and_each_mistake_its_sentence(folder: Path, graded: Graded) -> None:
    for student, seen in graded(folder).items():
        if seen.mistake is None:
            assert seen.score == seen.max_score, student
        else:
            assert seen.message.startswith(seen.mistake.sentence), (student, seen)
            assert seen.points < seen.check_points


@pytest.mark.slow
@each_chapter
def test_the_references_earn_every_point_in_grading(folder: Path, graded: Graded) -> None:
    right = [seen for seen in graded(folder).values() if seen.mistake is None]
    assert len(right) >= 2
    for seen in right:
        assert seen.lost == ()
        assert seen.score == seen.max_score == sum(check.points for check in load_chapter(folder).of("check"))
