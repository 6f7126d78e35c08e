"""Other answers than the right one, derived from it: what its numbers become when one thing in it is another.

They are looked through where an answer is wrong and nothing more telling is known of it. Only authored code runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from types import FunctionType
from typing import Any, Protocol

import numpy as np

from grader.judge.exchanged import exchanged
from grader.judge.pairings import pairings
from grader.judge.rows import rowwise
from grader.judge.source import globals_of, rebound, used_names
from grader.judge.summary import digest
from grader.judge.tensors import FLOAT32_FLOOR, Array, as_float, matches, tensors
from grader.text import NO_TEXT, Text, say

#: Calls with more numbers than this are not computed again.
MOST_NUMBERS = 20_000


@dataclass(frozen=True)
class Told:
    """What is told of an alternative. rank: 0 where it is what its numbers are those of; else a whole sentence of a
    known mistake, and the higher one goes first."""

    text: Text
    rank: int = 0


@dataclass(frozen=True)
class Alternative:
    """told: where its numbers came; function: of the call's arguments, raises where it cannot be."""

    told: Told
    function: Any


class Alternatives(Protocol):
    """The alternatives in one call, each by its number, which is the same in every call of an exercise."""

    weight: int
    """What it costs to look through them: the lightest call is looked at first."""

    def fitting(self, value: Any, among: Mapping[int, Told] | None, is_right: bool) -> Mapping[int, Told]:
        """Those that give this value here, with what they are told as. among: which to look at, all where it is None;
        is_right: whether the value is the right one."""


def alternatives_of(
    forms: Sequence[Any], alike: Sequence[tuple[Text, Any]] = (), inside: Sequence[tuple[Text, Any]] = ()
) -> tuple[Alternative, ...]:
    """forms: the reference, and right answers in other forms; alike, inside: sentences and functions of mistakes that
    are known of another exercise with the same right answer, and of earlier exercises that this one uses."""
    reference = forms[0]
    names = argument_names(reference)
    made = [Alternative(Told(sentence, 2), function) for sentence, function in alike]
    made += [Alternative(Told(sentence, 1), function) for sentence, function in inside]
    found = [
        *pairings(reference, names, sorted(_texts(reference))),
        *rowwise(reference, names),
        *(pair for form in forms for pair in exchanged(form)),
        *_in_earlier_ones(reference),
    ]
    made += [Alternative(Told(what), function) for what, function in found]
    return tuple(made)


def _in_earlier_ones(reference: Any) -> Iterator[tuple[Text, Any]]:
    """The reference over functions of its chapter in which one step is exchanged."""
    known = globals_of(reference)
    for name in sorted(used_names(reference)):
        if isinstance(known.get(name), FunctionType) and known[name] is not reference:
            for told, other in exchanged(known[name]):
                yield told, rebound(reference, {name: other})


def _texts(reference: Any) -> set[str]:
    """Words that an argument may be: those with which the function, or one that it uses, compares."""
    known = globals_of(reference)
    used = [reference, *(known.get(name) for name in sorted(used_names(reference)))]
    texts = {
        const
        for function in used
        if isinstance(function, FunctionType)
        for const in function.__code__.co_consts[1:]
        if isinstance(const, str) and const.isidentifier()
    }
    return texts


#: So many that give the same numbers are told side by side; of more nothing is.
MOST_TOLD = 3


def sentence_of(fitting: Iterable[Told]) -> Text:
    """What is told where all of these give the numbers that came; no text where they are too many."""
    every = list(dict.fromkeys(fitting))
    for rank in (2, 1):
        whole = [one.text for one in every if one.rank == rank]
        if len(whole) == 1:
            return whole[0]
    told = [one for one in every if not one.rank]
    if not 0 < len(told) <= MOST_TOLD:
        return NO_TEXT
    what = told[0].text
    for other in told[1:]:
        what = say("{one}, or of {other}", one=what, other=other.text)
    if len(told) == 1:
        return say("Your numbers are those of {what}.", what=what)
    return say("Your numbers are those of {what}: here that is the same.", what=what)


class LiveAlternatives:
    """Computed in one call. given: what a function gives with the call's arguments, None where it raises; weight: how
    many numbers those are."""

    def __init__(self, known: Callable[[], Sequence[Alternative]], given: Callable[[Any], Any], weight: int) -> None:
        self._known, self._given, self.weight = known, given, weight

    def fitting(self, value: Any, among: Mapping[int, Told] | None, is_right: bool) -> Mapping[int, Told]:
        known = self._known()
        numbers = range(len(known)) if among is None else among
        return {n: known[n].told for n in numbers if matches(value, self._given(known[n].function))}

    def kept(self, want: Any) -> tuple[list[Told], list[int], list[int], list[float]]:
        """What a notebook keeps: what they are told as; and of each that gives something wrong of the right form its
        number, the place of what it is told as, and its digest."""
        texts: dict[Told, int] = {}
        rows = []
        right = [leaf for _, leaf in tensors(want)]
        of_right, near = digest(want)[0], _width(right)
        for number, known in enumerate(self._known()):
            value = self._given(known.function)
            if _has_numbers_where(value, right):
                told = digest(value)[0]
                is_right = not abs(told - of_right) > near and matches(value, want, FLOAT32_FLOOR)
                if not is_right and abs(told) <= float(np.finfo(np.float32).max):
                    rows.append((number, texts.setdefault(known.told, len(texts)), told))
        return list(texts), [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def argument_names(function: Any) -> tuple[str, ...]:
    """What the arguments of a callable are called; none where it does not tell, as a NumPy ufunc."""
    try:
        return tuple(signature(function).parameters)
    except (TypeError, ValueError):
        return ()


def _has_numbers_where(value: Any, right: Sequence[Array]) -> bool:
    """Whether a value has numbers where the right one has its tensors."""
    try:
        mine = [leaf for _, leaf in tensors(value)]
    except (TypeError, ValueError):
        return False
    return len(mine) == len(right) and all(
        a.shape == b.shape and a.dtype.kind in "biuf" for a, b in zip(mine, right, strict=True)
    )


def _width(right: Sequence[Array]) -> float:
    """How far the digest of what matches a right value may be from that value's own, at most. A tensor of zeros is
    matched by absolute error."""
    largest = max(float(np.max(np.abs(as_float(leaf)), initial=0.0)) or 1.0 for leaf in right)
    return 10 * FLOAT32_FLOOR * largest * sum(leaf.size for leaf in right)
