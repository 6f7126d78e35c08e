"""Judging random arrays by their distribution: z-tests of mean and standard deviation, bounds, seeds.

A right sampler fails a test at |z| > 6 once in some 5e8 judgements (two-sided normal tail, 2e-9).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.finding import Code, Finding
from grader.judge.tensors import Array, as_float
from grader.text import NO_TEXT, Text, joined, say

#: How many standard errors a mean or a standard deviation may be off.
MAX_Z = 6.0


def judge_sample(
    values: Sequence[Any], mean: float, std: float, low: float | None, high: float | None
) -> Finding | None:
    """What is wrong with three draws (seed a, seed b, seed a again); None where nothing is.

    mean, std: of one entry; low, high: bounds of a uniform or truncated law, which draws also come close to.
    """
    try:
        first, second, again = (as_float(np.asarray(value)) for value in values)
    except OverflowError:
        return Finding(Code.TYPE, say("A whole number came back that is too large for an array of real numbers."))
    except (TypeError, ValueError):
        return Finding(Code.TYPE, say("For another seed something else than an array of numbers came back."))
    if not np.isfinite(first).all():
        return Finding(Code.NAN, say("The drawn numbers are not all finite."))
    if not np.array_equal(first, again):
        told = say("The same seed gave other numbers. Make a generator of the seed inside the function.")
        return Finding(Code.SEED, told)
    if first.size > 1 and np.all(first == first.flat[0]):
        told = say("All numbers are the same {value:.4g}: nothing is drawn.", value=float(first.flat[0]))
        return Finding(Code.CONSTANT, told)
    if first.shape == second.shape and np.array_equal(first, second):
        return Finding(Code.SEED, say("Another seed gave the same numbers: is the seed used?"))
    if first.ndim == 2 and (_has_twins(first) or _has_twins(first.T)):
        return Finding(Code.TWINS, say("Two rows or two columns are equal: such units stay equal for ever."))
    return _moments(np.concatenate([first.ravel(), second.ravel()]), first.shape, mean, std, low, high)


def _moments(
    drawn: Array, shape: tuple[int, ...], mean: float, std: float, low: float | None, high: float | None
) -> Finding | None:
    n = len(drawn)
    middle, spread = float(drawn.mean()), float(np.sqrt(np.mean((drawn - drawn.mean()) ** 2)))
    # Where the spread is too large, the mean's own noise is too: only what is beyond that is told of the mean.
    if not abs(middle - mean) <= MAX_Z * max(std, spread) / np.sqrt(n):
        told = say(
            "The mean of {count} numbers, drawn with two seeds, is {mean:.4g}; {wanted:.4g} is expected.",
            count=n,
            mean=middle,
            wanted=mean,
        )
        return Finding(Code.MEAN, told)
    # Var(s^2) = (kurtosis - 1) sigma^4 / n; 3 is the normal's kurtosis and more than a bounded law's.
    error = np.sqrt(2 / n) / 2 * std
    if not abs(spread - std) <= MAX_Z * error:
        ratio = spread / std if std else float("inf")
        told = say(
            "The standard deviation of {count} numbers, drawn with two seeds, is {spread:.4g}, {ratio:.3g} times the "
            "expected {wanted:.4g}.",
            count=n,
            spread=spread,
            ratio=ratio,
            wanted=std,
        )
        return Finding(Code.SPREAD, joined([told, _reason(ratio, std, shape, 3 * error / std if std else 0.0)]))
    for bound, side in ((low, -1), (high, 1)):
        if bound is None:
            continue
        extreme = float(drawn.min() if side < 0 else drawn.max())
        if side * (extreme - bound) > 1e-12 * max(1.0, abs(bound)):
            told = say(
                "A drawn number is {extreme:.6g}; all should lie between {low:.6g} and {high:.6g}.",
                extreme=extreme,
                low=low,
                high=high,
            )
            return Finding(Code.BOUNDS, told)
    if low is not None and high is not None and abs(std - (high - low) / np.sqrt(12)) < 0.01 * std:  # uniform
        # Of n uniform draws the largest gap at an end exceeds g of the width with probability (1-g)^n < 2e-9.
        gap = 20 / n * (high - low)
        if drawn.min() > low + gap or drawn.max() < high - gap:
            told = say(
                "The numbers lie between {least:.4g} and {most:.4g}; they should fill {low:.4g} to {high:.4g}.",
                least=float(drawn.min()),
                most=float(drawn.max()),
                low=low,
                high=high,
            )
            return Finding(Code.BOUNDS, told)
    return None


def _reason(ratio: float, std: float, shape: tuple[int, ...], allowed: float) -> Text:
    """What a spread that is ``ratio`` times the right one is, where the draws are enough to tell it from all else."""
    causes = list(_causes(std, shape))
    near = [told for factor, told in causes if abs(ratio / factor - 1) <= allowed]
    far = [told for factor, told in causes if abs(ratio / factor - 1) <= 3 * allowed]
    return near[0] if len(set(far)) == 1 and near else NO_TEXT


def _causes(std: float, shape: tuple[int, ...]) -> Iterator[tuple[float, Text]]:
    """Factors by which a spread is wrong most often."""
    yield std, say("That is the square of it: the variance stands where the standard deviation belongs.")
    yield 1 / np.sqrt(std), say("That is its square root: is a root taken twice?")
    yield np.sqrt(2), say("That is the square root of 2 times it: is there a 2 too many under the root?")
    yield np.sqrt(1 / 2), say("That is it divided by the square root of 2: is a 2 under the root missing?")
    yield np.sqrt(3), say("That is the square root of 3 times it: the limit of a uniform law is no standard deviation.")
    yield np.sqrt(1 / 3), say("That is it divided by the square root of 3: a standard deviation is no limit.")
    yield 2.0, say("That is twice as much.")
    yield 0.5, say("That is half of it.")
    yield 3.0, say("That is three times as much.")
    if len(shape) == 2 and shape[0] != shape[1]:
        rows, columns = shape
        for factor in (np.sqrt(rows / columns), np.sqrt(columns / rows)):
            yield factor, say("That is what the other fan gives: look at which of the two sizes is fan-in.")
        for one in shape:
            both = np.sqrt(one / (rows + columns))
            yield both, say("That is what both fans together give, where one alone belongs.")
            yield 1 / both, say("That is what one fan alone gives, where both together belong.")


def _has_twins(rows: Array) -> bool:
    return len(rows) > 1 and len(np.unique(rows, axis=0)) < len(rows)
