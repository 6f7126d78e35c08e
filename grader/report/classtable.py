"""A class at a glance: who has how many points, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from grader.escape import one_line, table_cell
from grader.result import Held, read_journal
from grader.verdict import shown


def class_table(verdicts: Path, roster: list[str], title: str, held: Mapping[str, Held] | None = None) -> Table:
    """A row a student from ``course/verdicts/<chapter>``; who handed in nothing has a row with 0."""
    table = Table(title=title, title_justify="left")
    for name in _columns(held):
        table.add_column(name, justify="right" if name == "score" else "left")
    for student, graded in _graded(verdicts, roster):
        table.add_row(*(Text(one_line(told)) for told in _row(student, graded, held)))
    return table


def class_markdown(verdicts: Path, roster: list[str], title: str, held: Mapping[str, Held] | None = None) -> str:
    """The same table in Markdown, and how student code was locked in: for a CI run's summary."""
    found = _graded(verdicts, roster)
    columns = _columns(held)
    lines = [
        f"### {table_cell(title)}",
        "",
        f"| {' | '.join(columns)} |",
        f"|{'|'.join('---:' if name == 'score' else '---' for name in columns)}|",
    ]
    lines += [f"| {' | '.join(map(table_cell, _row(student, graded, held)))} |" for student, graded in found]
    isolations = sorted({graded["isolation"] for _, graded in found if graded})
    return "\n".join([*lines, "", *(f"Isolation: {isolation}." for isolation in isolations), "", ""])


def what_happened(graded: dict[str, Any]) -> str:
    """One line: the reason why a file could not be read, else the first thing wrong, else what was repaired."""
    if graded["problem"]:
        return str(graded["problem"])
    mine = [check for check in graded["checks"] if _waits(check)]
    wrong = [check for check in graded["checks"] if check["status"] not in ("passed", "not_attempted", "not_judged")]
    waiting = sum(check["status"] == "not_attempted" for check in graded["checks"])
    told = [f"{wrong[0]['check']}: {wrong[0]['message']}"] if wrong else []
    if len(wrong) > 1:
        told.append(f"({len(wrong) - 1} more).")
    if mine:
        told.append(f"{len(mine)} to judge by hand.")
    if waiting:
        told.append(f"{waiting} of {len(graded['checks'])} not written.")
    if graded["notes"]:
        told.append(_sentence(graded["notes"][0]) if len(graded["notes"]) == 1 else f"{len(graded['notes'])} repairs.")
    return " ".join(told) or "all right"


def _waits(check: dict[str, Any]) -> bool:
    """Whether a check, or a part of it, waits for a person."""
    return check["status"] == "not_judged" or any(part["status"] == "not_judged" for part in check["parts"])


def _sentence(note: str) -> str:
    return note[:1].upper() + note[1:]


def _graded(verdicts: Path, roster: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """Each student and what the journal holds of them: nothing where nothing was handed in."""
    return [(student, read_journal(verdicts / f"{student}.json")) for student in sorted(roster)]


def _columns(held: Mapping[str, Held] | None) -> list[str]:
    return ["student", "score", *([] if held is None else ["in the gradebook"]), "what happened"]


def _row(student: str, graded: dict[str, Any], held: Mapping[str, Held] | None) -> list[str]:
    score = f"{shown(graded['score'])} of {graded['max_score']:g}" if graded else "0"
    told = what_happened(graded) if graded else "nothing handed in"
    return [student, score, *([] if held is None else [str(held.get(student, "–"))]), told]
