"""A class at a glance: who has how many points, and what happened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from grader.printable import printable
from grader.reports import cell


def class_table(verdicts: Path, roster: list[str], title: str) -> Table:
    """A row a student from ``course/verdicts/<chapter>``; who handed in nothing has a row with 0."""
    table = Table(title=title, title_justify="left")
    table.add_column("student")
    table.add_column("score", justify="right")
    table.add_column("what happened")
    for student, graded in _graded(verdicts, roster):
        table.add_row(*(Text(printable(told)) for told in _row(student, graded)))
    return table


def class_markdown(verdicts: Path, roster: list[str], title: str) -> str:
    """The same table in Markdown, and how student code was locked in: for a CI run's summary."""
    found = _graded(verdicts, roster)
    lines = [f"### {cell(title)}", "", "| student | score | what happened |", "|---|---:|---|"]
    lines += [f"| {' | '.join(map(cell, _row(student, graded)))} |" for student, graded in found]
    isolations = sorted({graded["isolation"] for _, graded in found if graded})
    return "\n".join([*lines, "", *(f"Isolation: {isolation}." for isolation in isolations), "", ""])


def what_happened(graded: dict[str, Any]) -> str:
    """One line: the reason why a file could not be read, else the first thing wrong, else what was repaired."""
    if graded["problem"]:
        return str(graded["problem"])
    wrong = [check for check in graded["checks"] if check["status"] not in ("passed", "not_attempted")]
    waiting = sum(check["status"] == "not_attempted" for check in graded["checks"])
    told = [f"{wrong[0]['check']}: {wrong[0]['message']}"] if wrong else []
    if len(wrong) > 1:
        told.append(f"({len(wrong) - 1} more)")
    if waiting:
        told.append(f"{waiting} of {len(graded['checks'])} not written.")
    if graded["notes"]:
        told.append(graded["notes"][0] if len(graded["notes"]) == 1 else f"{len(graded['notes'])} repairs.")
    return " ".join(told) or "all right"


def _graded(verdicts: Path, roster: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """Each student and what the journal holds of them: nothing where nothing was handed in."""
    files = {student: verdicts / f"{student}.json" for student in sorted(roster)}
    return [(student, json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {})
            for student, file in files.items()]


def _row(student: str, graded: dict[str, Any]) -> tuple[str, str, str]:
    if not graded:
        return student, "0", "nothing handed in"
    return student, f"{graded['score']:g} of {graded['max_score']:g}", what_happened(graded)
