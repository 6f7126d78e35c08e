"""Exercises that are classes, asked through adapters: released, repaired, judged and told like functions."""

from __future__ import annotations

import contextlib
import io
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from courses import FIXTURES, make_course, once
from nbformat import NotebookNode

from grader.author.audit import audit_chapter
from grader.author.build import build_chapter
from grader.chapter.checks import compiled
from grader.chapter.model import ChapterError, load_chapter
from grader.chapter.namespace import load_namespace
from grader.grade.grading import grade_submission
from grader.settings import load_settings

CHAPTER = "02_layer"
RIGHT = """class Layer:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW, self.db = self.X.T @ upstream, upstream.sum(axis=0)
        return upstream @ self.W.T
"""
TWO = """def two_layers(X, W1, b1, W2, b2):
    return Layer(W2, b2).forward(np.maximum(Layer(W1, b1).forward(X), 0))
"""


@pytest.fixture(scope="session")
def layers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "layers", lambda root: make_course(root, FIXTURES / CHAPTER))


def answered(root: Path, layer: str | None = RIGHT, two: str | None = TWO) -> NotebookNode:
    """The release, with these answers under their anchors."""
    notebook = nbformat.read(root / "assignments" / CHAPTER / f"{CHAPTER}.ipynb", as_version=4)
    for cell in notebook.cells:
        for name, answer in (("Layer", layer), ("two_layers", two)):
            if answer is not None and cell.metadata.get("nbgrader", {}).get("grade_id") == name:
                cell.source = cell.source.split("\n")[0] + "\n" + answer
    return notebook


def graded(root: Path, notebook: NotebookNode, folder: Path) -> dict[str, Any]:
    chapter = load_chapter(root / "solutions" / CHAPTER)
    nbformat.write(notebook, folder / "handed_in.ipynb")
    made = grade_submission(
        folder / "handed_in.ipynb", chapter, load_namespace(chapter), student="a", secret=b"a secret for tests"
    )
    return {verdict.check: verdict for verdict in made.verdicts}


def seen(notebook: NotebookNode) -> dict[str, Any]:
    """The verdicts of the notebook's own checks."""
    names: dict[str, Any] = {"In": [""]}
    verdicts = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in notebook.cells:
            if cell.cell_type != "code":
                continue
            body, _, last = cell.source.rpartition("\n")
            names["In"].append(cell.source)
            exec(
                compile(body if last == "check.verdict()" else cell.source, "a cell", "exec", dont_inherit=True), names
            )
            if last == "check.verdict()":
                made = eval(last, names).verdict
                verdicts[made.check] = made
    return verdicts


def test_the_release_has_stubs_in_the_methods_and_no_answer(layers: Path) -> None:
    notebook = answered(layers, None, None)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert text.count("raise NotImplementedError()") == 3
    assert "self.dW" not in text
    assert "def layer_gradients(upstream, X, W, b):" in text
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    assert cells["adapter_layer_outputs"].metadata.nbgrader.locked
    assert cells["adapter_layer_outputs"].metadata.jupyter.source_hidden
    assert "jupyter" not in cells["given_batch"].metadata
    assert not cells["Layer"].metadata.nbgrader.locked


def test_a_right_class_earns_every_point_in_notebook_and_grading(layers: Path, tmp_path: Path) -> None:
    notebook = answered(layers)
    for verdicts in (seen(notebook), graded(layers, notebook, tmp_path)):
        assert {name: verdict.score for name, verdict in verdicts.items()} == {"Layer": 4, "two_layers": 2}


def test_an_unwritten_class_is_told_quietly(layers: Path, tmp_path: Path) -> None:
    notebook = answered(layers, None, None)
    for verdicts in (seen(notebook), graded(layers, notebook, tmp_path)):
        assert {verdict.status for verdict in verdicts.values()} == {"not_attempted"}


def test_a_class_with_one_method_keeps_what_that_earns(layers: Path, tmp_path: Path) -> None:
    half = (
        RIGHT[: RIGHT.index("    def backward")]
        + "    def backward(self, upstream):\n        raise NotImplementedError()\n"
    )
    notebook = answered(layers, half)
    for verdicts in (seen(notebook), graded(layers, notebook, tmp_path)):
        verdict = verdicts["Layer"]
        assert (verdict.score, verdict.status) == (2, "partial")
        assert any(part.message == "Layer.backward is not written yet." for part in verdict.parts)


