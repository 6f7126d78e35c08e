"""The kill matrix of an audit, printed: which answer loses which part, and what is told of it."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from grader.author.trial import Audit, Trial


def print_matrix(audit: Audit, console: Console) -> None:
    """A table a check, and the sums."""
    console.print(
        "✗ breaks this part and loses it · ✗! breaks it and keeps it · - is right there\n"
        "told: the diagnosis, graded and in the notebook · general: the one without the mistake's own entry"
    )
    for check, parts in audit.parts.items():
        table = Table(title=f"{audit.chapter} · {check}", title_justify="left", header_style="bold")
        for column in ("answer", *parts, "kept", "told", "general"):
            table.add_column(column, overflow="fold", no_wrap=column == "kept")
        for trial in (trial for trial in audit.trials if trial.check == check):
            name = trial.name if trial.kind == "mistake" else f"{trial.kind} {trial.name}"
            table.add_row(
                name.replace("_", " "),
                *(_cell(trial, part) for part in parts),
                f"{trial.share:.0%}",
                _told(trial),
                trial.general,
                style="red" if trial.problems else "",
            )
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


def _told(trial: Trial) -> str:
    if trial.kind != "mistake":
        return trial.diagnosis
    graded = "its sentence" if trial.told else trial.diagnosis
    notebook = "its sentence" if trial.told_in_notebook else trial.in_notebook
    return graded if graded == notebook else f"{graded} (in the notebook: {notebook})"


def _cell(trial: Trial, part: str) -> str:
    if part in trial.lost:
        return "✗"
    return "✗!" if part in trial.broken else "-"
