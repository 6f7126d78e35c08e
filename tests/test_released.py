"""Notebooks that students got before: ``released/`` has them as they were built, and they are never built anew.

They carry the record format of their release, and call the package that is installed today.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from conftest import RIGHT, Course, answer
from nbformat import NotebookNode
from test_build import run_notebook

RELEASED = sorted((Path(__file__).parent / "released").glob("*.ipynb"))
every_release = pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.stem)
SUMS = {**RIGHT, "slope": "return x.T @ (line(x, w) - y)"}


def read(path: Path, **answers: str) -> NotebookNode:
    return answer(nbformat.read(path, as_version=4), **answers)


@every_release
def test_right_answers_pass(path: Path) -> None:
    verdicts, printed = run_notebook(read(path, **RIGHT))
    assert {name: (verdict.status, verdict.score) for name, verdict in verdicts.items()} == {
        "line": ("passed", 2),
        "slope": ("passed", 4),
    }
    assert printed.startswith("predictions [")


@every_release
def test_a_known_mistake_is_told_by_its_sentence_with_what_it_keeps(path: Path) -> None:
    verdict = run_notebook(read(path, **SUMS))[0]["slope"]
    assert (verdict.status, verdict.score, verdict.diagnosis) == ("partial", 2, "mistake:sum_for_mean")
    assert str(verdict.message).startswith("You sum over the batch. The loss is a mean")


@every_release
def test_another_wrong_answer_is_told_where(path: Path) -> None:
    verdict = run_notebook(read(path, line="return x @ w + 1"))[0]["line"]
    assert (verdict.status, verdict.score) == ("failed", 0)
    assert str(verdict.message)


@every_release
def test_unanswered_it_runs_quietly(path: Path) -> None:
    verdicts, printed = run_notebook(read(path))
    assert {verdict.status for verdict in verdicts.values()} == {"not_attempted"}
    assert printed == "Write line first; then run this cell again.\n"


@every_release
def test_it_is_graded_today(path: Path, course: Course) -> None:
    graded = course.grade(read(path, **RIGHT))
    assert (graded.score, graded.max_score) == (6, 6)
    assert course.grade(read(path, **SUMS)).verdicts[1].diagnosis == "mistake:sum_for_mean"
