"""A Keras model is asked through adapters: what is wrong with it is told in the notebook as in grading."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from courses import ROOT, of_chapter
from nbformat.v4 import new_code_cell

from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.roles import Role
from grader.grade.grading import grade_submission

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


def with_answer(answer: str | None) -> nbformat.NotebookNode:
    """The release with one exercise answered, and no other."""
    notebook = nbformat.read(ROOT / "assignments" / CHAPTER.name / f"{CHAPTER.name}.ipynb", as_version=4)
    cell = exercise_of(notebook)
    cell.source = cell.source if answer is None else cell.source.split("\n")[0] + "\n" + answer
    return notebook


def exercise_of(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return next(
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "build_classifier"
    )


def seen_in_a_notebook(answer: str | None) -> tuple[str, str, str]:
    """(status, diagnosis, message) of the visible check, in a real kernel that runs what the check needs."""
    nbclient = pytest.importorskip("nbclient")
    chapter, notebook = load_chapter(CHAPTER), with_answer(answer)
    kept = {cell.id for cell in chapter.of(Role.SETUP, Role.GIVEN, Role.PROBE, Role.ADAPTER)}
    check = chapter.cell(Role.CHECK, "build_classifier").id
    told = "print(_.verdict.status, _.verdict.diagnosis, _.verdict.message, *_.verdict.parts[0].detail, sep='\\n')"
    notebook.cells = [
        cell for cell in notebook.cells if cell.id in {*kept, check, exercise_of(notebook).id} or "load(" in cell.source
    ] + [new_code_cell(told)]
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True).execute()
    status, diagnosis, message = notebook.cells[-1].outputs[0].text.split("\n", 2)
    return status, diagnosis, message


@pytest.mark.parametrize("name", ANSWERS)
def test_it_is_told_in_grading(name: str, tmp_path: Path) -> None:
    answer, status, diagnosis, message = ANSWERS[name]
    nbformat.write(with_answer(answer), tmp_path / "handed_in.ipynb")
    chapter = load_chapter(CHAPTER)
    graded = grade_submission(tmp_path / "handed_in.ipynb", chapter, load_namespace(chapter), student="a", secret=b"a")
    verdict = next(verdict for verdict in graded.verdicts if verdict.check == "build_classifier")
    print(
        verdict.status,
        verdict.diagnosis,
        verdict.message,
        [(p.name, p.hidden, p.status, p.message, p.detail) for p in verdict.parts],
    )
    assert (verdict.status, verdict.diagnosis) == (status, diagnosis)
    assert message in verdict.message


@pytest.mark.parametrize("name", ANSWERS)
def test_it_is_told_alike_in_the_notebook(name: str) -> None:
    answer, status, diagnosis, message = ANSWERS[name]
    seen = seen_in_a_notebook(answer)
    assert seen[:2] == (status, diagnosis)
    assert message in seen[2]
