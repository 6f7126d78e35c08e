"""A class of each real chapter through the command line: the right earn everything, every mistake is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from courses import FIXTURES, each_chapter, make_course
from one_class import OneClass

from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.release import answered
from grader.grade.grading import grade_submission
from tests.benchmarks.classes import put_in


def test_a_mistake_that_is_a_class_is_put_in_as_it_stands(tmp_path: Path) -> None:
    """It builds on the right class of the same name, which stays beside it."""
    make_course(tmp_path, FIXTURES / "02_layer")
    chapter = load_chapter(tmp_path / "solutions" / "02_layer")
    names = load_namespace(chapter)
    release = nbformat.read(tmp_path / "assignments" / "02_layer" / "02_layer.ipynb", as_version=4)
    for mistake in names.mistakes:
        notebook, path = answered(chapter, release), tmp_path / f"{mistake.name}.ipynb"
        put_in(notebook, chapter, names, mistake)
        nbformat.write(notebook, path)
        graded = grade_submission(path, chapter, names, student="a", secret=b"a secret for tests")
        told = {verdict.check: verdict.message for verdict in graded.verdicts}
        assert told[mistake.exercise] == mistake.sentence


@pytest.mark.slow
@each_chapter
def test_right_answers_earn_all_and_each_mistake_its_sentence(
    folder: Path, class_of: Callable[[Path], OneClass]
) -> None:
    graded = class_of(folder)
    assert (graded.root / "course" / "gradebook.db").is_file()
    for student, seen in graded.outcomes.items():
        if seen.mistake is None:
            assert seen.score == seen.max_score, student
        else:
            assert seen.message.startswith(seen.mistake.sentence), (student, seen)
            assert seen.points < seen.check_points


@pytest.mark.slow
@each_chapter
def test_the_references_earn_every_point_in_grading(folder: Path, class_of: Callable[[Path], OneClass]) -> None:
    right = [seen for seen in class_of(folder).outcomes.values() if seen.mistake is None]
    assert len(right) >= 2
    for seen in right:
        assert seen.lost == ()
        assert seen.score == seen.max_score == sum(check.points for check in load_chapter(folder).of("check"))
