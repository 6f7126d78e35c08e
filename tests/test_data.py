"""What a notebook gets from `grader.data`, and that the shipped file is what its recipe makes."""

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
DIGITS = ROOT / "datasets" / "digits"


def test_digits_have_the_documented_shapes_types_and_range() -> None:
    X, y = data.load("digits")
    assert (X.shape, X.dtype, X.min(), X.max()) == ((1797, 64), np.float64, 0.0, 16.0)
    assert (y.shape, y.dtype) == ((1797,), np.int64)
    assert sorted(set(y.tolist())) == list(range(10))


def test_the_first_row_is_the_well_known_zero() -> None:
    X, y = data.load("digits")
    assert y[0] == 0
    assert X[0, :8].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]


def test_the_csv_is_what_the_recipe_makes_from_scikit_learn() -> None:
    recipe = runpy.run_path(str(DIGITS / "make.py"))
    assert (DIGITS / "digits.csv").read_bytes() == recipe["csv_text"]().encode("ascii")


def test_load_equals_scikit_learn_row_by_row() -> None:
    bundled = pytest.importorskip("sklearn.datasets").load_digits()
    X, y = data.load("digits")
    np.testing.assert_array_equal(X, bundled.data)
    np.testing.assert_array_equal(y, bundled.target)


def test_changing_what_was_loaded_does_not_change_the_next_load() -> None:
    data.load("digits")[0][:] = -1.0
    assert data.load("digits")[0].min() == 0.0


def test_an_unknown_name_is_told_the_known_ones_in_one_line() -> None:
    with pytest.raises(ValueError, match=r"\Athere is no data set 'mnist'; known: .*digits.*\Z"):
        data.load("mnist")


@pytest.mark.parametrize("layout", ["checkout", "wheel"])
def test_the_file_is_found_in_a_checkout_and_in_an_installed_package(tmp_path: Path, layout: str) -> None:
    package = tmp_path / "grader"
    package.mkdir()
    (package / "__init__.py").touch()
    shutil.copy(ROOT / "grader" / "data.py", package)
    beside = tmp_path if layout == "checkout" else package
    shutil.copytree(ROOT / "datasets", beside / "datasets")
    code = "from grader import data; print(data.__file__, data.load('digits')[0].sum())"
    run = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )
    assert run.stdout.split() == [str(package / "data.py"), str(data.load("digits")[0].sum())]
