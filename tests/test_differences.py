"""The reference is held against differences of its forward: right ones pass, wrong ones are the chapter's error."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from benchmarks.bank import OPS, draw
from benchmarks.gradients import named
from hypothesis import given
from hypothesis import strategies as st

from grader.judge.differences import GradientOf, NearKink, WrongReference, verify_gradient

BY_NAME = {op.name: op for op in OPS}


def verify(name: str, inputs: tuple[Any, ...], change: Any = lambda gradients: gradients, kink: bool = False) -> Any:
    op = BY_NAME[name]
    forward, backward = named(op)
    told = GradientOf(forward, tuple(f"x{i}" for i in range(op.wrt)), "C")
    return verify_gradient(told, backward, inputs, change(backward(*inputs)), kink)


@pytest.mark.parametrize("name", BY_NAME)
def test_right_references_pass_and_wrong_ones_are_found(name: str) -> None:
    rng = np.random.default_rng(3)
    clear = 0
    for _ in range(5):
        inputs = draw(BY_NAME[name], "away", rng)
        try:
            verify(name, inputs)
        except NearKink:
            continue
        clear += 1
        for last in (False, True):
            with pytest.raises(WrongReference, match="differences of the forward give"):
                verify(name, inputs, lambda gradients, last=last: _off(gradients, 1e-5, last))
    assert clear


@pytest.mark.parametrize("regime", ["saturated", "scaled"])
@pytest.mark.parametrize("name", BY_NAME)
def test_hard_inputs_are_redrawn_and_never_called_wrong(name: str, regime: str) -> None:
    rng = np.random.default_rng(4)
    for _ in range(10):
        try:
            verify(name, draw(BY_NAME[name], regime, rng))
        except NearKink:
            continue


def test_a_kink_asks_for_other_inputs_unless_it_is_declared() -> None:
    z, upstream = np.array([[0.0, 1.0], [-1.0, 2.0]]), np.array([[2.0, 1.0], [1.0, -1.0]])
    with pytest.raises(NearKink):
        verify("relu", (z, upstream))
    ((low, high),) = verify("relu", (z, upstream), kink=True)
    assert low[0, 0] == pytest.approx(0, abs=1e-5)
    assert high[0, 0] == pytest.approx(2, abs=1e-5)
    assert np.array_equal(low[1], high[1])
    with pytest.raises(WrongReference, match="outside the two slopes"):
        verify("relu", (z, upstream), lambda gradients: (gradients[0] - 3 * (z == 0),), kink=True)


def test_parameters_in_a_dictionary_and_plain_floats_are_differenced() -> None:
    def loss(X: Any, params: Any, scale: Any) -> Any:
        return np.sum((X @ params["W"] + params["b"]) ** 2) * scale

    def gradients(X: Any, params: Any, scale: Any) -> Any:
        out = X @ params["W"] + params["b"]
        return {"W": 2 * scale * X.T @ out, "b": 2 * scale * out.sum(axis=0)}, np.sum(out**2)

    rng = np.random.default_rng(0)
    args = (rng.normal(size=(7, 5)), {"W": rng.normal(size=(5, 3)), "b": rng.normal(size=3)}, 0.3)
    told = GradientOf(loss, ("params", "scale"))
    verify_gradient(told, gradients, args, gradients(*args))
    wrong = gradients(*args)
    wrong[0]["b"][1] *= 1.001
    with pytest.raises(WrongReference):
        verify_gradient(told, gradients, args, wrong)


def test_a_gradient_of_another_shape_or_number_is_the_chapters_error() -> None:
    def loss(x: Any) -> Any:
        return np.sum(x**2)

    x = np.arange(3.0)
    for result, says in ((np.ones((3, 1)), "has shape"), ((), "declared by wrt")):
        with pytest.raises(WrongReference, match=says):
            verify_gradient(GradientOf(loss, ("x",)), lambda x: None, (x,), result)


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_the_inputs_are_left_as_they_were(a: float, b: float) -> None:
    x = np.array([a, b])
    before = x.copy()
    verify_gradient(
        GradientOf(lambda x: np.sum(np.tanh(x)), ("x",)), lambda x: 1 - np.tanh(x) ** 2, (x,), 1 - np.tanh(x) ** 2
    )
    assert np.array_equal(x, before)


def _off(gradients: tuple[Any, ...], share: float, last: bool) -> tuple[Any, ...]:
    """One entry wrong by a share of its tensor's largest."""
    wrong = [np.array(part) for part in gradients]
    tensor = wrong[-1 if last else 0]
    tensor.flat[tensor.size // 2] += share * np.max(np.abs(tensor))
    return tuple(wrong)
