"""A class of 20 in chapter 05 and of 40 in the fixture: our runs, stock nbgrader, and the limit, in one run."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import numpy as np

from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.release import answered
from grader.grade import grading
from grader.grade.jobs import Task, grade_many
from grader.sandbox.worker import Worker
from grader.settings import load_settings
from tests.courses import ROOT, make_course, run

MISTAKES = (
    ("return dz / len(z)", "return dz"),
    ("np.max(z, axis=1, keepdims=True)", "np.max(z)"),
    ("dz[np.arange(len(z)), y] -= 1", "pass"),
    ("X.T @ dz, dz.sum(axis=0)", "X.T @ dz, dz.mean(axis=0)"),
    ("W - 1.0 * dW", "W + 1.0 * dW"),
    ("return m + np.log", "return np.log"),
    ("float(np.mean(log_sum_exp(z) -", "float(np.sum(log_sum_exp(z) -"),
    ("float(-np.mean(np.sum(t * log_p, axis=1)))", "float(np.mean(np.sum(t * log_p, axis=1)))"),
    ("Dense(n_classes)])", "Dense(n_classes, activation='softmax')])"),
    ("SparseCategoricalCrossentropy(from_logits=True)(y, z)", "SparseCategoricalCrossentropy()(y, z)"),
)


def measure(scratch: Path, stock: int) -> str:
    """The tables, as Markdown. stock: how many submissions stock nbgrader grades."""
    lines = ["| | submissions | seconds | a submission | ratio to the limit |", "|---|---|---|---|---|"]
    for chapter_id, source, count in (
        ("05_softmax_cross_entropy", ROOT / "solutions", 20),
        ("01_scale", ROOT / "tests" / "course", 40),
    ):
        root = scratch / chapter_id
        course(root, source, chapter_id, count)
        plan, split = recorded(root, chapter_id)
        limits = {jobs: bare(root, plan, jobs) for jobs in (1, 2)}
        for jobs in (1, 2):
            lines.append(_row(f"{chapter_id}: the limit, {jobs} at once", count, limits[jobs], limits[jobs]))
            seconds, start = autograde(root, chapter_id, jobs)
            lines.append(
                _row(
                    f"{chapter_id}: `grader autograde --jobs {jobs}`, without {start:.1f} s of starting",
                    count,
                    seconds,
                    limits[jobs],
                )
            )
        if chapter_id.startswith("05"):
            lines.append(
                _row(
                    "the same notebooks, stock nbgrader (visible checks in a kernel each)",
                    stock,
                    stock_nbgrader(root, scratch / "stock", chapter_id, stock),
                    float("nan"),
                )
            )
        lines += ["", f"{chapter_id}, one submission (medians): {split}", ""]
        lines += lines[:2] if chapter_id.startswith("05") else []
    return "\n".join(lines)


def course(root: Path, source: Path, chapter_id: str, count: int) -> None:
    """A course with ``count`` submissions, every second one with a mistake."""
    root.mkdir(parents=True)
    (built,) = make_course(root, source / chapter_id)
    chapter = load_chapter(root / "solutions" / chapter_id)
    for number in range(count):
        notebook = answered(chapter, nbformat.read(built.path, as_version=4))
        if number % 2:
            old, new = MISTAKES[number // 2 % len(MISTAKES)] if chapter_id.startswith("05") else ("x @ w", "x @ w + 1")
            for cell in notebook.cells:
                cell.source = cell.source.replace(old, new)
        folder = root / "course" / "submitted" / f"student{number:02d}" / chapter_id
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{chapter_id}.ipynb")
    seconds(root, "nbgrader", "generate_assignment", chapter_id)


def recorded(root: Path, chapter_id: str) -> tuple[Path, str]:
    """Grade once, alone, and keep each submission's cells and calls; and where a submission's time went."""
    plan: list[list[tuple[str, Any]]] = []
    spent: list[dict[str, float]] = []

    class Recording(Worker):
        def _start(self) -> Any:
            started = time.perf_counter()
            channel = super()._start()
            if not self._done:
                plan.append([])
                spent.append(dict.fromkeys(("fork and lock-in", "cells", "calls"), 0.0))
            spent[-1]["fork and lock-in"] += time.perf_counter() - started
            return channel

        def run_cell(self, source: str) -> Any:
            started = time.perf_counter()
            result = super().run_cell(source)
            plan[-1].append(("cell", source))
            spent[-1]["cells"] += time.perf_counter() - started
            return result

        def call(self, name: str, args: tuple[Any, ...]) -> Any:
            started = time.perf_counter()
            outcome = super().call(name, args)
            plan[-1].append(("call", (name, args)))
            spent[-1]["calls"] += time.perf_counter() - started
            return outcome

    settings = load_settings(root)
    chapter = load_chapter(settings.chapter(chapter_id))
    tasks = [
        Task(folder.parent.name, folder / f"{chapter_id}.ipynb")
        for folder in sorted((settings.course / "submitted").glob(f"*/{chapter_id}"))
    ]
    whole, judged = [], []
    original, grading.Worker = grading.Worker, Recording  # type: ignore[misc]
    try:
        started = None
        for _, graded in grade_many(tasks, chapter, load_namespace(chapter), b"benchmark", settings.limits, 1):
            if started is not None:
                whole.append(time.perf_counter() - started)
                judged.append(sum(verdict.elapsed_s for verdict in graded.verdicts))
            started = time.perf_counter()
    finally:
        grading.Worker = original  # type: ignore[misc]
    parts = {name: float(np.median([one[name] for one in spent[1:]])) for name in spent[0]}
    rest = float(np.median(whole)) - sum(parts.values())
    told = ", ".join(f"{name} {1e3 * seconds:.0f} ms" for name, seconds in parts.items())
    file = root / "plan.pickle"
    file.write_bytes(pickle.dumps(plan))
    return file, (
        f"{told}, reading, repair, reference, judging and marking {1e3 * rest:.0f} ms; "
        f"in all {1e3 * float(np.median(whole)):.0f} ms."
    )


def bare(root: Path, plan: Path, processes: int) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bare", str(plan), str(processes)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.splitlines()[-1])


def autograde(root: Path, chapter_id: str, jobs: int) -> tuple[float, float]:
    """Seconds of a whole fresh class run without its start, and the start: a second run, which has nothing to do,
    and the zygote's imports."""
    for name in ("autograded", "verdicts", "gradebook.db"):
        path = root / "course" / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    seconds(root, "nbgrader", "generate_assignment", chapter_id)
    whole = seconds(root, "grader", "autograde", chapter_id, "--jobs", str(jobs))
    nothing = seconds(root, "grader", "autograde", chapter_id, "--jobs", str(jobs))
    warm = _warm_up(root, chapter_id)
    return whole - nothing - warm, nothing + warm


