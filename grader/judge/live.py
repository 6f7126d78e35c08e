"""The oracle of the trusted side: right answers from the live reference, known mistakes run beside it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from grader.judge.calling import Outcome
from grader.judge.diagnosis import KnownMistake
from grader.judge.session import Expectation
from grader.judge.values import float32_band

Function = Callable[..., Any]


class LiveOracle:
    """Answers come from ``answer(name, args)``, right ones from ``references``.

    mistakes: (exercise, name, sentence, function) of the chapter's known wrong answers.
    """

    def __init__(
        self,
        answer: Callable[[str, tuple[Any, ...]], Outcome],
        references: Mapping[str, Any],
        mistakes: Sequence[tuple[str, str, str, Function]] = (),
    ) -> None:
        self._answer = answer
        self._references = references
        self._mistakes = mistakes

    def call(self, fn: Any, args: tuple[Any, ...]) -> Outcome:
        return self._answer(fn.__name__, copies(args))

    def expect(self, check: str, index: int, fn: Any, args: tuple[Any, ...]) -> Expectation:
        name = fn.__name__
        reference = self._references[name]
        with quiet():
            want = reference(*copies(args))
            known = [
                KnownMistake(title, sentence, _try(function, args))
                for exercise, title, sentence, function in self._mistakes
                if exercise == name
            ]
            narrow = _try(reference, tuple(_narrow(arg) for arg in args))
        return Expectation(want, float32_band(want, narrow), known)


def copies(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Fresh copies of the arrays among the arguments: no call sees what another did to them."""
    return tuple(arg.copy() if isinstance(arg, np.ndarray) else arg for arg in args)


@contextmanager
def quiet() -> Iterator[None]:
    """Silence NumPy's warnings: a reference at ±1000 or a mistake may well overflow."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _narrow(arg: Any) -> Any:
    return arg.astype(np.float32) if isinstance(arg, np.ndarray) and arg.dtype == np.float64 else arg


def _try(function: Function, args: tuple[Any, ...]) -> Any:
    try:
        return function(*copies(args))
    except Exception:  # a known mistake may raise on some inputs; then it is not recognised there
        return None
