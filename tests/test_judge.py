"""The judge's policy, row by row: what is kept, what is lost, and what is told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.calling import call
from grader.card import as_html
from grader.finding import Code, Finding
from grader.judge.differences import GradientOf
from grader.judge.earlier import NOTHING_LEANT_ON, Earlier, Trouble, leaning
from grader.judge.live import LiveOracle
from grader.judge.references import KnownAnswer, PlainReferences
from grader.judge.session import Session
from grader.judge.training import evaluated
from grader.text import raw, say
from grader.verdict import Verdict

Z = np.array([[2.0, 1.0, 0.1], [0.3, -1.2, 0.8], [-0.5, 0.0, 1.5], [1.0, 3.0, -2.0]])
SQUARE = np.array([[2.0, -1.0, 0.5], [0.3, -1.2, 0.8], [0.7, 4.0, -1.5]])
SPREAD = np.array([[0.0, 0.0], [1000.0, 1001.0]])


def softmax(z: Any) -> Any:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def total(z: Any) -> float:
    return float(np.sum(z))


def row_sums(z: Any) -> Any:
    return z.sum(axis=1)


def slopes(X: Any, W: Any) -> Any:
    """The gradients of sum((X W)^2) / 2 by X and by W."""
    return X @ W @ W.T, X.T @ X @ W


def energy(X: Any, W: Any) -> Any:
    return np.sum((X @ W) ** 2) / 2


def relu(z: Any) -> Any:
    return np.maximum(z, 0)


def relu_backward(z: Any, dout: Any) -> Any:
    return dout * (z > 0)


def columns(z: Any) -> Any:
    return softmax(z.T).T


REFERENCES = {function.__name__: function for function in (softmax, total, row_sums, slopes, relu_backward)}
MISTAKES = [("softmax", KnownAnswer("columns", raw("You normalise over the columns."), columns))]
GRADIENTS = {"slopes": GradientOf(energy, ("X", "W")), "relu_backward": GradientOf(relu, ("z",), "dout")}


def judge(
    exercise: str, answer: Callable[..., Any], *args: Any, word: str = "values", mistakes: Any = MISTAKES, **rule: Any
) -> Verdict:
    """The verdict of a check with one call, worth 10 points."""
    oracle = LiveOracle(lambda name, inputs: call(answer, inputs), PlainReferences(REFERENCES, mistakes, GRADIENTS))
    session = Session(oracle)
    session.begin("check", 10.0)
    getattr(session, word)(REFERENCES[exercise], *args, **rule)
    return session.verdict()


def told(verdict: Verdict) -> str:
    return " ".join([verdict.message, *(str(note) for part in verdict.parts for note in part.notes)])


KEPT: list[tuple[str, Callable[..., Any], str]] = [
    ("softmax", lambda z: softmax(z).tolist(), "A list came back"),
    ("softmax", lambda z: softmax(z.astype(np.float32)), "float32"),
    ("softmax", lambda z: softmax(z.astype(np.float32)).astype(float), "about 7 digits only"),
    ("softmax", lambda z: np.asfortranarray(softmax(z)), ""),
    ("softmax", lambda z: softmax(z)[::-1][::-1], ""),
    ("total", lambda z: np.array(np.sum(z)), ""),
    ("total", lambda z: np.sum(z), ""),
    ("total", lambda z: np.longdouble(np.sum(z)), ""),
]


@pytest.mark.parametrize(("exercise", "answer", "says"), KEPT)
def test_a_right_answer_in_another_form_keeps_its_points(exercise: str, answer: Any, says: str) -> None:
    verdict = judge(exercise, answer, Z)
    assert (verdict.score, verdict.status) == (10, "passed")
    assert says in told(verdict)


def test_integers_with_the_right_values_are_kept_and_told() -> None:
    verdict = judge("total", lambda z: int(np.sum(z)), np.array([[1.0, 2.0]]))
    assert verdict.score == 10
    assert "int" in told(verdict)


def _recurse(z: Any) -> Any:
    return _recurse(z)


def _exit(z: Any) -> Any:
    sys.exit(0)


def _chatter(z: Any) -> Any:
    for _ in range(1_000_000):
        print("x")


def _generator(z: Any) -> Iterator[float]:
    yield 1.0


LOST: list[tuple[Callable[..., Any], str, str, str]] = [
    (lambda z: 1 / 0, "error", "raised", "ZeroDivisionError"),
    (_recurse, "error", "raised", "RecursionError"),
    (_exit, "error", "raised", "calls exit()"),
    (lambda z: None, "failed", "type", "return"),
    (lambda z: "0.5", "failed", "type", "text"),
    (_generator, "failed", "unreadable", "yield"),
    (lambda z: softmax(z) + 0j, "failed", "type", "complex"),
    (lambda z: np.array([None, z], dtype=object), "failed", "unreadable", "dtype object"),
    (lambda z: [[1.0], [1.0, 2.0]], "failed", "type", "differ in length"),
    (lambda z: {"p": softmax(z)}, "failed", "type", "dictionary"),
    (lambda z: (softmax(z), z), "failed", "type", "tuple"),
    (lambda z: softmax, "failed", "unreadable", "function"),
    (lambda z: np.broadcast_to(np.float64(0), (40_000, 40_000)), "failed", "unreadable", "too large"),
    (_chatter, "failed", "type", "None"),
    (lambda z: softmax(z).T, "failed", "transpose", "transpose of the right answer"),
    (lambda z: softmax(z)[:, :2], "failed", "shape", "(4, 2)"),
    (lambda z: softmax(z) * np.nan, "failed", "nan", "nan"),
    (lambda z: softmax(z) / 0, "failed", "nan", "inf"),
    (lambda z: softmax(z) * 0, "failed", "zeros", "all zeros"),
    (lambda z: softmax(z) * 0 + 1, "failed", "constant", "the same 1"),
    (lambda z: z, "failed", "returns_input", "the input z"),
    (lambda z: -softmax(z), "failed", "sign", "opposite sign"),
    (lambda z: 4 * softmax(z), "failed", "factor", "z has 4 rows"),
    (lambda z: softmax(z) + 0.25, "failed", "offset", "0.25"),
    (lambda z: softmax(z) + 0.1 * z, "failed", "along", "0.1 times z"),
    (lambda z: softmax(z) * z.sum(axis=1, keepdims=True), "failed", "per_row", "Each row"),
    (lambda z: np.random.default_rng().normal(size=z.shape), "failed", "state", "second time"),
    (columns, "failed", "mistake:columns", "over the columns"),
    (lambda z: columns(z.astype(np.float32)), "failed", "mistake:columns", "over the columns"),
    (lambda z: softmax(z) * (1 + 1e-4 * (np.arange(12).reshape(4, 3) == 5)), "failed", "near", "more than rounding"),
]


@pytest.mark.parametrize(("answer", "status", "diagnosis", "says"), LOST)
def test_a_wrong_answer_loses_its_points_and_is_named(answer: Any, status: str, diagnosis: str, says: str) -> None:
    verdict = judge("softmax", answer, Z)
    assert verdict.score == 0
    assert (verdict.status, verdict.diagnosis) == (status, diagnosis)
    assert says in told(verdict)
    assert len(told(verdict)) < 500
    assert len(as_html(verdict)) < 60_000


def test_a_raised_error_shows_the_students_own_lines_only() -> None:
    def answer(z: Any) -> Any:
        return np.linalg.inv(z)

    (part,) = judge("softmax", answer, Z).parts
    assert len(part.detail) == 1
    assert "np.linalg.inv(z)" in part.detail[0]


def test_a_square_transpose_is_found_by_its_values() -> None:
    assert judge("softmax", lambda z: softmax(z).T, SQUARE).diagnosis == "transpose"


def test_rows_broadcast_against_columns_are_explained() -> None:
    verdict = judge("row_sums", lambda z: z.sum(axis=1) - np.zeros((len(z), 1)), Z)
    assert verdict.diagnosis == "broadcast"


def test_two_known_mistakes_that_fit_equally_are_not_named() -> None:
    twice = [*MISTAKES, ("softmax", KnownAnswer("others", raw("Something else."), columns))]
    verdict = judge("softmax", columns, Z, mistakes=twice)
    assert verdict.diagnosis == "axis"
    assert "normalise over the columns" not in verdict.message


def test_a_near_miss_is_lost_and_called_close_or_kept_where_the_part_says_so() -> None:
    verdict = judge("total", lambda z: total(z) * 1.0001, Z)
    assert (verdict.score, verdict.diagnosis) == (0, "near")
    kept = judge("total", lambda z: total(z) * 1.0001, Z, near=1e-3)
    assert kept.score == 10
    assert "accepted here" in told(kept)


def test_an_input_changed_in_place_costs_a_tenth_and_is_told() -> None:
    def answer(z: Any) -> Any:
        z -= z.max(axis=1, keepdims=True)
        return softmax(z)

    verdict = judge("softmax", answer, Z)
    assert (verdict.score, verdict.status, verdict.diagnosis) == (9, "partial", "in_place")
    assert "in place" in told(verdict)


def test_a_quality_part_pays_only_together_with_the_value() -> None:
    def run(answer: Callable[..., Any]) -> list[str]:
        session = Session(LiveOracle(lambda name, inputs: call(answer, inputs), PlainReferences(REFERENCES)))
        session.begin("check", 10.0)
        session.values(REFERENCES["softmax"], Z)
        session.values(REFERENCES["softmax"], SPREAD, part="stable", if_passed="values")
        return [part.status for part in session.verdict().parts]

    def unshifted(z: Any) -> Any:
        with np.errstate(all="ignore"):
            return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)

    assert run(lambda z: softmax(z) if len(z) == 2 else 0 * z) == ["failed", "failed"]
    assert run(unshifted) == ["passed", "failed"]
    assert run(softmax) == ["passed", "passed"]


def test_a_function_that_keeps_its_first_answer_is_found() -> None:
    kept: list[Any] = []

    def answer(z: Any) -> Any:
        kept.append(softmax(z))
        return kept[0]

    session = Session(LiveOracle(lambda name, inputs: call(answer, inputs), PlainReferences(REFERENCES)))
    session.begin("check", 10.0)
    session.values(REFERENCES["softmax"], Z)
    session.values(REFERENCES["softmax"], Z + np.arange(12).reshape(4, 3))
    verdict = session.verdict()
    assert (verdict.score, verdict.diagnosis) == (0, "previous")


def test_a_function_that_counts_its_calls_is_not_stateless() -> None:
    calls: list[int] = []

    def answer(z: Any) -> Any:
        calls.append(1)
        return softmax(z) if len(calls) < 3 else softmax(z) * 2

    session = Session(LiveOracle(lambda name, inputs: call(answer, inputs), PlainReferences(REFERENCES)))
    session.begin("check", 10.0)
    session.stateless(REFERENCES["softmax"], (Z,), (SQUARE,))
    assert session.verdict().score == 0


def test_of_several_gradients_the_wrong_one_is_named() -> None:
    X, W = Z, SQUARE
    verdict = judge(
        "slopes",
        lambda X, W: (slopes(X, W)[0], slopes(X, W)[1] * np.abs(W)),
        X,
        W,
        word="gradients",
        names=["dX", "dW"],
    )
    assert verdict.score == 0
    assert verdict.message.startswith("dW")
    assert "dX is right" in verdict.message


@pytest.mark.parametrize("at_zero", [0.0, 0.3, 1.0])
def test_at_a_declared_kink_any_value_between_the_slopes_is_right(at_zero: float) -> None:
    z, dout = np.array([[0.0, 1.5], [-2.0, 0.0]]), np.array([[1.0, 2.0], [3.0, -4.0]])
    answer = lambda z, dout: dout * np.where(z == 0, at_zero, z > 0)  # noqa: E731
    assert judge("relu_backward", answer, z, dout, word="gradients", kink=True).score == 10
    beyond = lambda z, dout: dout * np.where(z == 0, 1.01 + at_zero, z > 0)  # noqa: E731
    told = judge("relu_backward", beyond, z, dout, word="gradients", kink=True)
    assert told.score == 0
    right = relu_backward(z, dout)
    assert f"expected {right[1, 1]:g}, got" in " ".join(map(str, told.parts[0].detail)), "not the edge of what is right"


def test_a_banned_source_loses_and_says_why() -> None:
    session = Session(LiveOracle(lambda name, inputs: call(softmax, inputs), PlainReferences(REFERENCES)))
    session.begin("check", 10.0, banned="Write it by hand.")
    session.values(REFERENCES["softmax"], Z)
    verdict = session.verdict()
    assert (verdict.score, verdict.diagnosis, verdict.message) == (0, "banned", "Write it by hand.")


@given(st.floats(-0.99e-6, 0.99e-6), st.integers(0, 11))
def test_any_single_entry_within_the_band_is_kept(error: float, place: int) -> None:
    verdict = judge("softmax", _off(error, place), Z)
    assert verdict.score == 10


@given(st.floats(6e-4, 10) | st.floats(-10, -6e-4), st.integers(0, 11))
def test_any_single_entry_beyond_every_band_is_lost(error: float, place: int) -> None:
    verdict = judge("softmax", _off(error, place), Z)
    assert verdict.score == 0
    assert verdict.parts[0].comparison is not None


def _off(error: float, place: int) -> Callable[..., Any]:
    def answer(z: Any) -> Any:
        p = softmax(z)
        p.flat[place] += error * p.max()
        return p

    return answer


def leaky(z: Any, alpha: float) -> Any:
    return np.where(z > 0, z, alpha * z)


def two_calls(answer: Callable[..., Any], first: tuple[Any, ...], second: tuple[Any, ...]) -> Verdict:
    session = Session(LiveOracle(lambda name, inputs: call(answer, inputs), PlainReferences({"leaky": leaky})))
    session.begin("check", 10.0)
    session.values(leaky, *first)
    session.values(leaky, *second)
    return session.verdict()


def test_an_argument_that_is_not_used_is_named() -> None:
    verdict = two_calls(lambda z, alpha: leaky(z, 0.1), (Z, 0.1), (Z, 0.01))
    assert verdict.diagnosis == "ignored"
    assert "the same as for another `alpha`" in verdict.message


def test_the_answer_to_altogether_other_inputs_is_told_as_that() -> None:
    kept: list[Any] = []

    def stale(z: Any, alpha: float) -> Any:
        kept.append(leaky(z, alpha))
        return kept[0]

    assert two_calls(stale, (Z, 0.1), (Z + 1, 0.01)).diagnosis == "previous"


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (
            (np.float64(0.0), np.ones(3), np.ones((4, 3))),
            "One number came: was the sum or the mean taken over all axes?",
        ),
        ((np.ones(3), np.ones((4, 3)), np.ones((4, 3))), "Is the sum over the 4 rows missing?"),
        ((np.ones(3), np.ones(4), np.ones((4, 3))), "index go along the other axis?"),
        ((np.ones(3), np.ones(3), np.ones(3)), "Axis 0 is gone"),
        ((np.ones(3), np.ones(3), np.ones(4)), "The last axis is gone"),
    ],
)
def test_a_wrong_shape_names_its_cause_and_what_is_right_beside_it(got: Any, says: str) -> None:
    want = (np.ones(3), np.ones(3), np.ones((4, 3)))
    session = Session(
        LiveOracle(lambda name, inputs: call(lambda z: got, inputs), PlainReferences({"three": lambda z: want}))
    )
    session.begin("check", 10.0)

    def three(z: Any) -> Any:
        return want

    session.values(three, Z, names=["a", "b", "c"])
    verdict = session.verdict()
    assert says in verdict.message
    right = [f"`{name}`" for name, mine, theirs in zip("abc", got, want, strict=True) if np.shape(mine) == theirs.shape]
    assert f"{' and '.join(right)} {'is' if len(right) == 1 else 'are'} right." in verdict.message


def test_a_wrong_answer_names_the_wrong_earlier_work_that_it_uses() -> None:
    cells = [
        "def softmax(z):\n    return z",
        "def helper(z):\n    return softmax(z)",
        "def loss(z):\n    return helper(z)",
        "def other(z):\n    return z",
    ]
    wrong = {"softmax": Earlier(Trouble.WRONG), "third": Earlier(Trouble.WRONG)}
    assert "It uses `softmax`, whose check has not passed" in str(leaning(cells, "loss", wrong).text)
    assert not leaning(cells, "other", wrong).text
    assert not leaning(cells, "loss", {}).text


def test_a_mistake_is_not_named_where_earlier_work_that_is_used_is_wrong() -> None:
    """A function that is right but for the wrong one that it calls may look like a known mistake of its own."""
    oracle = LiveOracle(lambda name, inputs, forms=None: call(columns, inputs), PlainReferences(REFERENCES, MISTAKES))
    session = Session(oracle)
    wrong = {"total": Earlier(Trouble.WRONG)}
    session.begin("check", 10.0, leans=leaning(["def softmax(z): return total(z)"], "softmax", wrong))
    session.values(softmax, SQUARE)
    verdict = session.verdict()
    assert (verdict.score, verdict.status, verdict.diagnosis) == (0, "not_judged", "leans")
    assert verdict.message.startswith("It uses `total`")


def test_a_training_that_fails_with_wrong_earlier_work_is_for_the_instructor() -> None:
    rows = np.zeros((4, 2)), np.array([0, 1, 0, 1])
    statuses = []
    wrong = {"gradient": Earlier(Trouble.WRONG)}
    for leans in (NOTHING_LEANT_ON, leaning(["def softmax(z): return gradient(z)"], "softmax", wrong)):
        session = Session(
            LiveOracle(lambda name, inputs: call(lambda X, y, seed: len(X) / 8, inputs), PlainReferences(REFERENCES))
        )
        session.begin("check", 10.0, 1, leans=leans)
        session.hidden = True
        session.trained(softmax, rows, held=rows, score=lambda made, X, y: made, at_least=0.9)
        statuses.append((session.verdict().status, session.verdict().diagnosis))
    assert statuses == [("failed", "accuracy"), ("not_judged", "leans")]


@pytest.mark.parametrize("word", ["trained", "scored", "sampled"])
@pytest.mark.parametrize(("beside", "status"), [(0.5, "failed"), (0.75, "not_judged")])
def test_where_many_answers_are_right_a_list_is_blamed_only_where_an_array_changes_the_answer(
    word: str, beside: float, status: str
) -> None:
    """Earlier work gives a list, and has passed: what is wrong beside plain arrays as well is told as that."""

    def drawn(*args: Any) -> Any:
        return np.zeros((50, 4))

    def answer(name: str, inputs: Any, forms: Any = None) -> Any:
        return call(lambda *args: np.full((50, 4), beside if forms else 0.5), inputs)

    listing = {"losses": Earlier(Trouble.FORM, "array", raw("gives a list"))}
    session = Session(LiveOracle(answer, PlainReferences({"drawn": drawn})))
    session.begin("check", 10.0, 1, leans=leaning(["def drawn(z): return losses(z)"], "drawn", listing))
    session.hidden = True
    if word == "trained":
        rows = np.zeros((4, 2)), np.array([0, 1, 0, 1])
        session.trained(drawn, rows, held=rows, score=lambda made, X, y: float(made[0, 0]), at_least=0.9)
    elif word == "scored":
        session.scored(drawn, Z, score=lambda made: float(made[0, 0]), at_least=0.9)
    else:
        session.sampled(drawn, Z, mean=0.0, std=1.0)
    verdict = session.verdict()
    assert verdict.status == status
    assert ("It uses `losses`" in verdict.message) == (status == "not_judged")


def test_a_training_that_reads_the_public_data_is_found_in_the_notebook_too() -> None:
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(60, 6)), np.repeat([0, 1, 2], 20)
    X[np.arange(60), y] += 4

    def means(X: Any, y: Any, seed: int) -> Any:
        return np.stack([X[y == label].mean(axis=0) for label in range(3)])

    def nearest(means: Any, X: Any, y: Any) -> float:
        return float(np.mean(np.argmin(((X[:, None] - means) ** 2).sum(-1), axis=1) == y))

    def judged(answer: Callable[..., Any]) -> Verdict:
        session = Session(LiveOracle(lambda name, inputs: call(answer, inputs), PlainReferences({"means": means})))
        session.begin("check", 10.0)
        session.trained(means, (X, y), held=(X, y), score=nearest, at_least=0.9)
        return session.verdict()

    assert judged(means).status == "passed"
    assert judged(lambda rows, labels, seed: means(X, y, seed)).status == "failed"
    assert "returned None" in judged(lambda rows, labels, seed: None).message
    # A training that is no better than a guess may go the wrong way; one that is better does not.
    asked = "does each step go the right way?"
    assert asked in judged(lambda rows, labels, seed: -means(rows, labels, seed)).message
    two_of_three = judged(lambda rows, labels, seed: means(rows, labels, seed) * [[1], [1], [1e3]]).message
    assert "at least 90% is asked" in two_of_three.replace(".0%", "%")
    assert asked not in two_of_three


def test_what_is_said_of_several_tensors_is_said_once() -> None:
    X, W = np.arange(1.0, 13).reshape(4, 3), np.array([[1.0, -2], [0.5, 1], [2, 3]])
    verdict = judge("slopes", lambda X, W: tuple(5 * part for part in slopes(X, W)), X, W, names=["dX", "dW"])
    assert verdict.message == "dX and dW are each 5 times the right one."


def test_a_tensor_is_called_right_only_where_each_call_of_the_part_gets_it_right() -> None:
    def sums(X: Any) -> Any:
        return X.T @ X, X.sum(axis=0)

    def luckily(X: Any) -> Any:
        return X.T @ X + 1.5 * X[0, 0], sums(X)[1] if len(X) == 4 else sums(X)[1] + X[0]

    def judged(*inputs: Any) -> str:
        session = Session(LiveOracle(lambda name, args: call(luckily, args), PlainReferences({"sums": sums})))
        session.begin("check", 10.0)
        for X in inputs:
            session.values(sums, X, names=["A", "b"])
        return session.verdict().message

    luck = np.array([[1.0, 2.0], [5.0, -3.0], [3.0, -1.0], [0.5, 4.0]])
    other = np.array([[1.0, 2.0], [3.0, 5.0], [4.0, -2.5]])

    assert "b is right." in judged(luck)
    assert "b is right." not in judged(luck, other)
    assert "b is right." not in judged(other, luck)


def test_a_quality_part_says_nothing_where_the_values_are_wrong_already() -> None:
    def wrong(z: Any) -> Any:
        return np.exp(z) if abs(z).max() > 100 else z

    overflow = [("softmax", KnownAnswer("overflows", raw("You overflow."), lambda z: np.exp(z)))]
    session = Session(LiveOracle(lambda name, inputs: call(wrong, inputs), PlainReferences(REFERENCES, overflow)))
    session.begin("check", 10.0)
    session.values(softmax, Z)
    session.values(softmax, SPREAD, part="stable", if_passed="values")
    verdict = session.verdict()
    assert "You overflow" not in verdict.message
    assert verdict.diagnosis == "returns_input"


def test_an_exercise_that_calls_an_unwritten_one_says_which() -> None:
    def earlier(z: Any) -> Any:
        raise NotImplementedError

    def later(z: Any) -> Any:
        return earlier(z)

    outcome = call(later, (Z,))
    assert outcome.failure is not None
    assert outcome.failure.message == "later calls earlier, which is not written yet."


def test_matrices_that_do_not_fit_are_told_in_their_sizes() -> None:
    outcome = call(lambda a: np.ones((2, 3)) @ a, (np.ones((4, 5)),))
    assert outcome.failure is not None
    assert outcome.failure.message == "these matrices do not fit: the left one has 3 columns, the right one 4 rows"


@pytest.mark.parametrize(
    "slip", [lambda pair: 2 * pair - 1, lambda pair: 1 - pair, lambda pair: -pair, lambda pair: pair + 1]
)
def test_a_tuple_among_numbers_is_told_as_several_values(slip: Any) -> None:
    outcome = call(lambda z: slip((z, z)), (1.0,))
    assert outcome.failure is not None
    assert "'tuple'" in outcome.failure.message or "tuple (not" in outcome.failure.message
    assert "take the one you need" in outcome.failure.message


@pytest.mark.parametrize(
    "message",
    [
        "cannot compute Mul as input #1(zero-based) was expected to be a float tensor but is a double tensor [Op:Mul]",
        "Tensor conversion requested dtype float64 for Tensor with dtype float32: <tf.Tensor: shape=(), dtype=float32>",
    ],
)
def test_tensors_of_two_types_are_told_as_that(message: str) -> None:
    def answer(z: Any) -> Any:
        raise ValueError(message)

    outcome = call(answer, (1.0,))
    assert outcome.failure is not None
    assert outcome.failure.message.startswith("tensors of two types meet, float")
    assert "keep float64" in outcome.failure.message


@pytest.mark.parametrize("slip", [lambda z: z - z.max(axis=1), lambda z: z.max(axis=1) - z])
def test_an_axis_that_was_not_kept_is_told_as_that(slip: Any) -> None:
    outcome = call(slip, (np.zeros((4, 3)),))
    assert outcome.failure is not None
    assert "(4,) lines up with the columns, not with the 4 rows. Keep its axis" in outcome.failure.message
    other = call(lambda z: z - np.zeros(5), (np.zeros((4, 3)),))  # no axis was lost here
    assert other.failure is not None
    assert "Keep its axis" not in other.failure.message


@pytest.mark.parametrize("slip", [lambda S, b: S + b, lambda S, b: b - S])
def test_an_axis_in_the_middle_that_is_lacking_is_told_as_that(slip: Any) -> None:
    outcome = call(slip, (np.zeros((3, 5, 4)), np.zeros((3, 4))))
    assert outcome.failure is not None
    assert "(3, 4) lines up with the last two axes. Add the axis that it lacks, as in m[:, None]" in (
        outcome.failure.message
    )
    other = call(slip, (np.zeros((3, 5, 4)), np.zeros((2, 4))))  # no axis was left out here
    assert other.failure is not None
    assert "lacks" not in other.failure.message


@pytest.mark.parametrize("times", [(1.0, 2.0), 0.5])
@pytest.mark.parametrize("one", [(1.0, 2.0), [1.0, 2.0]])
def test_a_list_or_a_tuple_among_numbers_is_told_as_several_values(one: Any, times: Any) -> None:
    outcome = call(lambda z: one * times, (1.0,))
    assert outcome.failure is not None
    assert outcome.failure.message.startswith("can't multiply sequence by non-int of type")
    assert "take the one you need, as in f(z)[0]" in outcome.failure.message
    assert "np.array" in outcome.failure.message


@pytest.mark.parametrize("kind", ["numpy.ndarray", "float"])
def test_a_gradient_by_what_no_tape_watches_is_told_as_that(kind: str) -> None:
    def answer(W: Any) -> Any:
        raise AttributeError(f"'{kind}' object has no attribute '_id'")

    outcome = call(answer, (1.0,))
    assert outcome.failure is not None
    assert f"no gradient by {kind}: make a tf.Variable of it" in outcome.failure.message


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Argument `output` must have rank (ndim) `target.ndim - 1`. Received: (5, 3)", "the labels first"),
        ("Arguments `target` and `output` must have the same rank (ndim). Received: (5,)", "one-hot rows"),
    ],
)
def test_labels_of_another_form_than_a_loss_of_keras_takes_are_told_as_that(message: str, told: str) -> None:
    def answer(z: Any) -> Any:
        raise ValueError(message)

    outcome = call(answer, (1.0,))
    assert outcome.failure is not None
    assert outcome.failure.message.startswith(message.partition(". Received")[0])
    assert told in outcome.failure.message


def test_a_mistake_that_gives_none_beside_numbers_is_known_by_it() -> None:
    def with_none(z: Any) -> Any:
        return softmax(z), None

    def both(z: Any) -> Any:
        return softmax(z), z

    known = [("both", KnownAnswer("with_none", raw("Its second value is never set."), with_none))]
    oracle = LiveOracle(lambda name, inputs: call(with_none, inputs), PlainReferences({"both": both}, known, {}))
    session = Session(oracle)
    session.begin("check", 10.0)
    session.values(both, Z)
    assert session.verdict().message == "Its second value is never set."


def test_a_pair_in_the_place_of_one_of_several_arrays_is_told_by_its_name() -> None:
    def two(z: Any) -> Any:
        return z, softmax(z)

    oracle = LiveOracle(lambda name, inputs: call(lambda z: (z, (z, z)), inputs), PlainReferences({"two": two}))
    session = Session(oracle)
    session.begin("check", 10.0)
    session.values(two, Z, names=["value", "slope"])
    assert session.verdict().message.startswith("In what you return, slope: An array of shape")


def test_a_call_that_names_its_mistake_contradicts_no_other_part() -> None:
    def answer(z: Any) -> Any:
        return "too_deep" if z.size > 4 else columns(z)

    oracle = LiveOracle(lambda name, inputs: call(answer, inputs), PlainReferences(REFERENCES, MISTAKES, {}))
    session = Session(oracle)
    session.begin("check", 10.0, named={"too_deep": raw("It is too deep.")})
    session.values(softmax, np.array([[1.0, 3.0], [2.0, -1.0]]), part="shallow")
    session.values(softmax, np.ones((3, 3)), part="deep")
    shallow, deep = session.verdict().parts
    assert shallow.message == "You normalise over the columns."
    assert deep.message == "It is too deep."


def test_tuples_lists_and_arrays_of_the_right_numbers_are_one() -> None:
    assert judge("softmax", lambda z: tuple(map(tuple, softmax(z))), Z).status == "passed"
    two = np.array([[1.0, 2.0], [3.0, 4.0]])

    def rows(z: Any) -> Any:
        return two[0], two[1]

    session = Session(LiveOracle(lambda name, inputs: call(lambda z: two, inputs), PlainReferences({"rows": rows})))
    session.begin("check", 10.0)
    session.values(rows, Z)
    assert session.verdict().status == "passed"


def test_a_dictionary_is_no_known_mistake_of_a_tuple() -> None:
    swapped = [("slopes", KnownAnswer("swapped", raw("You return dW first."), lambda X, W: slopes(X, W)[::-1]))]
    X, W = np.arange(1.0, 13).reshape(4, 3), np.array([[1.0, -2], [0.5, 1], [2, 3]])
    verdict = judge("slopes", lambda X, W: dict(zip("ab", slopes(X, W)[::-1], strict=True)), X, W, mistakes=swapped)
    assert "dictionary" in verdict.message


def test_a_mistake_is_named_only_where_every_call_of_the_part_speaks_for_it() -> None:
    """On rows that are columns as well, the answer fits; on others it does not: it is another mistake."""
    oracle = LiveOracle(
        lambda name, inputs: call(_columns_of_square_ones, inputs), PlainReferences(REFERENCES, MISTAKES)
    )
    session = Session(oracle)
    session.begin("check", 10.0)
    session.values(softmax, SQUARE)
    session.values(softmax, Z)
    verdict = session.verdict()
    assert verdict.score == 0
    assert not verdict.diagnosis.startswith("mistake:")


def _columns_of_square_ones(z: Any) -> Any:
    return columns(z) if z.shape[0] == z.shape[1] else softmax(z) + 1


def test_near_forgives_no_other_tensor() -> None:
    X, W = np.arange(6.0).reshape(2, 3), np.ones((3, 2))
    close = judge("slopes", lambda X, W: (slopes(X, W)[0] * 1.0001, slopes(X, W)[1]), X, W, near=1e-3)
    other = judge("slopes", lambda X, W: (slopes(X, W)[0] * 1.0001, -7 * slopes(X, W)[1]), X, W, near=1e-3)
    assert (close.score, other.score) == (10, 0)


@pytest.mark.parametrize("odd", [lambda out: out * np.nan, lambda out: out[None]])
def test_at_a_kink_neither_nan_nor_another_shape_is_right(odd: Any) -> None:
    z, dout = np.array([[0.0, 1.0], [-1.0, 2.0]]), np.ones((2, 2))
    verdict = judge("relu_backward", lambda z, dout: odd(relu_backward(z, dout)), z, dout, word="gradients", kink=True)
    assert verdict.score == 0


def test_an_error_with_something_to_say_is_no_unwritten_exercise() -> None:
    def converts(z: Any) -> Any:
        raise NotImplementedError("Cannot convert a symbolic tensor")

    verdict = judge("softmax", converts, Z)
    assert (verdict.status, verdict.message) == ("error", "NotImplementedError: Cannot convert a symbolic tensor")


def test_an_error_without_a_message_ends_without_a_colon() -> None:
    def asserts(z: Any) -> Any:
        raise AssertionError

    assert judge("softmax", asserts, Z).message == "AssertionError"


def test_what_is_close_is_no_factor_of_one() -> None:
    verdict = judge("softmax", lambda z: softmax(z) * 1.0001, Z)
    assert verdict.diagnosis == "near"
    assert " 1 times" not in verdict.message


def test_close_is_said_of_the_tensor_that_is_furthest_off() -> None:
    X, W = np.arange(6.0).reshape(2, 3), np.ones((3, 2))
    wrong = judge("slopes", lambda X, W: (slopes(X, W)[0] * 1.0001, slopes(X, W)[1] + np.eye(3, 2)), X, W)
    assert "close" not in wrong.message


def test_a_dictionary_that_lacks_a_key_is_told_so() -> None:
    oracle = LiveOracle(lambda name, inputs: call(lambda x: {"b": x}, inputs), PlainReferences({"_both": _both}))
    session = Session(oracle)
    session.begin("check", 10.0)
    session.values(_both, 1.0)
    assert session.verdict().message == "The dictionary has no 'W'."


def _both(x: float) -> dict[str, float]:
    return {"W": 2 * x, "b": x}


def test_right_float32_work_in_another_order_is_hardly_ever_refused() -> None:
    """Sums that all but cancel: the reference's own float32 run may hit the right value by chance."""

    def sums(x: Any) -> Any:
        return x.sum(axis=1)

    def in_another_order(x: Any) -> Any:
        narrow = x.astype(np.float32)
        return sum((narrow[:, column] for column in range(x.shape[1])[::-1]), np.zeros(len(x), np.float32))

    lost = 0
    for seed in range(400):
        x = np.random.default_rng(seed).normal(size=(1, 9)) + 3
        x[0, -1] -= x.sum() - 1.0
        oracle = LiveOracle(lambda name, inputs: call(in_another_order, inputs), PlainReferences({"sums": sums}))
        session = Session(oracle)
        session.begin("check", 1.0)
        session.values(sums, x)
        lost += session.verdict().score == 0
    assert lost <= 4


