"""Seed statistics behind every accuracy threshold: how often a right training fails, and a wrong one passes.

A threshold is proposed from one set of seeds and counted on fresh ones, each with columns and labels permuted
as in grading. Of one seed's failure the upper 95 % Clopper-Pearson bound is taken; a student has k seeds.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import math
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from grader.author.bench import Bench, load_bench
from grader.author.lint import names_defined, names_used
from grader.chapter.checks import Check, checks_of, compiled
from grader.chapter.model import Cell, Chapter, load_chapter
from grader.chapter.namespace import Namespace, load_namespace
from grader.chapter.roles import Role
from grader.judge.lines import Collected
from grader.judge.tensors import tensors, with_last
from grader.judge.training import permuted
from grader.judge.words.trained import Trained
from grader.pool import Step, mapped, silent
from grader.syntax.trees import without_comments

#: No right answer may fail more often than this, nor a wrong one pass.
FALSE_FAIL, FALSE_PASS = 1e-6, 0.01
#: Seeds that propose a threshold, and the first of the fresh ones that count against it.
PROPOSING, FRESH = range(30), 1000
#: With k = 3 tries these many seeds without a failure (a pass) prove the bounds above.
RIGHT_SEEDS, WRONG_SEEDS, UNTRAINED_SEEDS = 299, 895, 3000
_CHUNK = 25


def calibrate_chapter(folder: Path, jobs: int = 1, step: Step = silent) -> dict[str, Any]:
    """Measure all trainings of a chapter; the result is what ``calibration.json`` holds."""
    chapter = load_chapter(folder)
    names = load_namespace(chapter)
    checks = [check.cell for check in checks_of(chapter) if any(call.word is Trained for call in check.calls)]
    tasks = {
        f"{check.name}, {answer}, from {start}": (folder, check.name, answer, list(seeds[start : start + _CHUNK]))
        for check in checks
        for answer, seeds in _plan(names, check)
        for start in range(0, len(seeds), _CHUNK)
    }
    scores: dict[tuple[str, str], dict[int, tuple[float, float]]] = {}
    for task, measured in mapped(_measure, list(tasks), tasks.__getitem__, jobs, step):
        _, check_name, answer, _ = tasks[task]
        scores.setdefault((check_name, answer), {}).update(measured)
    return {check.name: _summary(chapter, names, check, scores) for check in checks}


def digest(chapter: Chapter, names: Namespace, check: Cell) -> str:
    """A hash of the code that a training's score follows from: stale statistics are found by it."""
    cells = chapter.of(Role.SETUP, Role.GIVEN, Role.PROBE, Role.ADAPTER, Role.EXERCISE)
    reached, waiting = {check.id}, [check]
    while waiting:
        used = names_used(chapter, waiting.pop())
        found = [cell for cell in cells if cell.id not in reached and names_defined(chapter, cell) & used]
        waiting += found
        reached |= {cell.id for cell in found}
    texts = [cell.source for cell in (*cells, check) if cell.id in reached]
    texts += [
        inspect.getsource(answer.function)
        for answer in (*names.mistakes, *names.variants)
        if answer.exercise == check.judges and answer.function is not None
    ]
    return hashlib.sha256("\n".join(without_comments(text) for text in texts).encode()).hexdigest()[:16]


def upper_bound(events: int, trials: int, level: float = 0.95) -> float:
    """The Clopper-Pearson upper bound of a probability of which ``events`` were seen in ``trials``."""
    if events >= trials:
        return 1.0
    low, high = events / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(events, trials, middle) > 1 - level else (low, middle)
    return high


def write_calibration(folder: Path, measured: dict[str, Any]) -> Path:
    path = folder / "calibration.json"
    path.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    return path


def _plan(names: Namespace, check: Cell) -> list[tuple[str, Sequence[int]]]:
    """(answer, seeds) for the reference, the variants, the training mistakes and the untrained network."""
    right = [*PROPOSING, *range(FRESH, FRESH + RIGHT_SEEDS)]
    wrong = [*PROPOSING, *range(FRESH, FRESH + WRONG_SEEDS)]
    return [
        ("reference", right),
        *((f"variant {v.name}", right) for v in names.variants if v.exercise == check.judges),
        *((f"mistake {m.name}", wrong) for m in names.mistakes if m.exercise == check.judges and not m.trains),
        ("untrained", range(FRESH, FRESH + UNTRAINED_SEEDS)),
    ]


