"""The command line. Exit codes: 0 done, 1 a result below what was asked, 2 usage or input error."""

from __future__ import annotations

import sys
from typing import NoReturn

_EXTRA = "'grader check' needs pip install 'nn-by-hand[student]', every other command 'nn-by-hand[instructor]'"


def main() -> None:
    """The entry point of ``grader``. A missing extra is told in one line."""
    try:
        from grader.commands import app

        app()
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("grader"):
            raise
        stop(f"{error.name} is not installed; {_EXTRA}")


def stop(message: str) -> NoReturn:
    """One line on stderr and exit code 2."""
    print(f"grader: {message}", file=sys.stderr)
    raise SystemExit(2)
