"""A course in a folder of its own, made of the fixture chapter: what an instructor has after the first build."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from grader.author.build import build_chapter
from grader.chapter.model import Chapter, load_chapter
from grader.chapter.namespace import Namespace, load_namespace
from grader.grade.grading import grade_submission
from grader.result import Graded
from grader.settings import Settings, load_settings

HERE = Path(__file__).parent
CHAPTER = "01_scale"


@dataclass(frozen=True)
class Course:
    settings: Settings
    chapter: Chapter
    namespace: Namespace

    @property
    def root(self) -> Path:
        return self.settings.root

    def release(self) -> NotebookNode:
        path = self.root / "assignments" / CHAPTER / f"{CHAPTER}.ipynb"
        return nbformat.read(path, as_version=4)

    def answered(self, **answers: str) -> NotebookNode:
        """The release with these bodies (``line="return x @ w"``) in place of the stubs."""
        notebook = self.release()
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if name in answers:
                cell.source = cell.source.replace(
                    "    # YOUR CODE HERE\n    raise NotImplementedError()", f"    {answers[name]}"
                )
        return notebook

    def grade(self, notebook: NotebookNode | str | bytes, student: str = "someone") -> Graded:
        path = self.root / "handed_in.ipynb"
        if isinstance(notebook, bytes):
            path.write_bytes(notebook)
        else:
            path.write_text(notebook if isinstance(notebook, str) else nbformat.writes(notebook), encoding="utf-8")
        return grade_submission(
            path, self.chapter, self.namespace, student=student, secret=b"secret", limits=self.settings.limits
        )


RIGHT = {"line": "return x @ w", "slope": "return x.T @ (line(x, w) - y) / len(x)"}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(HERE / "course", root / "solutions")
    shutil.copyfile(HERE.parent / "nbgrader_config.py", root / "nbgrader_config.py")
    (root / "pyproject.toml").write_text("[tool.grader]\n[tool.grader.limits]\ncell_s = 5\ncall_s = 2\n")
    build_chapter(root / "solutions" / CHAPTER, load_settings(root))
    return root


@pytest.fixture
def course(built: Path, tmp_path: Path) -> Course:
    root = tmp_path / "course_root"
    shutil.copytree(built, root)
    settings = load_settings(root)
    chapter = load_chapter(settings.chapter(CHAPTER))
    return Course(settings, chapter, load_namespace(chapter))


def nbgrader(course: Course, *words: str) -> subprocess.CompletedProcess[str]:
    """The stock command line, as an instructor types it in the course's folder."""
    tools = Path(sys.executable).parent
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=course.root,
        text=True,
        capture_output=True,
        check=False,
        env=os.environ | {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "GRADER_SECRET": "a secret for tests"},
    )
