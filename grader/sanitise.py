"""What a student wrote, made harmless before anyone opens it in a browser.

Everything is rebuilt from what is known to be harmless; `grader.escape` says what is broken, and why.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import nh3
from nbformat import NotebookNode

from grader.escape import fenced, inert_html, inert_markdown, is_picture, leads_to_page
from grader.text import render, say

#: Pictures that cannot hold a program.
_PICTURES = ("image/png", "image/jpeg")
_NOTEBOOK_METADATA = ("grader", "kernelspec", "language_info")
_CELL_METADATA = ("id", "nbgrader")

#: Characters of HTML in one output, and in a whole notebook.
MAX_HTML = 100_000
MAX_HTML_TOGETHER = 1_000_000
#: Characters that it may become: an element of style that is left open is repeated in each paragraph that follows.
MAX_HTML_MADE = 20_000_000
#: Characters of a text cell that is laid out; a longer one is shown as it was typed.
MAX_MARKDOWN = 20_000

_REPEATED = re.compile(r"<(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/>]", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.-]+\Z")


def sanitise(notebook: NotebookNode) -> NotebookNode:
    """``notebook`` with only harmless outputs, Markdown and metadata. Changes and returns it.

    Check cells carry our own cards, which stay as they are; their metadata is the grader's, never the student's.
    """
    notebook.metadata = _only(notebook.metadata, _NOTEBOOK_METADATA)
    room = MAX_HTML_TOGETHER
    for cell in notebook.cells:
        cell.metadata = _only(cell.metadata, _CELL_METADATA)
        pictures = _attachments(cell.pop("attachments", None))
        if cell.cell_type == "markdown":
            cell.source = harmless_markdown(cell.source, set(pictures))
            if pictures:
                cell.attachments = pictures
        elif cell.cell_type == "code" and not _is_graded(cell):
            made = []
            for output in cell.outputs:
                made.append(_output(output, room))
                room -= len(_html_of(output))
            cell.outputs = [output for output in made if output is not None]
    return notebook


def harmless_markdown(source: str, pictures: Collection[str] = ()) -> str:
    """Raw HTML becomes text; links lead to pages only, no picture is fetched. The anchor's comment stays as it is.

    pictures: the names of the attachments that are there.
    """
    first, newline, rest = source.partition("\n")
    if first.startswith("<!-- ") and first.endswith(" -->") and "--" not in first[4:-4] and "<" not in first[1:]:
        return first + newline + _laid_out(rest, pictures)
    return _laid_out(source, pictures)


def _laid_out(text: str, pictures: Collection[str]) -> str:
    return inert_markdown(text, pictures) if len(text) <= MAX_MARKDOWN else fenced(text)


def _html_of(output: Mapping[str, Any]) -> str:
    data = output.get("data")
    return str(data.get("text/html", "")) if isinstance(data, Mapping) else ""


def _output(output: Mapping[str, Any], room: int) -> NotebookNode | None:
    """The output made anew: a worker may send any shape, and nbconvert stops at a wrong one.

    room: characters of HTML that it may have.
    """
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return NotebookNode(output_type="stream", name=name, text=str(output.get("text", "")))
    if kind == "error":
        lines = output.get("traceback")
        traceback = [str(line) for line in lines] if isinstance(lines, list) else [str(lines)]
        name, message = str(output.get("ename", "")), str(output.get("evalue", ""))
        return NotebookNode(output_type="error", ename=name, evalue=message, traceback=traceback)
    if kind not in ("display_data", "execute_result"):
        return None
    data = NotebookNode()
    for mime, value in output.get("data", {}).items():
        if mime in (*_PICTURES, "text/plain"):
            data[mime] = str(value)
    rich = _html_of(output)
    if rich and _is_small(rich, room):
        data["text/html"] = inert_html(_html(rich))
    elif rich and not data:
        data["text/plain"] = render(say("(HTML of {size:,} characters: too large to be shown)", size=len(rich)))
    made = NotebookNode(output_type=kind, data=data, metadata=NotebookNode())
    if kind == "execute_result":
        made.execution_count = None
    return made if data else None


def _is_small(rich: str, room: int) -> bool:
    """Whether HTML may be rebuilt, by what it could become at most."""
    repeated = len(rich) * rich.count("<") if _REPEATED.search(rich) else 0
    return len(rich) <= min(room, MAX_HTML) and repeated <= MAX_HTML_MADE


def _html(text: str) -> str:
    """Harmless HTML that fetches nothing: pictures are in the text itself, links lead to pages."""

    def address(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "src":
            return value if is_picture(value) else None
        if attribute in ("href", "cite"):
            return value if leads_to_page(value) else None
        return value

    return nh3.clean(text, attribute_filter=address, url_schemes={"http", "https", "mailto", "data"})


def _attachments(attachments: Any) -> NotebookNode:
    """The pasted pictures that cannot hold a program, by name."""
    kept = NotebookNode()
    for name, data in attachments.items() if isinstance(attachments, Mapping) else ():
        pictures = {mime: str(data[mime]) for mime in _PICTURES if isinstance(data, Mapping) and mime in data}
        if pictures and _PLAIN_NAME.match(str(name)):
            kept[name] = NotebookNode(pictures)
    return kept


def _only(metadata: Any, names: tuple[str, ...]) -> NotebookNode:
    return NotebookNode({name: metadata[name] for name in names if name in metadata})


def _is_graded(cell: NotebookNode) -> bool:
    marks = cell.metadata.get("nbgrader")
    return bool(marks and marks.get("grade"))
