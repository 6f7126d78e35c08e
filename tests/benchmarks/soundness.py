"""How fast a notebook's checks answer, and how often right answers lose: counted, not argued."""

from __future__ import annotations

import time
from pathlib import Path

import nbformat
import numpy as np

from grader.author.bench import Bench
from grader.calling import call
from grader.card import as_html
from grader.chapter.checks import compiled
from grader.chapter.model import Cell, Chapter, load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.release import answered
from grader.chapter.roles import Role
from grader.grade.grading import grade_submission
from grader.judge.tensors import tensors

from .telling import telling

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "solutions" / "05_softmax_cross_entropy"


def notebook_checks(runs: int) -> str:
    """Every visible NumPy check of chapter 05 on its reference, ``runs`` times in this process; those that train, which
    take a thousand times as long and do the same each time, in every tenth run."""
    chapter = load_chapter(FOLDER)
    names = load_namespace(chapter)
    checks = _numpy_checks(chapter)
    benches = {check.name: Bench(chapter, names, compiled(chapter, check.name)) for check in checks}
    times: dict[str, list[float]] = {"judged": [], "trained": []}
    lost = 0
    for run in telling("visible checks", range(runs)):
        for check in checks:
            kind = "trained" if "check.trained" in check.source else "judged"
            if kind == "trained" and run % 10:
                continue
            started = time.perf_counter()
            verdict = benches[check.name].in_notebook(lambda name, args: call(names.right(name), args))
            as_html(verdict)
            times[kind].append(1e3 * (time.perf_counter() - started))
            lost += verdict.status != "passed"
    judged, trained = times["judged"], times["trained"]
    return (
        f"{len(judged)} visible NumPy checks, {runs} of each, and {len(trained)} that train, in one process: {lost} "
        f"lost. One check in a notebook, card included: median {np.median(judged):.2f} ms, p95 "
        f"{np.percentile(judged, 95):.2f} ms; the one that trains: median {np.median(trained):.0f} ms."
    )


def _numpy_checks(chapter: Chapter) -> list[Cell]:
    """The checks of the exercises that are functions of plain data and no Keras."""
    keras = {cell.name for cell in chapter.of(Role.EXERCISE) if "same_as" in cell.options}
    keras |= {cell.judges for cell in chapter.of(Role.ADAPTER)}
    return [check for check in chapter.of(Role.CHECK) if check.judges not in keras]


def right_gradients(judgements: int) -> str:
    """Right gradient answers of chapter 05, in every style of its variants, with a student's inputs each."""
    chapter = load_chapter(FOLDER)
    names = load_namespace(chapter)
    checks = {
        check.judges: compiled(chapter, check.name)
        for check in _numpy_checks(chapter)
        if "check.gradients" in check.source
    }
    styles = [variant for variant in names.variants if variant.exercise in checks]
    benches = {exercise: Bench(chapter, names, check) for exercise, check in checks.items()}
    calls = {exercise: len(bench.trace()) for exercise, bench in benches.items()}
    lost = judged = differing = 0
    students = -(-judgements * len(styles) // sum(calls[style.exercise] for style in styles))
    for student in telling("right gradients", range(students)):
        style = styles[student % len(styles)]
        bench = benches[style.exercise]
        verdict = bench.judge(bench.answers(style), str(student))
        lost += verdict.status != "passed"
        args = bench.trace(str(student))[-1].args
        bench.forget()
        judged += calls[style.exercise]
        mine, theirs = style.function(*args), names.right(style.exercise)(*args)
        differing += calls[style.exercise] * any(
            not np.array_equal(a, b)
            for (_, a), (_, b) in zip(
                tensors(tuple(mine) if isinstance(mine, list) else mine), tensors(theirs), strict=True
            )
        )
    return (
        f"{judged} right gradient judgements in {len(styles)} styles, {100 * differing / judged:.0f} % of them "
        f"other bits than the reference: {lost} lost."
    )


def whole_gradings(students: int, scratch: Path) -> str:
    """The answered release, graded whole for students of other names."""
    chapter = load_chapter(FOLDER)
    names = load_namespace(chapter)
    path = scratch / "answered.ipynb"
    release = ROOT / "assignments" / chapter.id / f"{chapter.id}.ipynb"
    nbformat.write(answered(chapter, nbformat.read(release, as_version=4)), path)
    lost, times = 0.0, []
    for number in telling("whole gradings", range(students)):
        started = time.perf_counter()
        graded = grade_submission(path, chapter, names, student=f"student {number}", secret=b"benchmark")
        times.append(time.perf_counter() - started)
        lost += graded.max_score - graded.score
    return f"{students} whole gradings of the references: {lost:g} points lost, median {np.median(times):.1f} s each."
