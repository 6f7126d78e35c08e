"""The command line. Exit codes: 0 done, 1 a result below what was asked, 2 usage or input error."""

from __future__ import annotations

import io
import sys
from typing import NoReturn

from grader.escape import printable

_EXTRA = "'grader check' needs pip install 'nn-by-hand[student]', every other command 'nn-by-hand[instructor]'"


def main() -> None:
    """The entry point of ``grader``. A missing extra, and whatever cannot be used, is told in one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no ✓ shows a question mark
    try:
        _run()
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("grader"):
            raise
        stop(f"{error.name} is not installed; {_EXTRA}")
    except OSError as error:
        stop(str(error))


def stop(*messages: str) -> NoReturn:
    """Each message on a line of stderr, and exit code 2."""
    for message in messages:
        print(f"grader: {printable(' '.join(message.splitlines()))}", file=sys.stderr)
    raise SystemExit(2)


def _run() -> None:
    """The command, where the errors that every command knows are one line."""
    from grader.chapter.model import ChapterError
    from grader.cli.commands import app
    from grader.grade.submission import SubmissionError
    from grader.sandbox.nursery import NurseryError
    from grader.settings import SettingsError

    try:
        app()
    except (ChapterError, NurseryError, SettingsError, SubmissionError) as error:
        stop(str(error))
