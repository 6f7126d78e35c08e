"""Slips as students write them, with their own seeds and steps: each is told its true sentence, or what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from courses import ROOT

from grader.author.bench import load_bench
from grader.calling import Outcome, call
from grader.chapter.answers import Answer
from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.grade.referee import Referee
from grader.shield import shielded
from grader.verdict import Verdict

LOGISTIC, BACKPROPAGATION = (
    (load_chapter(ROOT / "solutions" / name), load_namespace(load_chapter(ROOT / "solutions" / name)))
    for name in ("02_logistic_regression", "07_backpropagation")
)


def told(verdict: Verdict, name: str) -> bool:
    """Whether the check fails with the sentence of this known mistake."""
    return verdict.score == 0 and verdict.diagnosis == f"mistake:{name}"


def differences(f: Any, parameters: Any, gradients: Any, put_back: Callable[[Any, Any, float], None]) -> Any:
    """Errors by central differences that move the parameters in place. put_back(W, index, step): after each entry."""
    errors, step = [], 1e-5
    for W, claimed in zip(parameters, gradients, strict=True):
        numbers = np.zeros(W.shape)
        for index in np.ndindex(W.shape):
            W[index] += step
            up = f(parameters)
            W[index] -= 2 * step
            numbers[index] = (up - f(parameters)) / (2 * step)
            put_back(W, index, step)
        errors.append(np.max(np.abs(claimed - numbers)) / np.max(np.abs(numbers)))
    return np.array(errors)


def put_back(W: Any, index: Any, step: float) -> None:
    W[index] += step


def put_back_but_the_last(W: Any, index: Any, step: float) -> None:
    W[index] += step * (index != tuple(n - 1 for n in W.shape))


def one_sided(f: Any, parameters: Any, gradients: Any) -> Any:
    errors = []
    for place, claimed in enumerate(gradients):
        numbers = np.zeros(claimed.shape)
        for index in np.ndindex(claimed.shape):
            moved = [W.copy() for W in parameters]
            moved[place][index] += 1e-6
            numbers[index] = (f(moved) - f(parameters)) / 1e-6
        errors.append(np.max(np.abs(claimed - numbers)) / np.max(np.abs(numbers)))
    return errors


def of_a_copy(f: Any, parameters: Any, gradients: Any) -> Any:
    copies = tuple(W.copy() for W in parameters)
    return differences(lambda _: f(copies), parameters, gradients, put_back)


def of_one_in_a_tuple(f: Any, parameters: Any, gradients: Any) -> Any:
    return np.array([np.abs(f((W,)) - claimed).max() for W, claimed in zip(parameters, gradients, strict=True)])


@pytest.mark.chapter("07_backpropagation")
@pytest.mark.parametrize(
    ("answer", "slip"),
    [
        (lambda *args: differences(*args, put_back), ""),
        (one_sided, ""),
        (lambda *args: differences(*args, lambda W, index, step: None), "left_where_it_was_moved"),
        (lambda *args: differences(*args, put_back_but_the_last), "left_where_it_was_moved"),
        (of_a_copy, "asked_where_nothing_moved"),
        (of_one_in_a_tuple, "one_tensor_handed_on"),
    ],
)
def test_differences_that_do_not_put_back_what_they_moved_fail(answer: Callable[..., Any], slip: str) -> None:
    """Their numbers are right to four digits: the check sees where they ask."""
    bench = load_bench(ROOT / "solutions" / "07_backpropagation", "gradient_errors")
    answering = bench.answers(Answer("gradient_errors", "own", "", answer), anew=True)
    with np.errstate(all="ignore"):
        verdicts = [bench.in_notebook(answering), *(bench.judge(answering, student=str(seed)) for seed in range(5))]
    for verdict in verdicts:
        if slip:
            assert told(verdict, slip), verdict
        else:
            assert verdict.status == "passed"
            notes = " ".join(str(note) for part in verdict.parts for note in part.notes)
            assert ("by differences?" in notes) == (answer is one_sided)  # others are as right as the reference


def trained(slip: Callable[..., Any]) -> Callable[..., Any]:
    """A training of chapter 2 in one batch. slip(v, c, mean, std): the parameters for raw rows, not quite."""

    def train(X: Any, y: Any, seed: int) -> Any:
        mean, std = X.mean(axis=0), X.std(axis=0)
        v, c, _ = LOGISTIC[1].right("descend")((X - mean) / std, y, np.zeros(X.shape[1]), 0.0, 0.7, len(X), 150)
        return slip(v, c, mean, std)

    return train


def on_raw_columns(X: Any, y: Any, seed: int) -> Any:
    return LOGISTIC[1].right("descend")(X, y, np.zeros(X.shape[1]), 0.0, 0.2, 8, 20)[:2]


@pytest.mark.chapter("02_logistic_regression")
@pytest.mark.parametrize(
    ("train", "slip"),
    [
        (trained(lambda v, c, mean, std: (v / std, c - v / std @ mean)), ""),
        (trained(lambda v, c, mean, std: (v, c)), "scaling_not_undone"),
        (trained(lambda v, c, mean, std: (v / std, c)), "bias_not_mended"),
        (trained(lambda v, c, mean, std: (v / std, c + v / std @ mean)), "bias_mended_backwards"),
        (trained(lambda v, c, mean, std: (v / std, c - v @ mean)), "bias_by_scaled_weights"),
        (trained(lambda v, c, mean, std: (v * std, c - v * std @ mean)), "weights_multiplied"),
        (on_raw_columns, "raw_columns"),
    ],
)
def test_scaling_that_is_not_undone_is_told_whatever_the_training(train: Callable[..., Any], slip: str) -> None:
    bench = load_bench(ROOT / "solutions" / "02_logistic_regression", "train")
    answering = bench.answers(Answer("train", "own", "", train), anew=True)
    with np.errstate(all="ignore"):
        verdicts = [bench.in_notebook(answering), *(bench.judge(answering, student=str(seed)) for seed in range(5))]
    for verdict in verdicts:
        assert told(verdict, slip) if slip else verdict.status == "passed", verdict


EPOCH = """def epoch(X, y, parameters, kind, rate, order, size):
    losses = []
    for begin in range(0, len(order), size):
        rows = order[begin : begin + size]
        loss, *gradients = loss_and_gradients(X[rows], y[rows], parameters, kind)
        losses.append(loss)
        parameters = [W - rate * dW for W, dW in zip(parameters, gradients)]
    return (*parameters, losses)
