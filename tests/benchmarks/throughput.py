"""A class of 20 in chapter 05 and of 200 in the fixture: our runs beside the limit, stock nbgrader, another checkout.

What is compared takes turns, since the speed of a machine changes with the hour: the figure is the median of the
ratios of neighbouring turns. A submission's seconds are those of a class less those of a class of one, so that the
start of a command counts for nobody.
"""

from __future__ import annotations

import contextlib
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import numpy as np

from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.release import answered
from grader.finding import Code
from grader.grade import grading
from grader.sandbox.nursery import Nursery, environment
from grader.sandbox.worker import Worker
from grader.settings import load_settings
from tests.courses import FIXTURES, ROOT, run

CHAPTER = "05_softmax_cross_entropy"
MISTAKES = {
    CHAPTER: (
        ("return dz / len(z)", "return dz"),
        ("np.max(z, axis=1, keepdims=True)", "np.max(z)"),
        ("dz[np.arange(len(z)), y] -= 1", "pass"),
        ("X.T @ dz, dz.sum(axis=0)", "X.T @ dz, dz.mean(axis=0)"),
        ("W - 1.0 * dW", "W + 1.0 * dW"),
        ("return m + np.log", "return np.log"),
        ("float(np.mean(log_sum_exp(z) -", "float(np.sum(log_sum_exp(z) -"),
        ("float(-np.mean(np.sum(t * log_p, axis=1)))", "float(np.mean(np.sum(t * log_p, axis=1)))"),
        ("Dense(n_classes)])", "Dense(n_classes, activation='softmax')])"),
        ("SparseCategoricalCrossentropy(from_logits=True)(y, tf", "SparseCategoricalCrossentropy()(y, tf"),
    ),
    "01_scale": (("x @ w", "x @ w + 1"),),
}


