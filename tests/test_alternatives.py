"""What all calls of a part have in common is told, where single calls tell little; and nothing that is false."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.calling import call
from grader.judge.alternatives import MOST_TOLD, Told, sentence_of
from grader.judge.exchanged import exchanged
from grader.judge.live import LiveOracle
from grader.judge.recording import Recording
from grader.judge.references import KnownAnswer, PlainReferences
from grader.judge.session import Session
from grader.notebook.recorded import RecordedOracle
from grader.text import ENGLISH, raw, render
from grader.verdict import Verdict
from grader.wire import decode, encode


def lse(z: Any) -> Any:
    m = z.max(axis=1)
    return m + np.log(np.exp(z - m[:, None]).sum(axis=1))


def loss(z: Any, y: Any) -> float:
    return float(np.mean(lse(z) - z[np.arange(len(z)), y]))


def logistic(z: Any, y: Any) -> float:
    return float(np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z))


def softmax(z: Any) -> Any:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def linear(X: Any, w: Any, b: Any) -> Any:
    return X @ w + b, X.sum(axis=0) * b


def stepped(X: Any, W: Any, b: Any) -> Any:
    return np.where(X @ W + b >= 0, 1.0, 0.0)


def gathered(X: Any, eta: Any) -> Any:
    return eta * X.sum(axis=0), eta * X.sum()


def bent(z: Any, kind: str) -> Any:
    return np.tanh(z) if kind == "tanh" else np.maximum(z, 0)


def scaled(z: Any, kind: str) -> Any:
    return 2 * bent(z, kind)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function for function in (loss, logistic, softmax, linear, scaled, stepped, gathered)
}
REFERENCES = PlainReferences(FUNCTIONS)
_rng = np.random.default_rng(0)
CALLS: dict[str, list[tuple[Any, ...]]] = {
    "loss": [
        (_rng.normal(size=(7, 5)), np.array([0, 3, 1, 2, 3, 0, 1])),
        (_rng.normal(size=(4, 3)), np.array([0, 2, 1, 1])),
    ],
    "logistic": [
        (_rng.normal(size=(7, 1)), np.array([[1.0, 0, 0, 1, 0, 1, 1]]).T),
        (_rng.normal(size=(4, 1)), np.array([[0.0, 1, 1, 0]]).T),
    ],
    "softmax": [(_rng.normal(size=(7, 5)) * 3,), (_rng.normal(size=(4, 3)),)],
    "linear": [
        (_rng.normal(size=(7, 5)), _rng.normal(size=5), 1.7),
        (_rng.normal(size=(4, 3)), _rng.normal(size=3), -0.6),
    ],
    "stepped": [
        (_rng.normal(size=(97, 5)), _rng.normal(size=(5, 3)), np.array([0.4, -0.7, 0.2])),
        (_rng.normal(size=(49, 3)), _rng.normal(size=(3, 4)), np.array([0.4, -0.7, 0.9, -0.1])),
    ],
    "gathered": [(_rng.normal(size=(7, 5)), 0.3), (_rng.normal(size=(4, 3)), 0.7), (_rng.normal(size=(5, 1)), 1.3)],
    "scaled": [(_rng.normal(size=(7, 5)), "tanh"), (_rng.normal(size=(4, 3)), "relu")],
}


def _run(session: Session, exercise: str) -> Session:
    session.begin("check", 10.0)
    for args in CALLS[exercise]:
        session.values(FUNCTIONS[exercise], *args)
    return session


def live(exercise: str, answer: Callable[..., Any]) -> Verdict:
    return _run(Session(LiveOracle(lambda name, args: call(answer, args), REFERENCES)), exercise).verdict()


@lru_cache
def _record(exercise: str) -> Any:
    recording = Recording(REFERENCES, ENGLISH)
    _run(recording, exercise)
    return decode(encode(recording.kept))


def recorded(exercise: str, answer: Callable[..., Any]) -> Verdict:
    oracle = RecordedOracle({"check": _record(exercise)})
    oracle.call = lambda fn, args: call(answer, args)  # type: ignore[method-assign]
    return _run(Session(oracle), exercise).verdict()


def _base_2(z: Any) -> Any:
    e = 2.0**z
    return e / e.sum(axis=1, keepdims=True)


def _p(z: Any, y: Any) -> Any:
    return softmax(z)[np.arange(len(z)), y]


def _sig(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


TOLD: list[tuple[str, Callable[..., Any], str, str]] = [
    ("loss", lambda z, y: -np.mean(np.log2(_p(z, y))), "factor", "base 2"),
    ("loss", lambda z, y: -np.mean(np.log10(_p(z, y))), "factor", "base 10"),
    ("loss", lambda z, y: loss(z, y) * len(z) / (len(z) - 1), "factor", "in place of"),
    ("loss", lambda z, y: 0.37 * loss(z, y), "factor", "0.37 times the right one in every call"),
    ("loss", lambda z, y: loss(z, y) + 0.25, "offset", "too large by the same 0.25 in every call"),
    ("loss", lambda z, y: loss(z, y) ** 2, "transformed", "the square of the right one"),
    ("loss", lambda z, y: np.exp(-loss(z, y)), "transformed", "the exponential of minus the right one"),
    ("loss", lambda z, y: round(loss(z, y), 2), "rounded", "rounded to 2 digits"),
    ("loss", lambda z, y: loss(z, z.argmax(axis=1)), "exchanged", "largest entry of each row of `z`"),
    ("loss", lambda z, y: loss(z[:1], y[:1]), "exchanged", "the first row alone"),
    ("loss", lambda z, y: loss(z, y - 1), "exchanged", "one class down"),
    ("loss", lambda z, y: np.max(-np.log(_p(z, y))), "exchanged", "largest of the rows' losses"),
    ("loss", lambda z, y: np.mean(-np.log(_p(z, y) + 0.01)), "exchanged", "epsilon of 0.01"),
    ("loss", lambda z, y: np.mean(np.log(np.exp(z).sum(axis=1)) + z[np.arange(len(z)), y]), "exchanged", "plus where"),
    ("loss", lambda z, y: np.mean(z[np.arange(len(z)), y] ** 3), "value", ""),
    ("logistic", lambda z, y: np.mean(-y * np.log(_sig(z)) + (1 - y) * np.log(1 - _sig(z))), "exchanged", "its minus"),
    ("logistic", lambda z, y: logistic(z, y.ravel()), "exchanged", "every row meets every other"),
    ("logistic", lambda z, y: logistic(z.ravel(), y), "exchanged", "every row meets every other"),
    ("logistic", lambda z, y: np.mean(z + np.log1p(np.exp(-np.abs(z))) - y * z), "exchanged", "without the maximum"),
    (
        "logistic",
        lambda z, y: np.mean(np.max(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z),
        "exchanged",
        "np.maximum) belongs",
    ),
    (
        "logistic",
        lambda z, y: np.mean(np.maximum(z, 0) + np.log1p(1 + np.exp(-np.abs(z))) - y * z),
        "exchanged",
        "twice",
    ),
    (
        "logistic",
        lambda z, y: np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))),
        "exchanged",
        "with `y` and `z`",
    ),
    ("logistic", lambda z, y: logistic(z, 1 - y), "exchanged", "1 - `y` in the place of `y`"),
    ("softmax", _base_2, "exchanged", "powers of 2"),
    ("softmax", lambda z: softmax(z / 10), "exchanged", "0.1 times `z`"),
    ("softmax", lambda z: softmax(softmax(z)), "exchanged", "applied twice"),
    ("softmax", lambda z: np.sort(softmax(z), axis=1), "transformed", "sorted upwards"),
    ("softmax", lambda z: z / z.sum(axis=1, keepdims=True), "value", ""),
    ("softmax", lambda z: np.eye(z.shape[1])[z.argmax(axis=1)], "transformed", "1 at the largest entry"),
    ("linear", lambda X, w, b: (np.round(X @ w + b).astype(int), X.sum(axis=0) * b), "rounded", "to whole numbers"),
    ("softmax", lambda z: (9 * softmax(z) ** 3).astype(int), "sums", "holds whole numbers only"),
    ("softmax", lambda z: (z == z.max(axis=1, keepdims=True)).astype(int), "transformed", "1 at the largest entry"),
    ("loss", lambda z, y: 0, "zeros", ""),
    ("softmax", lambda z: np.zeros(z.shape, int), "dtype", "fractions, which are cut off"),
    ("linear", lambda X, w, b: ((X @ w + b).astype(int), X.sum(axis=0) * b), "dtype", "fractions, which are cut off"),
    ("linear", lambda X, w, b: (X @ w, X.sum(axis=0) * b), "offset", "without `b`"),
    ("linear", lambda X, w, b: (X @ w + 3 * b, X.sum(axis=0) * b), "offset", "has b 2 times too much"),
    ("linear", lambda X, w, b: (X @ w, X.sum(axis=0) * b), "offset", "has b once too little"),
    ("linear", lambda X, w, b: (X[:-1] @ w + b, X[:-1].sum(axis=0) * b), "shape", ""),
    ("linear", lambda X, w, b: (X @ w + b, X[:-1].sum(axis=0) * b), "tensors", "[0] is right"),
    ("linear", lambda X, w, b: (X @ w + b, X.sum(axis=0) * b + w[0]), "offset", ""),
    ("stepped", lambda X, W, b: np.where(X @ W + b >= 0.5, 1.0, 0.0), "exchanged", "0.5 where one with 0"),
    ("stepped", lambda X, W, b: stepped(X, W.reshape(W.shape[::-1]).T, b), "exchanged", "reshape keeps"),
    ("stepped", lambda X, W, b: stepped(X, W, np.full_like(b, b[0])), "exchanged", "first entry of `b`"),
    ("gathered", lambda X, eta: gathered(X[:-1], eta), "exchanged", "all rows but the last"),
    ("gathered", lambda X, eta: gathered(X[:1], eta), "exchanged", "the first row alone"),
    ("gathered", lambda X, eta: (gathered(X, eta)[0], X.sum()), "exchanged", "[0] is right. Your numbers are those of"),
    ("linear", lambda X, w, b: (X @ w + b, X.mean(axis=0) * b), "factor", "a mean where a sum belongs"),
    ("scaled", lambda z, kind: 2 * np.tanh(z), "exchanged", "the answer for kind = 'tanh', whatever it is"),
    ("scaled", lambda z, kind: 2 * (np.tanh(z) if kind == "tanh" else z), "returns_input", "without the maximum"),
]


@pytest.mark.parametrize("judge", [live, recorded])
@pytest.mark.parametrize(("exercise", "answer", "code", "says"), TOLD)
def test_what_holds_in_every_call_is_told(
    judge: Any, exercise: str, answer: Callable[..., Any], code: str, says: str
) -> None:
    verdict = judge(exercise, answer)
    assert verdict.score == 0
    assert (verdict.diagnosis, says in verdict.message) == (code, True), verdict.message


@given(st.floats(0.3, 3), st.floats(0.3, 3), st.floats(0.5, 2))
@settings(max_examples=40, deadline=None)
def test_a_loss_that_nobody_knows_is_told_no_cause(of_sum: float, of_label: float, power: float) -> None:
    """One thing is another by a number that nobody would write: what is told of it is nothing."""
    assume(power != 1 or of_sum != of_label)  # that is the right loss times a number, and told so

    def other(z: Any, y: Any) -> float:
        rows = of_sum * np.abs(lse(z)) ** power - of_label * z[np.arange(len(z)), y]
        return float(np.mean(rows))

    for judge in (live, recorded):
        verdict = judge("loss", other)
        assert verdict.status == "passed" or verdict.diagnosis in ("value", "near"), verdict.message


@pytest.mark.parametrize("exercise", sorted(FUNCTIONS))
def test_each_alternative_is_told_as_itself_or_not_at_all(exercise: str) -> None:
    """Where several give the same numbers, they are told side by side, or none of them is."""
    for alternative in REFERENCES.alternatives(exercise):
        for judge in (live, recorded) if alternative.told.rank else (live,):
            verdict = judge(exercise, alternative.function)
            if verdict.diagnosis == "exchanged":
                assert render(alternative.told.text) in verdict.message


def test_an_answer_of_which_one_call_is_otherwise_is_told_no_relation() -> None:
    """Two calls, and each is that of another slip."""

    def answer(z: Any, y: Any) -> float:
        return loss(z[:1], y[:1]) if len(z) == 7 else loss(z, z.argmax(axis=1))

    assert live("loss", answer).diagnosis == "value"
    assert recorded("loss", answer).diagnosis == "value"


def _step(w: Any, b: float, x: Any) -> Any:
    return w + x, b + float(x.sum())


STEPS = [(np.ones(3), 0.5, np.array([1.0, 2.0, -0.5])), (np.ones(2), 0.7, np.array([-1.0, -2.0]))]


def _judged(function: Callable[..., Any], answer: Callable[..., Any], *parts: str, mistakes: Any = ()) -> Verdict:
    references = PlainReferences({function.__name__: function}, [(function.__name__, known) for known in mistakes])
    session = Session(LiveOracle(lambda name, args: call(answer, args), references))
    session.begin("check", 10.0)
    for args, part in zip(STEPS, parts, strict=True):
        session.values(function, *args, names=["w", "b"], part=part)
    return session.verdict()


def test_what_moves_in_another_call_is_not_said_to_stay() -> None:
    stays = _judged(_step, lambda w, b, x: (w + x, b), "values", "values")
    assert render(stays.message).startswith("b came back as it went in")
    now_and_then = _judged(_step, lambda w, b, x: (w + x, b if x.sum() > 0 else b - 1.0), "values", "values")
    assert "came back" not in render(now_and_then.message)


def test_of_two_mistakes_that_fit_one_call_another_part_decides() -> None:
    """The wrong call of one part fits both; what the answer gives in the other part fits one alone."""
    mistakes = [
        KnownAnswer("still", raw("Nothing moves."), lambda w, b, x: (w, b)),
        KnownAnswer("one_way", raw("It moves down alone."), lambda w, b, x: (w, b) if x.sum() > 0 else _step(w, b, x)),
    ]
    for known in mistakes:
        verdict = _judged(_step, known.function, "up", "down", mistakes=mistakes)
        assert verdict.finding.text == known.sentence, render(verdict.message)
    alone = _judged(_step, mistakes[1].function, "up", "down", mistakes=mistakes[:1])
    assert alone.diagnosis == "returns_input"  # right in the other part, where nothing would move


def test_of_too_many_that_give_the_same_numbers_none_is_named() -> None:
    many = [Told(raw(f"slip {number}")) for number in range(MOST_TOLD + 1)]
    assert not sentence_of(many)
    assert render(sentence_of(many[:2])) == "Your numbers are those of slip 0, or of slip 1: here that is the same."
    assert render(sentence_of([*many, Told(raw("You do so."), 1)])) == "You do so."


def test_nothing_is_exchanged_where_it_might_never_end_or_has_no_source() -> None:
    def endless(z: Any) -> Any:
        while z.sum() > 1:
            z = z / 2
        return z

    assert not list(exchanged(endless))
    assert not list(exchanged(np.add))
    assert not list(exchanged(eval("lambda z: z + 1")))
    assert list(exchanged(loss))


BOUNDED: list[tuple[Callable[..., Any], str, str]] = [
    (lambda z, y: -np.mean(np.log(_p(z, y) + 1e-9)), "exchanged", "an epsilon of 1e-09 inside the logarithm"),
    (lambda z, y: -np.mean(np.log(np.clip(_p(z, y), 1e-12, 1))), "exchanged", "clipped at 1e-12"),
    (lambda z, y: -np.mean(np.log(_p(z, y) + 3.7e-11)), "bounded", "an epsilon added inside a logarithm"),
]


@pytest.mark.parametrize("in_notebook", [False, True])
@pytest.mark.parametrize(("answer", "code", "says"), BOUNDED)
def test_a_bounded_loss_is_told_as_that(answer: Callable[..., Any], code: str, says: str, in_notebook: bool) -> None:
    far = np.array([[0.0, 1000.0, -1000.0], [3.0, -700.0, 2.0], [0.1, 0.2, 0.3], [900.0, 1.0, 2.0]])

    def run(session: Session) -> Session:
        session.begin("check", 10.0)
        session.values(loss, *CALLS["loss"][0])
        session.values(loss, far, np.array([2, 1, 0, 0]), part="stable", if_passed="values")
        return session

    if in_notebook:
        recording = Recording(REFERENCES, ENGLISH)
        run(recording)
        oracle: Any = RecordedOracle({"check": recording.kept})
        oracle.call = lambda fn, args: call(answer, args)
    else:
        oracle = LiveOracle(lambda name, args: call(answer, args), REFERENCES)
    verdict = run(Session(oracle)).verdict()
    assert [part.status for part in verdict.parts] == ["passed", "failed"]
    assert (verdict.diagnosis, says in verdict.message) == (code, True), verdict.message


def test_the_sharpest_line_of_all_parts_is_the_headline() -> None:
    """A visible part whose cause is known goes before a hidden one that tells little; a known mistake before both."""

    def answer(z: Any, kind: str) -> Any:
        return 2 * z if kind == "relu" else 2 * np.tanh(z) + z**3

    known = KnownAnswer("cubed", raw("You add a cube."), lambda z, kind: 2 * np.tanh(z) + z**3)
    for mistakes, code in (((), "returns_input"), ((("scaled", known),), "mistake:cubed")):
        references = PlainReferences(FUNCTIONS, mistakes)
        session = Session(LiveOracle(lambda name, args: call(answer, args), references))
        session.begin("check", 10.0, 1)
        session.values(scaled, CALLS["scaled"][1][0], "relu", part="relu")
        session.hidden = True
        session.values(scaled, CALLS["scaled"][0][0], "tanh", part="tanh")
        assert session.verdict().diagnosis == code


def moved(X: Any, w: Any, b: Any, rate: float) -> Any:
    return w - rate * X.sum(axis=0), b - rate * X.sum()


MOVES: list[tuple[Callable[..., Any], str, str]] = [
    (lambda X, w, b, rate: (w + rate * X.sum(axis=0), b + rate * X.sum()), "factor", "with the opposite sign"),
    (lambda X, w, b, rate: (w, b - rate * X.sum()), "returns_input", "the input w"),
    (lambda X, w, b, rate: (w, b - rate * X.mean()), "returns_input", "w came back as it went in"),
    (lambda X, w, b, rate: (rate * X.sum(axis=0), rate * X.sum()), "factor", "-1 times the change"),
    (lambda X, w, b, rate: (w - rate * X.mean(axis=0), b - rate * X.sum() / 4), "factor", "4 times too small"),
]


@pytest.mark.parametrize(("answer", "code", "says"), MOVES)
def test_how_a_parameter_moves_is_told(answer: Callable[..., Any], code: str, says: str) -> None:
    references = PlainReferences({"moved": moved})
    session = Session(LiveOracle(lambda name, args: call(answer, args), references))
    session.begin("check", 10.0)
    for seed in (1, 2):
        rng = np.random.default_rng(seed)
        session.values(moved, rng.normal(size=(4, 3)), rng.normal(size=3), float(rng.normal()), 0.3, names=["w", "b"])
    verdict = session.verdict()
    assert (verdict.diagnosis, says in verdict.message) == (code, True), verdict.message


@pytest.mark.parametrize("other", [lambda want: want, lambda want: (want, np.ones(3)), lambda want: {"a": want}])
def test_an_answer_of_any_form_in_a_part_that_needs_another_is_judged(other: Callable[..., Any]) -> None:
    """What is looked at is a single number there; several tensors are none, and no error either."""
    references = PlainReferences({"form": lambda x: other(2 * x)})
    session = Session(LiveOracle(lambda name, args: call(lambda x: other(2 * x if x < 9 else x), args), references))
    session.begin("check", 10.0)

    def form(x: Any) -> Any:
        return x

    session.values(form, 1.0)
    session.values(form, 70.0, part="far", if_passed="values")
    assert [part.status for part in session.verdict().parts] == ["passed", "failed"]
