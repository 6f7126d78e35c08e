"""The released form of a chapter's cells: their anchors, what is left out of them, what nbgrader is told."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell

from grader.chapter.model import (
    BEGIN_HIDDEN,
    BEGIN_SOLUTION,
    END_HIDDEN,
    END_SOLUTION,
    Cell,
    Chapter,
)
from grader.chapter.roles import NAMED, Role
from grader.syntax.notebook import anchored

#: What stands in a release in place of an answer: nbgrader's own words.
CODE_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
TEXT_STUB = "YOUR ANSWER HERE"
#: What folds a cell, in JupyterLab and in Colab.
FOLDED = {"cellView": "form", "jupyter": {"source_hidden": True}}


def anchor(chapter_id: str, cell: Cell) -> str:
    """The visible first line by which a cell is known even when its metadata is gone."""
    label = f"{chapter_id} · {cell.role}: {cell.name}"
    if cell.role is Role.CHECK:
        label += f" · {cell.points:g} point{'' if cell.points == 1 else 's'}"
    return f"<!-- {label} -->" if cell.cell_type == "markdown" else f"# {label}"


def read_anchor(source: str) -> tuple[str, str, str] | None:
    """(chapter id, role, name) from the first line of a cell that has an anchor, else None."""
    found = anchored(source)
    return found if found is not None and found[1] in NAMED else None


def released_source(chapter: Chapter, cell: Cell) -> str:
    """The cell's source under its anchor, solutions and hidden tests still in it."""
    if not cell.role.has_grade_id:
        return cell.source
    return f"{anchor(chapter.id, cell)}\n{cell.source}"


def visible_source(chapter: Chapter, cell: Cell) -> str:
    """A cell as the student has it: no solution, no hidden test."""
    return without_answers(released_source(chapter, cell))


def without_answers(source: str) -> str:
    """What an author wrote, without solutions and hidden tests."""
    return without_region(without_region(source, BEGIN_HIDDEN, END_HIDDEN), BEGIN_SOLUTION, END_SOLUTION)


def stub_of(chapter: Chapter, cell: Cell) -> str:
    """An exercise or written cell as it was released."""
    stub = TEXT_STUB if cell.role is Role.WRITTEN else CODE_STUB
    return without_region(released_source(chapter, cell), BEGIN_SOLUTION, END_SOLUTION, stub)


def answered(chapter: Chapter, release: NotebookNode) -> NotebookNode:
    """The release with every exercise answered by its reference."""
    notebook = from_dict(release)
    by_id = {cell.id: cell for cell in chapter.of(Role.EXERCISE)}
    for cell in notebook.cells:
        if cell.id in by_id:
            lines = released_source(chapter, by_id[cell.id]).split("\n")
            cell.source = "\n".join(line for line in lines if not line.strip().startswith(("### BEGIN", END_SOLUTION)))
    return notebook


def without_region(source: str, begin: str, end: str, stub: str = "") -> str:
    """``source`` without the lines between two markers; ``stub`` stands in their place, indented."""
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        if line.strip() == begin:
            inside = True
            indent = line[: len(line) - len(line.lstrip())]
            kept += [indent + text for text in stub.split("\n") if stub]
        elif line.strip() == end:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


def notebook_cell(chapter: Chapter, cell: Cell) -> NotebookNode:
    """One cell of the source notebook, with the ids and the nbgrader metadata that it keeps for life."""
    source = released_source(chapter, cell)
    if cell.role is Role.CHECK:
        first, body = source.split("\n", 1)
        source = f'{first}\ncheck.begin("{cell.name}", {cell.points:g}, "{cell.judges}")\n{body}\ncheck.verdict()'
    made = (new_markdown_cell if cell.cell_type == "markdown" else new_code_cell)(source, id=cell.id)
    folded = FOLDED if cell.role.folded or "folded" in cell.options else {}
    made.metadata = from_dict({"id": cell.id, **folded, **nbgrader_metadata(cell)})
    return made


def nbgrader_metadata(cell: Cell) -> dict[str, Any]:
    """What nbgrader is told of a cell: graded or not, locked or the student's."""
    if cell.grade_id is None:
        return {}
    graded, solution = cell.role.graded, cell.role.answer
    marks: dict[str, Any] = {
        "grade": graded,
        "grade_id": cell.grade_id,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if graded:
        marks["points"] = cell.points
    return {"nbgrader": marks}
