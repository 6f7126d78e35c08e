"""How long a notebook and a command wait before they begin."""

from __future__ import annotations

import subprocess
import sys

import numpy as np

FIRST = {
    "`import grader`": "import grader",
    "`from grader import check`": "from grader import check",
    "`grader --help`": "import sys; sys.argv = ['grader', '--help']; from grader.cli import main; main()",
}


def measure(runs: int) -> str:
    """A line each, as Markdown."""
    return "\n".join(
        f"- {name}: {1e3 * np.median([_spent(code) for _ in range(runs)]):.0f} ms" for name, code in FIRST.items()
    )


def _spent(code: str) -> float:
    timed = (
        "import contextlib, io, time, numpy\nstarted = time.process_time()\n"
        f"with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n    {code}\n"
        "print(time.process_time() - started)"
    )
    return float(subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True).stdout)
