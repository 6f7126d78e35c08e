"""Feedback pages: one that cannot be laid out stops nobody else's, and still tells the grades."""

from __future__ import annotations

import logging

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.crew import Bounds
from grader.gradebook import layout
from grader.gradebook.layout import LaidOutElsewhere

pytestmark = pytest.mark.slow


def notebook(text: str) -> NotebookNode:
    card = new_output("execute_result", {"text/html": "<p>the card of the check</p>", "text/plain": "2.0"})
    check = new_code_cell("check.values(line, x)", outputs=[card])
    check.metadata["nbgrader"] = {"grade": True, "grade_id": "check_line", "points": 2}
    return new_notebook(cells=[new_markdown_cell(text), new_code_cell("print('mine')"), check])


def test_a_page_that_cannot_be_laid_out_is_told_and_made_without_the_students_cells(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(layout, "BOUNDS", Bounds(computing_s=3, wall_s=30, memory_mb=1024))
    exporter = LaidOutElsewhere(log=logging.getLogger("feedback"))
    resources = {"nbgrader": {"student": "ann"}}
    page, told = exporter.from_notebook_node(notebook(r"\begin{a}" * 16_000), resources)
    assert "the card of the check" in page
    assert "Your own cells are not shown here" in page
    assert "mine" not in page
    assert told["output_extension"] == ".html"
    assert "ann: the page cannot be laid out" in caplog.text

    page, _ = exporter.from_notebook_node(notebook("as *usual*"), resources)
    assert "<em>usual</em>" in page
    assert "mine" in page
    assert "the card of the check" in page