"""
TRAIN = """def train(X, y, seed):
    rng, parameters = np.random.default_rng(seed), start(SIZES, seed)
    for number in range(EPOCHS):
        *parameters, losses = epoch(X, y, parameters, "relu", 0.1, rng.permutation(len(X)), 32)
    return RETURNED
"""


@pytest.mark.chapter("07_backpropagation")
@pytest.mark.parametrize(
    ("sizes", "epochs", "returned", "says"),
    [
        ("(64, 20, 20, 10)", 8, "tuple(parameters)", ""),
        ("(64, 20, 10)", 8, "tuple(parameters)", "cannot be evaluated"),
        ("(64, 20, 20, 10)", 1, "tuple(parameters)", "85% is asked"),
        ("(64, 20, 20, 10)", 1, "parameters, losses", "Return one flat tuple"),
        ("(64, 20, 20, 10)", 1, "parameters, np.asarray(losses) @ np.asarray(losses).T", "Return one flat tuple"),
    ],
)
def test_a_training_on_an_epoch_that_gives_a_list_is_judged(sizes: str, epochs: int, returned: str, says: str) -> None:
    """`epoch` passes with a list of losses: what a later training does wrong is told, and nothing waits."""
    chapter, namespace = BACKPROPAGATION
    train = TRAIN.replace("SIZES", sizes).replace("EPOCHS", str(epochs)).replace("RETURNED", returned)
    right = {cell.name: namespace.right(cell.name) for cell in chapter.of("exercise")}
    scope: dict[str, Any] = {**namespace.names, **right}
    for source in (EPOCH, train):
        exec(source, scope)

    def answer(name: str, args: tuple[Any, ...], forms: Any = None) -> Outcome:
        with shielded(scope, forms or {}):
            return call(scope[name], args)

    referee = Referee(chapter, namespace, answer, b"secret", "me", [EPOCH, train])
    verdicts = [referee.judge(check) for check in chapter.of("check") if check.judges in ("epoch", "train")]
    assert verdicts[0].status == "passed"
    assert verdicts[1].status == ("failed" if says else "passed")
    assert says in verdicts[1].message.replace(".0%", "%")
