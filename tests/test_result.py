"""A result is plain data: what is written as JSON is read back equal, or refused in one line."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any, get_args

import numpy as np
import pytest
from conftest import RIGHT, Course
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.finding import Code, Finding
from grader.result import Graded
from grader.text import NO_TEXT, Names, Text, authored, joined, raw, say, say_counted
from grader.verdict import Comparison, Part, Status, Verdict

numbers = st.floats(allow_nan=False, allow_infinity=False)
plain = st.none() | st.booleans() | st.integers() | numbers | st.text()
#: What a judge puts into a sentence as it is: NumPy's numbers, shapes.
measured = st.builds(np.float32, st.integers(0, 9)) | st.builds(np.int64, st.integers(0, 9)) | st.tuples(st.integers())
statuses: st.SearchStrategy[Status] = st.sampled_from(get_args(Status))


def sentences(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Text]:
    """Texts with other texts and names in their fields."""
    field = plain | measured | inner | st.lists(st.text() | inner, max_size=3).map(lambda names: Names(tuple(names)))
    return (
        st.builds(lambda x: say("{x} is no formula {{x}}", x=x), field)
        | st.builds(lambda x, y: say("{x:>4} of {y}", x=x, y=y), st.text(), field)
        | st.builds(lambda n, x: say_counted("{count} row: {x}", "{count} rows: {x}", n, x=x), st.integers(0, 3), field)
        | st.builds(lambda texts: joined(texts, " · "), st.lists(inner, max_size=3))
        | st.builds(lambda one, other: one + other, inner, st.text())
    )


texts = st.recursive(
    st.just(NO_TEXT)
    | st.text().map(raw)
    | st.builds(authored, st.text(), st.text())
    | st.text().map(say).filter(lambda text: not text.fields),
    sentences,
)
findings = st.builds(Finding, st.sampled_from(Code), texts, st.lists(texts, max_size=2).map(tuple), st.text())
rows = st.lists(st.lists(st.text(max_size=5), max_size=2).map(tuple), max_size=2).map(tuple)
levels = st.lists(st.lists(st.integers(0, 3), max_size=2).map(tuple), max_size=2).map(tuple)
comparisons = st.builds(Comparison, st.text(), st.lists(st.integers(0)).map(tuple), rows, rows, levels)
parts = st.builds(
    Part,
    st.text(),
    numbers,
    statuses,
    findings,
    st.booleans(),
    st.lists(texts, max_size=2).map(tuple),
    st.none() | comparisons,
)
verdicts = st.builds(
    Verdict,
    st.text(),
    numbers,
    numbers,
    statuses,
    findings,
    st.lists(parts, max_size=2).map(tuple),
    st.none() | st.integers(0, 2**56),
    numbers,
    st.lists(texts, max_size=3).map(tuple),
)


def notebook(source: str, shown: str) -> NotebookNode:
    code = new_code_cell(source, id="a")
    code.outputs = [NotebookNode(output_type="stream", name="stdout", text=shown)]
    return new_notebook(cells=[code, new_markdown_cell(shown, id="b")], metadata={"grader": {"chapter": source}})


results = st.builds(
    Graded,
    st.text(),
    st.text(),
    st.lists(verdicts, max_size=2).map(tuple),
    st.builds(notebook, st.text(), st.text()),
    st.lists(texts, max_size=2).map(tuple),
    texts,
    st.text(),
    st.integers(0, 2**56),
)


@settings(max_examples=300, deadline=None)
@given(results)
def test_every_result_comes_back_equal_through_json(graded: Graded) -> None:
    read = Graded.from_json(json.loads(json.dumps(graded.to_json())))
    assert read == graded
    assert read.to_json() == graded.to_json()


@pytest.fixture
def graded(course: Course) -> Graded:
    """With a mistake, a remark, an error, hints and a comparison."""
    notebook = course.answered(line="return x @ w + 1", slope="return nothing")
    notebook.cells = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") != "batch"]
    return course.grade(notebook)


def test_what_was_graded_comes_back_with_its_notebook(course: Course, graded: Graded) -> None:
    for one in (graded, course.grade(b"{"), course.grade(course.answered(**RIGHT))):
        read = Graded.from_json(json.loads(json.dumps(one.to_json())))
        assert read == one
        assert type(read.notebook.cells[0].metadata) is NotebookNode
        without = Graded.from_json(json.loads(json.dumps(one.to_json(with_notebook=False))))
        assert (without.verdicts, without.headline) == (one.verdicts, one.headline)
        assert without.notebook.cells == []


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if way:
        yield way
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(item, (*way, key))


#: English that is derived from other fields, and what is not read in detail.
DERIVED = {"score", "max_score", "headline", "waits", "problem", "notes", "diagnosis", "message", "detail", "notebook"}


@pytest.mark.parametrize("odd", [None, {}, [], "x", 1.5, True, {"key": "{nobody}", "fields": {"x": 1}}, [[["x"]]]])
def test_damaged_json_is_read_as_it_is_or_refused_in_one_line(graded: Graded, odd: Any) -> None:
    data = json.loads(json.dumps(graded.to_json()))
    refused = set()
    for *way, last in places(data):
        damaged = copy.deepcopy(data)
        inside = damaged
        for key in way:
            inside = inside[key]
        inside[last] = odd
        if told := refusal(damaged):
            assert "\n" not in told
            assert len(told) < 300
            refused.add(last)
    texts_and_lists = {"student", "chapter", "isolation", "digest", "checks", "remarks"}
    assert set(data) - DERIVED - (texts_and_lists if odd in ("x", []) else set()) <= refused


def refusal(data: Any) -> str:
    try:
        Graded.from_json(data).to_json()
    except ValueError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"schema": 2}, "schema is 2; 1 is expected: read it with the version that wrote it"),
        ({"schema": None}, "schema is None; a whole number is expected"),
        ({"checks": [{"check": 1}]}, r"checks\[0\].check is 1; a text is expected"),
        ({"seed": True}, "seed is True; a whole number is expected"),
        ({"notebook": {"cells": 1}}, "notebook is {'cells': 1}: a notebook is expected"),
    ],
)
def test_the_line_says_where_what_came_and_what_is_expected(graded: Graded, change: Any, says: str) -> None:
    with pytest.raises(ValueError, match=rf"\A{says}\Z"):
        Graded.from_json({**graded.to_json(), **change})
    with pytest.raises(ValueError, match=r"\Ait is \[\]; an object is expected\Z"):
        Graded.from_json([])


def test_the_headline_tells_the_first_thing_first(course: Course) -> None:
    def verdict(status: Status, message: str = "") -> Verdict:
        return Verdict("softmax", 2, 0, status, Finding(Code.VALUE, raw(message)))

    def headline(*made: Verdict, reason: Text = NO_TEXT, remarks: tuple[Text, ...] = ()) -> str:
        return str(Graded("05", "ada", made, new_notebook(), remarks, reason, "", 0, "").headline)

    assert headline(verdict("passed")) == "all right"
    assert headline(verdict("passed"), verdict("not_attempted"), verdict("failed", "Twice too large.")) == (
        "softmax: Twice too large. 1 of 3 not written."
    )
    assert (
        headline(verdict("error", "NameError: x."), verdict("timeout", "Slow.")) == "softmax: NameError: x. (1 more)."
    )
    assert headline(verdict("not_judged"), remarks=(raw("Put back."),)) == "1 to judge by hand. Put back."
    assert headline(verdict("passed"), remarks=(raw("a"), raw("b"))) == "2 repairs."
    assert headline(verdict("error", "x"), reason=raw("no notebook")) == "no notebook"
