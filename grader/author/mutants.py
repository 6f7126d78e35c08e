"""Automatic wrong answers: what a right answer becomes when one thing is broken.

A mutant sees each call's inputs and right answer and gives another one, or None where it cannot be made
(a transpose of a vector). ``EARN_NOTHING`` are the ones that must score 0 of a whole check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.judge.tensors import Array, as_float, tensors, with_last

EARN_NOTHING = ("zero", "ones", "returns its input", "random", "previous answer")

#: (inputs, right answer, right answers of the earlier calls) -> another answer, or None.
Mutate = Callable[[tuple[Any, ...], Any, Sequence[Any]], Any]
#: One tensor of an answer -> another one of its shape, or None.
Change = Callable[[Array], Array | None]


@dataclass(frozen=True)
class Mutant:
    """kind: ``scaled by N`` belongs to the kind ``scaled``; open_ended: also made where many answers are right."""

    name: str
    mutate: Mutate
    open_ended: bool = False


def mutants(n_tensors: int, sizes: Sequence[int]) -> Iterator[Mutant]:
    """All mutants of an answer of ``n_tensors`` tensors to inputs whose axes have these lengths."""
    yield Mutant("zero", _each(np.zeros_like), True)
    yield Mutant("ones", _each(np.ones_like), True)
    yield Mutant("random", _random, True)
    yield Mutant("returns its input", _input)
    yield Mutant("previous answer", _previous, True)
    yield Mutant("ignores its input", _ignores, True)
    factors = [factor for size in sizes for factor in (float(size), 1.0 / size)]
    changes: list[tuple[str, Change]] = [
        ("negated", _times(-1.0)),
        ("transposed", _transposed),
        ("one entry off", _one_off),
        *((f"{factor:.4g} times", _times(factor)) for factor in factors),
    ]
    yield from (Mutant(label, _each(change)) for label, change in changes)
    for position in range(n_tensors) if n_tensors > 1 else ():
        for label, change in [("zero", _times(0.0)), *changes]:
            yield Mutant(f"tensor {position} {label}", _each(change, position))


def _times(factor: float) -> Change:
    return lambda tensor: tensor * factor


def _each(change: Change, only: int | None = None) -> Mutate:
    """Change every float tensor of the answer, or the one at a position."""

    def mutate(args: tuple[Any, ...], right: Any, earlier: Sequence[Any]) -> Any:
        leaves = [as_float(leaf) for _, leaf in tensors(right)]
        changed = [change(leaf) if only in (None, place) else leaf for place, leaf in enumerate(leaves)]
        if all(new is None or new is old for new, old in zip(changed, leaves, strict=True)):
            return None
        return with_last(right, [old if new is None else new for new, old in zip(changed, leaves, strict=True)])

    return mutate


def _transposed(tensor: Array) -> Array | None:
    return tensor.T.copy() if tensor.ndim >= 2 else None


def _one_off(tensor: Array) -> Array | None:
    """One entry off by a thousandth of the largest; which one depends on the values."""
    if not tensor.size or not np.any(tensor):
        return None
    wrong = tensor.copy()
    wrong.flat[int(np.abs(wrong).sum() * 1e6) % wrong.size] += 1e-3 * float(np.max(np.abs(tensor)))
    return wrong


def _input(args: tuple[Any, ...], right: Any, earlier: Sequence[Any]) -> Any:
    return args[0] if args else None


def _previous(args: tuple[Any, ...], right: Any, earlier: Sequence[Any]) -> Any:
    return earlier[-1] if earlier else right


def _random(args: tuple[Any, ...], right: Any, earlier: Sequence[Any]) -> Any:
    rng = np.random.default_rng(len(earlier))
    return with_last(right, [rng.normal(size=leaf.shape) for _, leaf in tensors(right)])


def _ignores(args: tuple[Any, ...], right: Any, earlier: Sequence[Any]) -> Any:
    """The same numbers for every input of a shape: made of the shape alone, of the right answer's size."""
    rng = np.random.default_rng(7)
    return with_last(right, [np.abs(rng.normal(size=leaf.shape)) for _, leaf in tensors(right)])
