"""The command line. Exit codes: 0 done, 1 a result below what was asked, 2 usage or input error."""

from __future__ import annotations

import io
import sys
from typing import NoReturn

from grader import lean  # noqa: F401
from grader.escape import one_line
from grader.refusal import Refusal

#: Of students' commands one needs their packages; every other needs the instructor's.
_STUDENTS = ("check",)


def main() -> None:
    """The entry point of ``grader``. A missing extra, and whatever cannot be used, is told in one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no ✓ shows a question mark
    try:
        from grader.cli.app import run  # its packages come with an extra

        run()
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("grader"):
            raise
        stop(_missing(error.name.partition(".")[0], sys.argv[1:]))
    except (Refusal, OSError) as error:
        stop(str(error))


def stop(*messages: str) -> NoReturn:
    """Each message on a line of stderr, and exit code 2."""
    for message in messages:
        print(f"grader: {one_line(message)}", file=sys.stderr)
    raise SystemExit(2)


def _missing(package: str, words: list[str]) -> str:
    command = next((word for word in words if not word.startswith("-")), "")
    extra = "student" if command in _STUDENTS else "instructor"
    return f"{package} is not installed; '{f'grader {command}'.strip()}' needs pip install 'nn-by-hand[{extra}]'"