@dataclass(frozen=True)
class Class:
    """``count`` submissions of a chapter, and one more course with the first of them alone. checkout: whose code
    grades them, with the Python that has its packages."""

    folder: Path
    chapter_id: str
    count: int
    checkout: Path = ROOT
    python: str = sys.executable

    def __post_init__(self) -> None:
        for root, count in ((self.all, self.count), (self.one, 1)):
            self._make(root, count)

    @property
    def all(self) -> Path:
        return self.folder / "all"

    @property
    def one(self) -> Path:
        return self.folder / "one"

    def turn(self, jobs: int) -> float:
        """Seconds that one submission takes in a fresh run of ``grader autograde``."""
        return (self._graded(self.all, jobs) - self._graded(self.one, jobs)) / (self.count - 1)

    def _graded(self, root: Path, jobs: int) -> float:
        for name in ("autograded", "verdicts", "gradebook.db"):
            path = root / "course" / name
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        self._run(root, "nbgrader", "generate_assignment", self.chapter_id)
        return self._run(root, "grader", "autograde", self.chapter_id, "--jobs", str(jobs))

    def _run(self, root: Path, *words: str) -> float:
        return seconds(root, *words, python=self.python, PYTHONPATH=str(self.checkout))

    def _make(self, root: Path, count: int) -> None:
        """A course with the chapter and the answers of this checkout's, in the release of ``checkout``'s."""
        source = FIXTURES if (FIXTURES / self.chapter_id).is_dir() else ROOT / "solutions"
        theirs = self.checkout / source.relative_to(ROOT) / self.chapter_id
        shutil.copytree(theirs, root / "solutions" / self.chapter_id)
        shutil.copyfile(self.checkout / "nbgrader_config.py", root / "nbgrader_config.py")
        (root / "pyproject.toml").write_text("[tool.grader]\n")
        self._run(root, "grader", "build", self.chapter_id)
        chapter = load_chapter(source / self.chapter_id)
        release = root / "assignments" / self.chapter_id / f"{self.chapter_id}.ipynb"
        mistakes = MISTAKES[self.chapter_id]
        for number in range(count):
            notebook = answered(chapter, nbformat.read(release, as_version=4))
            if number % 2:
                old, new = mistakes[number // 2 % len(mistakes)]
                for cell in notebook.cells:
                    cell.source = cell.source.replace(old, new)
            folder = root / "course" / "submitted" / f"student{number:03d}" / self.chapter_id
            folder.mkdir(parents=True)
            nbformat.write(notebook, folder / f"{self.chapter_id}.ipynb")


def measure(scratch: Path, turns: int, stock: int) -> str:
    """The tables, as Markdown. stock: how many submissions stock nbgrader grades."""
    lines = [
        f"Seconds a submission, medians of {turns} turns. The limit is a lower bound: the same cells and calls in "
        "processes of the same settings, without the judge and without a boundary. Its share of our time is the "
        "median of the ratios of neighbouring turns.",
        "",
        "| class | at once | `grader autograde` | the limit | the limit's share |",
        "|---|---|---|---|---|",
    ]
    splits = []
    for chapter_id, count in ((CHAPTER, 20), ("01_scale", 200)):
        group = Class(scratch / chapter_id, chapter_id, count)
        plan, split = recorded(group)
        splits.append(f"{chapter_id}, one submission (medians): {split}")
        with bare(scratch, group.all / "solutions" / chapter_id, plan) as limit:
            for jobs in (1, 2):
                ours, theirs, share = paired(lambda: group.turn(jobs), lambda: limit(jobs) / count, turns)  # noqa: B023
                lines.append(f"| {count} of {chapter_id} | {jobs} | {ours:.3f} | {theirs:.3f} | {share:.2f} |")
    lines += ["", *(line for split in splits for line in (split, ""))]
    seconds_each = stock_nbgrader(scratch / CHAPTER / "all", scratch / "stock", CHAPTER, stock) / stock
    lines.append(f"Stock nbgrader, visible checks in a kernel each: {seconds_each:.2f} s a submission of {CHAPTER}.")
    return "\n".join(lines)


def beside(scratch: Path, other: Path, turns: int, jobs: int = 2) -> str:
    """This checkout's throughput of chapter 05 and that of another checkout, with its own chapter and ``.venv``."""
    python = other / ".venv" / "bin" / "python"
    ours = Class(scratch / "ours", CHAPTER, 20)
    theirs = Class(scratch / "theirs", CHAPTER, 20, other, str(python) if python.exists() else sys.executable)
    mine, others, ratio = paired(lambda: ours.turn(jobs), lambda: theirs.turn(jobs), turns)
    return (
        f"{CHAPTER}, {jobs} at once, {turns} turns: {mine:.3f} s a submission here, {others:.3f} s there (medians); "
        f"there / here {ratio:.2f} (median of the ratios of neighbouring turns; above 1 we are quicker)"
    )


def paired(ours: Callable[[], float], other: Callable[[], float], turns: int) -> tuple[float, float, float]:
    """The median of each, and the median of other / ours, turn by turn. Each turn is told as it ends."""
    made = np.empty((turns, 2))
    for turn in range(turns):
        made[turn] = ours(), other()
        print(f"turn {turn + 1} of {turns}: {made[turn, 0]:.3f} s here, {made[turn, 1]:.3f} s there", file=sys.stderr)
    mine, others = np.median(made, axis=0)
    return float(mine), float(others), float(np.median(made[:, 1] / made[:, 0]))


@contextlib.contextmanager
def bare(scratch: Path, chapter: Path, plan: Path) -> Iterator[Callable[[int], float]]:
    """The limit, warm: how many at once -> seconds of all submissions of the plan. See `tests.benchmarks.bare`."""
    modules = grading.preload(load_chapter(chapter))
    folder = scratch / f"bare-{chapter.name}"
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.bare", str(plan), *modules],
        cwd=folder,
        env=environment(str(folder)) | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "warm\n"

        def limit(at_once: int) -> float:
            print(at_once, file=process.stdin, flush=True)
            return float(process.stdout.readline())  # type: ignore[union-attr]

        yield limit
        process.stdin.close()


def recorded(group: Class) -> tuple[Path, str]:
    """Grade once, one by one, and keep each submission's cells and calls; and where a submission's time went."""
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

        def call(self, name: str, args: tuple[Any, ...], *more: Any) -> Any:
            started = time.perf_counter()
            outcome = super().call(name, args, *more)
            plan[-1].append(("call", (name, args)))
            spent[-1]["calls"] += time.perf_counter() - started
            return outcome

    settings = load_settings(group.all)
    chapter = load_chapter(settings.chapter(group.chapter_id))
    names = load_namespace(chapter)
    whole = []
    original, grading.Worker = grading.Worker, Recording  # type: ignore[misc]
    try:
        with Nursery(grading.preload(chapter)) as nursery:
            for path in sorted((settings.course / "submitted").glob("*/*/*.ipynb")):
                started = time.perf_counter()
                graded = grading.grade_submission(
                    path, chapter, names, student=path.parts[-3], secret=b"benchmark", nursery=nursery
                )
                whole.append(time.perf_counter() - started)
                assert all(verdict.finding.code is not Code.NOT_GRADED for verdict in graded.verdicts), path
    finally:
        grading.Worker = original  # type: ignore[misc]
    parts = {name: float(np.median([one[name] for one in spent[1:]])) for name in spent[0]}
    rest = float(np.median(whole[1:])) - sum(parts.values())
    told = ", ".join(f"{name} {1e3 * seconds:.0f} ms" for name, seconds in parts.items())
    file = group.folder / "plan.pickle"
    file.write_bytes(pickle.dumps(plan))
    return file, (
        f"{told}, reading, repair, reference, judging and marking {1e3 * rest:.0f} ms; "
        f"in all {1e3 * float(np.median(whole[1:])):.0f} ms."
    )


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
    students = sorted(path.name for path in (root / "course" / "submitted").iterdir())[: count + 1]
    for student in students:
        shutil.copytree(
            root / "course" / "submitted" / student / chapter_id, stock / "submitted" / student / chapter_id
        )
    seconds(stock, "nbgrader", "autograde", chapter_id, "--student", students[0])
    start = seconds(stock, "nbgrader", "autograde", chapter_id, "--student", students[0])  # it has nothing to do
    return seconds(stock, "nbgrader", "autograde", chapter_id) - start


def seconds(folder: Path, *words: str, python: str = sys.executable, **environment: str) -> float:
    """How long a command takes, which must succeed."""
    started = time.perf_counter()
    done = run(folder, *words, python=python, **environment)
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - started
