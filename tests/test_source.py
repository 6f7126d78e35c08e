"""What a value is written with: functions, classes, and wrappers that have no code of their own."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest

from grader.calling import call
from grader.judge.earlier import Earlier, Trouble
from grader.judge.live import LiveOracle
from grader.judge.references import PlainReferences
from grader.judge.session import Session
from grader.judge.source import first_line, rebound, used_names

earlier = abs


def plain(x: Any) -> Any:
    return earlier(x)


class Layer:
    def forward(self, x: Any) -> Any:
        return earlier(x)

    @property
    def size(self) -> Any:
        return plain


class Callable_:
    def __call__(self, x: Any) -> Any:
        return earlier(x)


WRAPPED = [plain, partial(plain), np.vectorize(plain), Layer, Callable_(), np.vectorize(partial(plain))]


@pytest.mark.parametrize("value", WRAPPED, ids=lambda value: type(value).__name__)
def test_names_are_found_whatever_holds_the_code(value: Any) -> None:
    assert "earlier" in used_names(value)
    assert first_line(value) > 1


@pytest.mark.parametrize("value", [np.maximum, 3, None, len])
def test_what_has_no_code_uses_no_name(value: Any) -> None:
    assert used_names(value) == frozenset()
    assert first_line(value) == 1
    assert rebound(value, {"earlier": len}) is value


@pytest.mark.parametrize("value", [plain, partial(plain), np.vectorize(plain)], ids=lambda value: type(value).__name__)
def test_a_wrapped_function_takes_other_meanings_of_its_names(value: Any) -> None:
    assert rebound(value, {"earlier": lambda x: x + 100})(np.array([-1.0])) == [99.0]
    assert value(np.array([-1.0])) == [1.0]


def test_a_reference_in_vectorize_is_judged_where_earlier_work_is_wrong() -> None:
    step = np.vectorize(lambda x: 1.0 if x >= 0 else 0.0)
    step.__name__ = "step"
    oracle = LiveOracle(
        lambda name, inputs: call(lambda z: (z >= 0) * 1.0, inputs),
        PlainReferences({"step": step}),
        {"line": Earlier(Trouble.WRONG)},
    )
    session = Session(oracle)
    session.begin("step", 2.0)
    session.values(step, np.array([-1.0, 0.0, 2.0]))
    assert session.verdict().status == "passed"
