"""Reading what came back: a file that may be anything, as a plain notebook or one sentence."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from grader.chapter.release import read_anchor
from grader.escape import well_formed
from grader.locale import languages
from grader.refusal import Refusal
from grader.text import NO_TEXT, Text, say
from grader.wire import without_strings

MAX_FILE_MB = 50
MAX_CELLS = 2000
#: Values in the JSON of a file: what a notebook prints is one a line.
MAX_VALUES = 2_000_000
#: Characters of all cells that are run together; a longer cell is not run, and does not count.
MAX_TEXT = 1_000_000
MAX_CELL = 100_000
#: Characters of all texts together that are kept, pictures left out.
MAX_PROSE = 1_000_000
#: How deep folders may lie in each other: what lies deeper is nobody's notebook, and there are walks that end there.
MAX_FOLDERS = 20
#: A picture within a text, as Markdown and HTML have it.
_PICTURE = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w.=+-]+)*,[\w+/=%.~-]{200,}")

_DECORATION = re.compile(r"^(?:copy(?:_| )of(?:_| ))+|(?:[ _-](?:copy|late|final)\d*| ?\(\d+\)|-\d)+$", re.IGNORECASE)


class SubmissionError(Refusal):
    """A submission that cannot be read: what came, what was expected, what to do. One line."""

    def __init__(self, told: Text) -> None:
        super().__init__(told)
        self.told = told


@dataclass(frozen=True)
class File:
    """What was handed in: a file's name and what is in it, or why that cannot be read."""

    name: str
    data: bytes = b""
    unread: Text = NO_TEXT

    @property
    def digest(self) -> str:
        """What tells it from every other file: SHA-256 of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


def notebooks_in(paths: Sequence[Path]) -> list[Path]:
    """The notebooks named, and those in the folders named and in the folders within them (`notebooks_below`).

    Raises SubmissionError where there is none, or where a path is not there.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise SubmissionError(
                say("{path} is not there; a notebook, or a folder of notebooks, is expected", path=path)
            )
        found += notebooks_below(path) if path.is_dir() else [path]
    if not found:
        raise SubmissionError(say("no notebook (*.ipynb) in {paths}", paths=", ".join(map(str, paths))))
    return found


def notebooks_below(folder: Path) -> list[Path]:
    """The notebooks in a folder and in the folders within it, in order; not those of hidden folders (Jupyter's
    checkpoints), nor what macOS puts beside each file of an archive. A folder that is called like a notebook and is
    empty is one of them, to be told as what it is."""
    found = []
    for where, folders, files in _walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__MACOSX"))]
        found += [where / name for name in files if is_notebook(name)]
        if not files and not folders and is_notebook(where.name):
            found.append(where)
    return sorted(found)


def all_below(folder: Path) -> list[Path]:
    """Whatever lies in a folder and in the folders within it, in order; no link is followed."""
    return sorted(where / name for where, folders, files in _walk(folder) for name in (*folders, *files))


