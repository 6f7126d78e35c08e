"""What a student wrote does no harm in the instructor's browser, and still reads as written."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.course.sanitise import sanitise


@pytest.mark.parametrize("attack", [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "</div><iframe src=x>",
    "<!-- --><script>x</script>", "[click](javascript:alert(1))", "[click](JaVaScRiPt:alert(1))",
])
def test_markdown_loses_its_html_and_keeps_its_words(attack: str) -> None:
    cell = sanitise(new_notebook(cells=[new_markdown_cell(f"because $a < b$ {attack} **so**")])).cells[0]
    assert cell.source.startswith("because $a < b$ ")
    assert cell.source.endswith("**so**")
    assert "<s" not in cell.source
    assert "<i" not in cell.source
    assert "javascript:" not in cell.source.lower()


def test_outputs_keep_pictures_and_tables_only() -> None:
    cell = new_code_cell("show()", outputs=[
        new_output("display_data", {"image/svg+xml": "<svg onload=x>", "application/javascript": "x()"}),
        new_output("display_data", {"image/png": "aGk=", "text/html": "<script>x</script><table><td>1</td></table>"}),
        new_output("stream", text="plain"),
    ])
    outputs = sanitise(new_notebook(cells=[cell])).cells[0].outputs
    assert [output.output_type for output in outputs] == ["display_data", "stream"]
    assert outputs[0].data["image/png"] == "aGk="
    assert "<script" not in outputs[0].data["text/html"]
    assert "<table>" in outputs[0].data["text/html"]


def test_the_graders_own_card_stays_as_it_is() -> None:
    card = '<div style="color:inherit">✓ passed</div>'
    cell = new_code_cell("check.verdict()", outputs=[new_output("execute_result", {"text/html": card})])
    cell.metadata["nbgrader"] = {"grade": True}
    assert sanitise(new_notebook(cells=[cell])).cells[0].outputs[0].data["text/html"] == card
