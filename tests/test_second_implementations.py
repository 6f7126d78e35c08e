"""Not circular: somebody else's versions of the known mistakes get the same diagnosis.

``second_implementations/`` was written from the exercises' docstrings and the students' sentences alone, and
committed before its first run. It is not edited. Where its author read a sentence in another way than ours,
the answer is another one, and must not be given the sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from second_implementations import (
    activations_and_graphs,
    backpropagation,
    initialization,
    logistic_regression,
    optimizers,
    outputs_and_weights,
    perceptron,
    regression,
    softmax_cross_entropy,
    xor_mlp,
)

from grader.calling import Outcome, call
from grader.chapter.answers import Answer
from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.grade.referee import Referee
from grader.verdict import Verdict

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
WRITTEN = {
    "01_perceptron": perceptron,
    "02_logistic_regression": logistic_regression,
    "03_activations_and_graphs": activations_and_graphs,
    "04_xor_mlp": xor_mlp,
    "05_softmax_cross_entropy": softmax_cross_entropy,
    "06_initialization": initialization,
    "07_backpropagation": backpropagation,
    "08_optimizers": optimizers,
    "09_regression": regression,
    "10_outputs_and_weights": outputs_and_weights,
}
SECOND = [(chapter, *key, function) for chapter, module in WRITTEN.items() for key, function in module.SECOND.items()]
#: Not recognised by value, with the reason; what is told instead must be true of them.
OTHERWISE = {
    ("softmax", "columns_for_rows"): ("axis", "divides by column sums after the row shift; ours shifts by column"),
    ("cross_entropy", "no_logarithm"): ("exchanged", "averages the probabilities without the minus"),
    ("train", "uphill"): ("accuracy", "another learning rate, so other numbers"),
    ("train", "bias_alone_moves"): ("accuracy", "another learning rate, so other numbers"),
}


@lru_cache(maxsize=4)
def loaded(chapter_id: str) -> Any:
    chapter = load_chapter(SOLUTIONS / chapter_id)
    return chapter, load_namespace(chapter)


def judge(chapter_id: str, exercise: str, function: Callable[..., Any]) -> Verdict:
    chapter, names = loaded(chapter_id)
    answer = Answer(exercise, function.__name__, "", function)

    def asked(name: str, args: tuple[Any, ...]) -> Outcome:
        """A call of the exercise, or of an adapter over it; all else is right."""
        own = names.answered(name, answer) if names.exercise_of(name) == exercise else names.right(name)
        return call(own, args)

    referee = Referee(chapter, names, asked, b"secret", "someone")
    return referee.judge(next(check for check in chapter.of("check") if check.judges == exercise))


@pytest.mark.parametrize(
    ("chapter_id", "exercise", "name", "function"),
    SECOND,
    ids=[f"{chapter[:2]}-{exercise}-{name}" for chapter, exercise, name, _ in SECOND],
)
def test_a_second_implementation_is_told_the_same_or_something_true(
    chapter_id: str, exercise: str, name: str, function: Callable[..., Any]
) -> None:
    with np.errstate(all="ignore"):
        verdict = judge(chapter_id, exercise, function)
    assert verdict.score < verdict.points
    if (exercise, name) in OTHERWISE:
        assert verdict.diagnosis == OTHERWISE[exercise, name][0]
        return
    (sentence,) = [
        mistake.sentence
        for mistake in loaded(chapter_id)[1].mistakes
        if (mistake.exercise, mistake.name) == (exercise, name)
    ]
    assert verdict.message == sentence
