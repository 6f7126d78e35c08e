"""The kill matrix of an audit, printed: which answer loses which part, and what is told of it."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from grader.author.audit import Audit, Trial


def print_matrix(audit: Audit, console: Console) -> None:
    """A table a check, and the sums."""
    console.print("✗ breaks this part and loses it · ✗! breaks it and keeps it · - is right there and loses nothing")
    for check, parts in audit.parts.items():
        table = Table(title=f"{audit.chapter} · {check}", title_justify="left", header_style="bold")
        for column in ("kind", "answer", *parts, "kept", "told when graded", "in the notebook", "if not known"):
            table.add_column(column, overflow="fold")
        for trial in (trial for trial in audit.trials if trial.check == check):
            table.add_row(trial.kind, trial.name, *(_cell(trial, part) for part in parts), f"{trial.share:.0%}",
                          trial.diagnosis, trial.in_notebook, trial.general, style="red" if trial.problems else "")
        console.print(table)
    for trial in (trial for trial in audit.trials if trial.keeps):
        console.print(f"keeps more than half: {trial.check}, {trial.name}: {trial.keeps}")
    for line in audit.problems:
        console.print(f"[red]wrong[/red]: {line}", highlight=False)
    console.print(" · ".join(f"{value} {name.replace('_', ' ')}" for name, value in summary(audit).items()))


def summary(audit: Audit) -> dict[str, Any]:
    """The audit in figures."""
    return {
        "mistakes": audit.count("mistake"),
        "told_by_their_own_sentence": audit.count("mistake", lambda t: t.told),
        "also_in_the_notebook": audit.count("mistake", lambda t: t.told_in_notebook),
        "told_in_general_when_not_known": audit.count("mistake", lambda t: t.general in t.expected_general),
        "keep_more_than_half": audit.count("mistake", lambda t: bool(t.keeps)),
        "variants": audit.count("variant"),
        "mutants": audit.count("mutant"),
        "problems": len(audit.problems),
    }


def _cell(trial: Trial, part: str) -> str:
    if part in trial.lost:
        return "✗"
    return "✗!" if part in trial.broken else "-"
