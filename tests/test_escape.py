"""Each row of the table of threats: what it stops, and that it leaves alone what does no harm."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.escape import (
    fenced,
    hanging,
    html_text,
    inert_html,
    inert_markdown,
    json_text,
    one_line,
    printable,
    rich_html_text,
    table_cell,
    well_formed,
)

PLAIN = "df/dx = 2 * x[::2], 3 :: 4, a/b #1 ## two, naïve ∂L/∂W"


@pytest.mark.parametrize(
    "command",
    [
        "::set-output name=a::b",
        "  ::add-mask::x",
        "\u3000::error::x",
        "##[error]x",
        "a ##vso[task.x]b",
        "##teamcity[x]",
    ],
)
def test_a_log_s_commands_are_broken_wherever_they_stand(command: str) -> None:
    for text in (printable(f"one\n{command}"), one_line(command), fenced(command), table_cell(f"a {command}")):
        assert "##" not in text or "[" not in text.split("##")[1]
        assert not any(line.strip().startswith("::") for line in text.split("\n"))
    assert json.loads(json_text([command])) == [command]
    assert "##" not in json_text([command])


def test_what_does_no_harm_stays_as_it_is() -> None:
    assert printable(PLAIN) == one_line(PLAIN) == html_text(PLAIN) == inert_html(PLAIN) == PLAIN
    assert inert_markdown(f"{PLAIN} $\\delta \\left( x \\right)$", ()) == f"{PLAIN} $\\delta \\left( x \\right)$"
    assert json_text({"a": 1}) == '{\n  "a": 1\n}'


@given(st.text())
def test_whatever_comes_is_one_line_that_can_be_written(text: str) -> None:
    for made in (one_line(text), table_cell(text)):
        assert len(made.splitlines()) <= 1
        made.encode()
    assert json.loads(json_text(text)) == text
    assert printable(printable(text)) == printable(text)


def test_later_lines_hang_behind_the_first() -> None:
    assert hanging("a\nb\n\nc", 4) == "a\n  │ b\n  │ \n  │ c"


def test_a_fence_is_not_ended_from_within() -> None:
    text = fenced("```\n# A title\n````\n")
    assert text.startswith("`````text\n")
    assert text.endswith("\n`````")


@pytest.mark.parametrize(
    "macro", ["href", "style", "bbox", "mmlToken", "def", "let", "newcommand", "csname", "renewenvironment"]
)
@pytest.mark.parametrize("stop", ["{x}", "[x]", " x", "\\x"])
def test_no_formula_gets_a_macro_that_leads_out_of_it(macro: str, stop: str) -> None:
    formula = f"$\\{macro}{stop}$"
    for made in (html_text(formula), rich_html_text(formula), inert_html(formula), inert_markdown(formula, ())):
        assert f"\\{macro}" not in made
        assert macro in made


def test_text_in_html_is_text() -> None:
    assert html_text("<b>'\"&") == "&lt;b&gt;&#x27;&quot;&amp;"
    assert rich_html_text("`<b>` <b>") == "<code>&lt;b&gt;</code> &lt;b&gt;"


def test_halves_of_a_pair_are_replaced_at_any_depth() -> None:
    assert well_formed({"\ud800": ["\ud800", ("a\ud800",), 1]}) == {"?": ["?", ("a?",), 1]}
