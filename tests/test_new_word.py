"""A new word of a check is one new file and one line in the tuple; left half done, nothing that uses it is built."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from courses import ROOT, run

RAISES = '''"""``check.raises``: that a call raises the error that it should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from grader.finding import Code, Finding
from grader.judge.words.word import Call, Judge, Line, Place, Planner, Recorder, Rule, Traced, needs_fresh_inputs
from grader.text import say


@dataclass(frozen=True, kw_only=True)
class Raises(Call):
    """error: the name of the exception."""

    word: ClassVar[str] = "raises"
    default_part: ClassVar[str] = "raises"
    usage: ClassVar[str] = 'check.raises(f, *args, error="ValueError")'
    meaning: ClassVar[str] = "that `f(*args)` raises this error"

    error: str

    @classmethod
    def made(cls, place: Place, fn: Any, *args: Any, error: str, part: str = default_part, weight: float = 1.0) -> Self:
        """Judge whether ``fn(*args)`` raises this error."""
        return cls(place=place, fn=fn, args=args, rule=Rule(part, weight), error=error)

    @classmethod
    def lint(cls, line: Line) -> Iterator[str]:
        yield from needs_fresh_inputs(line)

    def plan(self, planner: Planner) -> None:
        """The error is known."""

    def judge(self, judge: Judge) -> None:
        outcome = judge.ask(self.fn, self.args)
        if outcome.failure is not None and outcome.failure.name == self.error:
            judge.passed(self, outcome)
        else:
            told = say("A {error} was expected.", error=self.error)
            judge.failed(self, outcome, Finding(Code.VALUE, told), self.args)

    def record(self, recorder: Recorder) -> None:
        recorder.keep_fitting(self, self.args)

    def trace(self) -> Iterator[Traced]:
        yield self.traced(*self.args, open_ended=True)
'''
CHAPTER = '''# %% [markdown]
# # Refusing

# %% setup="imports"
import numpy as np
from grader import check

# %% given="data"
too_long = np.arange(4.0)

# %% exercise="first_three"
def first_three(x):
    """x: (3,). Returns x; raises ValueError for another shape."""
    ### BEGIN SOLUTION
    if x.shape != (3,):
        raise ValueError("three numbers are expected")
    return x
    ### END SOLUTION

# %% check="first_three" points=2
check.values(first_three, too_long[:3])
check.raises(first_three, too_long, error="ValueError")
### BEGIN HIDDEN TESTS
# one size because it takes three numbers
# no batch of one because it takes three numbers
check.values(first_three, check.rng.normal(size=3))
check.raises(first_three, check.rng.normal(size=5), error="ValueError")
### END HIDDEN TESTS
'''


@pytest.fixture
def patched(tmp_path: Path) -> Path:
    """A copy of the package with the new word's file and its line, and a course that uses it."""
    shutil.copytree(ROOT / "grader", tmp_path / "package" / "grader", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "datasets", tmp_path / "package" / "datasets")
    words = tmp_path / "package" / "grader" / "judge" / "words"
    (words / "raises.py").write_text(RAISES)
    registry = (words / "__init__.py").read_text()
    line = "from grader.judge.words.raises import Raises\n\nWORDS: tuple[type[Call], ...] = (Raises, "
    (words / "__init__.py").write_text(registry.replace("\nWORDS: tuple[type[Call], ...] = (", line))
    folder = tmp_path / "course" / "solutions" / "01_refuse"
    folder.mkdir(parents=True)
    (folder / "chapter.py").write_text(CHAPTER)
    (tmp_path / "course" / "pyproject.toml").write_text("[tool.grader]\n")
    return tmp_path


def test_a_new_word_is_built_recorded_and_judged(patched: Path) -> None:
    package = str(patched / "package")
    built = run(patched / "course", "grader", "build", PYTHONPATH=package)
    assert built.returncode == 0, built.stderr
    release = patched / "course" / "assignments" / "01_refuse" / "01_refuse.ipynb"
    stub = '    # YOUR CODE HERE\\n",\n    "    raise NotImplementedError()"'
    right = '    if len(x) != 3:\\n",\n    "        raise ValueError(len(x))\\n",\n    "    return x"'
    wrong = '    return x[:3]"'
    for answer, score, diagnosis in ((right, 2, ""), (wrong, 1, "value")):
        text = release.read_text()
        assert stub in text
        (patched / "answered.ipynb").write_text(text.replace(stub, answer))
        made = run(
            patched / "course",
            "grader",
            "grade",
            "--format",
            "json",
            "--public-seed",
            str(patched / "answered.ipynb"),
            PYTHONPATH=package,
        )
        graded = json.loads(made.stdout)
        assert (graded["score"], graded["checks"][0]["diagnosis"]) == (score, diagnosis)


@pytest.mark.parametrize("left_out", ["plan", "judge", "record", "trace", "lint"])
def test_a_word_left_half_done_is_refused_by_the_build(patched: Path, left_out: str) -> None:
    file = patched / "package" / "grader" / "judge" / "words" / "raises.py"
    pieces = re.split(r"(?m)^(?=    (?:@classmethod\n    )?def )", file.read_text())
    file.write_text("".join(piece for piece in pieces if f"def {left_out}(" not in piece))
    built = run(patched / "course", "grader", "build", PYTHONPATH=str(patched / "package"))
    assert built.returncode == 2
    assert re.fullmatch(
        rf"grader: solutions/01_refuse/chapter\.py:\d+: check\.raises is half made: Raises has no {left_out}\n",
        built.stderr,
    ), built.stderr
    assert not (patched / "course" / "assignments").exists()


def test_the_tuple_names_each_file() -> None:
    files = {path.stem for path in (ROOT / "grader" / "judge" / "words").glob("*.py")} - {"__init__", "word"}
    registry = (ROOT / "grader" / "judge" / "words" / "__init__.py").read_text()
    assert {name for name in files if f"words.{name} import" in registry} == files
