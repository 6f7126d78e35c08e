"""An ordinary user of the machine grades with the wheel, in an environment of the system's own Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv-ordinary" / "bin" / "python"
NOBODY = 65534


def _why_not() -> str:
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only root can become an ordinary user"
    if not PYTHON.exists():
        return "needs .venv-ordinary, which `make test-all` makes where the system has Python 3.11 or newer"
    seen = subprocess.run(
        [PYTHON, "-c", "import nbgrader"],
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if seen.returncode == 0 else "an ordinary user cannot read this checkout's .venv-ordinary"


@pytest.fixture
def ordinary(course: Course, distributions: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A course that belongs to an ordinary user, and their environment, which finds the package from the wheel."""
    reason = _why_not()
    if reason:
        pytest.skip(reason)
    home = Path(tempfile.mkdtemp(prefix="ordinary-"))
    try:
        (wheel,) = distributions.glob("*.whl")
        subprocess.run(
            [PYTHON, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", home / "package", wheel],
            check=True,
        )
        shutil.copytree(course.root, home / "course")
        for path in (home, *home.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        yield home, {"PATH": f"{PYTHON.parent}:/usr/bin:/bin", "HOME": str(home), "PYTHONPATH": str(home / "package")}
    finally:
        shutil.rmtree(home)


@pytest.mark.slow
def test_an_ordinary_user_grades_right_and_wrong_and_is_told_what_is_missing(
    course: Course, ordinary: tuple[Path, dict[str, str]]
) -> None:
    home, environment = ordinary

    def grader(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PYTHON, "-m", "grader", *words],
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            cwd=home / "course",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    for name, notebook in (("right", course.answered(**RIGHT)), ("wrong", course.answered(line="return x @ w + 1"))):
        nbformat.write(notebook, home / "course" / f"{name}.ipynb")
    done = grader("grade", "--format", "json", "--public-seed", "right.ipynb", "wrong.ipynb")
    assert done.returncode == 0, done.stderr
    right, wrong = json.loads(done.stdout)
    assert (right["chapter"], right["score"]) == (CHAPTER, right["max_score"])
    assert wrong["score"] < right["score"]
    assert "landlock" in right["isolation"].lower()
    assert "own user (needs root)" in right["isolation"]
    doctor = grader("doctor")
    assert "Traceback" not in doctor.stdout + doctor.stderr
    assert doctor.returncode in (0, 1)
