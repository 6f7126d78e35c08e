"""The command line: one line and exit 2 for bad input; JSON that programs can rely on."""

from __future__ import annotations

import json
import os
import pkgutil
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course, Here

from grader import report
from grader.cli.lecturer import Format

ROOT = Path(__file__).resolve().parents[1]


def grader(course: Course, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in ("CI", "GRADER_SECRET")}
    return subprocess.run(
        [sys.executable, "-m", "grader", *words],
        cwd=course.root,
        text=True,
        capture_output=True,
        check=False,
        env=clean | environment,
    )


def test_grade_tells_scores_as_text_and_json(course: Course) -> None:
    path = course.root / "answer.ipynb"
    path.write_text(nbformat.writes(course.answered(line=RIGHT["line"], slope="return x.T @ (line(x, w) - y)")))
    told = grader(course, "grade", str(path))
    assert told.returncode == 0, told.stderr
    assert "answer.ipynb: 3 of 6" in told.stdout
    assert "The loss is a mean" in told.stdout
    made = grader(course, "grade", str(path), "--format", "json", "--min-score", "4")
    assert made.returncode == 1
    result = json.loads(made.stdout)
    assert {"chapter", "score", "max_score", "isolation", "seed", "checks"} <= set(result)
    assert [check["status"] for check in result["checks"]] == ["passed", "partial"]
    assert (course.root / "course" / "secret").stat().st_mode & 0o777 == 0o600


UNREADABLE = {
    "text": b"hello",
    "empty": b"",
    "old": b'{"worksheets": [], "nbformat": 3}',
    "huge": b"x" * (51 * 2**20),
    "unknown": b'{"cells": [], "nbformat": 4, "metadata": {"grader": {"chapter": "99_none"}}}',
}


def test_a_file_that_cannot_be_graded_is_a_row_beside_the_others(course: Course, here: Here) -> None:
    folder = course.root / "in"
    (folder / "folder.ipynb").mkdir(parents=True)
    (folder / "ada.ipynb").write_text(nbformat.writes(course.answered(**RIGHT)))
    for name, data in UNREADABLE.items():
        (folder / f"{name}.ipynb").write_bytes(data)
    for expected in ((), ("--chapter", CHAPTER)):
        told = here("grade", "in", "--format", "json", *expected)
        assert told.returncode == 1, told.stderr
        rows = {row["file"]: row for row in json.loads(told.stdout)}
        assert set(rows) == {f"in/{name}.ipynb" for name in ("ada", "folder", *UNREADABLE)}
        assert rows.pop("in/ada.ipynb")["score"] == 6
        for row in rows.values():
            assert (row["score"], row["max_score"]) == (0, 6 if expected else 0)
            assert row["problem"]
            assert "\n" not in row["problem"]


@pytest.mark.parametrize(
    "words",
    [
        ("grade", "absent.ipynb"),
        ("grade", "empty"),
        ("grade", "file.ipynb", "--chapter", "99_none"),
        ("grade", "file.ipynb", "--chapter", "../solutions/01_scale"),
        ("grade", "file.ipynb", "--format", "gradescope"),
        ("check", "absent.ipynb"),
        ("check", "file.ipynb"),
        ("build", "99_none"),
        ("build", "../solutions/01_scale"),
        ("audit", "99_none"),
        ("calibrate", "99_none"),
        ("demo", "--chapter", "99_none"),
        ("demo", "file.ipynb"),
        ("publish", "file.ipynb"),
        ("new", "chapter", "no_number"),
        ("new", "chapter", CHAPTER),
    ],
)
def test_bad_input_is_one_line_and_exit_2(course: Course, here: Here, words: tuple[str, ...]) -> None:
    (course.root / "file.ipynb").write_text("hello")
    (course.root / "empty").mkdir()
    one_line_and_exit_2(here(*words))


@pytest.mark.parametrize(
    "words",
    [
        ("build",),
        ("grade", "assignments"),
        ("check", "assignments"),
        ("publish", "new"),
        ("audit",),
        ("calibrate", CHAPTER),
        ("demo",),
        ("autograde", CHAPTER),
    ],
)
def test_a_slip_in_the_settings_is_one_line_in_every_command(
    course: Course, here: Here, words: tuple[str, ...]
) -> None:
    (course.root / "pyproject.toml").write_text("[tool.grader\n")
    assert "pyproject.toml is no TOML" in one_line_and_exit_2(here(*words))


def one_line_and_exit_2(told: subprocess.CompletedProcess[str]) -> str:
    assert told.returncode == 2, told.stderr
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1
    assert told.stderr.startswith("grader: ")
    return told.stderr


