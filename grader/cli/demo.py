"""The whole cycle on a sample class: build, hand in, collect, grade, feed back, export."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from grader.author.build import build_chapter
from grader.chapter.model import Chapter, load_chapter
from grader.chapter.release import answered
from grader.gradebook.assignment import read_journal
from grader.refusal import Refusal
from grader.report.classtable import class_table
from grader.settings import Settings, load_settings

#: A made-up student: from the fully answered notebook and the release to the bytes of a file, and its name.
Student = Callable[[NotebookNode, NotebookNode], tuple[str, bytes]]

_SETTINGS = "[tool.grader]\n\n[tool.grader.limits]\ncell_s = 15\ncall_s = 10\n"


class DemoError(Refusal):
    """Why the demo cannot run, in one line."""


def run_demo(settings: Settings, folder: Path, chapter_id: str) -> None:
    """Run the demo in ``folder``, which is made anew if an earlier demo made it."""
    source = settings.chapter(chapter_id)
    if not (source / "sample_class.py").is_file():
        raise DemoError(f"{chapter_id} has no sample_class.py; 05_softmax_cross_entropy has one")
    _prepare(settings, source, folder)
    console = Console()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("build", total=6)

        def step(name: str) -> None:
            progress.update(task, advance=1, description=name)

        built = build_chapter(folder / "solutions" / chapter_id, load_settings(folder))
        step("hand in")
        chapter = load_chapter(folder / "solutions" / chapter_id)
        students = _hand_in(chapter, built.path, folder, source / "sample_class.py")
        _nbgrader(folder, "generate_assignment", chapter_id)
        for student in (*students, "zoe"):
            _nbgrader(folder, "db", "student", "add", student)
        step("collect")
        _nbgrader(folder, "zip_collect", chapter_id)
        step("autograde")
        grading = progress.add_task(f"{len(students)} submissions", total=len(students))
        graded = folder / "course" / "verdicts" / chapter_id
        _nbgrader(
            folder,
            "autograde",
            chapter_id,
            meanwhile=lambda: progress.update(grading, completed=len(list(graded.glob("*.json")))),
        )
        step("feedback")
        _nbgrader(folder, "generate_feedback", chapter_id)
        step("export")
        _nbgrader(folder, "export")
        step("done")
    console.print(class_table(read_journal(graded, [*students, "zoe"]), f"{chapter_id}: a sample class"))
    for line in (
        f"grades     {folder / 'course' / 'grades.csv'}",
        f"feedback   {folder / 'course' / 'feedback'}/<student>/{chapter_id}/{chapter_id}.html",
        f"formgrader cd {folder} && jupyter lab, then Nbgrader > Formgrader",
    ):
        console.print(line, markup=False)


def _prepare(settings: Settings, source: Path, folder: Path) -> None:
    if folder.exists():
        if not (folder / "course" / ".demo").exists():
            raise DemoError(f"{folder} exists and is no earlier demo: name another folder")
        shutil.rmtree(folder)
    shutil.copytree(source, folder / "solutions" / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    config = settings.root / "nbgrader_config.py"
    if not config.is_file():
        raise DemoError(f"there is no nbgrader_config.py in {settings.root}: run the demo in a checkout")
    shutil.copyfile(config, folder / "nbgrader_config.py")
    (folder / "pyproject.toml").write_text(_SETTINGS)
    (folder / "course").mkdir()
    (folder / "course" / ".demo").touch()


def _hand_in(chapter: Chapter, release_path: Path, folder: Path, sample: Path) -> list[str]:
    """Write each student's file where a download from a learning platform would lie."""
    students: dict[str, Student] = runpy.run_path(str(sample))["STUDENTS"]
    archive = folder / "course" / "downloaded" / chapter.id / "archive"
    archive.mkdir(parents=True)
    for student, make in students.items():
        release = nbformat.read(release_path, as_version=4)
        name, data = make(answered(chapter, nbformat.read(release_path, as_version=4)), release)
        (archive / f"{student}_{name}").write_bytes(data)
    return list(students)


def _nbgrader(folder: Path, *words: str, meanwhile: Callable[[], None] = lambda: None) -> None:
    """A stock nbgrader command in the demo's folder."""
    scripts = str(Path(sys.executable).parent)
    environment = os.environ | {"PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    environment.pop("CI", None)  # the demo's secret is its own
    log = folder / "course" / f"{words[0]}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "nbgrader", *words],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        while process.poll() is None:
            try:
                process.wait(0.5)
            except subprocess.TimeoutExpired:
                meanwhile()
    if process.returncode != 0:
        raise DemoError(f"nbgrader {' '.join(words)} failed; see {log}")
