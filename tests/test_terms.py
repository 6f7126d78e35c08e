"""What an exercise's source is held against where checks ask it through adapters."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.terms import terms_of
from grader.judge.bans import banned_use, from_outside

LAYER = Path(__file__).parent / "course" / "02_layer"
SCALE = Path(__file__).parent / "course" / "01_scale"
ANSWER = """class Layer:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        {}
"""
RIGHT = "self.dW, self.db = self.X.T @ upstream, upstream.sum(axis=0)\n        return upstream @ self.W.T"
ONE_BY_ONE = "X = self.X\n        return (upstream * ({} - {})).sum() / h"


@pytest.mark.parametrize("forward", ["self.forward", "Layer(self.W, self.b).forward", "dense"])
def test_a_class_may_not_difference_what_its_adapters_ask(forward: str) -> None:
    chapter = load_chapter(LAYER)
    terms = terms_of(chapter, load_namespace(chapter), "Layer")
    arguments = "" if "forward" in forward else ", self.W, self.b"
    body = ONE_BY_ONE.format(f"{forward}(X + h{arguments})", f"{forward}(X - h{arguments})")
    told = str(banned_use([ANSWER.format(body)], "Layer", terms))
    assert "takes differences of " in told
    assert str(banned_use([ANSWER.format(RIGHT)], "Layer", terms)) == ""


def test_a_class_that_no_adapter_asks_for_gradients_may_subtract_its_values(tmp_path: Path) -> None:
    folder = tmp_path / "02_layer"
    folder.mkdir()
    text = (LAYER / "chapter.py").read_text()
    (folder / "chapter.py").write_text(text.replace(' gradient_of="dense" wrt="X W b" upstream="upstream"', ""))
    chapter = load_chapter(folder)
    terms = terms_of(chapter, load_namespace(chapter), "Layer")
    body = ONE_BY_ONE.format("self.forward(X + h)", "self.forward(X - h)")
    assert str(banned_use([ANSWER.format(body)], "Layer", terms)) == ""


def test_a_model_may_not_compute_with_the_twin_of_an_adapter(tmp_path: Path) -> None:
    folder = tmp_path / "02_layer"
    folder.mkdir()
    text = (LAYER / "chapter.py").read_text()
    (folder / "chapter.py").write_text(
        text.replace(' of="Layer"\ndef layer_outputs', ' of="Layer" same_as="dense"\ndef layer_outputs')
    )
    chapter = load_chapter(folder)
    terms = terms_of(chapter, load_namespace(chapter), "Layer")
    cells = ["class Layer:\n    def forward(self, X):\n        return dense(X, self.W, self.b)"]
    assert "do not call `dense`" in str(banned_use(cells, "Layer", terms))


def test_what_a_given_cell_keeps_to_itself_is_not_to_be_read(tmp_path: Path) -> None:
    """Nor what a check hands over, whatever holds it; what the reference itself reads is there to be read."""
    copy = tmp_path / "01_scale"
    shutil.copytree(SCALE, copy)
    file = copy / "chapter.py"
    text = file.read_text()
    text = text.replace("w = np.array", "_secret, rate = 3, 0.5\nboth = (np.ones(3), np.ones(3))\nw = np.array", 1)
    text = text.replace("check.values(line, x, w)", "check.values(line, x, w)\ncheck.values(line, *both)", 1)
    file.write_text(text.replace("return x @ w\n", "return x @ w * rate / 0.5\n"))
    chapter = load_chapter(copy)
    data = terms_of(chapter, load_namespace(chapter), "line").data
    assert set(data) == {"_secret", "both", "x", "w"}
    reads = "def helper():\n    return _secret\n\ndef line(x, w):\n    return x[:, helper()] + both[0]"
    assert "reads `_secret` and `both` from outside" in str(from_outside([reads], "line", data))
    assert str(from_outside(["def line(x, w):\n    return x @ w * rate"], "line", data)) == ""
