"""The bar that long commands show on stderr while they run: nothing of it where stderr is no terminal."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

_TASK = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())


def progress() -> Progress:
    """Description, bar, count, time left."""
    return _on_stderr(*_TASK, TimeRemainingColumn())


def progress_with_rate() -> Progress:
    """The same with the field ``rate`` and the time since the start."""
    return _on_stderr(*_TASK, TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn())


def _on_stderr(*columns: ProgressColumn) -> Progress:
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