@pytest.mark.parametrize(
    ("old", "new", "diagnosis", "says"),
    [
        ("self.X.T @ upstream", "2 * self.X.T @ upstream", "factor", "dW is 2 times too large"),
        ("upstream.sum(axis=0)", "upstream", "mistake:bias_not_summed", "sum over the rows"),
        ("return upstream @ self.W.T", "return self.dW", "mistake:returns_weights_gradient", "Keep dW in the layer"),
        ("return X @ self.W + self.b", "return X @ self.W", "mistake:bias_left_out", "leaves the bias out"),
        ("return X @ self.W + self.b", "return X @ self.w + self.b", "raised", "has no attribute 'w'"),
    ],
)
def test_a_wrong_class_is_told_alike_in_notebook_and_grading(
    layers: Path, tmp_path: Path, old: str, new: str, diagnosis: str, says: str
) -> None:
    notebook = answered(layers, RIGHT.replace(old, new))
    for verdicts in (seen(notebook), graded(layers, notebook, tmp_path)):
        assert verdicts["Layer"].diagnosis == diagnosis
        assert says in verdicts["Layer"].message


def test_work_on_a_class_that_is_not_right_waits_for_a_person(layers: Path, tmp_path: Path) -> None:
    """No reference can be given the student's own class, so nobody can tell whether it is right beside it."""
    notebook = answered(layers, RIGHT.replace("+ self.b", "- self.b"))
    verdicts = graded(layers, notebook, tmp_path)
    assert verdicts["Layer"].status == "partial"
    assert verdicts["two_layers"].status == "not_judged"
    assert "It uses `Layer`" in verdicts["two_layers"].message


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("        return X @ self.W + self.b", "        X @ self.W + self.b", "whose check has not passed"),
        ("        self.X = X\n", "        raise ValueError('no')\n", "whose check has not passed"),
        ("        self.W, self.b = W, b", "        raise NotImplementedError()", "whose check has not passed"),
        ("return X @ self.W + self.b", "return (X @ self.W + self.b).tolist()", "which gives a list"),
    ],
    ids=["None", "raises", "unwritten", "a list"],
)
def test_work_on_a_class_that_fails_waits_and_names_it(
    layers: Path, tmp_path: Path, old: str, new: str, told: str
) -> None:
    two = TWO.replace("np.maximum(Layer(W1, b1).forward(X), 0)", "np.maximum(1 - (1 - X1), 0)").replace(
        "    return", "    X1 = Layer(W1, b1).forward(X)\n    return"
    )
    made = graded(layers, answered(layers, RIGHT.replace(old, new), two), tmp_path)["two_layers"]
    assert made.status == "not_judged"
    assert f"It uses `Layer`, {told}" in made.message
    assert [cause.exercise for cause in made.because] == ["Layer"]


@pytest.mark.parametrize(
    "kind",
    [
        "from dataclasses import dataclass\n\n@dataclass\nclass Layer:\n    W: object\n    b: object\n",
        "class Layer:\n    __slots__ = ('W', 'b', 'X', 'dW', 'db')\n\n    def __init__(self, W, b):\n"
        "        self.W, self.b = W, b\n",
        "class Meta(type):\n    pass\n\nclass Layer(metaclass=Meta):\n    count = []\n\n    def __init__(self, W, b):\n"
        "        self.count.append(1)\n        self.W, self.b = W, b\n",
        "class Base:\n    def __init__(self, W, b):\n        self.W, self.b = W, b\n\nclass Layer(Base):\n    pass\n",
    ],
    ids=["dataclass", "slots", "metaclass", "inherits"],
)
def test_any_kind_of_class_is_right(layers: Path, tmp_path: Path, kind: str) -> None:
    methods = RIGHT[RIGHT.index("    def forward") :]
    body = kind.removesuffix("    pass\n") + "\n" + methods
    notebook = answered(layers, body)
    for verdicts in (seen(notebook), graded(layers, notebook, tmp_path)):
        assert verdicts["Layer"].status == "passed", verdicts["Layer"].message


def test_a_class_without_marks_is_found_and_an_adapters_name_cannot_be_taken(layers: Path, tmp_path: Path) -> None:
    notebook = answered(layers)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "Layer":
            cell.metadata, cell.id = {}, "plain"
            cell.source = RIGHT.replace("+ self.b", "") + "\n\ndef layer_outputs(X, W, b):\n    return X @ W + b\n"
    verdicts = graded(layers, notebook, tmp_path)
    assert {part.name for part in verdicts["Layer"].parts if part.status != "passed"} >= {"forward"}


