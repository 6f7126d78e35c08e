"""Naming what is wrong: from a mismatch to the sentence that a student reads.

In this order: answers that change from call to call, the chapter's known mistakes by value, type and shape,
an answer to earlier inputs, what wrong and right numbers have in common, the worst entry. A wrong diagnosis
is worse than none: where two known mistakes fit, neither is named, only what they share is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.finding import Code, Finding
from grader.judge.compare import Mismatch, the_tensor, the_value
from grader.judge.fingerprint import are_right, fingerprint
from grader.judge.seen import Tensor
from grader.judge.sizes import sizes_of
from grader.judge.tensors import Array, as_float, beside, matches, relative_error
from grader.text import NO_TEXT, Names, Ratio, Text, joined, raw, say, say_counted

#: An answer that is off by less than this share of its largest entry is called close.
CLOSE = 1e-3


@dataclass(frozen=True)
class KnownMistake:
    """What a known wrong answer gives on the inputs at hand. ``value`` is None where it raises."""

    name: str
    sentence: Text
    value: Any


@dataclass(frozen=True)
class Case:
    """A wrong answer and all that is known about it.

    args: the call's inputs; arguments: their names; changes: whether a second call with the same inputs gave
    another answer; earlier: the arguments and right answers of this check's earlier calls; elsewhere: the tensors that
    another call of the same part gets wrong; moved: those that another call of it gives otherwise than they went in.
    """

    got: Any
    want: Any
    mismatch: Mismatch
    mistakes: Sequence[KnownMistake] = ()
    bands: Sequence[float] = ()
    names: tuple[str, ...] = ()
    args: tuple[Any, ...] = ()
    arguments: Sequence[str] = ()
    changes: bool = False
    earlier: Sequence[tuple[tuple[Any, ...], Any]] = ()
    elsewhere: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()


def diagnose(case: Case) -> Finding:
    """The most telling true thing about a wrong answer."""
    worst = _worst(case.mismatch)
    if case.changes:
        told = say(
            "The same inputs gave another answer the second time. Does your function keep something between calls, "
            "shuffle, or draw random numbers?"
        )
        return Finding(Code.STATE, told, worst)
    fitting = [mistake for mistake in case.mistakes if mistake.value is not None and matches(case.got, mistake.value)]
    if known := the_only(fitting, worst):
        return known
    if whole := _whole(case):
        return replace(whole, detail=worst)
    order = _order(case)
    if order:
        return Finding(Code.ORDER, order)
    stale = next((args for args, want in case.earlier if matches(case.got, want)), None)
    if stale is not None:
        return _to_earlier(case, stale, worst)
    mismatch = case.mismatch
    if mismatch.kind in (Code.TYPE, Code.SHAPE, Code.TRANSPOSE, Code.BROADCAST):
        return Finding(mismatch.kind, _returned_input(case) or joined([mismatch.message, _beside(case)]))
    if mismatch.kind is Code.NAN:
        return Finding(Code.NAN, mismatch.message, worst)
    inputs = _inputs(case)
    alike = fingerprint(_tensors(case), inputs, sizes_of(inputs), case.elsewhere, case.moved)
    off = _error(case)
    close = off < CLOSE
    if alike is not None and not (close and alike[0] in (Code.ROWS, Code.COLUMNS, Code.TENSORS, Code.VALUE)):
        return Finding(alike[0], joined([alike[1], _of_integers(case)]), worst)
    if close:
        near = say(
            "It is close, off by {off:.1g} of its largest entry: more than rounding explains.", off=Ratio(off, 1)
        )
        return Finding(Code.NEAR, joined([alike[1] if alike else mismatch.message, near]), worst)
    return Finding(Code.VALUE, joined([mismatch.message, _of_integers(case)]), worst)


def the_only(fitting: Sequence[KnownMistake], detail: tuple[Text, ...] = ()) -> Finding | None:
    """The one mistake that fits; where several do that say different things, none is named."""
    if len({mistake.sentence for mistake in fitting}) != 1:
        return None
    return Finding(Code.MISTAKE, fitting[0].sentence, detail, fitting[0].name)


def _to_earlier(case: Case, args: tuple[Any, ...], worst: tuple[Text, ...]) -> Finding:
    """The answer is right for an earlier call's arguments: all others, or some alone that differ."""
    other = [
        raw("`") + name + raw("`")
        for name, now, before in zip(_argument_names(case.args, case.arguments), case.args, args, strict=False)
        if not (callable(now) or matches(now, before))
    ]
    if 0 < len(other) < len(case.args):
        told = say_counted(
            "Your answer is the same as for another {names}. Does your function use it?",
            "Your answer is the same as for another {names}. Does your function use them?",
            len(other),
            names=Names(tuple(other)),
        )
        return Finding(Code.IGNORED, told, worst)
    told = say(
        "This is the answer to earlier inputs. Does your function use its arguments, or something in their place: a "
        "number, a global name, a value that is kept between calls?"
    )
    return Finding(Code.PREVIOUS, told, worst)


def _order(case: Case) -> Text:
    """One sentence where the right tensors came in another order; else none."""
    got, want = case.got, case.want
    if not (isinstance(got, tuple | list) and isinstance(want, tuple) and len(got) == len(want) > 1):
        return NO_TEXT
    places = [next((there for there, right in enumerate(want) if matches(mine, right)), None) for mine in got]
    if sorted(place for place in places if place is not None) != list(range(len(want))):
        return NO_TEXT
    moved = [
        say("`{came}` where `{wanted}` belongs", came=the_value(case.names, place), wanted=the_value(case.names, n))
        for n, place in enumerate(places)
        if place is not None and place != n
    ]
    return (
        say("All that you return is right, in another order: {moved}.", moved=Names(tuple(moved))) if moved else NO_TEXT
    )