def test_where_the_right_answer_is_all_zeros_a_wrong_one_is_told_without_a_crash() -> None:
    oracle = LiveOracle(lambda name, inputs: call(lambda z: np.abs(z), inputs), PlainReferences({"relu": relu}))
    session = Session(oracle)
    session.begin("check", 10.0)
    session.values(relu, -np.abs(Z))
    assert session.verdict().score == 0


@pytest.mark.parametrize(
    ("got", "diagnosis", "says"),
    [
        # 9 is 3 squared, and z has 3 columns: a single number is such a multiple by chance.
        ((np.ones(3), -0.45), "tensors", "b has wrong values. w is right."),
        ((4 * np.ones(3), 0.2), "factor", "w and b are each 4 times too large; z has 4 rows."),
        ((np.ones(3), -0.05), "sign", "b is the right one with the opposite sign."),
        ((0.05, np.ones(3)), "order", "in another order: `b` where `w` belongs and `w` where `b` belongs."),
        ((2 * np.ones(3), np.zeros(5)), "shape", "b has shape (5,)"),
        ((np.arange(3.0), 0.3), "value", "w and b have wrong values."),
        ((2 * np.ones(3), 0.05), "factor", "w is 2 times too large. b is right."),
    ],
)
def test_of_two_tensors_only_what_is_no_chance_is_told(got: Any, diagnosis: str, says: str) -> None:
    want = (np.ones(3), 0.05)
    session = Session(
        LiveOracle(lambda name, inputs: call(lambda z: got, inputs), PlainReferences({"two": lambda z: want}))
    )
    session.begin("check", 10.0)

    def two(z: Any) -> Any:
        return want

    session.values(two, Z, names=["w", "b"])
    verdict = session.verdict()
    assert (verdict.diagnosis, says in verdict.message) == (diagnosis, True), verdict.message


