"""The real chapters: every mistake named, every variant right, and the release run in a real kernel."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

import nbformat
import numpy as np
import pytest
from courses import FOLDERS, ROOT, each_chapter

from grader.author.audit import audit_chapter
from grader.author.build import recorded_in, same_values
from grader.author.coursemap import course_map
from grader.calling import call
from grader.chapter.model import Chapter, load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.release import answered
from grader.grade.grading import grade_submission
from grader.grade.referee import Referee
from grader.notebook import check
from grader.settings import load_settings
from grader.verdict import Verdict

CHAPTER = load_chapter(ROOT / "solutions" / "05_softmax_cross_entropy")
NAMES = load_namespace(CHAPTER)
#: Prints a chapter's record, packed, as this process's CPU makes it.
RECORD = """
import sys
from pathlib import Path
from grader.author.recorder import record_chapter
from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.notebook import check
chapter = load_chapter(Path(sys.argv[1]))
print(check.pack(record_chapter(chapter, load_namespace(chapter))))
"""


def release_of(chapter: Chapter) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "assignments" / chapter.id / f"{chapter.id}.ipynb", as_version=4)


def judge(exercise: str, function: object, student: str = "someone") -> Verdict:
    scope = {**NAMES.names, exercise: function}
    referee = Referee(CHAPTER, NAMES, lambda name, args: call(scope[name], args), b"secret", student)
    return referee.judge(next(check for check in CHAPTER.of("check") if check.judges == exercise))


@each_chapter
def test_a_chapter_is_whole(folder: Path) -> None:
    """The standard of a chapter, as far as it can be counted."""
    chapter = load_chapter(folder)
    exercises = {cell.name for cell in chapter.of("exercise")}
    assert 6 <= len(exercises) <= 13
    assert {cell.name for cell in chapter.of("hints")} == exercises
    assert len(chapter.of("figure")) >= 2
    assert len(chapter.of("written")) == 1
    text = "\n".join(cell.source for cell in chapter.of("text"))
    least, most = map(int, re.findall(r"\*\*Time:\*\* (\d+) to (\d+) minutes", text)[0])
    assert 90 <= least < most <= 180
    for word in ("**You build:**", "### Worked example", "Find the bug", "Transfer", "**Predict", "lank page", "Keras"):
        assert word.lower() in text.lower(), word
    code = [cell.source for cell in chapter.of("code")]
    assert any("check.reveal(" in source for source in code)
    assert code[-1] == "check.progress()"
    assert all("check.needs(" in cell.source for cell in chapter.of("figure"))


@pytest.mark.slow
@each_chapter
def test_the_audit_finds_nothing(folder: Path, apart: Executor) -> None:
    """Every mistake and mutant loses what it breaks and is told truly; every variant keeps every point."""
    audit = apart.submit(audit_chapter, folder).result()
    assert audit.problems == []
    mistakes = audit.count("mistake")
    assert mistakes >= 12
    assert audit.count("variant") >= 5
    assert audit.count("mistake", lambda t: t.told) == mistakes
    assert audit.count("mistake", lambda t: t.told_in_notebook) >= 0.9 * mistakes
    assert audit.count("mistake", lambda t: t.general in t.expected_general) >= 0.6 * mistakes
    for trial in audit.trials:
        if trial.kind != "mutant" and trial.told_in_notebook == trial.told:
            assert trial.status_in_notebook == trial.status, trial


@pytest.mark.parametrize("wrong", [np.zeros_like, np.ones_like, lambda right: -right, lambda right: right * 1.001])
def test_a_gradient_of_zeros_or_ones_or_slightly_off_earns_nothing(wrong) -> None:  # type: ignore[no-untyped-def]
    reference = NAMES.names["cross_entropy_gradient"]
    assert judge("cross_entropy_gradient", lambda z, y: wrong(reference(z, y))).score == 0


def test_the_reference_gradients_equal_five_point_differences() -> None:
    rng = np.random.default_rng(0)
    X, y, W, b = rng.normal(size=(7, 5)), rng.integers(0, 3, 7), rng.normal(size=(5, 3)), rng.normal(size=3)
    loss_and_gradients, loss = NAMES.names["loss_and_gradients"], NAMES.names["cross_entropy"]
    _, dW, db = loss_and_gradients(X, y, W, b)
    for tensor, gradient, at in ((W, dW, lambda t: loss(X @ t + b, y)), (b, db, lambda t: loss(X @ W + t, y))):
        for index in np.ndindex(tensor.shape):
            step = np.zeros_like(tensor)
            step[index] = h = 1e-3
            slope = (8 * (at(tensor + step) - at(tensor - step)) - at(tensor + 2 * step) + at(tensor - 2 * step)) / 12
            assert abs(slope / h - gradient[index]) < 1e-10


def test_stored_untrained_and_absurd_parameters_earn_nothing() -> None:
    W, b = NAMES.names["train"](NAMES.names["X_train"], NAMES.names["y_train"], 0)
    for parameters in ((W, b), (0 * W, 0 * b), (W * np.nan, b), W, None, "W"):
        assert judge("train", lambda X, y, seed, parameters=parameters: parameters).score == 0


@pytest.mark.slow
@each_chapter
def test_the_release_answered_runs_quietly_and_earns_all_points_in_a_real_kernel(folder: Path) -> None:
    nbclient = pytest.importorskip("nbclient")
    chapter = load_chapter(folder)
    notebook = answered(chapter, release_of(chapter))
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output for output in outputs if output.output_type == "error"] == []
    checks = [cell for cell in notebook.cells if "\ncheck.verdict()" in cell.source]
    scores = {cell.metadata.nbgrader.grade_id: float(cell.outputs[-1].data["text/plain"]) for cell in checks}
    assert scores == {f"check_{check.name}": check.points for check in chapter.of("check")}
    cards = [cell.outputs[-1].data["text/html"] for cell in checks]
    assert [card for card in cards if "may fail" in card] == []  # a locked cell of ours is no fault of an answer


@pytest.mark.slow
@pytest.mark.chapter("06_initialization")
@pytest.mark.xdist_group("06_initialization")
def test_a_cell_that_takes_a_probes_name_earns_nothing(tmp_path: Path) -> None:
    """The probe is what makes plain data of an answer: what stands in its place must not be asked."""
    chapter = load_chapter(ROOT / "solutions" / "06_initialization")
    notebook = answered(chapter, release_of(chapter))
    for cell in notebook.cells:
        if "def init_network(" in cell.source:
            right = cell.source.replace("def init_network(", "def right_network(")
            fake = (
                "def drawn(sizes, kind, seed):\n"
                "    return tuple(right_network(sizes, kind, s) for s in (seed, seed, seed + 1000))"
            )
            cell.source = f"{right}\n\n\ndef init_network(sizes, kind, seed):\n    return None\n\n\n{fake}"
    nbformat.write(notebook, tmp_path / "answered.ipynb")
    graded = grade_submission(tmp_path / "answered.ipynb", chapter, load_namespace(chapter), student="a", secret=b"s")
    assert {verdict.check: verdict.score for verdict in graded.verdicts}["init_network"] == 0


@pytest.mark.slow
@each_chapter
def test_the_committed_release_is_not_stale(folder: Path, course_of: Callable[[Path], Path]) -> None:
    assert not (course_of(folder) / "stale").exists()


@pytest.mark.slow
@each_chapter
@pytest.mark.parametrize(
    "features",
    [
        {"OPENBLAS_CORETYPE": "Haswell"},
        {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512_SKX"},
    ],
    ids=lambda features: features["OPENBLAS_CORETYPE"],
)
def test_another_cpu_records_the_same_values(features: dict[str, str], folder: Path) -> None:
    """Bits of exp and matmul differ between CPUs; the release counts as the same to 1e-9."""
    made = subprocess.run(
        [sys.executable, "-c", RECORD, str(folder)],
        cwd=ROOT,
        env=os.environ | features,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    committed = ROOT / "assignments" / folder.name / f"{folder.name}.ipynb"
    assert same_values(check.unpack(made.stdout.strip()), recorded_in(committed.read_text(encoding="utf-8")))


def test_the_readme_has_the_map_of_the_course() -> None:
    assert course_map(load_settings(ROOT)) in (ROOT / "README.md").read_text()


def test_the_list_of_items_names_exercises_and_sections_that_exist() -> None:
    exercises: dict[str, set[str]] = {}
    texts: dict[str, str] = {}
    for folder in FOLDERS:
        chapter = load_chapter(folder)
        exercises[folder.name[:2]] = {cell.name for cell in chapter.of("exercise")}
        texts[folder.name[:2]] = "\n".join(cell.source for cell in chapter.of("text"))
    rows = [
        line.strip("|").split("|")
        for line in (ROOT / "solutions" / "README.md").read_text().splitlines()
        if line.startswith("| ") and not line.startswith("| item")
    ]
    assert len(rows) >= 30
    for item, chapters, where in rows:
        for name in re.findall(r"`(\w+)`", where):
            assert any(name in exercises[number] for number in re.findall(r"\d\d", chapters)), (item, name)
        for section in re.findall(r"§ (\d+\.\d+)", where):
            assert f"## {section} " in texts[chapter_of(section)], (item, section)


def chapter_of(section: str) -> str:
    """The number of the chapter that a section stands in: "05" of 5.2."""
    return section.split(".")[0].zfill(2)


def test_a_section_of_a_late_chapter_is_looked_for_there() -> None:
    assert [chapter_of(section) for section in ("1.10", "9.1", "10.3", "14.2")] == ["01", "09", "10", "14"]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "solutions").glob("*/sample_class.py")), ids=lambda path: path.parent.name
)
def test_each_student_of_a_sample_class_hands_something_in(path: Path) -> None:
    """`make demo` makes its class of the chapter as it is now."""
    chapter = load_chapter(path.parent)
    for name, make in runpy.run_path(str(path))["STUDENTS"].items():
        file, data = make(answered(chapter, release_of(chapter)), release_of(chapter))
        assert file, name
        assert data, name
