"""What ``check`` stands for while a check runs: each word makes a call, and whoever runs the check takes it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from grader.judge.words import WORDS
from grader.judge.words.word import Call, Place, signature_of


class Lines(ABC):
    """``check`` in the lines of a check. Inputs and seeds are drawn here, whoever takes the calls.

    Each word of `grader.judge.words.WORDS` is a method: ``check.values(softmax, logits)``.
    """

    def __init__(self) -> None:
        self.hidden = False
        self._rng: np.random.Generator | None = None
        self._calls = 0

    @abstractmethod
    def take(self, call: Call) -> None:
        """What becomes of a line of the check."""

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

    def __getattr__(self, name: str) -> Callable[..., None]:
        word = next((word for word in WORDS if word.word == name), None)
        if word is None:
            raise AttributeError(f"check has no word {name!r}")
        method = partial(self._say, word)
        method.__doc__, method.__signature__ = word.made.__doc__, signature_of(word)  # type: ignore[attr-defined]
        return method

    def _say(self, word: type[Call], *args: Any, **options: Any) -> None:
        place = Place(self._calls, self.hidden, self.rng if self.hidden else None)
        call = word.made(place, *args, **options)
        self._calls += 1
        self.take(call)


class Collected(Lines):
    """Calls nothing, and keeps the calls."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []

    def take(self, call: Call) -> None:
        self.calls.append(call)
