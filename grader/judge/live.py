"""The oracle of the trusted side: right answers from the live reference, known mistakes run beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from inspect import isclass
from typing import Any

import numpy as np

from grader.calling import Outcome
from grader.judge.alternatives import LiveAlternatives, argument_names
from grader.judge.differences import verify_gradient
from grader.judge.earlier import Carried, Earlier, Trouble
from grader.judge.explain import KnownMistake
from grader.judge.lines import Lines
from grader.judge.oracle import Expectation
from grader.judge.over import Answer, Over, copies, each_array, quiet
from grader.judge.references import Function, References
from grader.judge.tensors import float32_band, matches, tensors
from grader.judge.words.values import Values
from grader.judge.words.word import Call, name_of
from grader.shield import Form

#: How often the reference is run on rounded inputs, for the float32 band.
ROUNDINGS = 4


class LiveOracle:
    """Answers come from ``answer(name, args)``, right ones from ``references``.

    earlier: the exercises whose checks have run; it may grow while the oracle lives.
    public: what is right on the public inputs, kept from one student to the next.
    """

    def __init__(
        self,
        answer: Answer,
        references: References,
        earlier: Mapping[str, Earlier] | None = None,
        public: dict[tuple[str, int], Expectation] | None = None,
    ) -> None:
        self._answer = answer
        self._references = references
        self._earlier = earlier if earlier is not None else {}
        self._public = public if public is not None else {}
        self._over = Over(answer, references, self._earlier)
        #: What a `Plan` of the running check has computed already, by call.
        self.planned: dict[int, Expectation] = {}

    def call(self, fn: Any, args: tuple[Any, ...], shielded: Mapping[str, Form] | None = None) -> Outcome:
        return self._answer(name_of(fn), copies(args), *([shielded] if shielded else []))

    def expect(self, check: str, index: int, fn: Any, args: tuple[Any, ...], kink: bool | None) -> Expectation:
        """Raises NearKink or WrongReference where the reference cannot be held against differences here."""
        name = name_of(fn)
        if index in self.planned:
            return self._as_answered_here(self.planned[index], name, args)
        reference = self._references.right(name)
        with quiet():
            want = reference(*copies(args))
            declared = self._references.gradient(name)
            between = []
            if kink is not None and declared is not None:
                between = verify_gradient(declared, reference, copies(args), want, kink)
            _verify_finite(name, want)
            bands = bands_of(reference, args, want)
        right = Expectation(want, bands, argument_names(reference), between=between if kink else ())
        return self._as_answered_here(right, name, args)

    def expect_public(self, check: str, index: int, fn: Any, args: tuple[Any, ...], kink: bool | None) -> Expectation:
        """`expect` for public inputs, which are every student's: what is right on them is computed once."""
        if (check, index) not in self._public:
            self._public[check, index] = self.expect(check, index, fn, args, kink)
        return self._as_answered_here(self._public[check, index], name_of(fn), args)

    def fitting(self, check: str, index: int, fn: Any, args: tuple[Any, ...], value: Any) -> Sequence[KnownMistake]:
        return [known for known in self.known(name_of(fn), args) if matches(value, known.value)]

    def known(self, name: str, args: tuple[Any, ...]) -> list[KnownMistake]:
        """What the known wrong answers give with these arguments."""
        with quiet():
            return [
                KnownMistake(known.name, known.sentence, _try(known.function, args))
                for known in self._references.known(name)
            ]

    def _as_answered_here(self, right: Expectation, name: str, args: tuple[Any, ...]) -> Expectation:
        """What is right, with the mistakes that this oracle knows and the earlier work of its own student."""
        return replace(
            right,
            mistakes=cache(lambda: self.known(name, args)),
            carried=self._carried(name, args),
            alternatives=self.alternatives(name, args),
        )

    def alternatives(self, name: str, args: tuple[Any, ...]) -> LiveAlternatives:
        """What else an answer may be with these arguments."""

        def given(function: Function) -> Any:
            with quiet():
                return _try(function, args)

        weight = sum(leaf.size for arg in args if not callable(arg) for _, leaf in tensors(arg))
        return LiveAlternatives(lambda: self._references.alternatives(name), given, weight)

    def _carried(self, name: str, args: tuple[Any, ...]) -> Callable[[], Carried] | None:
        """The reference with the student's own functions in place of the exercises that it uses."""
        used = self._references.uses(name) if self._earlier else frozenset()
        troubled = {one for one in used if one in self._earlier and self._earlier[one].trouble is not Trouble.NONE}
        # A class cannot be asked for in the reference's place.
        if not troubled or any(isclass(self._references.right(one)) for one in troubled):
            return None
        return cache(lambda: self._over.carried(name, troubled, copies(args)))


class Plan(Lines):
    """A run of a check without the student: the references on the check's inputs, held against differences.

    After it the oracle's ``planned`` holds what each call should give. It draws the same inputs as the run
    that judges, because no draw depends on an answer.
    """

    def __init__(self, oracle: LiveOracle, check: str) -> None:
        super().__init__()
        self._oracle, self._check = oracle, check

    def take(self, call: Call) -> None:
        call.plan(self)

    def expect(self, call: Values) -> None:
        expect = self._oracle.expect if call.hidden else self._oracle.expect_public
        expected = expect(self._check, call.index, call.fn, call.args, call.kink)
        leaves = list(tensors(expected.want))
        if call.names and len(call.names) != len(leaves):
            raise ValueError(
                f"names= has {len(call.names)} names; {call.subject!r} returns {len(leaves)} tensor"
                f"{'' if len(leaves) == 1 else 's'}"
            )
        self._oracle.planned[call.index] = expected


def bands_of(reference: Function, args: tuple[Any, ...], want: Any) -> list[float]:
    """How far each tensor of a right answer may be off: see `float32_band`."""
    return float32_band(want, [_try(reference, each_array(args, change)) for change in (_narrow, *_roundings())])


def _verify_finite(name: str, want: Any) -> None:
    """Raise ValueError for a right answer that is nan: nothing could be compared with it."""
    for label, leaf in tensors(want):
        if leaf.dtype.kind in "fc" and np.isnan(leaf).any():
            at = [int(i) for i in np.argwhere(np.isnan(leaf))[0]]
            raise ValueError(
                f"the reference of {name!r} returns nan{f' in {label}' if label else ''}"
                f"{f' at {at}' if at else ''}: mend it, or give it other inputs"
            )


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
