"""A chapter to begin with: a small whole one, which builds and passes its audit as it is written here."""

from __future__ import annotations

import re
from pathlib import Path

from grader.refusal import Refusal
from grader.settings import Settings

_ID = re.compile(r"(?P<number>\d\d)_(?P<name>[a-z][a-z0-9_]{0,48})\Z")


class NewError(Refusal):
    """Why no chapter is written, in one line."""


def new_chapter(name: str, settings: Settings, *, with_class: bool = False) -> list[Path]:
    """Write the folder of a new chapter into the course's solutions; returns its files.

    with_class: with a second exercise, a class that its check asks through an adapter.

    Raises NewError for a name that is no chapter's, and where something of that name is there already.
    """
    match = _ID.match(name)
    if match is None:
        raise NewError(
            f"{name!r} is no chapter's name: two digits, an underscore, then small letters, digits and "
            "underscores are expected, as in 07_batch_norm"
        )
    folder = settings.solutions / name
    if folder.exists() or folder.is_symlink():
        raise NewError(f"{folder} is there already: take another name, or move it away")
    number = str(int(match["number"]))
    title = f"{number} · {match['name'].replace('_', ' ').strip().capitalize()}"
    class_cells = _CLASS_CELLS if with_class else ""
    folder.mkdir(parents=True)
    files = []
    for file, text in {
        "chapter.py": _CHAPTER.replace("{class}", class_cells).replace("{last}", "3" if with_class else "2"),
        "mistakes.py": _MISTAKES + _CLASS_MISTAKES * with_class,
        "variants.py": _VARIANTS + _CLASS_VARIANTS * with_class,
        "facts.py": _FACTS,
    }.items():
        files.append(folder / file)
        files[-1].write_text(text.replace("{title}", title).replace("{number}", number), encoding="utf-8")
    return files


_CHAPTER = r'''# %% [markdown]
# # {title}
#
# Say in three sentences what the chapter is about, and what its reader can do at the end.
#
# **You build:** columns with mean zero.
#
# **Time:** 15 to 25 minutes. **You need:** the mean, and arrays in NumPy.
#
# Work from top to bottom. After each exercise run the check below it. A check that fails says what it saw.
# Stuck? `check.hint("centred")` gives three hints, one at a time.

# %% setup="imports"
import matplotlib.pyplot as plt
import numpy as np

from grader import check

# %% [markdown]
# ## {number}.1 Columns with mean zero
#
# A batch $X$ has $N$ rows and $D$ columns. Each column has a mean, $m_j = \frac1N \sum_i x_{ij}$. Taken from its
# column, it leaves a column with mean zero.

# %% given="batch"
batch = np.array([[1.0, 4.0, 0.5], [3.0, 2.0, 0.0], [2.0, 5.0, -0.5], [6.0, -1.0, 2.0]])

# %% [markdown]
# **Predict:** what is the mean of the second column of `batch`?

# %%
# Your prediction: one number. Replace the None.
prediction = None
check.reveal(prediction, lambda: batch[:, 1].mean())

# %% [markdown] hints="centred"
# 1. How many means does a batch with $D$ columns have?
# 2. Look at the `axis` argument of `np.mean`.
# 3. $x_{ij} - m_j$ with $m_j = \frac1N \sum_i x_{ij}$

# %% exercise="centred"
def centred(X):
    """Take from each column its mean. X: (N, D). Returns (N, D), each column with mean zero."""
    ### BEGIN SOLUTION
    return X - X.mean(axis=0)
    ### END SOLUTION

# %% check="centred" points=3
check.values(centred, batch)
check.values(centred, batch[:3, :2])
check.values(centred, batch[:1], part="one row", if_passed="values")
### BEGIN HIDDEN TESTS
rng = check.rng
for _ in range(2):  # a shape again, with other numbers
    check.values(centred, rng.normal(size=(7, 5)), weight=2)
check.values(centred, rng.normal(size=(7, 1)), weight=2)
check.values(centred, rng.normal(size=(1, 5)), part="one row", if_passed="values")
### END HIDDEN TESTS

# %% figure="before_and_after"
if check.needs(centred):
    figure, axis = plt.subplots(figsize=(4, 3.2))
    axis.plot(batch[:, 0], batch[:, 1], "o", color="grey", label="before")
    axis.plot(*np.asarray(centred(batch)).T[:2], "o", color="black", label="after")
    axis.axhline(0, color="black", linewidth=0.5)
    axis.axvline(0, color="black", linewidth=0.5)
    axis.set(xlabel="first column", ylabel="second column", title="Centred")
    axis.legend()
    plt.show()
{class}
# %% [markdown]
# ## {number}.{last} In words
#
# **Question.** Centred twice, is a batch changed the second time? Why?

# %% [markdown] written="twice" points=1
# ### BEGIN SOLUTION
# No: each mean is zero already, and nothing is taken away. One point for the means being zero.
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# The second column of `batch` had the mean 2.5. Centred it has mean zero, as the others have.
#
# Run the cell below, save the notebook, and hand in this file.

# %%
check.progress()
'''

