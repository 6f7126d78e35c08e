"""A class at a glance: who has how many points, and what happened."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from grader.escape import one_line, table_cell
from grader.result import Graded, Held
from grader.verdict import shown

#: What each student's submission came to; None where nothing was handed in.
Class = Mapping[str, Graded | None]


def class_table(results: Class, title: str, held: Mapping[str, Held] | None = None) -> Table:
    """A row a student; who handed in nothing has a row with 0."""
    table = Table(title=title, title_justify="left")
    for name in _columns(held):
        table.add_column(name, justify="right" if name == "score" else "left")
    for row in _rows(results, held):
        table.add_row(*(Text(one_line(told)) for told in row))
    return table


def class_markdown(results: Class, title: str, held: Mapping[str, Held] | None = None) -> str:
    """The same table in Markdown, and how student code was locked in: for a CI run's summary."""
    columns = _columns(held)
    lines = [
        f"### {table_cell(title)}",
        "",
        f"| {' | '.join(columns)} |",
        f"|{'|'.join('---:' if name == 'score' else '---' for name in columns)}|",
    ]
    lines += [f"| {' | '.join(map(table_cell, row))} |" for row in _rows(results, held)]
    isolations = sorted({graded.isolation for graded in results.values() if graded})
    return "\n".join([*lines, "", *(f"Isolation: {isolation}." for isolation in isolations), "", ""])


def _columns(held: Mapping[str, Held] | None) -> list[str]:
    return ["student", "score", *([] if held is None else ["in the gradebook"]), "what happened"]


def _rows(results: Class, held: Mapping[str, Held] | None) -> list[list[str]]:
    rows = []
    for student, graded in sorted(results.items()):
        score = f"{shown(graded.score)} of {graded.max_score:g}" if graded else "0"
        told = str(graded.headline) if graded else "nothing handed in"
        rows.append([student, score, *([] if held is None else [str(held.get(student, "–"))]), told])
    return rows
