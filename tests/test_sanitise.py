"""What a student wrote does no harm in the instructor's browser, and still reads as written."""

from __future__ import annotations

import time
from typing import Any

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.sanitise import sanitise

SCRIPT = "<script>alert(1)</script>"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def markdown(source: str, **extra: Any) -> str:
    """The body of the page that nbconvert makes of one sanitised Markdown cell."""
    return page(NotebookNode(new_markdown_cell(source) | extra))


def outputs(*items: dict[str, Any]) -> list[Any]:
    cell = new_code_cell("1")
    cell.outputs = [NotebookNode(item) for item in items]
    return list(clean(cell).cells[0].outputs)


def clean(cell: NotebookNode) -> NotebookNode:
    notebook = new_notebook()
    notebook.cells = [cell]
    return sanitise(notebook)


def page(cell: NotebookNode) -> str:
    html, _ = HTMLExporter(template_name="basic").from_notebook_node(clean(cell))
    return str(html)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "</div><iframe src=x>",
        "<!-- --><script>x</script>",
        "[click](javascript:alert(1))",
        "[click](JaVaScRiPt:alert(1))",
    ],
)
def test_markdown_loses_its_html_and_keeps_its_words(attack: str) -> None:
    cell = sanitise(new_notebook(cells=[new_markdown_cell(f"because $a < b$ {attack} **so**")])).cells[0]
    assert cell.source.startswith("because $a < b$ ")
    assert cell.source.endswith("**so**")
    assert "<s" not in cell.source
    assert "<i" not in cell.source
    assert "javascript:" not in cell.source.lower()


def test_outputs_keep_pictures_and_tables_only() -> None:
    cell = new_code_cell(
        "show()",
        outputs=[
            new_output("display_data", {"image/svg+xml": "<svg onload=x>", "application/javascript": "x()"}),
            new_output(
                "display_data", {"image/png": "aGk=", "text/html": "<script>x</script><table><td>1</td></table>"}
            ),
            new_output("stream", text="plain"),
        ],
    )
    outputs = sanitise(new_notebook(cells=[cell])).cells[0].outputs
    assert [output.output_type for output in outputs] == ["display_data", "stream"]
    assert outputs[0].data["image/png"] == "aGk="
    assert "<script" not in outputs[0].data["text/html"]
    assert "<table>" in outputs[0].data["text/html"]


def rich(html: str, **more: str) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": html} | more}


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 30_000,
        "<p>" + "".join(f"<b id={number}>" for number in range(3000)) + "<p>x" * 3000,
        "<p>" + "<a href='https://x.org/" + "x" * 50_000 + "'>" + "<p>x" * 5000,
        "<B/>" * 10_000 + "<p>x" * 10_000,
    ],
    ids=["deep", "repeated", "long and repeated", "capitals"],
)
def test_html_that_would_become_huge_is_left_out_for_its_plain_text(html: str) -> None:
    started = time.process_time()
    with_plain, alone = outputs(rich(html, **{"text/plain": "a table"}), rich(html))
    assert time.process_time() - started < 1
    assert with_plain.data == {"text/plain": "a table"}
    assert alone.data == {"text/plain": f"(HTML of {len(html):,} characters: too large to be shown)"}


def test_html_of_a_whole_notebook_is_limited_and_an_ordinary_table_stays() -> None:
    row = "<tr><th>1</th>" + "<td>0.123456</td>" * 8 + "</tr>"
    table = f"<p><b>60 rows</b></p><table>{row * 60}</table>"
    shown = outputs(*(rich(table, **{"text/plain": "a table"}) for _ in range(200)))
    fitting = 1_000_000 // len(table)
    assert [len(output.data) for output in shown] == [2] * fitting + [1] * (200 - fitting)


def test_a_long_text_cell_is_shown_as_it_was_typed() -> None:
    text = "a *word* and <b>`code`</b>\n" * 2000
    assert "<em>" not in markdown(text)
    assert markdown(text).count("a *word* and &lt;b&gt;`code`&lt;/b&gt;") == 2000
    anchored = sanitise(new_notebook(cells=[new_markdown_cell("<!-- 01 · written: why -->\n" + text)])).cells[0].source
    assert anchored.startswith("<!-- 01 · written: why -->\n```")


def test_the_graders_own_card_stays_as_it_is() -> None:
    card = '<div style="color:inherit">✓ passed</div>'
    cell = new_code_cell("check.verdict()", outputs=[new_output("execute_result", {"text/html": card})])
    cell.metadata["nbgrader"] = {"grade": True}
    assert sanitise(new_notebook(cells=[cell])).cells[0].outputs[0].data["text/html"] == card


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "javascript&#58;alert(1)",
        "javascript&colon;alert(1)",
        "&#x6A;avascript:alert(1)",
        r"javascript\:alert(1)",
        "java&Tab;script:alert(1)",
        "vbscript:alert(1)",
        "<\tjavascript:alert(1)>",
        "< java\tscript: alert(1)>",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "![x]({})", "[x]\n\n[x]: {}"])
def test_no_link_runs_a_program(form: str, target: str) -> None:
    shown = markdown(form.format(target)).replace("%09", "").lower()
    for scheme in ("javascript:", "vbscript:"):
        assert f'="{scheme}' not in shown
        assert f'="%20{scheme}' not in shown


