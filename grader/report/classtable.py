"""A class at a glance: who has how many points, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from rich.table import Table
from rich.text import Text as Cell

from grader.escape import one_line, table_cell
from grader.result import Graded, Held
from grader.text import ENGLISH, Catalogue, Text, raw, render, say, say_counted
from grader.verdict import Cause, shown

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
    waiting = [f"- {table_cell(words(told))}" for told in waiting_for(results, held)]
    lines += ["", *waiting] if waiting else []
    isolations = sorted({graded.isolation for graded in results.values() if graded})
    told = [words(say("Isolation: {isolation}.", isolation=isolation)) for isolation in isolations]
    return "\n".join([*lines, "", *told, "", ""])


def waiting_for(results: Class, held: Mapping[str, Held] | None = None) -> list[Text]:
    """A line for each mistake in earlier work because of which checks wait: how many submissions, and which checks.

    What a person has graded, or has settled, waits no more.
    """
    students: dict[Cause, set[str]] = {}
    checks: dict[Cause, dict[str, None]] = {}
    for student, graded in results.items():
        done = held[student].by_hand if held is not None and student in held else frozenset()
        for verdict in graded.verdicts if graded is not None else ():
            for cause in verdict.because if verdict.check not in done else ():
                students.setdefault(cause, set()).add(student)
                checks.setdefault(cause, {})[verdict.check] = None
    return [
        say_counted(
            "{count} waits because of {exercise}: {mistake} (in {checks})",
            "{count} wait because of {exercise}: {mistake} (in {checks})",
            len(students[cause]),
            exercise=cause.exercise,
            mistake=cause.name,
            checks=", ".join(checks[cause]),
        )
        for cause in sorted(students, key=lambda cause: (-len(students[cause]), cause.exercise, cause.name))
    ]


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
