"""`grader check`: what a student's notebook says of itself, outside of Jupyter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course
from nbformat import NotebookNode

from grader.grade.visible import Visible, VisibleError, run_visible
from grader.verdict import Cause, Verdict

#: What a student's environment does not have.
INSTRUCTORS = ["nbgrader", "jupytext", "nh3"]


def write(course: Course, notebook: NotebookNode) -> Path:
    path = course.root / "work" / f"{CHAPTER}.ipynb"
    path.parent.mkdir()
    nbformat.write(notebook, path)
    return path


def as_student(course: Course, *words: str) -> subprocess.CompletedProcess[str]:
    """The command where the instructor's packages are not installed."""
    code = (
        "import sys; sys.modules.update(dict.fromkeys(sys.argv.pop(1).split(','))); from grader.cli import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, ",".join(INSTRUCTORS), *words],
        cwd=course.root,
        env=os.environ | {"CI": "true"},
        text=True,
        capture_output=True,
    )


def test_one_line_a_check_and_exit_1_where_a_written_one_has_not_passed(course: Course) -> None:
    path = write(course, course.answered(line=RIGHT["line"], slope="return x.T @ (line(x, w) - y)"))
    before = path.read_bytes()
    told = as_student(course, "check", "work")
    assert told.returncode == 1, told.stderr
    title, line, slope = told.stdout.splitlines()
    assert title.endswith(f"{CHAPTER}.ipynb: 1 of 2 checks passed")
    assert line == "✓ line: passed (2 of 2)"
    assert slope.startswith("◐ slope: partly right (2 of 4): You sum over the batch. The loss is a mean")
    assert told.stderr == ""
    assert path.read_bytes() == before


def test_what_is_not_written_yet_is_no_failure(course: Course) -> None:
    path = write(course, course.answered(line=RIGHT["line"]))
    told = as_student(course, "check", str(path))
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[0].endswith("1 of 2 checks passed, 1 not written yet")


def test_a_check_whose_cell_is_gone_and_an_error_elsewhere_are_told(course: Course) -> None:
    notebook = course.answered(**RIGHT)
    notebook.cells = [cell for cell in notebook.cells if "check: slope" not in cell.source]
    notebook.cells.append(nbformat.v4.new_code_cell("# mine\n1 / 0"))
    seen = run_visible(write(course, notebook), 60)
    assert not seen.holds
    assert str(seen).splitlines()[1:] == [
        "✓ line: passed (2 of 2)",
        "! slope: its cell is missing, or did not run to its end",
        "  · # mine: ZeroDivisionError: division by zero",
    ]


def test_one_file_that_cannot_be_read_hides_no_others(course: Course) -> None:
    write(course, course.answered(**RIGHT))
    (course.root / "work" / "00_notes.ipynb").write_text("no notebook")
    (course.root / "work" / ".ipynb_checkpoints").mkdir()
    (course.root / "work" / ".ipynb_checkpoints" / "old.ipynb").write_text("no notebook")
    told = as_student(course, "check", "work")
    assert told.returncode == 2
    assert "2 of 2 checks passed" in told.stdout
    (line,) = told.stderr.splitlines()
    assert line.startswith("grader: work/00_notes.ipynb: ")


def test_what_a_cell_raised_commands_no_terminal(course: Course) -> None:
    notebook = course.answered(**RIGHT)
    notebook.cells.append(nbformat.v4.new_code_cell(r"raise ValueError('\x1b]0;owned\x07')"))
    told = as_student(course, "check", str(write(course, notebook)))
    assert told.returncode == 0, told.stderr
    assert "ValueError: ?]0;owned?" in told.stdout


@pytest.mark.slow
def test_an_endless_cell_is_interrupted_and_the_rest_runs(course: Course) -> None:
    notebook = course.answered(**RIGHT)
    notebook.cells.insert(2, nbformat.v4.new_code_cell("while True:\n    pass"))
    seen = run_visible(write(course, notebook), 15)
    assert seen.holds
    assert "KeyboardInterrupt" in str(seen)


@pytest.mark.slow
@pytest.mark.parametrize("source", ["import os\nos._exit(1)", "", "import sys\nsys.modules['grader'] = None"])
def test_where_no_check_has_run_that_is_told_in_one_line(course: Course, source: str) -> None:
    notebook = course.answered(**RIGHT)
    notebook.cells = [nbformat.v4.new_code_cell(source), *(notebook.cells if source else [])]
    with pytest.raises(VisibleError) as told:
        run_visible(write(course, notebook), 60)
    assert "\n" not in str(told.value)
    command = as_student(course, "check", "work")
    assert (command.returncode, command.stdout) == (2, "")
    assert command.stderr.count("\n") == 1


def test_a_command_that_needs_more_packages_says_so_in_one_line(course: Course) -> None:
    told = as_student(course, "build")
    assert told.returncode == 2
    assert "nn-by-hand[instructor]" in told.stderr
    assert told.stderr.strip().count("\n") == 0


@pytest.mark.parametrize(("diagnosis", "holds"), [("not_attempted", True), ("mistake:minus_missing", False)])
def test_what_waits_for_unwritten_work_alone_is_no_failure(diagnosis: str, holds: bool) -> None:
    waits = Verdict("slope", 4, 0, "not_judged", because=(Cause("line", diagnosis),))
    assert Visible(Path("a.ipynb"), {"slope": waits}, ()).holds is holds