def _measure(folder: Path, check_name: str, answer: str, seeds: list[int]) -> dict[int, tuple[float, float]]:
    """(score, seconds) of an answer for each seed."""
    bench, training = _loaded(folder, check_name)
    (X, y), held = training.args, training.held
    measured = {}
    for seed in seeds:
        rng = np.random.default_rng([seed, 1])
        Xp, yp, X_held, y_held, _ = permuted(rng, X, y, *held)
        started = time.perf_counter()
        parameters = _parameters(bench, training, answer, (Xp, yp, seed), rng)
        seconds = time.perf_counter() - started
        try:
            with np.errstate(all="ignore"):
                score = float(training.score(parameters, X_held, y_held))
        except Exception:  # parameters that cannot be evaluated reach nothing
            score = 0.0
        measured[seed] = (score if np.isfinite(score) else 0.0, seconds)
    return measured


def _parameters(bench: Bench, training: Trained, answer: str, args: tuple[Any, ...], rng: np.random.Generator) -> Any:
    kind, _, name = answer.partition(" ")
    if kind == "untrained":
        right = _right(bench, training)
        return with_last(
            right, [rng.normal(size=leaf.shape) * max(float(np.std(leaf)), 1e-3) for _, leaf in tensors(right)]
        )
    known = {"reference": (), "variant": bench.names.variants, "mistake": bench.names.mistakes}[kind]
    mine = (one for one in known if one.exercise == bench.exercise and one.name == name)
    bench.forget()
    return bench.answers(next(mine, bench.reference))(training.subject, args).value


_RIGHT: dict[tuple[str, str], Any] = {}


def _right(bench: Bench, training: Trained) -> Any:
    """Trained parameters, once a process: an untrained network has their shapes and sizes."""
    key = bench.chapter.id, bench.check.cell.name
    if key not in _RIGHT:
        reference = bench.answers(bench.reference)
        _RIGHT[key] = reference(training.subject, (*training.args, 0)).value
    return _RIGHT[key]


@lru_cache(maxsize=4)
def _loaded(folder: Path, check_name: str) -> tuple[Bench, Trained]:
    bench = load_bench(folder, check_name)
    return bench, _training(bench.names, bench.check)


def _training(names: Namespace, check: Check) -> Trained:
    collected = Collected()
    collected.start(0)
    check.run(names, collected, hidden=True)
    return [call for call in collected.calls if isinstance(call, Trained)][-1]


def _summary(chapter: Chapter, names: Namespace, check: Cell, scores: dict[tuple[str, str], Any]) -> dict[str, Any]:
    training = _training(names, compiled(chapter, check.name))
    y_held = training.held[1]
    answers: dict[str, Any] = {}
    for answer, _ in _plan(names, check):
        measured = scores[check.name, answer]
        fresh = [score for seed, (score, _) in measured.items() if seed >= FRESH]
        is_right = answer.startswith(("reference", "variant"))
        events = sum((score < training.at_least) == is_right for score in fresh)
        bound = upper_bound(events, len(fresh))
        answers[answer] = {
            "seeds": len(fresh),
            "failures" if is_right else "passes": events,
            "bound_for_one_seed": bound,
            "bound_for_all_tries": bound**training.tries if is_right else 1 - (1 - bound) ** training.tries,
            "lowest": min(fresh),
            "median": float(np.median(fresh)),
            "highest": max(fresh),
            "median_seconds": round(float(np.median([seconds for _, seconds in measured.values()])), 3),
        }
    majority = float(np.max(np.bincount(y_held)) / len(y_held))
    proposing = {
        answer: [score for seed, (score, _) in scores[check.name, answer].items() if seed < FRESH]
        for answer in answers
        if answer != "untrained"
    }
    lowest = min(min(found) for answer, found in proposing.items() if not answer.startswith("mistake"))
    highest = max([majority, *(max(found) for answer, found in proposing.items() if answer.startswith("mistake"))])
    return {
        "digest": digest(chapter, names, check),
        "at_least": training.at_least,
        "tries": training.tries,
        "proposed": math.floor(100 * (lowest - max(0.0, lowest - highest) / 20)) / 100,
        "majority": majority,
        "false_fail": max(
            a["bound_for_all_tries"] for name, a in answers.items() if name.startswith(("reference", "variant"))
        ),
        "false_pass": max(
            a["bound_for_all_tries"] for name, a in answers.items() if not name.startswith(("reference", "variant"))
        ),
        "answers": answers,
    }


def _at_most(events: int, trials: int, p: float) -> float:
    """P(X <= events) of a binomial."""
    if p <= 0 or p >= 1:
        return 1.0 if p <= 0 else 0.0
    logs = [
        math.lgamma(trials + 1)
        - math.lgamma(i + 1)
        - math.lgamma(trials - i + 1)
        + i * math.log(p)
        + (trials - i) * math.log1p(-p)
        for i in range(events + 1)
    ]
    return min(1.0, sum(math.exp(value) for value in logs))