def test_a_library_in_a_method_is_banned(layers: Path, tmp_path: Path) -> None:
    notebook = answered(layers, RIGHT.replace("return X @ self.W + self.b", "import torch\n        return torch.nn(X)"))
    for verdicts in (seen(notebook), graded(layers, notebook, tmp_path)):
        assert verdicts["Layer"].diagnosis == "banned"
        assert "torch" in verdicts["Layer"].message


def test_the_audit_of_a_class_finds_nothing() -> None:
    audit = audit_chapter(FIXTURES / CHAPTER)
    assert audit.problems == []
    assert audit.count("mistake", lambda t: t.told and t.told_in_notebook) == audit.count("mistake") == 5
    assert audit.count("variant") == 3


def edited(tmp_path: Path, old: str, new: str, file: str = "chapter.py") -> Path:
    folder = tmp_path / "solutions" / CHAPTER
    shutil.copytree(FIXTURES / CHAPTER, folder)
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))
    return folder


SLIPS = [
    ('of="Layer"\ndef layer_outputs', 'of="Lyaer"\ndef layer_outputs', "of='Lyaer': there is no such exercise"),
    ('adapter="layer_outputs" of="Layer"', 'adapter="layer_outputs"', "layer_outputs' stands for no exercise"),
    ("    return Layer(W, b).forward(X)", "    import tensorflow as tf\n    return tf.constant(Layer(W, b).forward(X))",
     "uses tensorflow, which the trusted side does not have"),
    ('of="Layer"\ndef layer_outputs', 'of="Layer" same_as="dence"\ndef layer_outputs', "there is no such exercise"),
    ('of="Layer"\ndef layer_outputs(X, W, b)', 'of="Layer" same_as="dense"\ndef layer_outputs(W, b, X)',
     "takes (W, b, X) and its twin 'dense' takes (X, W, b)"),
    ("class Layer:", "class Layered:", "defines no 'Layer', the name of its exercise"),
    ("def layer_outputs(X, W, b)", "def outputs_of_layer(X, W, b)", "defines no function 'layer_outputs'"),
    ("check.values(layer_outputs, X, W, b, part", "check.values(Layer, W, b, part", "'Layer' is a class"),
    ("check.values(two_layers, X", "check.values(layer_outputs, X", "a check asks for its own exercise"),
    ("check.values(layer_outputs, X, W, b, part", "check.valeus(layer_outputs, X, W, b, part", "no word of a check"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), SLIPS, ids=[says for *_, says in SLIPS])
def test_a_slip_of_the_author_is_one_line_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    folder = edited(tmp_path, old, new)
    with pytest.raises(ChapterError) as caught:
        build_chapter(folder, load_settings(tmp_path), write=False)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "chapter.py:" in str(caught.value)


def test_an_unknown_code_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = edited(tmp_path, 'general="shape"', 'general="shap"', "mistakes.py")
    with pytest.raises(ChapterError, match=r"mistakes\.py:\d+: general='shap' is no code"):
        load_namespace(load_chapter(folder))


def test_a_mistake_may_be_told_as_another_and_says_it_once(tmp_path: Path) -> None:
    again = """
@mistake("two_layers", general="value", told_as=no_activation)
def bend_at_the_end(X, W1, b1, W2, b2):
    return np.maximum(no_activation(X, W1, b1, W2, b2), 0)
"""
    known = (FIXTURES / CHAPTER / "mistakes.py").read_text()
    folder = edited(tmp_path, known, known + again, "mistakes.py")
    *_, first, second = load_namespace(load_chapter(folder)).mistakes
    assert (first.sentence, second.name) == (second.sentence, "bend_at_the_end")
    own = again.replace("b2):", 'b2):\n    """Its own words."""')
    (folder / "mistakes.py").write_text(known + own)
    with pytest.raises(ChapterError, match=r"mistakes\.py:\d+: bend_at_the_end has a docstring and told_as="):
        load_namespace(load_chapter(folder))


def test_a_check_is_compiled_once_and_says_what_it_asks() -> None:
    chapter = load_chapter(FIXTURES / CHAPTER)
    check = compiled(chapter, "Layer")
    assert check is compiled(chapter, "Layer")
    assert check.parts == ("forward", "backward")
    assert check.subjects == ("layer_outputs", "layer_gradients")
    assert check.needs >= {"X", "W", "b", "upstream"}
