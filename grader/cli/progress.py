"""The bar that long commands show on stderr while they run: nothing of it where stderr is no terminal."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from grader.pool import Step

_TASK = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())


def progress() -> Progress:
    """Description, bar, count, time left."""
    return _on_stderr(*_TASK, TimeRemainingColumn())


def progress_with_rate() -> Progress:
    """The same with the field ``rate`` and the time since the start."""
    return _on_stderr(*_TASK, TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn())


def shown(bar: Progress, task: TaskID) -> Step:
    """A step that shows on the bar how many are done, and how many in a minute."""
    started = time.monotonic()

    def step(done: int, of: int, name: str) -> None:
        rate = done / (time.monotonic() - started)
        bar.update(task, completed=done, total=of, rate=f"{60 * rate:.0f} a minute")

    return step


def _on_stderr(*columns: ProgressColumn) -> Progress:
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
