"""The verdict's contract: what nbgrader reads from a check cell is the score, whatever the score was."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

from grader.card import as_html
from grader.finding import Code, Finding
from grader.text import raw
from grader.verdict import Part, Verdict, as_score

odd = (
    st.floats()
    | st.integers()
    | st.text()
    | st.none()
    | st.complex_numbers()
    | st.sampled_from([np.float64(1.5), np.float32("nan"), np.int64(3), np.array([1, 2]), [1], {}, "nan", True])
)


@given(odd, st.floats(0.5, 1000))
def test_nbgrader_reads_a_score_in_range_from_anything(value: Any, points: float) -> None:
    verdict = Verdict("x", points, value, "failed")
    cell = new_code_cell("check.verdict()")
    cell.metadata["nbgrader"] = {
        "grade": True,
        "grade_id": "x",
        "points": points,
        "solution": False,
        "schema_version": 3,
        "locked": True,
        "task": False,
    }
    cell.outputs = [new_output("execute_result", {"text/plain": repr(verdict)})]
    score, maximum = determine_grade(cell)
    assert maximum == points
    assert type(score) in (float, int)
    assert 0 <= score <= points
    assert score == as_score(value, points)


@given(st.floats(0, 10))
def test_a_score_in_range_is_kept_to_six_places(value: float) -> None:
    assert math.isclose(as_score(value, 10), value, abs_tol=1e-6)


def test_the_card_escapes_what_students_wrote_and_has_no_script() -> None:
    seen = Finding(Code.RAISED, raw("<script>alert(1)</script>"), (raw("<img src=x onerror=y>"),))
    part = Part("values", 1, "error", seen)
    html = as_html(Verdict("f", 1, 0, "error", parts=(part,)))
    assert "<script" not in html
    assert "<img" not in html
    assert "http" not in html