@pytest.mark.parametrize("expected", [(), ("--chapter", CHAPTER)], ids=["the notebook's word", "expected"])
def test_a_notebook_names_no_chapter_outside_solutions(course: Course, here: Here, expected: tuple[str, ...]) -> None:
    """An attack: a chapter handed in beside a notebook, which would be executed where the secret is, and pay."""
    handed_in = course.root / "submissions" / "mallory"
    shutil.copytree(course.chapter.path, handed_in / "mine")
    generous = (handed_in / "mine" / "chapter.py").read_text().replace("points=2", "points=1000")
    spy = f"import numpy as np\nopen({str(course.root / 'ran')!r}, 'w').close()\n"
    (handed_in / "mine" / "chapter.py").write_text(generous.replace("import numpy as np\n", spy, 1))
    for name in ("../submissions/mallory/mine", str(handed_in / "mine"), "x" * 400):
        notebook = course.answered(**RIGHT)
        notebook.metadata["grader"] = {"chapter": name}
        nbformat.write(notebook, handed_in / "work.ipynb")
        told = here("grade", str(handed_in / "work.ipynb"), "--format", "json", *expected)
        assert told.returncode == 1, told.stderr
        row = json.loads(told.stdout)
        assert (row["score"], row["isolation"]) == (0, "none: nothing was run")
        assert row["max_score"] == (6 if expected else 0)
        assert "this notebook says that it is of chapter" in row["problem"]
        assert CHAPTER in row["problem"]
        assert not (course.root / "ran").exists()


def test_another_chapter_than_the_expected_one_earns_nothing(course: Course, here: Here) -> None:
    """An attack: the answers of an easier chapter of the course, handed in for this one."""
    shutil.copytree(course.chapter.path, course.root / "solutions" / "00_easy")
    easy = nbformat.from_dict(json.loads(nbformat.writes(course.answered(**RIGHT)).replace(CHAPTER, "00_easy")))
    nbformat.write(easy, course.root / "easy.ipynb")
    plain = json.loads(here("grade", "easy.ipynb", "--format", "json").stdout)
    assert (plain["chapter"], plain["score"]) == ("00_easy", 6)
    told = here("grade", "easy.ipynb", "--format", "gradescope", "--chapter", CHAPTER)
    assert told.returncode == 1
    result = json.loads(told.stdout)
    assert result["score"] == 0
    assert f"of chapter '00_easy'; {CHAPTER} is expected" in result["output"]


def test_where_a_chapter_is_expected_the_files_name_does_not_matter(course: Course, here: Here) -> None:
    notebook = course.answered(**RIGHT)
    notebook.metadata.clear()
    nbformat.write(notebook, course.root / "homework.ipynb")
    told = here("grade", "homework.ipynb", "--format", "json", "--chapter", CHAPTER, "--min-score", "6")
    assert told.returncode == 0, told.stdout
    assert json.loads(told.stdout)["score"] == 6


def test_jupyters_checkpoints_are_nobodys_submission(course: Course, here: Here) -> None:
    for name in ("in/work.ipynb", "in/.ipynb_checkpoints/work-checkpoint.ipynb"):
        (course.root / name).parent.mkdir(exist_ok=True)
        nbformat.write(course.answered(**RIGHT), course.root / name)
    told = here("grade", "in", "--format", "json")
    assert json.loads(told.stdout)["file"] == "in/work.ipynb"


def test_a_message_commands_no_terminal_and_loses_no_result(course: Course, here: Here) -> None:
    nasty = "raise ValueError('\\x1b]0;owned\\x07\\x9b2J\\u202e\\ud800 [/b] all right')"
    nbformat.write(course.answered(line=nasty, slope=RIGHT["slope"]), course.root / "nasty.ipynb")
    for format in ("text", "markdown", "junit"):
        told = here("grade", "nasty.ipynb", "--format", format)
        assert told.returncode == 0, told.stderr
        assert "all right" in told.stdout
        assert not set("\x1b\x07\x9b\u202e\ud800") & set(told.stdout)


def test_in_ci_without_a_secret_grading_refuses(course: Course) -> None:
    path = course.root / "answer.ipynb"
    path.write_text(nbformat.writes(course.release()))
    told = grader(course, "grade", str(path), CI="true")
    assert told.returncode == 2
    assert "GRADER_SECRET" in told.stderr
    assert grader(course, "grade", str(path), "--public-seed", CI="true").returncode == 0


def test_build_check_says_stale_with_exit_1(course: Course) -> None:
    assert grader(course, "build", "--check").returncode == 0
    chapter = course.chapter.file
    chapter.write_text(chapter.read_text().replace("Two small exercises", "Two little exercises"))
    told = grader(course, "build", "--check")
    assert told.returncode == 1
    assert "01_scale: stale" in told.stdout + told.stderr


