"""Automatic wrong answers: what a right answer becomes when one thing is broken.

A mutant sees each call, with its right answer, and the calls before it, and gives another answer, or None where it
cannot be made (a transpose of a vector). ``EARN_NOTHING`` are the ones that must score 0 of a whole check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from grader.author.inputs import (
    NO_BATCH_OF_ONE,
    NO_SHAPE_AGAIN,
    ONE_SIZE,
    Axis,
    arrays,
    axes,
    kind_of,
    rows_of,
    told,
)
from grader.judge.over import copies
from grader.judge.summary import summary
from grader.judge.tensors import Array, as_float, tensors, with_last

EARN_NOTHING = ("zero", "ones", "returns its input", "random", "previous answer", "lookup of visible inputs")
#: Arguments that say how often something is done.
TURNS = ("epochs", "steps", "iterations")
#: Where a normal law is cut off, in standard deviations, and of how many numbers that is asked.
CUT, CUT_AT, MANY = "law cut at 3 sigma", 3.0, 1000


@dataclass(frozen=True)
class Answered:
    """A call of the student's function, with what is right."""

    name: str
    args: tuple[Any, ...]
    right: Any


#: (call, the calls before it) -> another answer, or None.
Mutate = Callable[[Answered, Sequence[Answered]], Any]
#: One tensor of an answer -> another one of its shape, or None.
Change = Callable[[Array], Array | None]


@dataclass(frozen=True)
class Mutant:
    """open_ended: also made where many answers are right; shows: it must fail in the notebook already; unless: the
    reason with which a check may leave it out."""

    name: str
    mutate: Mutate
    open_ended: bool = False
    shows: bool = False
    unless: str = ""


def mutants(n_tensors: int, sizes: Sequence[int], earlier: Any) -> Iterator[Mutant]:
    """All mutants of an answer of ``n_tensors`` tensors to inputs whose axes have these lengths. earlier: what a
    student's function gave while it was written, on public inputs."""
    yield Mutant("zero", _each(np.zeros_like), True)
    yield Mutant("ones", _each(np.ones_like), True)
    yield Mutant("random", _random, True)
    yield Mutant("returns its input", _input)
    yield Mutant("previous answer", partial(_previous, earlier), True)
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
        for label, change in [("zero", _times(0.0)), *changes, ("squeezed", _squeezed)]:
            yield Mutant(f"tensor {position} {label}", _each(change, position))
    yield Mutant("squeezed", _all_squeezed, unless=NO_BATCH_OF_ONE)
    yield Mutant("wrong for one row", _wrong_for_one_row, unless=NO_BATCH_OF_ONE)
    yield Mutant("first answer of each shape kept", _kept, unless=NO_SHAPE_AGAIN)
    yield Mutant("accumulates", _accumulates, unless=NO_SHAPE_AGAIN)


def with_sizes(calls: Sequence[Answered], names: Sequence[str]) -> Iterator[Mutant]:
    """An answer for each size of the first call that has it written in: it is right only where the others have it too.

    calls: of one function; names: of its arguments. Axes that are always of one length, as the columns of X and the
    rows of W, are one size.
    """
    lengths = [axes(call.args) for call in calls]
    sizes: dict[tuple[int | None, ...], Axis] = {}
    for axis in lengths[0]:
        sizes.setdefault(tuple(one.get(axis) for one in lengths), axis)
    for several, axis in sizes.items():
        if len(set(several) - {None}) > 1:
            size = lengths[0][axis]
            label = f"{size} written in for {told(axis, names)}"
            yield Mutant(label, partial(_written_in, axis, size, calls[0].name), shows=True, unless=ONE_SIZE)


def that_stop(calls: Sequence[Answered], names: Sequence[str], right: Callable[..., Any]) -> Iterator[Mutant]:
    """Trainings that stop early, where an argument says how long they go on. right: the exercise's reference."""
    for place, name in enumerate(names):
        if name in TURNS and any(call.args[place] > 1 for call in calls):
            yield Mutant(f"stops after one of its {name}", partial(_stopped, place, right, lambda turns: 1))
            yield Mutant(f"one short of its {name}", partial(_stopped, place, right, lambda turns: turns - 1))
            if all(np.ndim(list(tensors(call.right))[-1][1]) == 0 for call in calls):
                yield Mutant(f"stops when two of its {name} are alike", partial(_alike, place, right))


def cut_off() -> Mutant:
    """A normal law without its tails."""
    return Mutant(CUT, _each(_cut), True)


def from_lookup(calls: Sequence[Answered]) -> Mutant:
    """An answer that knows what is right on the visible inputs, and nothing else."""

    def looked_up(call: Answered, before: Sequence[Answered]) -> Any:
        known = (one.right for one in calls if (one.name, summary(one.args)) == (call.name, summary(call.args)))
        return next(known, calls[0].right)

    return Mutant("lookup of visible inputs", looked_up)


def _times(factor: float) -> Change:
    return lambda tensor: tensor * factor


