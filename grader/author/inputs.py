"""The inputs of a check's calls: whether they differ enough that no wrong answer slips through by their sizes.

An answer may have a size written into it, keep its first result of each shape, or be wrong for one row. So the visible
calls of a check differ in every size, and its hidden calls repeat a shape with other numbers and hold a batch of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.chapter.checks import Check, checks_of
from grader.chapter.model import Chapter
from grader.chapter.namespace import Namespace
from grader.judge.alternatives import argument_names
from grader.judge.lines import Collected
from grader.judge.words.values import Values
from grader.judge.words.word import Call

#: What a check says that cannot follow a rule, in a line of its own, with the reason after it.
ONE_SIZE = "# one size because"
NO_SHAPE_AGAIN = "# no shape again because"
NO_BATCH_OF_ONE = "# no batch of one because"


@dataclass(frozen=True)
class Axis:
    """An axis of an input. place: the argument's, then the places in nested tuples; dim: of the array there."""

    place: tuple[int, ...]
    dim: int


def axes(args: Sequence[Any]) -> dict[Axis, int]:
    """The length of every axis of a call's arrays."""
    return {Axis(place, dim): length for place, array in arrays(args) for dim, length in enumerate(np.shape(array))}


def arrays(value: Any, place: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any]]:
    """The arrays of plain data, by their places; a number is none."""
    if isinstance(value, np.ndarray):
        if value.ndim:
            yield place, value
    elif isinstance(value, tuple | list):
        for position, item in enumerate(value):
            yield from arrays(item, (*place, position))


def kind_of(name: str, args: Sequence[Any]) -> tuple[Any, ...]:
    """What an answer with a memory for each shape can tell calls apart by: shapes, words and whole numbers."""
    told = tuple(arg if isinstance(arg, str | int) else None for arg in args)
    return name, tuple((place, array.shape) for place, array in arrays(args)), told


def rows_of(args: Sequence[Any]) -> int:
    """The number of rows of a call: the first axis of its first array; 0 where there is none."""
    return next((len(array) for _, array in arrays(args)), 0)


def verify_inputs(chapter: Chapter, namespace: Namespace) -> None:
    """Raise ChapterError for the first check whose calls are too much alike."""
    for check in checks_of(chapter):
        calls = _calls(check, namespace)
        for (part, hidden), problem in _problems(calls, check.cell.source, namespace):
            raise chapter.error(check.cell, problem, check.line_of(part, hidden=hidden))


def _calls(check: Check, namespace: Namespace) -> list[Call]:
    """The calls with one right answer and an array among their inputs."""
    collected = Collected()
    collected.start(0)
    check.run(namespace, collected, hidden=True)
    return [call for call in collected.calls if isinstance(call, Values) and any(arrays(call.args))]


def _problems(calls: Sequence[Call], source: str, namespace: Namespace) -> Iterator[tuple[tuple[str, bool], str]]:
    """The part and whether its hidden lines are meant, and what is wrong with its inputs."""
    if not said(source, ONE_SIZE):
        for name in dict.fromkeys(call.subject for call in calls):
            yield from _one_size([call for call in calls if call.subject == name], namespace)
    hidden = [call for call in calls if call.hidden]
    paying = [call for call in hidden if not call.rule.if_passed]
    for part in dict.fromkeys(call.rule.part for call in paying if not said(source, NO_SHAPE_AGAIN)):
        if not any(_repeats(call, calls) for call in paying if call.rule.part == part):
            yield (
                (part, True),
                f"no hidden call of part {part!r} has the shapes of a call before it and other numbers, so an answer "
                f"that keeps its first result of each shape is right: repeat a shape, or give the reason in a line "
                f"'{NO_SHAPE_AGAIN} ...'",
            )
    if hidden and not said(source, NO_BATCH_OF_ONE) and not any(_has_one_row(call, calls) for call in hidden):
        yield (
            (hidden[0].rule.part, True),
            "no hidden call has a batch of one row, where np.squeeze goes wrong: add one, or give the reason in a line "
            f"'{NO_BATCH_OF_ONE} ...'",
        )


def _one_size(calls: Sequence[Call], namespace: Namespace) -> Iterator[tuple[tuple[str, bool], str]]:
    """An axis that has one length in all visible calls of a function."""
    shown = [axes(call.args) for call in calls if not call.hidden]
    every = [axes(call.args) for call in calls]
    for axis, length in shown[0].items() if shown else ():
        if any(axis not in one for one in every) or {one[axis] for one in shown} != {length}:
            continue
        if {one[axis] for one in every} != {1}:
            named = argument_names(namespace.right(calls[0].subject))
            yield (
                (calls[0].rule.part, False),
                f"{told(axis, named)} is {length} in every visible call of {calls[0].subject!r}, so an answer with "
                f"{length} written into it is green in the notebook: add a visible call of another size, or give the "
                f"reason in a line '{ONE_SIZE} ...'",
            )


def told(axis: Axis, names: Sequence[str]) -> str:
    """An axis in words: ``axis 0 of X``."""
    argument, *inner = axis.place
    name = names[argument] if argument < len(names) else f"argument {argument + 1}"
    return f"axis {axis.dim} of {name}{''.join(f'[{place}]' for place in inner)}"


def _repeats(call: Call, calls: Sequence[Call]) -> bool:
    """Whether a call has the shapes of one before it, and other numbers."""
    kind = kind_of(call.subject, call.args)
    return any(
        kind_of(before.subject, before.args) == kind and not _same(before.args, call.args)
        for before in calls
        if before.index < call.index
    )


def _has_one_row(call: Call, calls: Sequence[Call]) -> bool:
    """Whether a batch among the inputs has one row here, and more in another call.

    A batch is an array whose first axis is no other array's column: of ``X @ W + b`` it is X alone.
    """
    lengths: dict[Axis, list[int]] = defaultdict(list)
    mine = [axes(other.args) for other in calls if other.subject == call.subject]
    for axis in mine[0]:
        if all(axis in one for one in mine):
            lengths[axis] = [one[axis] for one in mine]
    columns = [several for axis, several in lengths.items() if axis.dim]
    batches = [axis for axis, several in lengths.items() if not axis.dim and several not in columns]
    here = axes(call.args)
    return any(here[axis] == 1 < max(lengths[axis]) for axis in batches)


def _same(args: Sequence[Any], others: Sequence[Any]) -> bool:
    pairs = zip(arrays(args), arrays(others), strict=True)
    return all(np.array_equal(mine, theirs) for (_, mine), (_, theirs) in pairs)


def said(source: str, reason: str) -> bool:
    """Whether the check gives its reason for leaving a rule out."""
    return bool(reason) and any(line.strip().startswith(f"{reason} ") for line in source.split("\n"))
