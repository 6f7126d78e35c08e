"""What a notebook gets from `grader.data`, and that the shipped files are what their recipes make."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader import data

ROOT = Path(data.__file__).resolve().parent.parent
DATASETS = ROOT / "datasets"
EVERY_SET = ["digits", "iris"]


def test_digits_have_the_documented_shapes_types_and_range() -> None:
    X, y = data.load("digits")
    assert (X.shape, X.dtype, X.min(), X.max()) == ((1797, 64), np.float64, 0.0, 16.0)
    assert (y.shape, y.dtype) == ((1797,), np.int64)
    assert sorted(set(y.tolist())) == list(range(10))


def test_the_first_row_is_the_well_known_zero() -> None:
    X, y = data.load("digits")
    assert y[0] == 0
    assert X[0, :8].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]


def test_irises_have_the_documented_shapes_types_and_species() -> None:
    X, y = data.load("iris")
    assert (X.shape, X.dtype, X.min(), X.max()) == ((150, 4), np.float64, 0.1, 7.9)
    assert (y.shape, y.dtype, np.bincount(y).tolist()) == ((150,), np.int64, [50, 50, 50])
    # Setosa is 0: it has the short petals.
    assert X[y == 0, 2].max() == 1.9
    assert X[y == 1, 3].max() == 1.8


def test_the_irises_are_those_of_fishers_paper_and_not_of_the_repository() -> None:
    X, _ = data.load("iris")
    assert X[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert X[37].tolist() == [4.9, 3.6, 1.4, 0.1]


@pytest.mark.parametrize("name", EVERY_SET)
def test_the_csv_is_what_the_recipe_makes_from_scikit_learn(name: str) -> None:
    recipe = runpy.run_path(str(DATASETS / name / "make.py"))
    assert (DATASETS / name / f"{name}.csv").read_bytes() == recipe["csv_text"]().encode("ascii")


@pytest.mark.parametrize("name", EVERY_SET)
def test_load_equals_scikit_learn_row_by_row(name: str) -> None:
    bundled = getattr(pytest.importorskip("sklearn.datasets"), f"load_{name}")()
    X, y = data.load(name)
    np.testing.assert_array_equal(X, bundled.data)
    np.testing.assert_array_equal(y, bundled.target)


@pytest.mark.parametrize("name", EVERY_SET)
def test_changing_what_was_loaded_does_not_change_the_next_load(name: str) -> None:
    X, y = data.load(name)
    X[:], y[:] = -1.0, -1
    assert data.load(name)[0].min() >= 0.0
    assert data.load(name)[1].min() == 0


def test_an_unknown_name_is_told_the_known_ones_in_one_line() -> None:
    with pytest.raises(ValueError, match=r"\Athere is no data set 'mnist'; known: digits, iris\Z"):
        data.load("mnist")


@pytest.mark.parametrize("name", EVERY_SET)
@pytest.mark.parametrize("layout", ["checkout", "wheel"])
def test_the_file_is_found_in_a_checkout_and_in_an_installed_package(tmp_path: Path, layout: str, name: str) -> None:
    package = tmp_path / "grader"
    package.mkdir()
    (package / "__init__.py").touch()
    shutil.copy(ROOT / "grader" / "data.py", package)
    beside = tmp_path if layout == "checkout" else package
    shutil.copytree(ROOT / "datasets", beside / "datasets")
    code = f"from grader import data; print(data.__file__, data.load({name!r})[0].sum())"
    run = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == [str(package / "data.py"), str(data.load(name)[0].sum())]