def _beside(case: Case) -> Text:
    """Which of several tensors are right, where another has a wrong shape."""
    told = right_tensors(case.got, case.want, case.bands, case.names)
    return are_right([f"`{name}`" for name in told if name not in case.elsewhere])


def right_tensors(got: Any, want: Any, bands: Sequence[float], names: tuple[str, ...]) -> list[str]:
    """The names of the tensors of an answer that are right."""
    try:
        return [
            name
            for name, mine, right, band in beside(got, want, bands, names)
            if name and mine.shape == right.shape and relative_error(as_float(mine), as_float(right)) <= band
        ]
    except (KeyError, TypeError, ValueError):
        return []


def _error(case: Case) -> float:
    """The largest norm-wise error of a tensor."""
    return max((relative_error(t.got, t.want) for t in _tensors(case) if not t.right), default=case.mismatch.error)


def _argument_names(args: Sequence[Any], arguments: Sequence[str]) -> list[Text]:
    unnamed = range(len(arguments), len(args))
    return [*map(raw, arguments), *(say("argument {number}", number=n + 1) for n in unnamed)]


def tensors_of(got: Any, want: Any, bands: Sequence[float], names: tuple[str, ...]) -> list[Tensor]:
    """The tensors of an answer of the right structure beside the right ones; those of another shape are left out."""
    made = []
    for name, mine, right, band in beside(got, want, bands, names):
        if mine.shape == right.shape or mine.size == right.size == 1:
            came, wanted = as_float(mine).reshape(right.shape), as_float(right)
            made.append(Tensor(name, came, wanted, bool(relative_error(came, wanted) <= band)))
    return made


def inputs_of(args: Sequence[Any], arguments: Sequence[str]) -> list[tuple[Text, Array]]:
    """A call's arguments that are numbers or arrays of them, by name."""
    return [
        (name, as_float(np.asarray(arg)))
        for name, arg in zip(_argument_names(args, arguments), args, strict=False)
        if isinstance(arg, float | int) or (isinstance(arg, np.ndarray) and arg.dtype.kind in "biuf")
    ]


def _tensors(case: Case) -> list[Tensor]:
    return tensors_of(case.got, case.want, case.bands, case.names)


def _inputs(case: Case) -> list[tuple[Text, Array]]:
    return inputs_of(case.args, case.arguments)


def _whole(case: Case) -> Finding | None:
    """Whole numbers that are the right ones without their fractions: their type is the cause, whatever else they look
    like. A single 0 is no such thing: it may stand for an answer that is not there."""
    for name, got, want in _integers(case):
        mine, right = as_float(got), as_float(want)
        if (want.size > 1 or np.any(mine)) and any(
            np.array_equal(mine, cut(right)) for cut in (np.trunc, np.floor, np.round)
        ):
            told = say(
                "{tensor} is right but for its fractions, which are cut off: it is of type {dtype}. Is it made of an "
                "array of whole numbers, as by np.zeros_like, or is // or int() in it?",
                tensor=the_tensor(name, start=True),
                dtype=str(got.dtype),
            )
            return Finding(Code.DTYPE, told)
    return None


def _of_integers(case: Case) -> Text:
    """What is told beside wrong values that are whole numbers where fractions belong."""
    for name, got, _ in _integers(case):
        if got.size > 1:
            return say(
                "{tensor} is of type {dtype}, which holds whole numbers only.",
                tensor=the_tensor(name, start=True),
                dtype=str(got.dtype),
            )
    return NO_TEXT


def _integers(case: Case) -> Iterator[tuple[str, Array, Array]]:
    """The wrong tensors of whole numbers, where not all right numbers are whole."""
    try:
        pairs = list(beside(case.got, case.want, case.bands, case.names))
    except (KeyError, TypeError, ValueError):
        return
    for name, got, want, band in pairs:
        whole = got.dtype.kind in "iu" and want.dtype.kind == "f" and got.shape == want.shape and got.size > 0
        wrong = whole and not relative_error(as_float(got), as_float(want)) <= band
        if wrong and np.isfinite(want).all() and np.any(want != np.round(want)):
            yield name, got, want


def _returned_input(case: Case) -> Text:
    for name, array in _inputs(case):
        if isinstance(case.got, np.ndarray) and array.size > 1 and matches(case.got, array):
            return say("Your function returns its input {name} unchanged.", name=name)
    return NO_TEXT


def _worst(mismatch: Mismatch) -> tuple[Text, ...]:
    """The entry that is furthest off, expected against got."""
    got, want = mismatch.got, mismatch.want
    if got is None or want is None or got.shape != want.shape or got.size == 0:
        return ()
    with np.errstate(all="ignore"):
        off = np.abs(got - want)
    index = np.unravel_index(int(np.argmax(np.where(np.isnan(off), np.inf, off))), off.shape)
    place = the_tensor(mismatch.name)
    if index:
        place += f"[{', '.join(str(int(i)) for i in index)}]"
    wanted, came = _apart(float(want[index]), float(got[index]))
    return (say("{place}: expected {wanted}, got {came}", place=place, wanted=wanted, came=came),)


def _apart(want: float, got: float) -> tuple[str, str]:
    """Both numbers with as many digits as it takes to tell them apart, six at least."""
    for digits in range(6, 17):
        texts = f"{want:.{digits}g}", f"{got:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts
