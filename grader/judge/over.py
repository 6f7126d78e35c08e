"""A reference run over a student's own earlier functions."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np

from grader.calling import Outcome
from grader.finding import Code
from grader.judge.compare import compare
from grader.judge.earlier import Carried, Earlier, Trouble, kind_of
from grader.judge.references import References
from grader.judge.tensors import matches
from grader.shield import form_of, plain

#: A student's function, by its name, on plain data; where earlier work is not all right, under a shield of these forms:
#: ``answer(name, args)``, ``answer(name, args, forms)``.
Answer = Callable[..., Outcome]
#: One run asks the student's functions this often at most; all runs for one student take this many seconds.
MOST_CALLS = 2_000
MOST_S = 20.0


class Over:
    """The runs for one student. What an earlier function gives is taken as it is where it has the kind and shape of
    what is right there: what comes of anything else depends on how it is used. So it does where the same call gives
    another answer."""

    def __init__(self, answer: Answer, references: References, earlier: Mapping[str, Earlier]) -> None:
        self._answer = answer
        self._references = references
        self._earlier = earlier
        self._calls = 0
        self._left = MOST_S

    def carried(self, name: str, over: Collection[str], args: tuple[Any, ...]) -> Carried:
        """What the reference of ``name`` gives with the student's functions ``over`` in it."""
        names = frozenset(over)
        self._calls = 0
        mixed = self._references.mixed(name, {earlier: partial(self._own, earlier) for earlier in over})
        try:
            with quiet():
                return Carried(mixed(*args), over=names)
        except _FailedError as error:
            return Carried(raised=error.kind, over=names)
        except _UncertainError:
            return Carried(over=names, certain=False)
        except Exception as error:
            return Carried(raised=type(error).__name__, over=names)

    def _own(self, name: str, *args: Any) -> Any:
        known = self._earlier[name]
        if known.trouble is Trouble.WRONG and (ended := known.failures & {"timeout", "died"}):
            raise _FailedError(min(ended))  # it is not waited for again
        value = self._ask(name, args)
        try:
            right = self._references.right(name)(*copies(args))
        except Exception:  # arguments that come of wrong earlier work
            return value
        value = plain(value, form_of(right))
        wrong = compare(value, right, ())
        if wrong is not None and (
            wrong.kind not in (Code.VALUE, Code.NAN) or not matches(plain(self._ask(name, args), form_of(right)), value)
        ):
            raise _UncertainError
        return value

    def _ask(self, name: str, args: tuple[Any, ...]) -> Any:
        self._calls += 1
        if self._calls > MOST_CALLS or self._left <= 0:
            raise _UncertainError
        started = time.monotonic()
        outcome = self._answer(name, copies(args), {other: one.form for other, one in self._earlier.items()})
        self._left -= time.monotonic() - started
        if outcome.failure is not None:
            kind = kind_of(outcome.failure)
            raise _UncertainError if kind == "unreadable" else _FailedError(kind)
        return outcome.value


class _FailedError(Exception):
    """An earlier function gives no value."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class _UncertainError(Exception):
    """What an earlier function gives tells nothing of what it does elsewhere."""


def copies(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Fresh copies of the arguments' arrays: no call sees what another did to them."""
    return tuple(each_array(arg, np.copy) for arg in args)


@contextmanager
def quiet() -> Iterator[None]:
    """Silence NumPy's warnings: a reference at ±1000 or a mistake may well overflow."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def each_array(value: Any, change: Callable[[Any], Any]) -> Any:
    """Plain data with every array changed."""
    if isinstance(value, np.ndarray):
        return change(value)
    if isinstance(value, dict):
        return {key: each_array(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(each_array(item, change) for item in value)
    return value