_MISTAKES = '''# Known wrong answers. The text of each is what the student reads; general= is the diagnosis without it.


@mistake("centred", general="axis")
def rows_for_columns(X):
    """You take from each row its own mean. Every column has a mean of its own: average over the rows."""
    return X - X.mean(axis=1, keepdims=True)


@mistake("centred")
def one_mean(X):
    """You take one mean from all entries. Every column has a mean of its own."""
    return X - X.mean()


@mistake("centred")
def mean_added(X):
    """You add the mean of each column. Taken away, it leaves mean zero."""
    return X + X.mean(axis=0)
'''

_VARIANTS = """# Other right answers: none may lose a point.


@variant("centred")
def loop(X):
    columns = []
    for j in range(X.shape[1]):
        mean = sum(X[:, j]) / len(X)
        columns.append([x - mean for x in X[:, j]])
    return np.array(columns).T


@variant("centred")
def projection(X):
    n = len(X)
    return (np.eye(n) - np.ones((n, n)) / n) @ X


@variant("centred")
def float32(X):
    X = X.astype(np.float32)
    return X - np.mean(X, axis=0)
"""

_FACTS = """# Numbers of the text that no cell beside it shows: computed anew by every build, or with their source.
fact("2.5", batch[:, 1].mean())
"""

_CLASS_CELLS = r'''
# %% [markdown]
# ## {number}.2 A class that remembers
#
# New rows are scaled with the means and standard deviations of the old ones: $(z_{ij} - m_j) / s_j$. So something has
# to keep $m$ and $s$.

# %% adapter="scaled" of="Scaler"
def scaled(X, Z):
    """What a scaler that was fitted to X makes of Z. X: (N, D), Z: (M, D). Returns (M, D)."""
    scaler = Scaler()
    scaler.fit(X)
    return scaler.transform(Z)

# %% [markdown] hints="Scaler"
# 1. What does `transform` need that only `fit` has seen?
# 2. Keep it in `self`.
# 3. $(z_{ij} - m_j) / s_j$ with $m_j$ and $s_j$ of the rows that `fit` got

# %% exercise="Scaler"
class Scaler:
    """Scales rows with the columns' means and standard deviations of other rows."""

    def fit(self, X):
        """Keep the mean and the standard deviation of each column. X: (N, D)."""
        ### BEGIN SOLUTION
        self.mean, self.std = X.mean(axis=0), X.std(axis=0)
        ### END SOLUTION

    def transform(self, Z):
        """Z: (M, D). Returns (M, D)."""
        ### BEGIN SOLUTION
        return (Z - self.mean) / self.std
        ### END SOLUTION

# %% check="Scaler" points=4
check.values(scaled, batch, 2 * batch[:2] + 1)
check.values(scaled, batch[:3, :2], batch[:1, :2])
### BEGIN HIDDEN TESTS
rng = check.rng
for rows in (3, 3, 1):
    check.values(scaled, rng.normal(size=(7, 5)), rng.normal(size=(rows, 5)))
### END HIDDEN TESTS
'''

_CLASS_MISTAKES = '''

@mistake("Scaler")
class of_the_new_rows(Scaler):
    """You scale the new rows with their own means and deviations. Use those of the rows that `fit` got."""

    def transform(self, Z):
        return (Z - Z.mean(axis=0)) / Z.std(axis=0)


@mistake("Scaler")
class not_divided(Scaler):
    """You take the mean away and do not divide by the standard deviation."""

    def transform(self, Z):
        return Z - self.mean
'''

_CLASS_VARIANTS = """

@variant("Scaler")
class by_columns:
    __slots__ = ("moments",)

    def fit(self, X):
        self.moments = [(np.mean(column), np.std(column)) for column in np.asarray(X).T]

    def transform(self, Z):
        return np.array([[(z - m) / s for z, (m, s) in zip(row, self.moments, strict=True)] for row in Z])
"""
