"""Chapter 09 ships no copy of Boston's houses: its cell says why, and reads the data where Keras has kept it."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from courses import COLAB, ROOT, needs_colab

from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace

CHAPTER = load_chapter(ROOT / "solutions" / "09_regression")
#: What the notes report: the MSE and R² of their network on 102 houses.
MSE, R_SQUARED = 13.136137008666992, 0.8421969063118736


def said_by_the_cell(monkeypatch: pytest.MonkeyPatch, home: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the cell prints on a machine with this home, with a loader of made-up houses in Keras's place."""

    def load_data() -> object:
        """Loads it. **WARNING:** This dataset has an ethical problem: a reason. As such, we discourage its use."""
        rng = np.random.default_rng(0)
        prices = np.array([1.0, -1.0] * 51) * np.sqrt(MSE / (1 - R_SQUARED))
        return (rng.uniform(1, 2, size=(404, 13)), rng.normal(size=404)), (rng.uniform(1, 2, size=(102, 13)), prices)

    monkeypatch.setattr(Path, "home", lambda: home)
    names = load_namespace(CHAPTER).names
    keras = SimpleNamespace(datasets=SimpleNamespace(boston_housing=SimpleNamespace(load_data=load_data)))
    check = SimpleNamespace(needs=lambda *functions: True)
    (cell,) = [cell for cell in CHAPTER.of("figure") if cell.name == "boston"]
    exec(cell.source, {**names, "keras": keras, "check": check, "Path": Path, "np": np})
    return capsys.readouterr().out


def test_without_the_file_one_line_says_so_and_nothing_is_fetched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warning, missing = said_by_the_cell(monkeypatch, tmp_path, capsys).splitlines()
    assert warning == "Keras says of it: WARNING: This dataset has an ethical problem: a reason."
    assert missing.startswith("Boston is not on this machine, and nothing here needs it.")


def test_where_keras_has_kept_the_file_the_notes_figures_are_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / ".keras" / "datasets" / "boston_housing.npz"
    kept.parent.mkdir(parents=True)
    kept.touch()
    _, shapes, row, columns = said_by_the_cell(monkeypatch, tmp_path, capsys).splitlines()
    assert shapes == "Boston: (404, 13) and (102, 13), variance of the test prices 83.24"
    assert len(row.split(": ")[1].split()) == 13
    assert columns.startswith("in 100% of the rows B stands for two shares alike")


def test_keras_warns_of_the_data_as_the_text_says() -> None:
    keras = importlib.util.find_spec("keras")
    assert keras is not None
    assert keras.origin is not None
    loader = Path(keras.origin).parent / "src" / "datasets" / "boston_housing.py"
    assert "**WARNING:** This dataset has an ethical problem" in loader.read_text(encoding="utf-8")


@pytest.mark.slow
@needs_colab
def test_scikit_learn_has_removed_the_data_and_says_why() -> None:
    words = [str(COLAB / "bin" / "python"), "-c", "from sklearn.datasets import load_boston"]
    said = subprocess.run(words, capture_output=True, text=True, check=False).stderr
    assert "has been removed from scikit-learn since version 1.2" in said
    assert "ethical problem" in said
