"""Broken notebooks and what they are worth: file -> what is repaired -> score. Each row is one way of coming back.

Every notebook but the unreadable ones holds two right answers, worth 6 points, unless its row says otherwise.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import RIGHT, Course

from grader.card import as_text
from grader.grade.jobs import Task, grade_many

Notebook = dict[str, Any]


def cells(notebook: Notebook, mark: str) -> list[Any]:
    return [cell for cell in notebook["cells"] if mark in cell["source"]]


def one(notebook: Notebook, mark: str) -> Any:
    (cell,) = cells(notebook, mark)
    return cell


def at(notebook: Notebook, mark: str) -> int:
    return notebook["cells"].index(one(notebook, mark))


def code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}


def bare(notebook: Notebook) -> None:
    """As Colab saves it: no ids, other metadata."""
    notebook["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3", "display_name": "Python 3"}}
    for number, cell in enumerate(notebook["cells"]):
        cell.pop("id", None)
        cell["metadata"] = {"id": f"aBc{number}"}


def unanchored(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        lines = cell["source"].split("\n")
        if "01_scale ·" in lines[0]:
            cell["source"] = "\n".join(lines[1:])


def retyped(notebook: Notebook) -> None:
    """Only the text is left: no anchor, no id, no metadata."""
    unanchored(notebook)
    bare(notebook)


def without(mark: str) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        notebook["cells"].remove(one(notebook, mark))

    return change


def doubled(mark: str) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        notebook["cells"].append(copy.deepcopy(one(notebook, mark)))

    return change


def edited(mark: str, old: str, new: str) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        cell = one(notebook, mark)
        assert old in cell["source"]
        cell["source"] = cell["source"].replace(old, new)

    return change


def typed(mark: str, kind: str) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        cell = one(notebook, mark)
        cell["cell_type"] = kind
        cell.pop("outputs", None)
        cell.pop("execution_count", None)

    return change


def inserted(source: str, after: str | None = None) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        place = at(notebook, after) + 1 if after else 0
        notebook["cells"].insert(place, code(source))

    return change


def moved(mark: str, place: int) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        cell = one(notebook, mark)
        notebook["cells"].remove(cell)
        notebook["cells"].insert(place if place >= 0 else len(notebook["cells"]), cell)

    return change


def reversed_order(notebook: Notebook) -> None:
    notebook["cells"].reverse()


def merged(notebook: Notebook) -> None:
    """Both exercises in the cell of the first."""
    first, second = one(notebook, "exercise: line"), one(notebook, "exercise: slope")
    first["source"] += "\n\n" + second["source"]
    notebook["cells"].remove(second)


def merged_with_check(notebook: Notebook) -> None:
    first, second = one(notebook, "exercise: line"), one(notebook, "check: line")
    first["source"] += "\n\n" + second["source"]
    notebook["cells"].remove(second)


def split(notebook: Notebook) -> None:
    """The anchor and a helper in one cell, the function itself in the next."""
    cell = one(notebook, "exercise: line")
    anchor, body = cell["source"].split("\n", 1)
    cell["source"] = f"{anchor}\ndef product(a, b):\n    return a @ b"
    notebook["cells"].insert(at(notebook, "exercise: line") + 1, code(body.replace("x @ w", "product(x, w)")))


def released_again(name: str, place: int) -> Callable[[Notebook], None]:
    """A copy of an exercise as it was released, pasted in."""

    def change(notebook: Notebook) -> None:
        answer = one(notebook, f"exercise: {name}")["source"]
        stub = answer.replace(RIGHT[name], "# YOUR CODE HERE\n    raise NotImplementedError()")
        notebook["cells"].insert(place if place >= 0 else len(notebook["cells"]), code(stub))

    return change


def all_of(*changes: Callable[[Notebook], None]) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        for one_change in changes:
            one_change(notebook)

    return change


def field(name: str, value: Any) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        notebook[name] = value

    return change


def in_cells(change_cell: Callable[[Any], None]) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            change_cell(cell)

    return change


#: name -> (what happened to it, expected score, a word of the note that tells the repair; "" for none)
BROKEN: dict[str, tuple[Callable[[Notebook], None], float, str]] = {
    "as released": (lambda notebook: None, 6, ""),
    "saved by Colab": (bare, 6, ""),
    "anchors deleted": (unanchored, 6, ""),
    "retyped from the text": (retyped, 6, ""),
    "one id for all cells": (in_cells(lambda cell: cell.update(id="same")), 6, ""),
    "metadata of the wrong kind": (in_cells(lambda cell: cell.update(metadata=["x"])), 6, ""),
    "notebook metadata null": (field("metadata", None), 6, ""),
    "kernel of another language": (field("metadata", {"kernelspec": {"name": "ir", "language": "R"}}), 6, ""),
    "minor version 0": (field("nbformat_minor", 0), 6, ""),
    "minor version 99": (field("nbformat_minor", 99), 6, ""),
    "unknown fields": (field("worksheet", {"a": [1]}), 6, ""),
    "sources as lists": (in_cells(lambda c: c.update(source=c["source"].splitlines(True))), 6, ""),
    "Windows line ends": (in_cells(lambda c: c.update(source=c["source"].replace("\n", "\r\n"))), 6, ""),
    "outputs of nonsense": (in_cells(lambda c: c.update(outputs=[{"output_type": 3}, None])), 6, ""),
    "execution counts as text": (in_cells(lambda c: c.update(execution_count="7")), 6, ""),
    "check deleted": (without("check: line"), 6, "missing"),
    "all checks deleted": (all_of(without("check: line"), without("check: slope")), 6, "missing"),
    "given cell deleted": (without("given: batch"), 6, "missing"),
    "imports deleted": (without("setup: imports"), 6, "missing"),
    "set-up cell deleted": (without("check.load("), 6, ""),
    "figure deleted": (without("figure: predictions"), 6, ""),
    "exercise deleted": (without("exercise: slope"), 2, "missing"),
    "check doubled": (doubled("check: line"), 6, "more than once"),
    "given cell doubled": (doubled("given: batch"), 6, "more than once"),
    "exercise doubled, wrong one first": (
        lambda n: n["cells"].insert(0, code(one(n, "exercise: line")["source"].replace("x @ w", "x"))),
        6,
        "last copy",
    ),
    "exercise as released at the end": (released_again("line", -1), 6, "more than once"),
    "exercise as released at the top": (released_again("line", 0), 6, "more than once"),
    "given data edited": (edited("given: batch", "1.0", "7.0"), 6, "edited"),
    "given data edited to fail": (edited("given: batch", "x = np", "x = no"), 6, "edited"),
    "check edited to pass": (edited("check: slope", "check.verdict()", "4.0"), 6, ""),
    "check edited to other points": (edited("check: line", '"line", 2', '"line", 200'), 6, ""),
    "check turned into text": (typed("check: line", "markdown"), 6, ""),
    "exercise turned into text": (typed("exercise: line", "markdown"), 6, ""),
    "exercise turned into a raw cell": (typed("exercise: line", "raw"), 6, ""),
    "given cell turned into text": (typed("given: batch", "markdown"), 6, ""),
    "check above its exercise": (moved("check: line", 0), 6, ""),
    "exercises at the end": (all_of(moved("exercise: line", -1), moved("exercise: slope", -1)), 6, ""),
    "imports at the end": (moved("setup: imports", -1), 6, "moved"),
    "cells in reverse": (reversed_order, 6, "moved"),
    "two exercises in one cell": (merged, 6, ""),
    "exercise and check in one cell": (merged_with_check, 6, ""),
    "exercise split in two": (split, 6, ""),
    "helper in a cell of its own": (
        all_of(
            inserted("def product(a, b):\n    return a @ b", "setup: imports"),
            edited("exercise: line", "x @ w", "product(x, w)"),
        ),
        6,
        "",
    ),
    "syntax error in a cell of one's own": (inserted("def broken(:\n"), 6, ""),
    "endless text in a cell of one's own": (inserted("while True:\n    print('x' * 1000)"), 6, ""),
    "pip left in": (inserted("!pip install numpy\n%pip install torch"), 6, ""),
    "Colab's drive": (inserted("from google.colab import drive\ndrive.mount('/content/drive')"), 6, ""),
    "a cell that asks": (inserted("name = input('Your name? ')"), 6, ""),
    "quit in a cell": (inserted("quit()"), 6, ""),
    "sys.exit in a cell": (inserted("import sys\nsys.exit(1)", "given: batch"), 6, ""),
    "%%time above an exercise": (
        lambda n: one(n, "exercise: line").update(source="%%time\n" + one(n, "exercise: line")["source"]),
        6,
        "",
    ),
    "blank lines above the anchor": (
        all_of(bare, lambda n: one(n, "exercise: line").update(source="\n\n" + one(n, "exercise: line")["source"])),
        6,
        "",
    ),
    "NotImplementedError left below": (
        edited("exercise: line", "return x @ w", "return x @ w\n    raise NotImplementedError()"),
        6,
        "",
    ),
    "a lambda for a function": (
        lambda n: one(n, "exercise: line").update(source="# 01_scale · exercise: line\nline = lambda x, w: x @ w"),
        6,
        "",
    ),
    "names of given data overwritten": (inserted("x = y = w = check = np = None", "exercise: slope"), 6, ""),
    "function overwritten later": (inserted("line = None", "exercise: slope"), 6, ""),
    "unanswered": (
        lambda n: (
            [
                c.update(source=c["source"].split("    return")[0] + "    raise NotImplementedError()")
                for c in cells(n, "exercise:")
            ]
            and None
        ),
        0,
        "",
    ),
}

#: Bytes that are no notebook: 0 points and a reason.
UNREADABLE = {
    "empty": b"",
    "cut off": b'{"cells": [{"cell_type": "co',
    "a picture": b"\x89PNG\r\n\x1a\n\xff",
    "a list": b"[]",
    "format 3": b'{"worksheets": [], "nbformat": 3}',
    "no cells": b'{"nbformat": 4, "cells": {}}',
    "text": "Antworten siehe oben".encode("utf-16"),
    "web page": b"<!DOCTYPE html><html></html>",
}


def answered(course: Course, name: str) -> bytes:
    notebook = json.loads(json.dumps(course.answered(**RIGHT)))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    BROKEN[name][0](notebook)
    return json.dumps(notebook).encode()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_notebook_keeps_what_it_is_worth(course: Course, name: str) -> None:
    _, score, note = BROKEN[name]
    graded = course.grade(answered(course, name))
    assert graded.problem is None
    assert graded.score == score, [as_text(verdict) for verdict in graded.verdicts] + list(graded.notes)
    assert graded.max_score == 6
    assert not note or any(note in told for told in graded.notes), graded.notes
    ids = [cell.metadata.nbgrader.grade_id for cell in graded.notebook.cells if "nbgrader" in cell.metadata]
    assert len(ids) == len(set(ids))
    assert {"check_line", "check_slope"} <= set(ids)


def test_a_mark_of_the_byte_order_and_other_line_ends_are_read(course: Course) -> None:
    data = answered(course, "as released")
    assert course.grade(b"\xef\xbb\xbf" + data).score == 6
    assert course.grade(json.dumps(json.loads(data), indent=1).replace("\n", "\r\n").encode()).score == 6


def test_none_of_them_stops_the_others(course: Course) -> None:
    folder = course.root / "handed_in"
    folder.mkdir()
    tasks = []
    for number, data in enumerate([*UNREADABLE.values(), *(answered(course, name) for name in list(BROKEN)[:8])]):
        path = folder / f"{number}.ipynb"
        path.write_bytes(data)
        tasks.append(Task(str(number), path))
    done = dict(grade_many(tasks, course.prepared, b"secret", course.settings.limits, 2))
    assert len(done) == len(tasks)
    for task, graded in done.items():
        unreadable = int(task.student) < len(UNREADABLE)
        assert graded.score == (0 if unreadable else 6)
        assert (graded.problem is not None) == unreadable


@pytest.mark.parametrize("stub_first", [True, False])
def test_an_answer_in_words_is_not_lost_behind_a_copy_as_released(course: Course, stub_first: bool) -> None:
    notebook = json.loads(answered(course, "as released"))
    cell = one(notebook, "written: ")
    stub = copy.deepcopy(cell)
    cell["source"] = cell["source"].replace("YOUR ANSWER HERE", "Because it is orthogonal.")
    notebook["cells"].insert(0 if stub_first else len(notebook["cells"]), stub)
    graded = course.grade(json.dumps(notebook))
    shown = [
        cell.source
        for cell in graded.notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "markdown"
    ]
    assert len(shown) == 1
    assert "orthogonal" in shown[0]
    assert any("more than once" in note for note in graded.notes)
