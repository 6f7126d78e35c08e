"""A training as the judge sees it: the task in another order for each try, and what its parameters reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.finding import NOTHING, Code, Finding
from grader.judge.compare import RETURNED_NONE, no_such_tuple
from grader.judge.tensors import matches, tensors
from grader.text import Quoted, Text, authored, say

#: Numbers of what a score is asked of: it multiplies them with every held row.
MAX_NUMBERS = 1_000_000
#: What Python says where another number of values came than there are names.
_COUNTED = re.compile(r"(?:too many|not enough) values to unpack \(expected (\d+)")


def visible_rng() -> np.random.Generator:
    """What orders and seeds the trainings of visible lines: the same in every notebook and in the record."""
    return np.random.default_rng(1957)


def permuted(rng: np.random.Generator, X: Any, y: Any, X_held: Any, y_held: Any) -> tuple[Any, Any, Any, Any, int]:
    """The same task with columns and labels in another order, and a seed for it."""
    columns = rng.permutation(X.shape[1])
    labels = rng.permutation(int(max(y.max(), y_held.max())) + 1)
    return X[:, columns], labels[y], X_held[:, columns], labels[y_held], int(rng.integers(2**31))


def evaluated(
    value: Any, score: Callable[[], float | str], named: Callable[[str], Finding | None], code: Code
) -> tuple[float, Finding]:
    """(score, nothing) or (0, what is wrong with this answer).

    named: the known mistake of a name, which a score may give in place of a sentence; code: of a sentence.
    """
    if value is None:
        return 0.0, Finding(code, RETURNED_NONE)
    if isinstance(value, dict):
        return 0.0, Finding(Code.TYPE, _no_tuple(value))
    numbers = _numbers(value)
    if numbers > MAX_NUMBERS:
        told = say(
            "You return {numbers:,} numbers; at most {most:,} are evaluated: is a shape wrong?",
            numbers=numbers,
            most=MAX_NUMBERS,
        )
        return 0.0, Finding(code, told)
    try:
        with np.errstate(all="ignore"):
            given = score()
        if isinstance(given, str):  # a sentence that may quote the answer
            return 0.0, named(given) or Finding(code, authored(Quoted(given), "score"))
        reached = float(given)
    except Exception as error:  # the parameters are the student's: whatever they break is an answer
        if isinstance(value, str):
            return 0.0, Finding(Code.TYPE, _no_tuple(value))
        count = _COUNTED.match(str(error))
        if count and (isinstance(value, np.ndarray) or len(tuple(value)) != int(count[1])):
            return 0.0, Finding(Code.TYPE, no_such_tuple(value, int(count[1])))
        told = say("The returned parameters cannot be evaluated: {error}", error=Quoted(error))
        return 0.0, Finding(code, told)
    return (
        (reached, NOTHING) if np.isfinite(reached) else (0.0, Finding(code, say("The returned parameters give nan.")))
    )


def _no_tuple(value: dict[str, Any] | str) -> Text:
    """Parameters are arrays, one after the other."""
    if isinstance(value, str):
        return say("Text came back where the parameters were expected.")
    return say(
        "A dictionary with {keys} came back. Return the arrays themselves, as a tuple in the order that the exercise "
        "asks for.",
        keys=", ".join(map(repr, value)),
    )


def few_rows(X: Any, y: Any) -> tuple[Any, Any]:
    """The first rows that hold the largest label, so that parameters have the shape that they have with all rows."""
    count = int(np.argmax(y == y.max())) + 1
    return X[:count], y[:count]


def unmoved(value: Any, start: Any) -> Finding | None:
    """What is told where parameters do not depend on the rows; ``start``: those that a few rows gave."""
    if not (matches(value, start, 0.0) and list(tensors(value))):
        return None
    told = say(
        "The parameters that came back do not depend on the rows: fewer rows give the very same ones. Are they those "
        "of the start? Then the results of your steps are lost. Or does it train on other rows than its arguments?"
    )
    return Finding(Code.START, told)


def _numbers(value: Any) -> int:
    """How many numbers a value is made of."""
    if isinstance(value, list | tuple):
        return sum(map(_numbers, value))
    if isinstance(value, dict):
        return sum(map(_numbers, value.values()))
    return int(np.size(value)) if isinstance(value, np.ndarray) else 1
