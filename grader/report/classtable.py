"""A class at a glance: who has how many points, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from rich.table import Table
from rich.text import Text as Cell

from grader.escape import one_line, table_cell
from grader.result import Graded, Held
from grader.text import ENGLISH, Catalogue, Text, raw, render, say
from grader.verdict import shown

#: The column of numbers.
SCORE = 1
#: What each student's submission came to; None where nothing was handed in.
Class = Mapping[str, Graded | None]


def class_table(
    results: Class, title: str, held: Mapping[str, Held] | None = None, catalogue: Catalogue = ENGLISH
) -> Table:
    """A row a student; who handed in nothing has a row with 0."""
    table = Table(title=title, title_justify="left")
    for number, name in enumerate(_columns(held)):
        table.add_column(render(name, catalogue), justify="right" if number == SCORE else "left")
    for row in _rows(results, held):
        table.add_row(*(Cell(one_line(render(told, catalogue))) for told in row))
    return table


def class_markdown(
    results: Class, title: str, held: Mapping[str, Held] | None = None, catalogue: Catalogue = ENGLISH
) -> str:
    """The same table in Markdown, and how student code was locked in: for a CI run's summary."""
    words = partial(render, catalogue=catalogue)
    columns = _columns(held)
    lines = [
        f"### {table_cell(title)}",
        "",
        f"| {' | '.join(map(words, columns))} |",
        f"|{'|'.join('---:' if number == SCORE else '---' for number in range(len(columns)))}|",
    ]
    lines += [f"| {' | '.join(table_cell(words(told)) for told in row)} |" for row in _rows(results, held)]
    isolations = sorted({graded.isolation for graded in results.values() if graded})
    told = [words(say("Isolation: {isolation}.", isolation=isolation)) for isolation in isolations]
    return "\n".join([*lines, "", *told, "", ""])


def _columns(held: Mapping[str, Held] | None) -> list[Text]:
    in_gradebook = [] if held is None else [say("in the gradebook")]
    return [say("student"), say("score"), *in_gradebook, say("what happened")]


def _rows(results: Class, held: Mapping[str, Held] | None) -> list[list[Text]]:
    rows = []
    for student, graded in sorted(results.items()):
        score = say("{score} of {most:g}", score=shown(graded.score), most=graded.max_score) if graded else raw("0")
        told = graded.headline if graded else say("nothing handed in")
        in_gradebook = [] if held is None else [held[student].text if student in held else raw("–")]
        rows.append([raw(student), score, *in_gradebook, told])
    return rows
