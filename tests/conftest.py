"""A course in a folder of its own, made of the fixture chapter: what an instructor has after the first build."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import nbformat
import one_thread  # noqa: F401
import pytest
from colab import Colab, machine
from costs import Costs
from courses import COLAB, FIXTURES, ROOT, make_course, once, run
from nbformat import NotebookNode
from one_class import OneClass, graded_class

from grader.chapter.model import Chapter, load_chapter
from grader.chapter.namespace import Namespace, load_namespace
from grader.cli import main
from grader.grade.grading import grade_submission
from grader.grade.jobs import Prepared, prepare
from grader.result import Graded
from grader.settings import Settings, load_settings

CHAPTER = "01_scale"
#: A command line that is typed, and what it gave.
Here = Callable[..., subprocess.CompletedProcess[str]]


@dataclass(frozen=True)
class Course:
    settings: Settings
    chapter: Chapter
    namespace: Namespace

    @property
    def root(self) -> Path:
        return self.settings.root

    @property
    def prepared(self) -> Prepared:
        return prepare(self.chapter.path)

    def release(self) -> NotebookNode:
        path = self.root / "assignments" / CHAPTER / f"{CHAPTER}.ipynb"
        return nbformat.read(path, as_version=4)

    def answered(self, **answers: str) -> NotebookNode:
        return answer(self.release(), **answers)

    def grade(self, notebook: NotebookNode | str | bytes, student: str = "someone") -> Graded:
        path = self.root / "handed_in.ipynb"
        if isinstance(notebook, bytes):
            path.write_bytes(notebook)
        else:
            path.write_text(notebook if isinstance(notebook, str) else nbformat.writes(notebook), encoding="utf-8")
        return grade_submission(
            path, self.chapter, self.namespace, student=student, secret=b"secret", limits=self.settings.limits
        )


def answer(release: NotebookNode, **answers: str) -> NotebookNode:
    """A release of the fixture chapter with these bodies (``line="return x @ w"``) in place of the stubs."""
    for cell in release.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell.source = cell.source.replace(
                "    # YOUR CODE HERE\n    raise NotImplementedError()", f"    {answers[name]}"
            )
    return release


RIGHT = {"line": "return x @ w", "slope": "return x.T @ (line(x, w) - y) / len(x)"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--costs", action="store_true", help="Print the seconds of computing of each chapter's tests.")


def pytest_configure(config: pytest.Config) -> None:
    os.environ.pop("CI", None)  # there, grading asks for a secret; tests of that set it
    config.pluginmanager.register(Costs())


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = "[tool.grader]\n[tool.grader.limits]\ncell_s = 5\ncall_s = 2\n"
    return once(tmp_path_factory, "fixture", lambda root: make_course(root, FIXTURES / CHAPTER, settings=settings))


@pytest.fixture(scope="session")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """nbgrader's gradebook without a student, which takes it seconds to make."""

    def make(folder: Path) -> None:
        told = run(folder, "nbgrader", "db", "student", "list", f"--db=sqlite:///{folder / 'gradebook.db'}")
        assert told.returncode == 0, told.stderr

    return once(tmp_path_factory, "gradebook", make) / "gradebook.db"


@pytest.fixture(scope="session")
def course_of(gradebook: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """A real chapter's folder -> a course with its build, made once in a run: copy it before writing there.

    nbgrader has it in its gradebook, too. A file ``stale`` says that the committed release is not what the chapter
    makes.
    """

    def course_with(folder: Path) -> Path:
        def make(root: Path) -> None:
            release = Path("assignments", folder.name)
            shutil.copytree(ROOT / release, root / release)
            (built,) = make_course(root, folder)
            if built.changed:
                (root / "stale").touch()
            shutil.copyfile(gradebook, root / "course" / "gradebook.db")
            told = run(root, "nbgrader", "generate_assignment", folder.name)
            assert told.returncode == 0, told.stderr

        return once(tmp_path_factory, f"course-{folder.name}", make)

    return course_with


@pytest.fixture(scope="session")
def colab(tmp_path_factory: pytest.TempPathFactory, distributions: Path) -> Colab:
    return machine(tmp_path_factory, distributions)


@pytest.fixture(scope="session")
def class_of(
    course_of: Callable[[Path], Path], request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], OneClass]:
    """A real chapter's folder -> its class, graded once in a run; with a copy from Colab where there is one."""

    @cache
    def made(folder: Path) -> OneClass:
        there = request.getfixturevalue("colab") if COLAB.is_dir() else None
        return graded_class(course_of(folder), folder, tmp_path_factory.mktemp("class") / "course", there)

    return made


@pytest.fixture(scope="session")
def apart() -> Iterator[Executor]:
    """A process for what runs TensorFlow here, after which no fork is safe."""
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        executor.submit(exec, "import keras").result()
        yield executor


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the project's wheel and sdist, made once in a run."""

    def make(folder: Path) -> None:
        made = run(ROOT, "build", "--no-isolation", "--outdir", str(folder), str(ROOT))
        assert made.returncode == 0, made.stderr

    return once(tmp_path_factory, "distributions", make)


@pytest.fixture
def course(built: Path, tmp_path: Path) -> Course:
    root = tmp_path / "course_root"
    shutil.copytree(built, root)
    settings = load_settings(root)
    chapter = load_chapter(settings.chapter(CHAPTER))
    return Course(settings, chapter, load_namespace(chapter))


@pytest.fixture
def here(course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """The ``grader`` command line, typed in the course's folder: in this process, which has imported everything."""
    monkeypatch.chdir(course.root)
    for name in ("CI", "GRADER_SECRET"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["grader", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return subprocess.CompletedProcess(words, int(ended.value.code or 0), *capsys.readouterr())

    return run


def nbgrader(course: Course, *words: str) -> subprocess.CompletedProcess[str]:
    """The stock command line, as an instructor types it in the course's folder."""
    return run(course.root, "nbgrader", *words, GRADER_SECRET="a secret for tests")
