"""Small real data sets as arrays, without a network: ``X, y = data.load("digits")``.

Each data set is a folder ``datasets/<name>/`` with a CSV file, a datasheet and the recipe that made it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def load(name: str) -> tuple[Array, Array]:
    """The inputs X and targets y of a data set, as fresh arrays.

    - ``"digits"``: X (1797, 64) float64, grey levels 0..16 of 8x8 images row by row; y (1797,) int64 in 0..9.
    - ``"iris"``: X (150, 4) float64, sepal length and width, petal length and width, in cm; y (150,) int64,
      0 setosa, 1 versicolor, 2 virginica.
    - ``"infert"``: X (248, 5) float64, years of school (0: 0 to 5, 1: 6 to 11, 2: 12 and more), age in years, number of
      births, of induced abortions, and of miscarriages before (2: two or more); y (248,) int64, 1 case, 0 control.

    - ``"creditcard"``: X (1319, 11) float64, card granted (1 or 0), bad reports, age, income in 10,000 USD a year,
      expenditure by card in USD a month, owns a home, self-employed, dependents, months at the address, other major
      card, active accounts; y (1319,) float64, the share of the income that was spent by card.

    Raises ValueError, in one line, for a name that is not known.
    """
    if name not in _READERS:
        raise ValueError(f"there is no data set {name!r}; known: {', '.join(sorted(_READERS))}")
    return _READERS[name](_folder() / name)


def _digits(folder: Path) -> tuple[Array, Array]:
    table = np.loadtxt(folder / "digits.csv", delimiter=",", skiprows=1)
    return table[:, :-1].copy(), table[:, -1].astype(np.int64)


def _iris(folder: Path) -> tuple[Array, Array]:
    table = np.loadtxt(folder / "iris.csv", delimiter=",", skiprows=1, dtype=str)
    return table[:, :-1].astype(np.float64), np.unique(table[:, -1], return_inverse=True)[1].astype(np.int64)


def _infert(folder: Path) -> tuple[Array, Array]:
    table = np.loadtxt(folder / "infert.csv", delimiter=",", skiprows=1, dtype=str)
    school = np.array([_SCHOOL.index(years) for years in table[:, 0]])
    return np.column_stack([school, table[:, [1, 2, 3, 5]].astype(np.float64)]), table[:, 4].astype(np.int64)


def _creditcard(folder: Path) -> tuple[Array, Array]:
    table = np.loadtxt(folder / "creditcard.csv", delimiter=",", skiprows=1, dtype=str)
    table[table == "yes"], table[table == "no"] = "1", "0"
    numbers = table.astype(np.float64)
    return np.delete(numbers, _SHARE, axis=1), numbers[:, _SHARE].copy()


#: The place of the target among the columns of creditcard.
_SHARE = 4

#: Levels of education in infert, in order.
_SCHOOL = ("0-5yrs", "6-11yrs", "12+ yrs")

#: One reader a data set: takes its folder, returns X and y.
_READERS: dict[str, Callable[[Path], tuple[Array, Array]]] = {
    "creditcard": _creditcard,
    "digits": _digits,
    "infert": _infert,
    "iris": _iris,
}


def _folder() -> Path:
    """Where the data sets are: in the package (installed) or beside it (a checkout)."""
    package = Path(__file__).resolve().parent
    inside = package / "datasets"
    return inside if inside.is_dir() else package.parent / "datasets"