def _each(change: Change, only: int | None = None) -> Mutate:
    """Change every float tensor of the answer, or the one at a position."""

    def mutate(call: Answered, before: Sequence[Answered]) -> Any:
        leaves = [as_float(leaf) for _, leaf in tensors(call.right)]
        changed = [change(leaf) if only in (None, place) else leaf for place, leaf in enumerate(leaves)]
        if all(new is None or new is old for new, old in zip(changed, leaves, strict=True)):
            return None
        return with_last(call.right, [old if new is None else new for new, old in zip(changed, leaves, strict=True)])

    return mutate


def _transposed(tensor: Array) -> Array | None:
    return tensor.T.copy() if tensor.ndim >= 2 else None


def _squeezed(tensor: Array) -> Array | None:
    return np.squeeze(tensor).copy() if 1 in tensor.shape else None


def _cut(tensor: Array) -> Array | None:
    """Of many numbers, those beyond three standard deviations brought in, as a law that is cut off there has them."""
    far = np.abs(tensor) > CUT_AT * np.std(tensor) if tensor.size >= MANY else np.zeros(1, bool)
    return np.where(far, tensor / 2, tensor) if far.any() else None


def _one_off(tensor: Array) -> Array | None:
    """One entry off by a thousandth of the largest; which one depends on the values."""
    if not tensor.size or not np.any(tensor):
        return None
    wrong = tensor.copy()
    wrong.flat[int(np.abs(wrong).sum() * 1e6) % wrong.size] += 1e-3 * float(np.max(np.abs(tensor)))
    return wrong


def _input(call: Answered, before: Sequence[Answered]) -> Any:
    return call.args[0] if call.args else None


def _previous(earlier: Any, call: Answered, before: Sequence[Answered]) -> Any:
    return before[-1].right if before else earlier


def _random(call: Answered, before: Sequence[Answered]) -> Any:
    rng = np.random.default_rng(len(before))
    return with_last(call.right, [rng.normal(size=leaf.shape) for _, leaf in tensors(call.right)])


def _ignores(call: Answered, before: Sequence[Answered]) -> Any:
    """The same numbers for every input of a shape: made of the shape alone, of the right answer's size."""
    rng = np.random.default_rng(7)
    return with_last(call.right, [np.abs(rng.normal(size=leaf.shape)) for _, leaf in tensors(call.right)])


def _all_squeezed(call: Answered, before: Sequence[Answered]) -> Any:
    """np.squeeze on every tensor: the answer as it is where no axis has the length 1, so that some call must have."""
    if not any(arrays(call.args)) or not any(leaf.ndim for _, leaf in tensors(call.right)):
        return None
    return with_last(call.right, [np.squeeze(leaf) for _, leaf in tensors(call.right)])


def _kept(call: Answered, before: Sequence[Answered]) -> Any:
    """The first answer of each shape: a result that is computed once and kept."""
    if not any(arrays(call.args)):
        return None
    return next((one.right for one in before if _alike_in_shape(one, call)), call.right)


def _accumulates(call: Answered, before: Sequence[Answered]) -> Any:
    """The sum of all answers of a shape so far: an array that is made once and added to."""
    if not any(arrays(call.args)):
        return None
    several = [call, *(one for one in before if _alike_in_shape(one, call))]
    leaves = [[as_float(leaf) for _, leaf in tensors(one.right)] for one in several]
    return with_last(call.right, [sum(same) for same in zip(*leaves, strict=True)])


def _alike_in_shape(one: Answered, other: Answered) -> bool:
    return kind_of(one.name, one.args) == kind_of(other.name, other.args)


def _wrong_for_one_row(call: Answered, before: Sequence[Answered]) -> Any:
    if rows_of(call.args) != 1:
        return None
    return with_last(call.right, [(as_float(leaf) == 0).astype(float) for _, leaf in tensors(call.right)])


def _written_in(axis: Axis, size: int, name: str, call: Answered, before: Sequence[Answered]) -> Any:
    """What a division by the size gives: off by a factor where the real size is another one."""
    real = axes(call.args).get(axis, size)
    if call.name != name or real == size:
        return None
    return with_last(call.right, [as_float(leaf) * (real / size) for _, leaf in tensors(call.right)])


def _stopped(
    place: int, right: Callable[..., Any], fewer: Callable[[int], int], call: Answered, before: Sequence[Answered]
) -> Any:
    turns = call.args[place]
    return None if turns < 2 else _after(place, right, call, fewer(turns))


def _alike(place: int, right: Callable[..., Any], call: Answered, before: Sequence[Answered]) -> Any:
    """Stopped at the first turn whose count, the answer's last number, is that of the turn before it, and not zero."""
    counts = [0.0]
    for turns in range(1, call.args[place]):
        result = _after(place, right, call, turns)
        counts.append(float(list(tensors(result))[-1][1]))
        steps = np.diff(counts)
        if turns > 1 and steps[-1] == steps[-2] != 0:
            return result
    return None


def _after(place: int, right: Callable[..., Any], call: Answered, turns: int) -> Any:
    """What is right with another number of turns."""
    args = copies(call.args)
    return right(*args[:place], turns, *args[place + 1 :])
