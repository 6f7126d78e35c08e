"""Initialisers and samplers are judged by their distribution."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.judge.sample import furthest, judge_sample

STD = 0.05
LIMIT = STD * np.sqrt(3)


def normal(seed: int) -> Any:
    return np.random.default_rng(seed).normal(0, STD, size=(200, 100))


def uniform(seed: int) -> Any:
    return np.random.default_rng(seed).uniform(-LIMIT, LIMIT, size=(200, 100))


def verdict(draw: Any, bounded: bool = False, seeds: tuple[int, int] = (1, 2)) -> str:
    a, b = seeds
    found = judge_sample([draw(a), draw(b), draw(a)], 0.0, STD, *((-LIMIT, LIMIT) if bounded else (None, None)))
    return "" if found is None else found.name


def test_right_samplers_are_never_refused() -> None:
    for seed in range(0, 400, 2):
        assert verdict(normal, seeds=(seed, seed + 1)) == ""
        assert verdict(uniform, True, (seed, seed + 1)) == ""


def test_other_generators_and_orders_are_right_too() -> None:
    assert verdict(lambda seed: np.random.RandomState(seed).randn(100, 200).T * STD) == ""
    assert verdict(lambda seed: STD * np.random.default_rng(seed).standard_normal((200, 100), dtype=np.float32)) == ""


@pytest.mark.parametrize(
    ("draw", "bounded", "name"),
    [
        (lambda seed: normal(seed) * np.sqrt(2), False, "spread"),
        (lambda seed: normal(seed) * 0.942, False, "spread"),
        (lambda seed: np.random.default_rng(seed).random((200, 100)) * 2 * LIMIT, False, "mean"),
        (lambda seed: normal(seed), True, "bounds"),
        (lambda seed: np.random.default_rng().normal(0, STD, (200, 100)), False, "seed"),
        (lambda seed: normal(0), False, "seed"),
        (lambda seed: np.tile(normal(seed)[:, :50], 2), False, "twins"),
        (lambda seed: normal(seed) * np.nan, False, "nan"),
    ],
)
def test_wrong_samplers_are_told(draw: Any, bounded: bool, name: str) -> None:
    assert verdict(draw, bounded) == name


def test_numbers_that_are_all_one_are_told_as_that() -> None:
    found = judge_sample([np.zeros((30, 20))] * 3, 0.0, 0.1, None, None)
    assert found is not None
    assert str(found.text) == "All numbers are the same 0: nothing is drawn."


def test_another_seed_that_gives_something_else_is_told() -> None:
    found = judge_sample([normal(0), {"W": 1.0}, normal(0)], 0.0, STD, None, None)
    assert found is not None
    assert found.name == "type"


@pytest.mark.parametrize(
    ("factor", "says"),
    [
        (STD, "the variance stands where the standard deviation belongs"),
        (np.sqrt(2), "a 2 too many under the root"),
        (np.sqrt(1 / 2), "is a 2 under the root missing"),
        (np.sqrt(3), "the limit of a uniform law is no standard deviation"),
        (0.9, ""),
    ],
)
def test_a_wrong_spread_names_what_it_is_where_the_draws_tell(factor: float, says: str) -> None:
    draws = [np.random.default_rng(seed).normal(0, STD * factor, size=(200, 60)) for seed in (1, 2, 1)]
    found = judge_sample(draws, 0.0, STD, None, None)
    assert found is not None
    assert says in str(found.text)
    assert says or str(found.text).endswith(f"{STD:.4g}.")
    few = judge_sample([draw[:6, :5] for draw in draws], 0.0, STD, None, None)
    assert few is None or "?" not in str(few.text)


def test_bounds_are_told_with_few_digits() -> None:
    found = judge_sample([normal(1), normal(2), normal(1)], 0.0, STD, -LIMIT, LIMIT)
    assert found is not None
    assert f"between {-LIMIT:.6g} and {LIMIT:.6g}" in str(found.text)


def law_of(draw: Any, seeds: tuple[int, int] = (1, 2)) -> str:
    a, b = seeds
    found = judge_sample([draw(a), draw(b), draw(a)], 0.0, STD, None, None, "normal")
    return "" if found is None else found.name


def cut(seed: int, at: float, *, clipped: bool = False, stretched: bool = False) -> Any:
    """A normal law cut off at so many standard deviations; the least set of numbers that a check draws."""
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(240, 60))
    while not clipped and (far := np.abs(z) > at).any():
        z[far] = rng.normal(size=far.sum())
    z = np.clip(z, -at, at)
    return STD * (z / 0.98658 if stretched else z)


def test_a_normal_law_is_never_refused_for_its_form() -> None:
    for seed in range(0, 400, 2):
        assert law_of(lambda seed: np.random.default_rng(seed).normal(0, STD, (240, 60)), (seed, seed + 1)) == ""
    assert law_of(lambda seed: np.random.default_rng(seed).normal(0, STD, (7, 50))) == ""


@pytest.mark.parametrize("how", [{}, {"clipped": True}, {"stretched": True}], ids=["redrawn", "clipped", "stretched"])
def test_a_law_cut_at_three_sigma_is_always_told(how: dict[str, bool]) -> None:
    for seed in range(0, 100, 2):
        assert law_of(lambda seed: cut(seed, 3.0, **how), (seed, seed + 1)) == "law"


def test_a_law_cut_on_one_side_is_told() -> None:
    assert law_of(lambda seed: np.minimum(normal(seed), 3 * STD)) == "law"
    assert law_of(lambda seed: np.maximum(normal(seed), -3 * STD)) == "law"


def test_a_law_of_another_form_is_told_where_its_form_is_asked() -> None:
    assert law_of(uniform) == "law"
    assert law_of(lambda seed: np.random.default_rng(seed).laplace(0, STD / np.sqrt(2), (200, 100))) == "law"
    assert verdict(uniform) == ""


def test_the_end_of_a_law_is_looked_for_where_enough_numbers_are_expected_beyond() -> None:
    assert furthest(14_816) == pytest.approx(3.0, abs=1e-4)
    assert furthest(16_954) == pytest.approx(3.0408, abs=1e-4)
    assert furthest(28_800) > 3.19
    assert furthest(40) == 0


def test_a_number_that_no_array_holds_is_told() -> None:
    huge = [[2**1024 - 1, 1], [2, 3]]
    found = judge_sample([huge, huge, huge], 0.0, STD, None, None)
    assert found is not None
    assert "too large for an array of real numbers" in str(found.text)
