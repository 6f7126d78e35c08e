"""What a notebook gets from `grader.data`, and that the shipped files are what their recipes make."""

from __future__ import annotations

import json
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from courses import COLAB, needs_colab

from grader import data

ROOT = Path(data.__file__).resolve().parent.parent
DATASETS = ROOT / "datasets"
EVERY_SET = ["creditcard", "digits", "infert", "iris"]
#: Those that scikit-learn carries.
BUNDLED = ["digits", "iris"]
#: Prints the file that a recipe makes, and what scikit-learn itself has: rows and labels.
BUNDLED_ROWS = """
import json, runpy, sys
import sklearn.datasets
bundled = getattr(sklearn.datasets, f"load_{sys.argv[1]}")()
print(json.dumps([runpy.run_path(sys.argv[2])["csv_text"](), bundled.data.tolist(), bundled.target.tolist()]))
"""


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


def test_infert_has_the_documented_shapes_types_and_classes() -> None:
    X, y = data.load("infert")
    assert (X.shape, X.dtype) == ((248, 5), np.float64)
    assert (X.min(axis=0).tolist(), X.max(axis=0).tolist()) == ([0, 21, 1, 0, 0], [2, 44, 6, 2, 2])
    assert (y.dtype, np.bincount(y).tolist()) == (np.int64, [165, 83])
    assert f"{165 / 248:.1%}" == "66.5%"
    # Row 2 of R: "0-5yrs", 42 years, parity 1, one induced abortion, no miscarriage, a case.
    assert (X[1].tolist(), y[1]) == ([0.0, 42.0, 1.0, 1.0, 0.0], 1)


def test_a_logistic_regression_on_infert_gives_the_numbers_of_rs_own_example() -> None:
    """``glm(case ~ spontaneous + induced, family = binomial(), data = infert)``: coefficients, deviances."""
    X, y = data.load("infert")
    A, w = np.column_stack([np.ones(len(X)), X[:, [4, 3]]]), np.zeros(3)
    for _ in range(20):  # Newton's method
        p = 1 / (1 + np.exp(-A @ w))
        w += np.linalg.solve((A.T * (p * (1 - p))) @ A, A.T @ (y - p))
    assert np.round(w, 4).tolist() == [-1.7079, 1.1972, 0.4181]
    assert round(float(-2 * np.sum(np.log(np.where(y == 1, p, 1 - p)))), 2) == 279.61
    assert round(float(-2 * np.sum(np.log(np.where(y == 1, y.mean(), 1 - y.mean())))), 2) == 316.17


def test_the_controls_of_infert_match_their_case_in_age_schooling_and_parity() -> None:
    """What the datasheet says of the study's design, and of its one set without a second control."""
    table = np.loadtxt(DATASETS / "infert" / "infert.csv", delimiter=",", skiprows=1, dtype=str)
    sets = {number: table[table[:, 6] == number] for number in np.unique(table[:, 6])}
    assert len(sets) == 83
    assert all(len({tuple(row) for row in rows[:, :3]}) == 1 for rows in sets.values())
    assert [number for number, rows in sets.items() if len(rows) != 3] == ["74"]


def test_the_csv_of_infert_is_what_the_recipe_makes_of_what_r_writes() -> None:
    recipe = runpy.run_path(str(DATASETS / "infert" / "make.py"))
    shipped = (DATASETS / "infert" / "infert.csv").read_text(encoding="ascii")
    header, *rows = [line.split(",") for line in shipped.splitlines()]
    from_r = [",".join(f'"{name}"' for name in ["", *header])]
    from_r += [f'"{number}","{school}",{",".join(rest)}' for number, (school, *rest) in enumerate(rows, start=1)]
    assert recipe["csv_text"](from_r) == shipped


def test_credit_cards_have_the_documented_shapes_types_and_ranges() -> None:
    X, y = data.load("creditcard")
    assert (X.shape, X.dtype, y.shape, y.dtype) == ((1319, 11), np.float64, (1319,), np.float64)
    assert X.min(axis=0).round(2).tolist() == [0, 0, 0.17, 0.21, 0, 0, 0, 0, 0, 0, 0]
    assert X.max(axis=0).round(1).tolist() == [1, 14, 83.5, 13.5, 3099.5, 1, 1, 6, 540, 1, 46]
    assert X[:, [0, 5, 6]].sum(axis=0).tolist() == [1023, 581, 91]
    # Row 1 of AER: a card, 37 years and 8 months, 45,200 USD, 124.98 USD a month, 3.3 % of the income.
    assert (X[0].tolist(), y[0]) == ([1, 0, 37.66667, 4.52, 124.9833, 1, 0, 3, 54, 1, 12], 0.03326991)


def test_the_share_of_the_credit_cards_is_made_of_expenditure_and_income() -> None:
    """What the datasheet says of the leak: to within 12 USD a year, and those are whole dollars."""
    X, y = data.load("creditcard")
    income, spent = 1e4 * X[:, 3], 12 * X[:, 4]
    assert round(1 - np.mean((spent / income - y) ** 2) / np.var(y), 5) == 0.99999
    left = y * income - spent
    assert -0.01 < left.min() < left.max() < 12.01
    assert np.abs(left - left.round()).max() < 0.3
    assert (left[spent == 0].round().tolist(), np.sum(X[:, 0] == 0)) == ([12.0] * 317, 296)
    assert (spent[X[:, 0] == 0] == 0).all()
    assert (1 + np.flatnonzero(X[:, 2] < 1)).tolist() == [79, 324, 435, 462, 656, 659, 1195]


def test_the_csv_of_the_credit_cards_is_what_the_recipe_makes_of_the_data_frame() -> None:
    recipe = runpy.run_path(str(DATASETS / "creditcard" / "make.py"))
    shipped = (DATASETS / "creditcard" / "creditcard.csv").read_text(encoding="ascii")
    header, *rows = [line.split(",") for line in shipped.splitlines()]
    columns = {
        name: [entry if entry in ("yes", "no") else float(entry) for entry in column]
        for name, column in zip(header, zip(*rows, strict=True), strict=True)
    }
    assert recipe["csv_text"](columns) == shipped


@pytest.mark.slow
@needs_colab
@pytest.mark.parametrize("name", BUNDLED)
def test_the_csv_and_what_is_loaded_are_scikit_learns_row_by_row(name: str) -> None:
    """Colab has it; here Keras would import it at every start."""
    words = [str(COLAB / "bin" / "python"), "-c", BUNDLED_ROWS, name, str(DATASETS / name / "make.py")]
    csv, rows, labels = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    assert (DATASETS / name / f"{name}.csv").read_bytes() == csv.encode("ascii")
    X, y = data.load(name)
    np.testing.assert_array_equal(X, rows)
    np.testing.assert_array_equal(y, labels)


@pytest.mark.parametrize("name", EVERY_SET)
def test_changing_what_was_loaded_does_not_change_the_next_load(name: str) -> None:
    X, y = data.load(name)
    X[:], y[:] = -1.0, -1
    assert data.load(name)[0].min() >= 0.0
    assert data.load(name)[1].min() >= 0


def test_an_unknown_name_is_told_the_known_ones_in_one_line() -> None:
    with pytest.raises(ValueError, match=r"\Athere is no data set 'mnist'; known: creditcard, digits, infert, iris\Z"):
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