def test_a_factor_is_told_only_where_more_than_one_entry_has_it() -> None:
    """Beside 0.7 the entry of 1e-10 is nothing: of the other any number is a multiple."""
    want = np.array([1e-10, 0.7])
    verdicts = []
    for got in (np.array([1e-10, 0.31]), 0.31 * want, 2 * want):
        oracle = LiveOracle(lambda name, inputs, got=got: call(lambda z: got, inputs), PlainReferences({"one": one}))
        session = Session(oracle)
        session.begin("check", 10.0)
        session.values(one, Z)
        verdicts.append(session.verdict())
    assert [verdict.diagnosis == "factor" for verdict in verdicts] == [False, False, True]


def one(z: Any) -> Any:
    return np.array([1e-10, 0.7])


def _training(answer: Callable[..., Any]) -> Verdict:
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(60, 6)), np.tile([0, 1, 2], 20)
    session = Session(LiveOracle(lambda name, inputs: call(answer, inputs), PlainReferences(REFERENCES)))
    session.begin("check", 10.0)

    def score(parameters: Any, X: Any, y: Any) -> float:
        W, b = (np.asarray(part, dtype=float) for part in parameters)
        return float(np.mean(np.argmax(X @ W + b, axis=1) == y)) / 10

    session.trained(softmax, (X, y), held=(X, y), score=score, at_least=0.9)
    return session.verdict()


