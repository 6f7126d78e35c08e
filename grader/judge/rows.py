"""What a loss over a batch is made of, row by row: some rows alone, others weighed, each bounded by an epsilon.

This holds for a mean over rows, whatever its formula: the reference itself is asked for each row alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from grader.judge.pairings import NotHere, Pairing
from grader.judge.tensors import Array
from grader.text import Ratio, Text, raw, say

#: No larger batch is taken apart.
MOST_ROWS = 64
_EPSILONS = (*(10.0**-digits for digits in range(2, 17)), 2.0**-52, 2.0**-23)
_SMOOTHINGS = (0.01, 0.05, 0.1, 0.2, 0.3)
#: The largest loss of a row for those who clamp the logarithm itself.
_CLAMPS = (100.0, 50.0, 20.0)

Reduce = Callable[[Array], Any]


def rowwise(function: Callable[..., Any], names: tuple[str, ...]) -> Iterator[Pairing]:
    """names: of the function's arguments, in order."""
    costs = _Costs(function)
    for told, reduce in _reductions():
        yield told, _of_costs(costs, reduce)
    for told, kept in _parts():
        yield told, _of_rows(function, kept)
    yield say("the first along the second axis alone"), _along_second(function, slice(0, 1))
    yield say("the last along the second axis alone"), _along_second(function, slice(-1, None))
    for place, name in enumerate(names):
        for told, weigh in _by_label(name):
            yield told, _weighed(costs, place, weigh)
        for share in _SMOOTHINGS:
            told = say("{name} smoothed by {share:g}", name=raw(f"`{name}`"), share=Ratio(share))
            yield told, _smoothed(function, place, share)


def _reductions() -> Iterator[tuple[Text, Reduce]]:
    yield say("the first row alone"), lambda c: c[0]
    yield say("the last row alone"), lambda c: c[-1]
    yield say("all rows but the first"), lambda c: c[1:].mean()
    yield say("all rows but the last"), lambda c: c[:-1].mean()
    yield say("all rows but the first, divided by the number of all"), lambda c: c[1:].sum() / len(c)
    yield say("all rows but the last, divided by the number of all"), lambda c: c[:-1].sum() / len(c)
    yield say("the largest of the rows' losses, where their mean belongs"), np.max
    yield say("the smallest of the rows' losses, where their mean belongs"), np.min
    yield say("the median of the rows' losses, where their mean belongs"), np.median
    yield say("the mean of the rows' squared losses"), lambda c: np.mean(c**2)
    yield say("the mean of the rows' probabilities, without the logarithm"), lambda c: np.mean(np.exp(-c))
    yield say("the mean of 1 - p, without the logarithm"), lambda c: np.mean(1 - np.exp(-c))
    yield say("the logarithm of the mean probability, where the mean of the logarithms belongs"), _log_of_mean
    for size in _CLAMPS:
        yield say("a loss that is cut at {size:g}", size=Ratio(size)), partial(_cut, size)
    for eps in _EPSILONS:
        inside = say("an epsilon of {eps:.2g} inside the logarithm, which bounds the loss", eps=Ratio(eps, 2))
        yield inside, partial(_inside, eps)
        clipped = say("a probability clipped at {eps:.2g}, which bounds the loss", eps=Ratio(eps, 2))
        yield clipped, partial(_clipped, eps, 1 - eps)
        yield clipped, partial(_clipped, eps, 1.0)


def _parts() -> Iterator[tuple[Text, slice]]:
    """Rows of a batch that may be looked at alone."""
    yield say("the first row alone"), slice(0, 1)
    yield say("the last row alone"), slice(-1, None)
    yield say("all rows but the first"), slice(1, None)
    yield say("all rows but the last"), slice(0, -1)


def _of_rows(function: Callable[..., Any], kept: slice) -> Callable[..., Any]:
    """The answer to some rows of a batch: of the first argument, and of all that belong to its rows."""

    def other(*args: Any) -> Any:
        if not args or not isinstance(args[0], np.ndarray) or args[0].ndim == 0 or not len(args[0]):
            raise NotHere
        of_it = _of_the_rows(args)
        return function(*(arg[kept] if mine else arg for arg, mine in zip(args, of_it, strict=True)))

    return other


def _of_the_rows(args: Sequence[Any]) -> list[bool]:
    """Which arguments have an entry for each row of the first. Where it may be one for each column, targets have."""
    n = len(args[0])
    as_long = [isinstance(arg, np.ndarray) and arg.ndim > 0 and len(arg) == n for arg in args]
    if n not in args[0].shape[1:]:
        return as_long
    few = [place for place, arg in enumerate(args) if as_long[place] and place and np.isin(arg, (-1, 0, 1)).all()]
    whole = [place for place in few if args[place].dtype.kind in "iu"]
    return [place == 0 or place in (whole or few) for place in range(len(args))]