def _walk(folder: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """As os.walk, down to `MAX_FOLDERS`."""
    for name, folders, files in os.walk(folder):
        where = Path(name)
        if len(where.relative_to(folder).parts) >= MAX_FOLDERS:
            folders.clear()
        yield where, folders, files


def is_notebook(name: str) -> bool:
    """Whether a file's name is a notebook's, in whatever letters."""
    return name.lower().endswith(".ipynb") and not name.startswith(".")


def read_file(path: Path) -> File:
    """The file, or why it cannot be read; nothing raises for what is there or is not."""
    name = str(well_formed(path.name))
    try:
        if path.is_dir():
            return File(name, unread=say("{name} is a folder; a notebook is expected", name=name))
        if not path.is_file():
            return File(name, unread=say("{name} is not there; a notebook is expected", name=name))
        size = path.stat().st_size
        if size <= MAX_FILE_MB * 2**20:
            return File(name, path.read_bytes())
    except OSError as error:
        unread = say("{name} cannot be opened ({error}): hand it in again", name=name, error=error.strerror)
    else:
        unread = say(
            "{name} has {size:.0f} MB; at most {most} MB are read: clear its outputs and save it",
            name=name,
            size=size / 2**20,
            most=MAX_FILE_MB,
        )
    return File(name, unread=unread)


def read_submission(file: File | Path) -> NotebookNode:
    """The notebook's cells as plain text. Outputs are dropped; nothing is trusted but the shape.

    Raises SubmissionError for anything that is no notebook of format 4.
    """
    file = read_file(file) if isinstance(file, Path) else file
    data = _read_json(file)
    if not isinstance(data, dict) or ("cells" not in data and "worksheets" not in data):
        raise SubmissionError(
            say(
                "{name} is JSON but no notebook: hand in the .ipynb file that Jupyter saved",
                name=file.name,
            )
        )
    major = data.get("nbformat")
    if "worksheets" in data or major != 4:
        raise SubmissionError(
            say(
                "{name} has notebook format {format}; 4 is expected: open it in Jupyter and save it",
                name=file.name,
                format=str(major)[:100],
            )
        )
    cells = data["cells"]
    if not isinstance(cells, list) or len(cells) > MAX_CELLS:
        raise SubmissionError(
            say(
                "{name} has no readable list of at most {count} cells: save it anew in Jupyter",
                name=file.name,
                count=MAX_CELLS,
            )
        )
    read = [_read_cell(file, number, cell) for number, cell in enumerate(cells, start=1)]
    size = sum(len(cell.source) for cell in read if cell.cell_type == "code" and len(cell.source) <= MAX_CELL)
    if size > MAX_TEXT:
        raise SubmissionError(
            say(
                "{name} has {size:,} characters in its code cells; at most {most:,} are read: take out the data that "
                "was pasted into a cell",
                name=file.name,
                size=size,
                most=MAX_TEXT,
            )
        )
    _cut(read)
    notebook_metadata = data.get("metadata")
    return NotebookNode(
        nbformat=4,
        nbformat_minor=5,
        metadata=notebook_metadata if isinstance(notebook_metadata, dict) else {},
        cells=read,
    )


def chapter_id_of(notebook: NotebookNode, name: str = "") -> str | None:
    """The chapter that a notebook belongs to: by its metadata, its anchors, or its file name."""
    marks = notebook.metadata.get("grader")
    if isinstance(marks, dict) and isinstance(marks.get("chapter"), str):
        return str(well_formed(marks["chapter"]))
    anchors = Counter(found[0] for cell in notebook.cells if (found := read_anchor(cell.source)) is not None)
    if anchors:
        return anchors.most_common(1)[0][0]
    return plain_name(Path(name).stem) if name else None


def language_of(notebook: NotebookNode, otherwise: str) -> str:
    """The language that a notebook's metadata names, where there is one of that name."""
    marks = notebook.metadata.get("grader")
    name = marks.get("locale") if isinstance(marks, dict) else None
    return name if isinstance(name, str) and name in languages() else otherwise


def plain_name(stem: str) -> str:
    """A file's name without what browsers, Colab and learning platforms add to it."""
    while (shorter := _DECORATION.sub("", stem).strip()) != stem:
        stem = shorter
    return stem


def _read_json(file: File) -> Any:
    if file.unread:
        raise SubmissionError(file.unread)
    if not file.data:
        raise SubmissionError(say("{name} is empty: download the notebook again and hand that in", name=file.name))
    _refuse_bulk(file)
    try:
        return json.loads(file.data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SubmissionError(
            say("{name} is no text, so no notebook: hand in the .ipynb file", name=file.name)
        ) from None
    except (ValueError, RecursionError):
        raise SubmissionError(
            say("{name} is not valid JSON, so no notebook: hand in the .ipynb file", name=file.name)
        ) from None


def _refuse_bulk(file: File) -> None:
    """Raises SubmissionError for a file of more values than a notebook has: each takes twenty times its bytes."""
    bare = without_strings(file.data)
    values = sum(map(bare.count, (b"[", b"{", b",")))
    if values > MAX_VALUES:
        raise SubmissionError(
            say(
                "{name} is made of {values:,} values; at most {most:,} are read: clear its outputs and save it",
                name=file.name,
                values=values,
                most=MAX_VALUES,
            )
        )


def _read_cell(file: File, number: int, cell: Any) -> NotebookNode:
    if not isinstance(cell, dict):
        raise SubmissionError(
            say(
                "cell {number} of {name} is no cell: open the notebook in Jupyter and save it",
                number=number,
                name=file.name,
            )
        )
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise SubmissionError(
            say(
                "cell {number} of {name} has no readable text: save the notebook anew in Jupyter",
                number=number,
                name=file.name,
            )
        )
    kind = cell.get("cell_type")
    metadata, count = cell.get("metadata"), cell.get("execution_count")
    return NotebookNode(
        cell_type=kind if kind in ("code", "markdown") else "raw",
        source=well_formed(source).replace("\r\n", "\n").replace("\r", "\n"),
        metadata=_read_names(metadata) if isinstance(metadata, dict) else {},
        id=_read_name(cell.get("id")),
        execution_count=count if type(count) is int else None,
    )


def _cut(cells: list[NotebookNode]) -> None:
    """Leave out what is neither run nor read: pictures in texts, and what is over a limit."""
    room = MAX_PROSE
    for cell in cells:
        if cell.cell_type == "code":
            cell.source = cell.source[:MAX_TEXT]
        else:
            plain = _PICTURE.sub("picture-left-out", cell.source)
            cell.source = plain if len(plain) <= room else f"{plain[:room]}\n\n(…)"
            room -= min(len(plain), room)


def _read_names(metadata: dict[Any, Any]) -> dict[str, Any]:
    """What metadata says of a cell's name, in Colab's words and in nbgrader's; nothing else in it is read."""
    marks = metadata.get("nbgrader")
    grade_id = _read_name(marks.get("grade_id")) if isinstance(marks, dict) else ""
    return {"id": _read_name(metadata.get("id")), "nbgrader": {"grade_id": grade_id}}


def _read_name(name: Any) -> str:
    return str(well_formed(name))[:200] if isinstance(name, str) else ""
