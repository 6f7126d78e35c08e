"""The words of a check cell. Each line becomes one `Call`, and whoever runs the check takes it: to judge, to plan
what is right, to record, to count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from grader.judge.training import permuted, visible_rng

#: The seeds of a sample in visible lines.
VISIBLE_SEEDS = (0, 1)


@dataclass(frozen=True)
class Rule:
    """How one call counts: its part, its weight there, the relative error that it forgives, and the part
    without which it pays nothing."""

    part: str
    weight: float = 1.0
    near: float = 0.0
    if_passed: str = ""


@dataclass(frozen=True, kw_only=True)
class Call:
    """``fn(*args)``, the ``index``-th judged call of its check. hidden: whether only the referee sees it."""

    index: int
    fn: Any
    args: tuple[Any, ...]
    rule: Rule
    hidden: bool


@dataclass(frozen=True, kw_only=True)
class Compared(Call):
    """Against the one right answer. names: what its tensors are called; kink: None for values, for gradients whether
    the inputs lie on kinks on purpose; after: where the call comes after two others, the inputs of the second."""

    names: tuple[str, ...] = ()
    kink: bool | None = None
    after: tuple[Any, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Scored(Call):
    """Where many answers are right: by a number that ``score(value)`` gives, or a sentence on what is wrong."""

    score: Callable[[Any], float | str]
    at_least: float


@dataclass(frozen=True, kw_only=True)
class Sampled(Call):
    """Random arrays ``fn(*args, seed)``, by their distribution. seeds: two; low, high: the law's bounds."""

    seeds: tuple[int, int]
    mean: float
    std: float
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Trained(Call):
    """Parameters ``fn(X, y, seed)``, by ``score(parameters, X_held, y_held)``. args: the training rows and labels."""

    held: tuple[Any, Any]
    score: Callable[[Any, Any, Any], float]
    at_least: float
    tries: int
    rng: np.random.Generator

    def tasks(self) -> Iterator[tuple[Any, Any, Any, Any, int]]:
        """(X, y, X_held, y_held, seed) of each try: columns and labels in an order of its own."""
        X, y = self.args
        for _ in range(self.tries):
            yield permuted(self.rng, X, y, *self.held)


class Words:
    """What ``check`` stands for while a check runs. Inputs and seeds are drawn here, whoever takes the calls."""

    def __init__(self) -> None:
        self.hidden = False
        self._rng: np.random.Generator | None = None
        self._calls = 0

    @property
    def rng(self) -> np.random.Generator:
        """Fresh inputs, seeded per student: for hidden lines only."""
        if self._rng is None:
            raise RuntimeError("check.rng stands in hidden lines only")
        return self._rng

    def start(self, seed: int | None, draw: int = 0) -> None:
        """From the first call on. seed: of the student's hidden inputs, None in a notebook; draw: which of the seed's
        draws of inputs."""
        self._calls = 0
        self._rng = None if seed is None else np.random.default_rng([seed, draw] if draw else seed)

    def take(self, call: Call) -> None:
        """What becomes of a line of the check. A kind of call that is not known is refused: see `refuse`."""
        raise NotImplementedError

    def refuse(self, call: Call) -> NoReturn:
        """Raise TypeError for a call that nobody takes: left out in silence it would be points for nothing."""
        raise TypeError(f"{type(self).__name__} does not take a {type(call).__name__}")

    def values(
        self,
        fn: Any,
        *args: Any,
        part: str = "values",
        weight: float = 1.0,
        names: Sequence[str] = (),
        near: float = 0.0,
        if_passed: str = "",
    ) -> None:
        """Judge ``fn(*args)`` against the exercise's reference, tensor by tensor, norm-wise.

        near: a relative error that is forgiven, and told. if_passed: a part without which this one pays nothing.
        """
        rule = Rule(part, weight, near, if_passed)
        self.take(Compared(**self._next(fn, args, rule), names=tuple(names)))

    def gradients(
        self,
        fn: Any,
        *args: Any,
        part: str = "gradients",
        weight: float = 1.0,
        names: Sequence[str] = (),
        near: float = 0.0,
        if_passed: str = "",
        kink: bool = False,
    ) -> None:
        """Judge ``fn(*args)`` against the reference backward, itself held against differences of its forward.

        names: what the tensors are called (``dW``). kink: these inputs lie on kinks on purpose; there any value
        between the left and the right slope is right.
        """
        rule = Rule(part, weight, near, if_passed)
        self.take(Compared(**self._next(fn, args, rule), names=tuple(names), kink=kink))

    def stateless(
        self,
        fn: Any,
        args: tuple[Any, ...],
        others: tuple[Any, ...],
        part: str = "stateless",
        weight: float = 1.0,
        if_passed: str = "values",
    ) -> None:
        """Judge ``fn(*args)`` once more after ``fn(*others)``: nothing may be kept between calls."""
        rule = Rule(part, weight, if_passed=if_passed)
        self.take(Compared(**self._next(fn, args, rule), after=others))

    def scored(
        self,
        fn: Any,
        *args: Any,
        score: Callable[[Any], float | str],
        at_least: float = 1.0,
        part: str = "scored",
        weight: float = 1.0,
        if_passed: str = "",
    ) -> None:
        """Judge what ``fn(*args)`` gives by ``score(value)``, where many answers are right.

        score: gives a number, or a sentence for the student that says what is wrong.
        """
        rule = Rule(part, weight, if_passed=if_passed)
        self.take(Scored(**self._next(fn, args, rule), score=score, at_least=at_least))

    def sampled(
        self,
        fn: Any,
        *args: Any,
        mean: float = 0.0,
        std: float,
        low: float | None = None,
        high: float | None = None,
        part: str = "distribution",
        weight: float = 1.0,
        if_passed: str = "",
    ) -> None:
        """Judge the arrays that ``fn(*args, seed)`` gives by their distribution, not by their random numbers."""
        rule = Rule(part, weight, if_passed=if_passed)
        first, second = map(int, self.rng.integers(2**31, size=2)) if self.hidden else VISIBLE_SEEDS
        self.take(Sampled(**self._next(fn, args, rule), seeds=(first, second), mean=mean, std=std, low=low, high=high))

    def trained(
        self,
        fn: Any,
        train: tuple[Any, Any],
        *,
        held: tuple[Any, Any],
        score: Callable[[Any, Any, Any], float],
        at_least: float,
        part: str = "trained",
        weight: float = 1.0,
        tries: int = 3,
        if_passed: str = "",
    ) -> None:
        """Judge the parameters that ``fn(X, y, seed)`` gives by ``score(parameters, X_held, y_held)``.

        X: (N, D) rows; y: (N,) integer labels. In hidden lines each try has columns and labels in an order of its
        own, so parameters stored beforehand score like chance. One of ``tries`` seeds must reach ``at_least``.
        In visible lines the order is another one as well, the same each time, so that an answer which reads the
        public data instead of its arguments is found. In grading only the hidden lines train.
        """
        rule = Rule(part, weight, if_passed=if_passed)
        # A generator of its own: how many seeds were tried changes no later input.
        rng = self.rng.spawn(1)[0] if self.hidden else visible_rng()
        self.take(
            Trained(**self._next(fn, train, rule), held=held, score=score, at_least=at_least, tries=tries, rng=rng)
        )

    def _next(self, fn: Any, args: tuple[Any, ...], rule: Rule) -> dict[str, Any]:
        self._calls += 1
        return {"index": self._calls - 1, "fn": fn, "args": args, "rule": rule, "hidden": self.hidden}
