"""A Keras model is asked through adapters: what is wrong with it is told in the notebook as in grading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from courses import ROOT, of_chapter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from grader.chapter.model import Chapter, load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.roles import Role
from grader.grade.grading import grade_submission, preload
from grader.sandbox.nursery import Nursery

CHAPTER = ROOT / "solutions" / "05_softmax_cross_entropy"
pytestmark = [pytest.mark.slow, *of_chapter(CHAPTER.name)]

MODEL = """def build_classifier(n_features, n_classes):
    model = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(n_classes)])
    right = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), {loss})
    return model
"""
#: An answer (None: as released), and what is told of it.
ANSWERS = {
    "never written": (None, "not_attempted", "not_attempted", ""),
    "the cell raises": ("units = 1 / 0\n" + MODEL.format(loss="right"), "error", "undefined", "build_classifier"),
    "raises": (
        "def build_classifier(n_features, n_classes):\n    return keras.Sequental()",
        "error",
        "raised",
        "has no attribute 'Sequental'",
    ),
    "returns None": (
        "def build_classifier(n_features, n_classes):\n    keras.Sequential([keras.Input((n_features,))])",
        "failed",
        "mistake:nothing_returned",
        "Your function returns nothing. Return the compiled model.",
    ),
    "a loss twice too large": (
        MODEL.format(loss="lambda y, z: 2 * right(y, z)"),
        "failed",
        "factor",
        "2 times too large",
    ),
}


@pytest.fixture(scope="module")
def chapter() -> Chapter:
    return load_chapter(CHAPTER)


@pytest.fixture(scope="module")
def nursery(chapter: Chapter) -> Iterator[Nursery]:
    with Nursery(preload(chapter)) as warm:
        yield warm


def release() -> NotebookNode:
    return nbformat.read(ROOT / "assignments" / CHAPTER.name / f"{CHAPTER.name}.ipynb", as_version=4)


def exercise_of(notebook: NotebookNode) -> NotebookNode:
    return next(
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "build_classifier"
    )


def answered(source: str, answer: str | None) -> str:
    """The exercise's cell with an answer below its first line."""
    return source if answer is None else source.split("\n")[0] + "\n" + answer


@pytest.fixture(scope="module")
def seen(chapter: Chapter) -> dict[str, list[str]]:
    """An answer's name -> status, diagnosis and message of the visible check, all asked in one real kernel."""
    nbclient = pytest.importorskip("nbclient")
    notebook = release()
    exercise, check = exercise_of(notebook), chapter.cell(Role.CHECK, "build_classifier").id
    kept = {cell.id for cell in chapter.of(Role.SETUP, Role.GIVEN, Role.PROBE, Role.ADAPTER)}
    (asked,) = (cell for cell in notebook.cells if cell.id == check)
    notebook.cells = [cell for cell in notebook.cells if cell.id in kept or "load(" in cell.source]
    told = "print(_.verdict.status, _.verdict.diagnosis, _.verdict.message, sep='\\n')"
    for answer, *_ in ANSWERS.values():
        notebook.cells += [
            new_code_cell("globals().pop('build_classifier', None);"),
            new_code_cell(answered(exercise.source, answer)),
            new_code_cell(asked.source),
            new_code_cell(told),
        ]
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True).execute()
    printed = [cell.outputs[0].text for cell in notebook.cells if cell.source == told]
    return {name: text.split("\n", 2) for name, text in zip(ANSWERS, printed, strict=True)}


@pytest.mark.parametrize("name", ANSWERS)
def test_it_is_told_in_grading(name: str, chapter: Chapter, nursery: Nursery, tmp_path: Path) -> None:
    answer, status, diagnosis, message = ANSWERS[name]
    notebook = release()
    exercise_of(notebook).source = answered(exercise_of(notebook).source, answer)
    nbformat.write(notebook, tmp_path / "handed_in.ipynb")
    graded = grade_submission(
        tmp_path / "handed_in.ipynb", chapter, load_namespace(chapter), student="a", secret=b"a", nursery=nursery
    )
    verdict = next(verdict for verdict in graded.verdicts if verdict.check == "build_classifier")
    assert (verdict.status, verdict.diagnosis) == (status, diagnosis)
    assert message in verdict.message


@pytest.mark.parametrize("name", ANSWERS)
def test_it_is_told_alike_in_the_notebook(name: str, seen: dict[str, list[str]]) -> None:
    _, status, diagnosis, message = ANSWERS[name]
    assert seen[name][:2] == [status, diagnosis]
    assert message in seen[name][2]
