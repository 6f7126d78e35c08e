"""The workflows of this project and of the two templates: their commands are run here, as a runner runs them."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from conftest import CHAPTER, RIGHT, Course

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"
CI = ROOT / ".github" / "workflows" / "ci.yml"
CHECK = TEMPLATES / "student" / ".github" / "workflows" / "check.yml"
GRADE = TEMPLATES / "instructor" / ".github" / "workflows" / "grade.yml"
ACTIONS = {"actions/checkout@v4", "actions/setup-python@v5", "actions/upload-artifact@v4"}
INSTALL = "pip install -r requirements.txt"


def steps(workflow: Path) -> list[dict[str, Any]]:
    (job,) = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"].values()
    return list(job["steps"])


def run(workflow: Path, folder: Path, **environment: str) -> list[subprocess.CompletedProcess[str]]:
    """What a runner does in a checkout: each step's commands after the installation, until one fails."""
    done: list[subprocess.CompletedProcess[str]] = []
    for step in steps(workflow):
        if step.get("run", INSTALL) == INSTALL:
            continue
        made = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder,
            text=True,
            capture_output=True,
            env=os.environ
            | environment
            | {"CI": "true", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        )
        done.append(made)
        if made.returncode:
            break
    return done


@pytest.mark.parametrize("workflow", [CI, CHECK, GRADE], ids=lambda path: path.stem)
def test_actions_are_pinned_tokens_may_only_read_and_time_is_limited(workflow: Path) -> None:
    told = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    assert told["permissions"] == {"contents": "read"}
    for job in told["jobs"].values():
        assert job["timeout-minutes"] <= 360
        assert {step["uses"] for step in job["steps"] if "uses" in step} <= ACTIONS
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])


@pytest.mark.parametrize("workflow", [CHECK, GRADE], ids=lambda path: path.stem)
def test_a_template_leaves_no_token_beside_notebooks_and_installs_a_known_extra(workflow: Path) -> None:
    (checkout,) = (step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout"))
    assert checkout["with"]["persist-credentials"] is False
    assert INSTALL in [step.get("run") for step in steps(workflow)]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    asked = re.search(r"^nn-by-hand\[(\w+)\] @ ", (workflow.parents[2] / "requirements.txt").read_text(), re.M)
    assert asked is not None
    assert asked[1] in extras


def test_grades_are_kept_where_a_later_chapter_fails() -> None:
    (upload,) = (step for step in steps(GRADE) if step.get("uses", "").startswith("actions/upload-artifact"))
    assert upload["if"] == "always()"


def test_this_projects_workflow_runs_what_the_makefile_has() -> None:
    assert [step["run"] for step in steps(CI) if "run" in step] == ["bash .ci/run"]
    commands = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line.startswith("make ")]
    assert commands == ["make test-all"]
    assert re.search(r"^test-all:", (ROOT / "Makefile").read_text(), re.M)


@pytest.mark.parametrize(("slope", "code"), [(RIGHT["slope"], 0), ("return x.T @ (line(x, w) - y)", 1)])
def test_a_students_push_runs_the_visible_checks(course: Course, tmp_path: Path, slope: str, code: int) -> None:
    folder = tmp_path / "student"
    shutil.copytree(TEMPLATES / "student", folder)
    (folder / "assignments" / CHAPTER).mkdir(parents=True)
    nbformat.write(course.answered(line=RIGHT["line"], slope=slope), folder / "assignments" / CHAPTER / "work.ipynb")
    (made,) = run(CHECK, folder)
    assert made.returncode == code, made.stderr
    assert "✓ line: passed (2 of 2)" in made.stdout
    assert ("slope: passed" in made.stdout) == (code == 0)


@pytest.mark.slow
def test_an_instructors_push_grades_what_was_handed_in(course: Course, tmp_path: Path) -> None:
    folder, summary = tmp_path / "instructor", tmp_path / "summary.md"
    shutil.copytree(TEMPLATES / "instructor", folder)
    shutil.copytree(course.root / "solutions", folder / "solutions")
    shutil.copyfile(ROOT / "nbgrader_config.py", folder / "nbgrader_config.py")
    submissions = folder / "submissions" / CHAPTER
    submissions.mkdir(parents=True)
    for student, answers in (("ada", RIGHT), ("bob", {"line": "return '<b>|'"}), ("eve", {})):
        nbformat.write(course.answered(**answers), submissions / f"{student}_{CHAPTER}.ipynb")
    (submissions / f"kim_{CHAPTER}.ipynb").write_text("no notebook")
    (made,) = run(GRADE, folder, GRADER_SECRET="a secret for the tests", GITHUB_STEP_SUMMARY=str(summary))
    assert made.returncode == 0, made.stderr

    with (folder / "course" / "grades.csv").open() as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {"ada": 6, "bob": 0, "eve": 0, "kim": 0}
    rows = [line for line in summary.read_text().splitlines() if line.startswith("| ")]
    assert rows[1] == "| ada | 6 of 6 | 6 of 7 | all right |"
    assert [row.split(" | ")[0] for row in rows[1:]] == ["| ada", "| bob", "| eve", "| kim"]
    assert all(row.replace("\\|", "").count("|") == 5 and "<b" not in row for row in rows)
    assert "\nIsolation: " in summary.read_text()
    (upload,) = (step["with"] for step in steps(GRADE) if step.get("uses", "").startswith("actions/upload-artifact"))
    for path in upload["path"].split():
        assert (folder / path).exists(), path
    assert len(list((folder / "course" / "feedback").rglob("*.html"))) == 4


@pytest.mark.slow
def test_without_its_secret_a_push_grades_nothing(course: Course, tmp_path: Path) -> None:
    """An unset secret is an empty text on a runner."""
    made = subprocess.run(
        [sys.executable, "-m", "grader", "autograde", CHAPTER],
        cwd=course.root,
        text=True,
        capture_output=True,
        env=os.environ | {"CI": "true", "GRADER_SECRET": ""},
    )
    assert made.returncode == 2
    assert "GRADER_SECRET" in made.stderr