def test_each_chapter_has_its_committed_release_and_nothing_else_is_committed() -> None:
    """What is in a release is compared in tests/test_chapters.py, which builds it."""
    chapters = {path.parent.name for path in (ROOT / "solutions").glob("*/chapter.py")}
    told = subprocess.run(["git", "ls-files", "assignments"], cwd=ROOT, text=True, capture_output=True, check=True)
    assert set(told.stdout.split()) == {f"assignments/{name}/{name}.ipynb" for name in chapters}


HEAVY = ("tensorflow", "nbgrader", "pandas", "IPython", "nbformat", "jupytext")


def loaded_by(code: str) -> tuple[float, str, list[str]]:
    """Computing seconds of the code in a fresh process that has NumPy already, what it prints, and its modules."""
    code = (
        "import contextlib, sys, time, numpy\n"
        f"t = time.process_time()\nwith contextlib.suppress(SystemExit):\n    {code}\n"
        "print('\\0', time.process_time() - t, *sys.modules)"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    said, told = made.split("\0")
    seconds, *modules = told.split()
    return float(seconds), said, modules


def test_importing_check_loads_nothing_heavy() -> None:
    seconds, _, modules = loaded_by("from grader import check")
    above = ("grader.author", "grader.sandbox", "grader.grade", "grader.cli", "grader.report")
    assert [name for name in modules if name in HEAVY or name.startswith(above)] == []
    assert seconds < 0.5  # measured: docs/measured.md; the bound here only catches a heavy import
    assert loaded_by("import grader")[0] < 0.2


@pytest.mark.parametrize("words", [("--help",), ("autograde", "--help"), ("--version",)])
def test_help_answers_at_once(words: tuple[str, ...]) -> None:
    """Why commands import inside of themselves: neither help nor a completed word waits for nbgrader or a judge."""
    _, said, modules = loaded_by(f"from grader.cli import main; sys.argv[1:] = {words!r}; main()")
    assert said.strip()
    works = ("grader.author", "grader.sandbox", "grader.grade", "grader.chapter", "grader.judge", "grader.report.")
    assert [name for name in modules if name in HEAVY or name.startswith(works)] == []


def test_the_version_is_the_packages() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert loaded_by("from grader.cli import main; sys.argv[1:] = ['--version']; main()")[1] == f"grader {declared}\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new",), "Missing command (see 'grader new --help')"),
        (("grade",), "Missing argument 'paths' (see 'grader grade --help')"),
        (("no_such",), "No such command 'no_such' (see 'grader --help')"),
        (("build", "--chekc"), "No such option: --chekc"),
        (("grade", "x", "--format", "pdf"), "'--format': 'pdf' is not one of 'text', 'json'"),
        (("autograde", CHAPTER, "--jobs", "0"), "Invalid value for '--jobs'"),
    ],
)
def test_a_slip_on_the_command_line_is_one_line(here: Here, words: tuple[str, ...], told: str) -> None:
    assert told in one_line_and_exit_2(here(*words))


@pytest.mark.parametrize(
    ("absent", "words", "extra"),
    [
        ("typer", ("check", "assignments"), "student"),
        ("typer", ("build",), "instructor"),
        ("rich", (), "instructor"),
        ("nbformat", ("check", "assignments"), "student"),
        ("jupytext", ("build",), "instructor"),
        ("nbgrader", ("autograde", CHAPTER), "instructor"),
    ],
)
def test_a_missing_extra_is_named_in_one_line(course: Course, absent: str, words: tuple[str, ...], extra: str) -> None:
    code = f"import sys; sys.modules[{absent!r}] = None; from grader.cli import main; main()"
    made = subprocess.run([sys.executable, "-c", code, *words], cwd=course.root, capture_output=True, text=True)
    command = " ".join(("grader", *words[:1]))
    assert one_line_and_exit_2(made) == (
        f"grader: {absent} is not installed; '{command}' needs pip install 'nn-by-hand[{extra}]'\n"
    )


def test_every_report_format_can_be_asked_for() -> None:
    modules = {module.name for module in pkgutil.iter_modules(report.__path__)} - {"classtable"}
    assert set(Format) == set(report.FORMATS) == modules


def test_the_shell_completes_commands_and_chapters(course: Course) -> None:
    def offered(line: str) -> list[str]:
        words = line.split(" ")
        asked = {"_GRADER_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
        return grader(course, **asked).stdout.split()

    assert offered("grader au") == ["autograde", "audit"]
    for command in ("build", "audit", "calibrate", "autograde", "grade --chapter"):
        assert offered(f"grader {command} 0") == [CHAPTER]
    (course.root / "pyproject.toml").write_text("[tool.grader\n")
    assert offered("grader build 0") == []
