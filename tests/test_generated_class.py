"""A class of each real chapter through the command line: the right earn everything, every mistake is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from courses import FIXTURES, ROOT, each_chapter, make_course
from one_class import OneClass

from grader.author.build import build_chapter
from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.release import answered
from grader.grade.grading import grade_submission
from grader.grade.visible import run_visible
from grader.settings import load_settings
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


def test_a_mistake_that_an_adapter_names_is_told_alike_in_the_notebook_and_in_grading(tmp_path: Path) -> None:
    """The adapter of a class, without TensorFlow, gives the mistake's name in the place of numbers."""
    folder = tmp_path / "solutions" / "02_layer"
    shutil.copytree(FIXTURES / "02_layer", folder)
    text, mistakes = (folder / "chapter.py").read_text(), (folder / "mistakes.py").read_text()
    line = "    return dX, layer.dW, layer.db\n"
    named = '    if not hasattr(layer, "db"):\n        return "bias_not_kept"\n'
    (folder / "chapter.py").write_text(text.replace(line, named + line))
    slip = (
        '@mistake("Layer", general="type")\nclass bias_not_kept(Layer):\n    """Your layer keeps no db."""\n\n'
        "    def backward(self, upstream):\n        self.dW = self.X.T @ upstream\n        return upstream @ self.W.T\n"
    )
    (folder / "mistakes.py").write_text(f"{mistakes}\n\n{slip}")
    shutil.copyfile(ROOT / "nbgrader_config.py", tmp_path / "nbgrader_config.py")
    (tmp_path / "pyproject.toml").write_text("[tool.grader]\n")
    build_chapter(folder, load_settings(tmp_path))
    chapter = load_chapter(folder)
    names = load_namespace(chapter)
    release = nbformat.read(tmp_path / "assignments" / "02_layer" / "02_layer.ipynb", as_version=4)
    notebook, path = answered(chapter, release), tmp_path / "slip.ipynb"
    put_in(notebook, chapter, names, next(one for one in names.mistakes if one.name == "bias_not_kept"))
    nbformat.write(notebook, path)
    graded = grade_submission(path, chapter, names, student="a", secret=b"a secret for tests")
    assert {verdict.check: verdict.message for verdict in graded.verdicts}["Layer"] == "Your layer keeps no db."
    assert "Layer: partly right (2 of 4): Your layer keeps no db." in str(run_visible(path, 60))


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
