"""A run of a check that answers as the reference does, and keeps what a notebook needs to judge offline."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from grader.calling import call as call_function
from grader.judge.live import LiveOracle
from grader.judge.oracle import Expectation
from grader.judge.references import References
from grader.judge.session import Session
from grader.judge.summary import summary
from grader.judge.tensors import tensors, with_last
from grader.judge.words.word import Call, name_of
from grader.text import Catalogue, render


class Recording(Session):
    """A session over the references themselves. ``kept``: one entry a call, by its index; the sentences of known
    mistakes are in the catalogue's language."""

    oracle: _Keeper

    def __init__(self, references: References, catalogue: Catalogue) -> None:
        super().__init__(_Keeper(references, catalogue))

    @property
    def kept(self) -> list[dict[str, Any]]:
        """An entry for each call, in order; an empty one for a call that keeps nothing."""
        return [self.oracle.kept.get(index, {}) for index in range(self._calls)]

    def take(self, call: Call) -> None:
        call.record(self)

    def judge(self, call: Call) -> None:
        """Judge the reference itself; the oracle keeps what was expected."""
        call.judge(self)

    def keep_fitting(self, call: Call, args: tuple[Any, ...]) -> None:
        """Where many answers are right: only what the known mistakes give, by their summaries, and of a right answer
        its type and its shape."""
        known = [mistake for mistake in self.oracle.known(call.subject, args) if mistake.value is not None]
        words = self.oracle.words
        kept = self.oracle.kept.setdefault(call.index, {})
        if "want" in kept:
            kept["want"] = with_last(kept["want"], [np.zeros_like(leaf) for _, leaf in tensors(kept["want"])])
        kept.update(
            inputs=summary(args),
            mistakes=[],
            alternatives=[],
            fitting=[[mistake.name, words(mistake.sentence), summary(mistake.value)] for mistake in known],
        )


class _Keeper(LiveOracle):
    """Keeps what was expected in each call."""

    def __init__(self, references: References, catalogue: Catalogue) -> None:
        super().__init__(lambda name, args: call_function(references.right(name), args), references)
        self.kept: dict[int, dict[str, Any]] = {}
        self.words = partial(render, catalogue=catalogue)

    def expect(self, check: str, index: int, fn: Any, args: tuple[Any, ...], kink: bool | None) -> Expectation:
        expected = super().expect(check, index, fn, args, kink)
        self.kept[index] = {
            "inputs": summary(args),
            "arguments": list(expected.arguments),
            "want": expected.want,
            "bands": list(expected.bands),
            "between": [list(pair) for pair in expected.between],
            "alternatives": self._kept_alternatives(name_of(fn), args, expected.want),
            "mistakes": [[m.name, self.words(m.sentence), m.value] for m in expected.mistakes() if m.value is not None],
        }
        return expected

    def _kept_alternatives(self, name: str, args: tuple[Any, ...], want: Any) -> list[Any]:
        """As `grader.notebook.recorded.RecordedAlternatives` reads them."""
        told, numbers, which, digests = self.alternatives(name, args).kept(want)
        return [
            [[self.words(one.text), one.rank] for one in told],
            np.array(numbers, dtype=np.uint16),
            np.array(which, dtype=np.uint16),
            np.array(digests, dtype=np.float32),
        ]
