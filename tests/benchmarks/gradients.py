"""The gradient judge beside scipy.optimize.check_grad, on the bank: what is lost and told, by size of error."""

from __future__ import annotations

import time
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

import numpy as np
from scipy.optimize import check_grad

from grader.judge.compare import compare, remarks
from grader.judge.differences import GradientOf, NearKink, verify_gradient
from grader.judge.live import bands_of, quiet

from .bank import OPS, REGIMES, Op, draw

SIZES = (1.0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)


def judge(op: Op, inputs: tuple[Any, ...], answer: tuple[Any, ...], kink: bool = False) -> str:
    """ "right", "told" (right within float32, and said so), "lost", or "redrawn"."""
    forward, backward = named(op)
    with quiet():
        want = backward(*inputs)
        told = GradientOf(forward, tuple(f"x{position}" for position in range(op.wrt)), "C")
        try:
            between = verify_gradient(told, backward, inputs, want, kink)
        except NearKink:
            return "redrawn"
        bands = bands_of(backward, inputs, want)
        if kink:
            want = tuple(np.clip(mine, low, high) for mine, (low, high) in zip(answer, between, strict=True))
        if compare(answer, want, bands) is not None:
            return "lost"
        return "told" if remarks(answer, want, bands) else "right"


def named(op: Op) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Forward and backward with the arguments x0, x1, ..., (y), (C), as a chapter's functions have names."""
    inputs = [f"x{position}" for position in range(len(op.shapes))] + (["y"] if op.labels else [])
    forward, backward = (lambda *args: op.forward(*args)), (lambda *args: op.backward(*args))
    for function, names in ((forward, inputs), (backward, [*inputs, "C"])):
        function.__signature__ = Signature(  # type: ignore[attr-defined]
            [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in names]
        )
    return forward, backward


def scipy_errors(op: Op, inputs: tuple[Any, ...], answer: tuple[Any, ...]) -> tuple[float, float]:
    """check_grad's error over all inputs at once, and the same relative to the gradient's norm."""
    shapes = [np.shape(part) for part in inputs[: op.wrt]]
    sizes = np.cumsum([int(np.prod(shape)) for shape in shapes])
    flat = np.concatenate([np.ravel(part) for part in inputs[: op.wrt]])
    gradient = np.concatenate([np.ravel(part) for part in answer])

    def loss(x: Any) -> float:
        parts = [piece.reshape(shape) for piece, shape in zip(np.split(x, sizes[:-1]), shapes, strict=True)]
        return float(np.sum(inputs[-1] * op.forward(*parts, *inputs[op.wrt : -1])))

    with quiet():
        error = float(check_grad(loss, lambda x: gradient, flat))
    return error, error / max(float(np.linalg.norm(gradient)), 1e-300)


def right(op: Op, inputs: tuple[Any, ...], kind: type) -> tuple[Any, ...]:
    """A right answer with other roundings: the backward run in another float type, handed back in float64
    (long double) or as it is (float32)."""
    made = op.backward(
        *(np.asarray(part).astype(kind) if np.asarray(part).dtype.kind == "f" else part for part in inputs)
    )
    return tuple(np.asarray(part, dtype=np.float64 if kind is np.longdouble else kind) for part in made)


def one_off(answer: tuple[Any, ...], size: float, rng: np.random.Generator) -> tuple[Any, ...]:
    """One entry with a gradient off by a share of its own tensor's largest."""
    wrong = [part.copy() for part in answer]
    tensor = wrong[int(rng.integers(len(wrong)))]
    places = np.flatnonzero(tensor)
    if len(places):
        tensor.flat[int(rng.choice(places))] += size * float(np.max(np.abs(tensor)))
    return tuple(wrong)


def measure(draws: int) -> str:
    """The tables, as Markdown."""
    rng = np.random.default_rng(0)
    lines = [
        "| one entry off by (of its largest) | judge: points lost | judge: told | SciPy, error / norm > 1e-5 | "
        "SciPy, error > 1e-6 |",
        "|---|---|---|---|---|",
    ]
    times: dict[str, list[float]] = {"judge": [], "scipy": []}
    for size in SIZES:
        verdicts, errors = [], []
        for op in OPS:
            for _ in range(draws):
                while True:
                    inputs = draw(op, "plain", rng)
                    answer = one_off(op.backward(*inputs), size, rng)
                    started = time.perf_counter()
                    verdict = judge(op, inputs, answer)
                    times["judge"].append(time.perf_counter() - started)
                    if verdict != "redrawn":
                        break
                started = time.perf_counter()
                errors.append(scipy_errors(op, inputs, answer))
                times["scipy"].append(time.perf_counter() - started)
                verdicts.append(verdict)
        shares = [
            np.mean([v == "lost" for v in verdicts]),
            np.mean([v != "right" for v in verdicts]),
            np.mean([relative > 1e-5 for _, relative in errors]),
            np.mean([error > 1e-6 for error, _ in errors]),
        ]
        lines.append(f"| {size:g} | " + " | ".join(f"{100 * share:.0f} %" for share in shares) + " |")
    lines += [
        "",
        "| right answers, by inputs | judgements | judge: lost in float64 | in float32 | inputs redrawn | "
        "SciPy, error / norm > 1e-5 | SciPy, error > 1e-6 |",
        "|---|---|---|---|---|---|---|",
    ]
    for regime in REGIMES:
        verdicts, errors = [], []
        for op in OPS:
            for number in range(draws):
                inputs = draw(op, regime, rng)
                answer = right(op, inputs, (np.longdouble, np.float32)[number % 2])
                verdicts.append(judge(op, inputs, answer, kink=regime == "kink"))
                errors.append(scipy_errors(op, inputs, right(op, inputs, np.longdouble)))
        lost = [sum(v == "lost" for v in verdicts[start::2]) for start in (0, 1)]
        redrawn = sum(v == "redrawn" for v in verdicts)
        shares = [np.mean([relative > 1e-5 for _, relative in errors]), np.mean([error > 1e-6 for error, _ in errors])]
        lines.append(
            f"| {regime} | {len(verdicts)} | {lost[0]} | {lost[1]} | {redrawn} | "
            + " | ".join(f"{100 * share:.0f} %" for share in shares)
            + " |"
        )
    lines += [
        "",
        wrong_forwards(draws, rng),
        "",
        f"One judgement, median: {1e3 * np.median(times['judge']):.1f} ms, the reference's own differences "
        f"included; check_grad {1e3 * np.median(times['scipy']):.1f} ms.",
    ]
    return "\n".join(lines)


def wrong_forwards(draws: int, rng: np.random.Generator) -> str:
    """A forward that is wrong, with the backward that belongs to it: half the output, and the half gradient."""
    ours, scipy_s, count = 0, 0, 0
    for op in OPS:
        for _ in range(draws):
            inputs = draw(op, "away", rng)
            half = Op(op.name, lambda *args, f=op.forward: 0.5 * f(*args), op.backward, op.shapes, op.wrt)
            answer = tuple(0.5 * part for part in op.backward(*inputs))
            count += 1
            ours += judge(op, inputs, answer) == "lost"
            scipy_s += scipy_errors(half, inputs, answer)[1] > 1e-5
    return (
        f"Wrong forward with its own matching backward, {count} draws: the judge refuses "
        f"{100 * ours / count:.0f} %, check_grad {100 * scipy_s / count:.0f} %."
    )
