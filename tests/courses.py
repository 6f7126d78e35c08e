"""Courses made of real files: a folder with chapters, settings and a build, and the commands that run there."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.author.build import Built, build_chapter
from grader.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]
#: The real chapters, in order.
FOLDERS = sorted(path.parent for path in (ROOT / "solutions").glob("*/chapter.py"))
#: The fixture chapters, without TensorFlow.
FIXTURES = ROOT / "tests" / "course"
#: A machine as Colab gives it: Python and packages, without the project.
COLAB = ROOT / ".venv-colab"
needs_colab = pytest.mark.skipif(not COLAB.is_dir(), reason="needs .venv-colab, which `make test-all` makes")


def of_chapter(name: str) -> list[pytest.MarkDecorator]:
    """The marks of a test of one chapter: they run in one process, and their cost is counted together."""
    return [pytest.mark.chapter(name), pytest.mark.xdist_group(name)]


each_chapter = pytest.mark.parametrize(
    "folder", [pytest.param(folder, id=folder.name, marks=of_chapter(folder.name)) for folder in FOLDERS]
)


def make_course(root: Path, *chapters: Path, settings: str = "[tool.grader]\n") -> list[Built]:
    """A course in ``root`` with copies of these chapters, each built; a release that stands there already is
    compared with what the chapter makes."""
    shutil.copyfile(ROOT / "nbgrader_config.py", root / "nbgrader_config.py")
    (root / "pyproject.toml").write_text(settings)
    built = []
    for chapter in chapters:
        folder = root / "solutions" / chapter.name
        shutil.copytree(chapter, folder, ignore=shutil.ignore_patterns("__pycache__"))
        built.append(build_chapter(folder, load_settings(root)))
    return built


def run(
    folder: Path, *words: str, python: str = sys.executable, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A module's command line (``grader build``, ``nbgrader export``) in a folder, as a person types it there."""
    clean = {name: value for name, value in os.environ.items() if name != "CI"}  # in CI, grading asks for a secret
    path = f"{Path(python).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [python, "-m", *words],
        cwd=folder,
        text=True,
        capture_output=True,
        check=False,
        env=clean | {"PATH": path} | environment,
    )


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder of the whole test run, which ``make`` has filled: in whichever process asks first."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, whole = base / name, base / f"{name}.whole"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder
