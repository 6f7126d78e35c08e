"""What is told of hidden inputs: the cause of what is wrong, and no number of them, of what is right or of what came.

A student's function may return its inputs, raise them, or name a class after them. So nothing is told but what is known
to hold no such number: sentences of ours, with sizes, places and names; and the student's own lines, where they stand
in the notebook as the worker says. What a notebook keeps of hidden inputs and shows later is of no use for the next
file, which sees others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from grader.calling import Failure
from grader.finding import Code, Finding
from grader.said import Said, Saying
from grader.text import NO_TEXT, WITHHELD, Names, Quoted, Ratio, Text, joined, raw, say
from grader.verdict import Part

#: A number in a text, too long to be a size or a place.
_NUMBER = re.compile(r"-?(?:\d+[.,]\d+|(?<!\w)\.\d+|\d+(?=[eE][-+]?\d)|\d{5,})(?:[eE][-+]?\d+)?")
#: A name, or sizes, as a worker may send them.
_PLAIN = re.compile(r"[\w.<>' ()\[\],-]{0,60}")
_MAX_DIGITS = 4


def of_parts(parts: Sequence[Part], failures: Mapping[int, Failure], cells: Sequence[str]) -> list[Part]:
    """The parts of a check, one a call, as they are told. What is said of a call on public inputs, too, is no secret.

    failures: of the calls that gave no value, by their place; cells: the sources that have run: a line that stands in
    none of them is not told. Where a number would be left out and the same is wrong with a call on public inputs, or
    that raises at the same line, what is said of that one is told: its numbers are no secret.
    """
    public = [part.finding for part in parts if not part.hidden]
    raised = [(failure, parts[place].finding.text) for place, failure in failures.items() if not parts[place].hidden]
    return [
        _part(part, public, raised, failures.get(place), cells) if part.hidden else part
        for place, part in enumerate(parts)
    ]


def without_numbers(text: str) -> str:
    """A text with a mark in place of each number that is no size."""
    return _NUMBER.sub(str(WITHHELD), text)


def _part(
    part: Part,
    public: Sequence[Finding],
    raised: Sequence[tuple[Failure, Text]],
    failure: Failure | None,
    cells: Sequence[str],
) -> Part:
    detail: tuple[Text, ...] = ()
    told = part.finding.text
    said = any(told == finding.text for finding in public)
    if failure is not None and part.finding.code is not Code.BANNED:
        detail = tuple(line.text for line in failure.lines if _stands_in(line, cells))
        if not said:
            alike = (text for other, text in raised if _at_one_place(failure, other))
            told = next(alike, None) or _of_failure(failure)
    elif not said and (masked := _text(told)) != told:
        told = next((one.text for one in public if _sentence(one.text) == _sentence(told)), masked)
    compared = part.comparison and replace(part.comparison, want=(), got=())
    notes = tuple(map(_text, part.notes))
    return replace(part, finding=replace(part.finding, text=told, detail=detail), notes=notes, comparison=compared)


def _at_one_place(one: Failure, other: Failure) -> bool:
    """Whether two calls raised the same kind of error at the same line."""
    return (one.cause, one.name, one.lines[-1:]) == (other.cause, other.name, other.lines[-1:]) and bool(one.lines)


def _sentence(told: Text) -> tuple[Any, ...]:
    """What a text says, whatever its numbers and names."""
    return told.key, *(_sentence(part) for part in told.parts if isinstance(part, Text))


def _of_failure(failure: Failure) -> Text:
    """Why a call gave no value: in our words, where they hold names and sizes only; never in an exception's own."""
    named = raw(failure.name) if failure.cause == "raised" and _is_plain(failure.name) else NO_TEXT
    told = _text(failure.told) if isinstance(failure.told, Text) else NO_TEXT
    if isinstance(failure.told, Said) and failure.told.saying is not Saying.RAW:
        told = failure.told.text if all(map(_is_plain, failure.told.places)) else NO_TEXT
    unsaid = say("its message is not shown, since it may quote inputs of the grader's own")
    return joined([named, told or unsaid], between=": ")


def _text(told: Text) -> Text:
    key = without_numbers(told.key) if isinstance(told.key, Quoted) else told.key
    fields = tuple((name, _value(value)) for name, value in told.fields)
    return replace(told, key=key, fields=fields, parts=tuple(map(_value, told.parts)))


def _value(value: Any) -> Any:
    match value:
        case Text():
            return _text(value)
        case Names():
            return Names(tuple(map(_value, value.names)))
        case Ratio():
            return value
        case float():
            return WITHHELD if math.isfinite(value) else value
        case Quoted():
            return WITHHELD
        case str():
            return without_numbers(value)
    return value


def _is_plain(text: str) -> bool:
    few = sum(map(str.isnumeric, text)) <= _MAX_DIGITS and not _NUMBER.search(text)
    return few and _PLAIN.fullmatch(text) is not None


def _stands_in(line: Said, cells: Sequence[str]) -> bool:
    """Whether a line of a traceback is one of the notebook's own, at that place of a cell."""
    if line.saying not in (Saying.LINE, Saying.LINE_OF) or not all(map(_is_plain, line.places[1:-1])):
        return False
    number, source = line.places[0], line.places[-1]
    if not number.isascii() or not number.isdecimal():
        return False
    lines = (cell.split("\n")[int(number[:6]) - 1 : int(number[:6])] for cell in cells)
    return any(source == found.strip().rstrip(": ") for one in lines for found in one)
