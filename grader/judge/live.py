"""The oracle of the trusted side: right answers from the live reference, known mistakes run beside it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from inspect import signature
from typing import Any

import numpy as np

from grader.calling import Outcome
from grader.judge.calls import Call, Compared, Sampled, Scored, Trained, Words
from grader.judge.compare import float32_band, matches, tensors
from grader.judge.differences import GradientOf, verify_gradient
from grader.judge.explain import KnownMistake
from grader.judge.oracle import Expectation
from grader.judge.source import rebound, used_names
from grader.text import authored

Function = Callable[..., Any]

#: How often the reference is run on rounded inputs, for the float32 band.
ROUNDINGS = 4


class LiveOracle:
    """Answers come from ``answer(name, args)``, right ones from ``references``.

    mistakes: (exercise, name, sentence, function) of the chapter's known wrong answers.
    gradients: what each gradient exercise differentiates.
    wrong: the exercises whose checks have not passed; it may grow while the oracle lives.
    public: what is right on the public inputs, kept from one student to the next.
    """

    def __init__(
        self,
        answer: Callable[[str, tuple[Any, ...]], Outcome],
        references: Mapping[str, Any],
        mistakes: Sequence[tuple[str, str, str, Function]] = (),
        gradients: Mapping[str, GradientOf] | None = None,
        wrong: Collection[str] = (),
        public: dict[tuple[str, int], Expectation] | None = None,
    ) -> None:
        self._answer = answer
        self._references = references
        self._mistakes = mistakes
        self._gradients = gradients or {}
        self._wrong = wrong
        self._public = public if public is not None else {}
        #: What a `Plan` of the running check has computed already, by call.
        self.planned: dict[int, Expectation] = {}

    def call(self, fn: Any, args: tuple[Any, ...]) -> Outcome:
        return self._answer(fn.__name__, copies(args))

    def expect(self, check: str, index: int, fn: Any, args: tuple[Any, ...], kink: bool | None) -> Expectation:
        """Raises NearKink or WrongReference where the reference cannot be held against differences here."""
        if index in self.planned:
            return self._as_answered_here(self.planned[index], fn, args)
        name = fn.__name__
        reference = self._references[name]
        with quiet():
            want = reference(*copies(args))
            told = self._gradients.get(name)
            between = []
            if kink is not None and told is not None:
                between = verify_gradient(told, reference, copies(args), want, kink)
            _verify_finite(name, want)
            bands = bands_of(reference, args, want)
        right = Expectation(want, bands, argument_names(reference), between=between if kink else ())
        return self._as_answered_here(right, fn, args)

    def expect_public(self, check: str, index: int, fn: Any, args: tuple[Any, ...], kink: bool | None) -> Expectation:
        """`expect` for public inputs, which are every student's: what is right on them is computed once."""
        if (check, index) not in self._public:
            self._public[check, index] = self.expect(check, index, fn, args, kink)
        return self._as_answered_here(self._public[check, index], fn, args)

    def _as_answered_here(self, right: Expectation, fn: Any, args: tuple[Any, ...]) -> Expectation:
        """What is right, with the mistakes that this oracle knows and the earlier work of its own student."""
        return replace(
            right,
            mistakes=cache(lambda: self._known(fn.__name__, args)),
            carried=self._carried(self._references[fn.__name__], args),
        )

    def fitting(self, check: str, index: int, fn: Any, args: tuple[Any, ...], value: Any) -> Sequence[KnownMistake]:
        return [known for known in self._known(fn.__name__, args) if matches(value, known.value)]

    def _known(self, name: str, args: tuple[Any, ...]) -> list[KnownMistake]:
        with quiet():
            return [
                KnownMistake(title, authored(sentence, f"mistake:{name}:{title}"), _try(function, args))
                for exercise, title, sentence, function in self._mistakes
                if exercise == name
            ]

    def _carried(self, reference: Any, args: tuple[Any, ...]) -> Callable[[], Any] | None:
        """The reference with the student's own functions in place of the exercises that it calls."""
        if not self._wrong or not self._uses(reference) & set(self._wrong):
            return None
        mixed = rebound(reference, {name: self._own(name) for name in used_names(reference) & self._exercises()})
        return lambda: mixed(*copies(args))

    def _uses(self, reference: Any) -> set[str]:
        """The names of exercises that a reference calls, directly or through another reference."""
        found: set[str] = set()
        waiting = [reference]
        while waiting:
            function = waiting.pop()
            called = (used_names(function) & self._exercises()) - found
            found |= called
            waiting += [self._references[name] for name in called]
        return found

    def _exercises(self) -> set[str]:
        return {
            name
            for name, value in self._references.items()
            if callable(value) and getattr(value, "__module__", None) == self._references.get("__name__")
        }

    def _own(self, name: str) -> Function:
        def own(*args: Any) -> Any:
            outcome = self._answer(name, copies(args))
            if outcome.failure is not None:
                raise RuntimeError(outcome.failure.message)
            return outcome.value

        return own


