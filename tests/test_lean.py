"""Commands, and the processes that grade, start without the grammars that nbformat would have compiled for them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.crew import Crew


def grammars_of(module: str) -> bool:
    """Whether this process, which reads notebooks, has compiled grammars."""
    __import__(module)
    __import__("nbformat.validator")
    return "lark" in sys.modules


@pytest.mark.parametrize(("module", "compiles"), [("json", True), ("grader.cli", False)])
def test_a_command_starts_without_grammars(module: str, compiles: bool) -> None:
    """Without our own module they are compiled: else this shows nothing."""
    ask = f"import {module}, nbformat.validator, sys; print('lark' in sys.modules)"
    pytest.importorskip("rfc3987_syntax")
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(compiles)


def test_a_process_of_a_crew_starts_without_grammars() -> None:
    with Crew(1, None, (), None) as crew:
        assert not crew.submit(grammars_of, "grader.grade.jobs").result()