def _warm_up(root: Path, chapter_id: str) -> float:
    chapter = load_chapter(root / "solutions" / chapter_id)
    started = time.perf_counter()
    with grading.nursery_for(chapter) as nursery, Worker(nursery=nursery) as worker:
        worker.run_cell("1")  # the worker is made with its first cell
        return time.perf_counter() - started


def stock_nbgrader(root: Path, stock: Path, chapter_id: str, count: int) -> float:
    """nbgrader as installed: its own Execute runs each notebook with its visible checks in a kernel. The start of
    the command, measured with nothing to do, is taken off."""
    source = stock / "source" / chapter_id
    source.mkdir(parents=True)
    shutil.copyfile(root / "assignments" / chapter_id / f"{chapter_id}.ipynb", source / f"{chapter_id}.ipynb")
    (stock / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'stock'\nc.ExecutePreprocessor.timeout = 120\n"
    )
    seconds(stock, "nbgrader", "generate_assignment", chapter_id)
    for number in range(count + 1):
        student = f"student{number:02d}"
        shutil.copytree(
            root / "course" / "submitted" / student / chapter_id, stock / "submitted" / student / chapter_id
        )
    seconds(stock, "nbgrader", "autograde", chapter_id, "--student", "student00")
    start = seconds(stock, "nbgrader", "autograde", chapter_id, "--student", "student00")  # it has nothing to do
    return seconds(stock, "nbgrader", "autograde", chapter_id) - start


def seconds(folder: Path, *words: str) -> float:
    """How long a command takes, which must succeed."""
    started = time.perf_counter()
    done = run(folder, *words)
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - started


def _row(what: str, count: int, seconds: float, limit: float) -> str:
    ratio = "" if np.isnan(limit) else f"{limit / seconds:.2f}"
    return f"| {what} | {count} | {seconds:.1f} | {seconds / count:.2f} | {ratio} |"
