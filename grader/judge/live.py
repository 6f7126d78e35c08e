"""The oracle of the trusted side: right answers from the live reference, known mistakes run beside it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FunctionType
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
    wrong: the exercises whose checks have not passed; it may grow while the oracle lives.
    """

    def __init__(
        self,
        answer: Callable[[str, tuple[Any, ...]], Outcome],
        references: Mapping[str, Any],
        mistakes: Sequence[tuple[str, str, str, Function]] = (),
        wrong: Collection[str] = (),
    ) -> None:
        self._answer = answer
        self._references = references
        self._mistakes = mistakes
        self._wrong = wrong

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
        return Expectation(want, float32_band(want, narrow), known, carried=self._carried(reference, args))

    def _carried(self, reference: Any, args: tuple[Any, ...]) -> Callable[[], Any] | None:
        """The reference with the student's own functions in place of the exercises that it calls."""
        if not self._wrong or not self._uses(reference) & set(self._wrong):
            return None
        own = {name: self._own(name) for name in reference.__code__.co_names if name in self._exercises()}
        mixed = FunctionType(reference.__code__, {**reference.__globals__, **own}, reference.__name__,
                             reference.__defaults__, reference.__closure__)
        return lambda: mixed(*copies(args))

    def _uses(self, reference: Any) -> set[str]:
        """The names of exercises that a reference calls, directly or through another reference."""
        found: set[str] = set()
        waiting = [reference]
        while waiting:
            function = waiting.pop()
            called = {name for name in function.__code__.co_names if name in self._exercises()} - found
            found |= called
            waiting += [self._references[name] for name in called]
        return found

    def _exercises(self) -> set[str]:
        return {name for name, value in self._references.items()
                if isinstance(value, FunctionType) and value.__module__ == self._references.get("__name__")}

    def _own(self, name: str) -> Function:
        def own(*args: Any) -> Any:
            outcome = self._answer(name, copies(args))
            if outcome.failure is not None:
                raise RuntimeError(outcome.failure.message)
            return outcome.value
        return own


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
