"""What a student calls."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import stop
from grader.settings import load_settings


def check(paths: Annotated[list[Path], typer.Argument(help="Your notebooks, or folders of them.")]) -> None:
    """Run your own notebooks and print their visible checks. Exit 1 if one is written and has not passed."""
    from grader.grade.submission import notebooks_in
    from grader.grade.visible import VisibleError, run_visible

    failed, unread = False, []
    settings = load_settings()
    for path in notebooks_in(paths):
        try:
            seen = run_visible(path, settings.limits.submission_s, settings.locale)
        except VisibleError as error:
            unread.append(str(error))
            continue
        print(seen)
        failed = failed or not seen.holds
    if unread:
        stop(*unread)
    if failed:
        raise typer.Exit(1)