@pytest.mark.parametrize(
    "target",
    [
        "/logout",
        "//evil.example/x.png",
        "https://evil.example/track.png",
        "logout",
        "../logout",
        "< /logout>",
        r"\/logout",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "\n/logout",
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        "![x]({})",
        "![x]\n\n[x]: {}",
        "![y][x]\n\n[x]: {}",
        "![x][]\n\n> [x]: {}",
        "![a[b]c]({})",
        "[![x]({})](https://example.org)",
    ],
)
def test_opening_the_page_fetches_no_picture(form: str, target: str) -> None:
    assert "<img" not in markdown(form.format(target))


@pytest.mark.parametrize("target", ["/logout", "//evil.example", "logout", r"\/\/evil.example", "<//evil>"])
@pytest.mark.parametrize("form", ["[x]({})", "[x]( {})", "[x]\n\n[x]: {}", "[x]\n\n> [x]:\n> {}"])
def test_a_link_leads_to_no_address_of_our_own_server(form: str, target: str) -> None:
    assert "href=" not in markdown(form.format(target))


def test_html_and_formulas_fetch_nothing_and_keep_links_to_pages() -> None:
    def shown(html: str) -> str:
        return str(outputs({"output_type": "display_data", "data": {"text/html": html}})[0].data["text/html"])

    for html in (
        '<img src="/logout">',
        '<img src="https://evil.example/x.png">',
        '<a href="//evil.example">x</a>',
        '<a href="/logout">x</a>',
        r"$\style{background:url(/logout)}{x}$",
        r"$\href{/logout}{x}$",
    ):
        kept = shown(html)
        assert not [word for word in ("src=", "href=", r"\style", r"\href") if word in kept], kept
    assert f'src="data:image/png;base64,{PIXEL}"' in shown(f'<img src="data:image/png;base64,{PIXEL}">')
    assert 'href="https://example.org/a"' in shown('<a href="https://example.org/a">x</a>')
    assert r"\href{https://example.org}" in markdown(r"$\href{https://example.org}{x}$")
    assert "<img" in markdown(f"![dot](data:image/png;base64,{PIXEL})")


def test_formulas_lead_nowhere_but_to_pages() -> None:
    assert "javascript:" not in markdown(r"$\href{javascript:alert(1)}{x}$")
    assert r"\def" not in markdown(r"$\def\z#1{\href{#1script:alert(1)}{x}}\z{java}$")
    assert r"\left( \frac12 \right) \delta" in markdown(r"$\left( \frac12 \right) \delta$")
    (html,) = outputs({"output_type": "display_data", "data": {"text/html": r"$\href{javascript:alert(1)}{x}$"}})
    assert "javascript:" not in html.data["text/html"]


@pytest.mark.parametrize(
    "source",
    [
        SCRIPT,
        "<img src=x onerror=alert(1)>",
        "<!-- a --><svg onload=alert(1)>",
        "<!-- 01_a · written: why --><script>alert(1)</script> -->",
    ],
)
def test_html_in_markdown_is_text(source: str) -> None:
    shown = markdown(source)
    for tag in ("<script", "<img", "<svg"):
        assert tag not in shown


def test_what_students_write_every_day_still_reads_the_same() -> None:
    shown = markdown("`if a < b`, $a < b$, the data: 60000 rows, [a page](https://example.org/x?a=1&b=2)")
    assert "if a &lt; b" in shown
    assert "the data: 60000 rows" in shown
    assert 'href="https://example.org/x?a=1&amp;b=2"' in shown


def test_the_anchor_stays_where_it_was() -> None:
    first = "<!-- 01_a · written: why -->"
    assert clean(new_markdown_cell(f"{first}\nmine")).cells[0].source == f"{first}\nmine"


def test_a_pasted_picture_is_kept_and_a_missing_one_does_not_stop_the_page() -> None:
    both = {"a.png": {"image/png": PIXEL}, "b.svg": {"image/svg+xml": "<svg onload=alert(1)>"}}
    shown = markdown("![a](attachment:a.png) ![b](attachment:b.svg) ![c](attachment:gone.png)", attachments=both)
    assert PIXEL in shown
    assert "svg onload" not in shown


def test_outputs_of_a_wrong_shape_still_make_a_notebook() -> None:
    cell = new_code_cell("1")
    cell.outputs = [
        NotebookNode(item)
        for item in (
            {"output_type": "execute_result", "execution_count": SCRIPT, "data": {"text/plain": "1"}},
            {"output_type": "error", "ename": 1, "evalue": None, "traceback": "no list"},
            {"output_type": "stream", "name": SCRIPT, "text": SCRIPT, "more": 1},
            {"output_type": "update_display_data", "data": {}},
        )
    ]
    notebook = clean(cell)
    nbformat.validate(notebook)
    assert SCRIPT not in page(notebook.cells[0])


def test_no_metadata_of_the_student_stays() -> None:
    card = '<div style="color:red">3 of 3</div>'
    check = new_code_cell("check", metadata={"nbgrader": {"grade": True, "grade_id": "check_a"}, "tags": ["x"]})
    check.outputs = [
        NotebookNode(
            output_type="execute_result",
            metadata={},
            execution_count=None,
            data={"text/plain": "3.0", "text/html": card},
        )
    ]
    notebook = new_notebook(metadata={"grader": {"chapter": "01_a"}, "widgets": {"x": 1}})
    notebook.cells = [check]
    kept = sanitise(notebook)
    assert kept.cells[0].outputs[0].data["text/html"] == card
    assert set(kept.cells[0].metadata) == {"nbgrader"}
    assert set(kept.metadata) == {"grader"}
