"""How fast a notebook's checks answer, and how often right answers lose: counted, not argued."""

from __future__ import annotations

import time
from pathlib import Path

import nbformat
import numpy as np

from grader.author.audit import Bench
from grader.author.recorder import record_chapter
from grader.card import as_html
from grader.chapter.checks import run_check
from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.release import answered
from grader.grade.grading import grade_submission
from grader.judge.compare import tensors
from grader.judge.session import Session
from grader.notebook.check import RecordedOracle

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "solutions" / "05_softmax_cross_entropy"


def notebook_checks(runs: int) -> str:
    """Every visible NumPy check of chapter 05 on its reference, ``runs`` times in this process."""
    chapter = load_chapter(FOLDER)
    names = load_namespace(chapter)
    record = record_chapter(chapter, names)["checks"]
    probed = [check for check in chapter.of("check") if "keras" in check.name or check.name == "build_classifier"]
    checks = [check for check in chapter.of("check") if check not in probed]
    times: dict[str, list[float]] = {"judged": [], "trained": []}
    lost = 0
    for _ in range(runs):
        session = Session(RecordedOracle(record))
        for check in checks:
            started = time.perf_counter()
            session.begin(check.name, check.points)
            _, verdict = _with_functions(chapter, names, check, session)
            as_html(verdict)
            kind = "trained" if "check.trained" in check.source else "judged"
            times[kind].append(1e3 * (time.perf_counter() - started))
            lost += verdict.status != "passed"
    return (
        f"{runs} runs of the {len(checks)} NumPy checks in one process: {lost} lost. One check in a notebook, "
        f"card included: median {np.median(times['judged']):.2f} ms, p95 {np.percentile(times['judged'], 95):.2f} "
        f"ms; the one that trains: median {np.median(times['trained']):.0f} ms."
    )


def _with_functions(chapter, names, check, session):  # type: ignore[no-untyped-def]
    """Run a check's visible lines on the references themselves, as a notebook does."""
    oracle_call = session.oracle.call
    session.oracle.call = lambda fn, args: oracle_call(names.names[fn.__name__], args)
    run_check(chapter, names, check, session, hidden=False)
    session.oracle.call = oracle_call
    return session, session.verdict()


def right_gradients(judgements: int) -> str:
    """Right gradient answers of chapter 05, in every style of its variants, with a student's inputs each."""
    chapter = load_chapter(FOLDER)
    names = load_namespace(chapter)
    record = record_chapter(chapter, names)["checks"]
    checks = {
        check.judges: check
        for check in chapter.of("check")
        if "check.gradients" in check.source and "keras" not in check.name
    }
    styles = [v for v in names.variants if v.exercise in checks]
    calls = {exercise: len(Bench(chapter, names, check, record).trace()) for exercise, check in checks.items()}
    lost = judged = differing = 0
    while judged < judgements:
        style = styles[judged % len(styles)]
        bench = Bench(chapter, names, checks[style.exercise], record)  # each anew: it keeps what is right for a student
        verdict = bench.judge(bench.answers(style.function), str(judged))
        lost += verdict.status != "passed"
        judged += calls[style.exercise]
        args = bench.trace(str(judged))[-1][3]
        mine, theirs = style.function(*args), names.names[style.exercise](*args)
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
    for number in range(students):
        started = time.perf_counter()
        graded = grade_submission(path, chapter, names, student=f"student {number}", secret=b"benchmark")
        times.append(time.perf_counter() - started)
        lost += graded.max_score - graded.score
    return f"{students} whole gradings of the references: {lost:g} points lost, median {np.median(times):.1f} s each."