def _start(X: Any, y: Any, seed: int) -> Any:
    return np.random.default_rng(seed).normal(size=(X.shape[1], int(y.max()) + 1)), np.zeros(int(y.max()) + 1)


def test_parameters_that_are_still_those_of_the_start_are_told_as_that() -> None:
    def moves_nothing(X: Any, y: Any, seed: int) -> Any:
        W, b = _start(X, y, seed)
        for w in (W, b):
            w = w - 0.1
        return W, b

    def moves(X: Any, y: Any, seed: int) -> Any:
        W, b = _start(X, y, seed)
        return W + X.mean(axis=0)[:, None], b

    assert (_training(moves_nothing).diagnosis, _training(moves).diagnosis) == ("start", "accuracy")
    assert "of the start?" in _training(moves_nothing).message


def test_parameters_in_a_dictionary_are_told_as_that() -> None:
    verdict = _training(lambda X, y, seed: dict(zip(("W", "b"), _start(X, y, seed), strict=True)))
    assert verdict.diagnosis == "type"
    assert verdict.message.startswith("A dictionary with 'W', 'b' came back.")


def test_fractions_that_are_added_to_whole_numbers_in_place_are_told_plainly() -> None:
    def adds(z: Any) -> Any:
        total = np.zeros_like(z, dtype=int)
        total += z
        return total

    assert "make it with dtype=float" in judge("softmax", adds, Z).message


