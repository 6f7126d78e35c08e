"""The command line: one line and exit 2 for bad input; JSON that programs can rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from conftest import RIGHT, Course

ROOT = Path(__file__).resolve().parents[1]


def grader(course: Course, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in ("CI", "GRADER_SECRET")}
    return subprocess.run([sys.executable, "-m", "grader", *words], cwd=course.root, text=True,
                          capture_output=True, check=False, env=clean | environment)


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


@pytest.mark.parametrize(("name", "data"), [
    ("text.ipynb", b"hello"), ("empty.ipynb", b""), ("old.ipynb", b'{"worksheets": [], "nbformat": 3}'),
    ("unknown.ipynb", b'{"cells": [], "nbformat": 4, "metadata": {"grader": {"chapter": "99_none"}}}'),
    ("absent.ipynb", None), ("huge.ipynb", b"x" * (100 * 2**20)),
])
def test_bad_input_is_one_line_and_exit_2(course: Course, name: str, data: bytes | None) -> None:
    if data is not None:
        (course.root / name).write_bytes(data)
    told = grader(course, "grade", name)
    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1
    assert told.stderr.startswith("grader: ")


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


def test_publish_holds_assignments_and_data_only(course: Course) -> None:
    told = grader(course, "publish", "public")
    assert told.returncode == 0, told.stderr
    files = [path for path in (course.root / "public").rglob("*") if path.is_file()]
    assert sorted(path.suffix for path in files) == [".ipynb", ".md"]
    readme = (course.root / "public" / "README.md").read_text()
    assert "| [Scale and slope](assignments/01_scale/01_scale.ipynb)" in readme
    (course.root / "other").mkdir()
    (course.root / "other" / "mine.txt").write_text("keep")
    assert grader(course, "publish", "other").returncode == 2


def test_the_committed_releases_are_what_the_chapters_make() -> None:
    for notebook in (ROOT / "assignments").glob("*/*.ipynb"):
        assert (ROOT / "solutions" / notebook.parent.name / "chapter.py").is_file()


def test_importing_check_loads_nothing_heavy() -> None:
    code = ("import sys, time, numpy; t = time.perf_counter(); from grader import check; "
            "d = time.perf_counter() - t; print(d, [m for m in ('tensorflow', 'nbgrader', 'pandas', 'IPython') "
            "if m in sys.modules], [m for m in sys.modules if m.startswith(('grader.author', 'grader.run', "
            "'grader.course'))])")
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    seconds, loaded = made.split(" ", 1)
    assert loaded.strip() == "[] []"
    assert float(seconds) < 0.5  # measured: README; the bound here only catches a heavy import


@pytest.mark.slow
def test_neither_wheel_nor_sdist_holds_an_answer(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
                   check=True, capture_output=True)
    wheel, = tmp_path.glob("*.whl")
    sdist, = tmp_path.glob("*.tar.gz")
    names = zipfile.ZipFile(wheel).namelist()
    assert "grader/datasets/digits/digits.csv" in names
    subprocess.run(["tar", "xzf", str(sdist), "-C", str(tmp_path)], check=True)
    zipfile.ZipFile(wheel).extractall(tmp_path / "wheel")
    everything = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix == ".py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in everything)
    secrets = secret_lines(ROOT / "solutions" / "05_softmax_cross_entropy")
    assert len(secrets) > 40
    assert [line for line in secrets if line in text] == []


def secret_lines(folder: Path) -> list[str]:
    """Lines of 12 characters or more from solutions and hidden tests that the release does not have."""
    released = (ROOT / "assignments" / folder.name / f"{folder.name}.ipynb").read_text(encoding="utf-8")
    secret, inside = [], False
    for line in (folder / "chapter.py").read_text(encoding="utf-8").split("\n"):
        text = line.strip().removeprefix("# ").strip()
        if text.startswith("### "):
            inside = text.startswith("### BEGIN")
        elif inside and len(text) >= 12 and text not in released and json.dumps(text)[1:-1] not in released:
            secret.append(text)
    return secret