class Plan(Words):
    """A run of a check without the student: the references on the check's inputs, held against differences.

    After it the oracle's ``planned`` holds what each call should give. It draws the same inputs as the run
    that judges, because no draw depends on an answer.
    """

    def __init__(self, oracle: LiveOracle, check: str) -> None:
        super().__init__()
        self._oracle, self._check = oracle, check

    def take(self, call: Call) -> None:
        match call:
            case Compared():
                self._plan(call)
            case Scored() | Sampled() | Trained():  # nothing of these is worked out beforehand
                pass
            case _:
                self.refuse(call)

    def _plan(self, call: Compared) -> None:
        expect = self._oracle.expect if call.hidden else self._oracle.expect_public
        expected = expect(self._check, call.index, call.fn, call.args, call.kink)
        leaves = list(tensors(expected.want))
        if call.names and len(call.names) != len(leaves):
            raise ValueError(
                f"names= has {len(call.names)} names; {call.fn.__name__!r} returns {len(leaves)} tensor"
                f"{'' if len(leaves) == 1 else 's'}"
            )
        self._oracle.planned[call.index] = expected


def argument_names(function: Any) -> tuple[str, ...]:
    """What the arguments of a callable are called; none where it does not tell, as a NumPy ufunc."""
    try:
        return tuple(signature(function).parameters)
    except (TypeError, ValueError):
        return ()


def bands_of(reference: Function, args: tuple[Any, ...], want: Any) -> list[float]:
    """How far each tensor of a right answer may be off: see `float32_band`."""
    return float32_band(want, [_try(reference, _each(args, change)) for change in (_narrow, *_roundings())])


def _verify_finite(name: str, want: Any) -> None:
    """Raise ValueError for a right answer that is nan: nothing could be compared with it."""
    for label, leaf in tensors(want):
        if leaf.dtype.kind in "fc" and np.isnan(leaf).any():
            at = [int(i) for i in np.argwhere(np.isnan(leaf))[0]]
            raise ValueError(
                f"the reference of {name!r} returns nan{f' in {label}' if label else ''}"
                f"{f' at {at}' if at else ''}: mend it, or give it other inputs"
            )


def copies(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Fresh copies of the arguments' arrays: no call sees what another did to them."""
    return tuple(_each(arg, np.copy) for arg in args)


@contextmanager
def quiet() -> Iterator[None]:
    """Silence NumPy's warnings: a reference at ±1000 or a mistake may well overflow."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    """Plain data with every array changed."""
    if isinstance(value, np.ndarray):
        return change(value)
    if isinstance(value, dict):
        return {key: _each(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_each(item, change) for item in value)
    return value


def _narrow(array: Any) -> Any:
    return array.astype(np.float32) if array.dtype == np.float64 else array


def _roundings() -> list[Callable[[Any], Any]]:
    """Ways to move each float64 entry by at most half a unit of float32's last place: the same at every run."""

    def rounded(array: Any, rng: np.random.Generator) -> Any:
        return array * (1 + rng.uniform(-1, 1, array.shape) * 2.0**-24) if array.dtype == np.float64 else array

    return [partial(rounded, rng=np.random.default_rng(seed)) for seed in range(ROUNDINGS)]


def _try(function: Function, args: tuple[Any, ...]) -> Any:
    try:
        return function(*copies(args))
    except Exception:  # a known mistake may raise on some inputs; then it is not recognised there
        return None