def test_what_rules_an_answer_out_is_told_whatever_its_values_are() -> None:
    session = Session(
        LiveOracle(lambda name, inputs: call(lambda z: 2 * softmax(z) ** 3, inputs), PlainReferences(REFERENCES))
    )
    session.begin("check", 10.0, banned="Write it by hand.")
    session.values(REFERENCES["softmax"], Z)
    session.values(REFERENCES["softmax"], SQUARE)
    assert session.verdict().diagnosis == "banned"


def test_parameters_of_more_numbers_than_a_score_can_take_are_not_evaluated() -> None:
    asked: list[int] = []
    held = ([np.zeros((64, 10_000), np.int8)], np.zeros(400_000, np.int8))
    reached, finding = evaluated(held, lambda: asked.append(1) or 1.0, lambda name: None, Code.PARAMETERS)
    assert (reached, asked) == (0.0, [])
    assert str(finding.text) == "You return 1,040,000 numbers; at most 1,000,000 are evaluated: is a shape wrong?"


def _pair(parameters: Any) -> Any:
    W, b = (np.asarray(part) for part in parameters)
    return W, b


def test_a_text_in_place_of_parameters_is_a_slip_s_name_or_is_told_as_text() -> None:
    known = Finding(Code.MISTAKE, say("A pair is expected."), mistake="no_pair")

    def told(value: str, score: Callable[[], float | str]) -> Finding:
        return evaluated(value, score, {"no_pair": known}.get, Code.PARAMETERS)[1]

    assert told("no_pair", lambda: "no_pair") is known
    for came, kind in ((np.zeros((64, 10)), "an array of shape (64, 10)"), ((1.0, 2.0, 3.0), "a tuple of 3")):
        miscounted = evaluated(came, lambda came=came: float(sum(_pair(came))), lambda name: None, Code.PARAMETERS)[1]
        assert str(miscounted.text) == f"A tuple (2 values) was expected; {kind} came back."
    assert told("W", lambda: float(np.array("W"))).code is Code.TYPE
