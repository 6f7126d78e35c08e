"""What a student wrote, made harmless before anyone opens it in a browser.

Everything is rebuilt from what is known to be harmless; `grader.escape` says what is broken, and why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import nh3
from nbformat import NotebookNode

from grader.escape import inert_html, inert_markdown, is_picture, leads_to_page

#: Pictures that cannot hold a program.
_PICTURES = ("image/png", "image/jpeg")
_NOTEBOOK_METADATA = ("grader", "kernelspec", "language_info")
_CELL_METADATA = ("id", "nbgrader")

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.-]+\Z")


def sanitise(notebook: NotebookNode) -> NotebookNode:
    """``notebook`` with only harmless outputs, Markdown and metadata. Changes and returns it.

    Check cells carry our own cards, which stay as they are; their metadata is the grader's, never the student's.
    """
    notebook.metadata = _only(notebook.metadata, _NOTEBOOK_METADATA)
    for cell in notebook.cells:
        cell.metadata = _only(cell.metadata, _CELL_METADATA)
        pictures = _attachments(cell.pop("attachments", None))
        if cell.cell_type == "markdown":
            cell.source = _markdown(cell.source, set(pictures))
            if pictures:
                cell.attachments = pictures
        elif cell.cell_type == "code" and not _is_graded(cell):
            cell.outputs = [made for output in cell.outputs if (made := _output(output)) is not None]
    return notebook


def _output(output: Mapping[str, Any]) -> NotebookNode | None:
    """The output made anew: a worker may send any shape, and nbconvert stops at a wrong one."""
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
        elif mime == "text/html":
            data[mime] = inert_html(_html(str(value)))
    made = NotebookNode(output_type=kind, data=data, metadata=NotebookNode())
    if kind == "execute_result":
        made.execution_count = None
    return made if data else None


def _html(text: str) -> str:
    """Harmless HTML that fetches nothing: pictures are in the text itself, links lead to pages."""

    def address(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "src":
            return value if is_picture(value) else None
        if attribute in ("href", "cite"):
            return value if leads_to_page(value) else None
        return value

    return nh3.clean(text, attribute_filter=address, url_schemes={"http", "https", "mailto", "data"})


def _markdown(source: str, pictures: set[str]) -> str:
    """Raw HTML becomes text; links lead to pages only, no picture is fetched. The anchor's comment stays as it is."""
    first, newline, rest = source.partition("\n")
    if first.startswith("<!-- ") and first.endswith(" -->") and "--" not in first[4:-4] and "<" not in first[1:]:
        return first + newline + inert_markdown(rest, pictures)
    return inert_markdown(source, pictures)


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
