"""Not circular: somebody else's versions of the known mistakes get the same diagnosis.

``second_implementations/`` was written from the exercises' docstrings and the students' sentences alone, and
committed before its first run. It is not edited. Where its author read a sentence in another way than ours,
the answer is another one, and must not be given the sentence.
"""

from __future__ import annotations

import numpy as np
import pytest
from second_implementations.softmax_cross_entropy import SECOND
from test_chapters import NAMES, judge

SENTENCES = {(mistake.exercise, mistake.name): mistake.sentence for mistake in NAMES.mistakes}
#: Not recognised by value, with the reason; what is told instead must be true of them.
OTHERWISE = {
    ("softmax", "columns_for_rows"): ("axis", "divides by column sums after the row shift; ours shifts by column"),
    ("cross_entropy", "no_logarithm"): ("value", "averages the probabilities without the minus"),
    ("train", "uphill"): ("accuracy", "another learning rate, so other numbers"),
    ("train", "bias_alone_moves"): ("accuracy", "another learning rate, so other numbers"),
}


@pytest.mark.parametrize(("exercise", "name"), SECOND, ids=lambda key: key)
def test_a_second_implementation_is_told_the_same_or_something_true(exercise: str, name: str) -> None:
    with np.errstate(all="ignore"):
        verdict = judge(exercise, SECOND[exercise, name])
    assert verdict.score < verdict.points
    if (exercise, name) in OTHERWISE:
        assert verdict.diagnosis == OTHERWISE[exercise, name][0]
    else:
        assert verdict.message == SENTENCES[exercise, name]


def test_most_are_recognised() -> None:
    assert len(SECOND) - len(OTHERWISE) >= 10