def _cut(most: float, costs: Array) -> Any:
    return np.minimum(_cost(costs), most).mean()


def _inside(eps: float, costs: Array) -> Any:
    return -np.mean(np.log(np.exp(-_cost(costs)) + eps))


def _clipped(low: float, high: float, costs: Array) -> Any:
    return -np.mean(np.log(np.clip(np.exp(-_cost(costs)), low, high)))


def _log_of_mean(costs: Array) -> Any:
    return -np.log(np.mean(np.exp(-costs)))


def _cost(costs: Array) -> Array:
    """The costs, where they may be minus the logarithms of probabilities."""
    if costs.min() < -1e-12:
        raise NotHere
    return costs


def _by_label(name: str) -> Iterator[tuple[Text, tuple[float, float]]]:
    """Weights of the rows with 0 and of those with 1."""
    fields = {"name": name}
    yield say("the rows with `{name}` = 1 alone", **fields), (0, 1)
    yield say("the rows with `{name}` = 0 alone", **fields), (1, 0)
    yield say("the wrong sign for the rows with `{name}` = 0: one of two terms lacks its minus", **fields), (-1, 1)
    yield say("the wrong sign for the rows with `{name}` = 1: one of two terms lacks its minus", **fields), (1, -1)


class _Costs:
    """What each row of a batch costs; the last batch's costs are kept."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._key: bytes = b""
        self._kept: Array | None = None

    def __call__(self, args: tuple[Any, ...]) -> Array:
        """Raises NotHere where the answer is no mean over the rows of the first argument."""
        key = b"|".join(arg.tobytes() if isinstance(arg, np.ndarray) else repr(arg).encode() for arg in args)
        if key != self._key:
            self._key, self._kept = key, None
            self._kept = self._apart(args)
        if self._kept is None:
            raise NotHere
        return self._kept

    def _apart(self, args: tuple[Any, ...]) -> Array | None:
        if not args or not isinstance(args[0], np.ndarray) or not 0 < len(args[0]) <= MOST_ROWS:
            return None
        n, whole = len(args[0]), self._function(*args)
        if np.ndim(whole) or isinstance(whole, tuple | dict | str):
            return None
        of_rows = [isinstance(arg, np.ndarray) and arg.ndim > 0 and len(arg) == n for arg in args]
        costs = np.array(
            [
                float(
                    self._function(*(arg[i : i + 1] if rows else arg for arg, rows in zip(args, of_rows, strict=True)))
                )
                for i in range(n)
            ]
        )
        return costs if abs(costs.mean() - whole) <= 1e-9 * max(1.0, abs(float(whole))) else None


def _of_costs(costs: _Costs, reduce: Reduce) -> Callable[..., Any]:
    return lambda *args: float(reduce(costs(args)))


def _along_second(function: Callable[..., Any], kept: slice) -> Callable[..., Any]:
    """Sequences of which one position is looked at."""

    def other(*args: Any) -> Any:
        shape = np.shape(args[0])[:2]
        of_it = [isinstance(arg, np.ndarray) and arg.ndim > 1 and arg.shape[:2] == shape for arg in args]
        if sum(of_it) < 2 or args[0].ndim < 3:
            raise NotHere
        return function(*(arg[:, kept] if mine else arg for arg, mine in zip(args, of_it, strict=True)))

    return other


def _weighed(costs: _Costs, place: int, weights: tuple[float, float]) -> Callable[..., Any]:
    def other(*args: Any) -> Any:
        labels = np.ravel(args[place])
        if not (isinstance(args[place], np.ndarray) and len(labels) == len(args[0]) and np.isin(labels, (0, 1)).all()):
            raise NotHere
        return float(np.mean(np.where(labels == 1, weights[1], weights[0]) * costs(args)))

    return other


def _smoothed(function: Callable[..., Any], place: int, share: float) -> Callable[..., Any]:
    """Integer labels of which a share goes to all classes alike."""

    def other(*args: Any) -> Any:
        labels, scores = args[place], args[0]
        if not (isinstance(labels, np.ndarray) and labels.dtype.kind in "iu" and labels.ndim == 1):
            raise NotHere
        if not (isinstance(scores, np.ndarray) and scores.ndim == 2 and len(scores) == len(labels)):
            raise NotHere
        each = [function(*args[:place], np.full_like(labels, c), *args[place + 1 :]) for c in range(scores.shape[1])]
        return (1 - share) * function(*args) + share * float(np.mean(each))

    return other
