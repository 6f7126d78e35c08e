"""Judging random arrays by their distribution: z-tests of mean and standard deviation, bounds, tails, seeds.

A right sampler fails a test at |z| > 6 once in some 5e8 judgements (two-sided normal tail, 2e-9).

The tails of a normal law: of n right numbers none lies beyond t on one side with probability (1 - p)^n < 2e-9, where
t is exceeded with probability p = 20/n. So a right sampler fails one of both sides less than once in 2e8 judgements. A
law that is cut at c standard deviations, and drawn anew or clipped there, has nothing beyond c: it is told always, in
every judgement, where c < t. From 14,816 numbers on t is above 3, and from 16,954 on above 3.0408, where a law cut at 3
ends that is stretched to its old spread. The 28,800 and more of a hidden call have t > 3.19.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import NormalDist
from typing import Any

import numpy as np

from grader.finding import Code, Finding
from grader.judge.tensors import Array, as_float
from grader.text import NO_TEXT, Text, joined, say

#: How many standard errors a mean or a standard deviation may be off.
MAX_Z = 6.0
#: So many numbers are expected beyond where a law's end is looked for: none is there with probability exp(-20).
EXPECTED_BEYOND = 20
#: What is known of a law beside its mean and spread, by the name that a check gives it.
LAWS = ("normal",)


def judge_sample(
    values: Sequence[Any], mean: float, std: float, low: float | None, high: float | None, law: str = ""
) -> Finding | None:
    """What is wrong with three draws (seed a, seed b, seed a again); None where nothing is.

    mean, std: of one entry; low, high: bounds of a uniform or truncated law, which draws also come close to; law: one
    of `LAWS`, whose form the numbers must have too.
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
    drawn = np.concatenate([first.ravel(), second.ravel()])
    odd = _moments(drawn, first.shape, mean, std, low, high)
    return _not_normal((drawn - mean) / std) if odd is None and law == "normal" else odd


def furthest(count: int) -> float:
    """How far out, in standard deviations, a normal law puts one of ``count`` numbers at least on each side; 0 where
    there are too few to tell."""
    share = EXPECTED_BEYOND / count
    return NormalDist().inv_cdf(1 - share) if share < 0.5 else 0.0


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
        return Finding(Code.MEAN, joined([told, _ends(drawn, mean, low, high)]))
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
        bounded = low is not None
        reason = _reason(ratio, _causes(std, shape, bounded), 3 * error / std if std else 0.0)
        law = NO_TEXT if bounded or not spread else _cut_off((drawn - middle) / spread)
        return Finding(Code.LAW if law else Code.SPREAD, joined([told, law, reason]))
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
            normal = say("That far out a normal law goes: a uniform one is asked for.")
            far = extreme - middle if side > 0 else middle - extreme
            is_normal = far > max(2.0, 0.8 * furthest(n)) * spread
            return Finding(Code.BOUNDS, joined([told, normal if is_normal else NO_TEXT]))
    if low is not None and high is not None and abs(std - (high - low) / np.sqrt(12)) < 0.01 * std:  # uniform
        # Of n uniform draws the largest gap at an end exceeds g of the width with probability (1-g)^n < 2e-9.
        gap = EXPECTED_BEYOND / n * (high - low)
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


def _ends(drawn: Array, mean: float, low: float | None, high: float | None) -> Text:
    """Where the numbers lie whose mean is wrong."""
    if drawn.min() >= mean or drawn.max() <= mean:
        return say("All of them lie on one side of it.")
    if low is None or high is None:
        return NO_TEXT
    return say(
        "They lie between {least:.4g} and {most:.4g}; {low:.4g} to {high:.4g} is asked: look at both ends.",
        least=float(drawn.min()),
        most=float(drawn.max()),
        low=low,
        high=high,
    )


def _cut_off(z: Array) -> Text:
    """What tells numbers of mean 0 and spread 1 from those of a normal law, whose spread may be another; no text where
    nothing does."""
    reach = min(float(z.max()), -float(z.min()))
    if told := _ended(z, reach):
        return told
    # The spread that they are measured by has an error of its own.
    if reach < furthest(z.size) * (1 - MAX_Z / np.sqrt(2 * z.size)):
        return say("Their law is cut off, too: far out no number is drawn. A normal law has no ends.")
    return NO_TEXT


def _ended(z: Array, reach: float) -> Text:
    """What is told of a law with ends, by how it looks there."""
    if min(np.sum(z == z.max()), np.sum(z == z.min())) > 2:
        return say(
            "Many stand exactly at its two ends: what lies further out is set back there. A normal law has no ends."
        )
    if abs(reach - np.sqrt(3)) < 0.03:
        return say("They are numbers of a uniform law: a normal one is asked for.")
    return NO_TEXT


def _reason(ratio: float, known: Iterable[tuple[float, Text]], allowed: float) -> Text:
    """What a spread that is ``ratio`` times the right one is, where the draws are enough to tell it from all else."""
    causes = list(known)
    near = [told for factor, told in causes if abs(ratio / factor - 1) <= allowed]
    far = [told for factor, told in causes if abs(ratio / factor - 1) <= 3 * allowed]
    return near[0] if len(set(far)) == 1 and near else NO_TEXT


def _causes(std: float, shape: tuple[int, ...], bounded: bool) -> Iterator[tuple[float, Text]]:
    """Factors by which a spread is wrong most often. bounded: whether the law is to have ends."""
    yield std, say("That is the square of it: the variance stands where the standard deviation belongs.")
    yield 1 / np.sqrt(std), say("That is its square root: is a root taken twice?")
    yield np.sqrt(2), say("That is the square root of 2 times it: is there a 2 too many under the root?")
    yield np.sqrt(1 / 2), say("That is it divided by the square root of 2: is a 2 under the root missing?")
    yield np.sqrt(3), say("That is the square root of 3 times it: the limit of a uniform law is no standard deviation.")
    yield np.sqrt(1 / 3), say("That is it divided by the square root of 3: a standard deviation is no limit.")
    width = say("That is twice as much: the limit of a uniform law is half of its width.")
    yield 2.0, width if bounded else say("That is twice as much.")
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


def _not_normal(z: Array) -> Finding | None:
    """What tells numbers of mean 0 and spread 1 from those of a normal law."""
    reach, wanted = min(float(z.max()), -float(z.min())), furthest(z.size)
    if reach < wanted:
        told = say(
            "On one side no number lies further out than {reach:.2f} standard deviations. Of {count} numbers a normal "
            "law puts some beyond {wanted:.2f}: is it cut off, or uniform?",
            reach=reach,
            count=z.size,
            wanted=wanted,
        )
        return Finding(Code.LAW, joined([told, _ended(z, reach)]))
    beyond = 2 * NormalDist().cdf(-1)
    share = float(np.mean(np.abs(z) > 1))
    if abs(share - beyond) > MAX_Z * np.sqrt(beyond * (1 - beyond) / z.size):
        told = say(
            "{share:.1%} of the numbers lie further than one standard deviation from the mean. A normal law has "
            "{wanted:.1%} there.",
            share=share,
            wanted=beyond,
        )
        return Finding(Code.LAW, told)
    return None


def _has_twins(rows: Array) -> bool:
    return len(rows) > 1 and len(np.unique(rows, axis=0)) < len(rows)
