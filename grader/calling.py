"""Calling a student's function with plain data, and keeping whatever came of it.

The same code runs in a student's notebook and in the worker, so that both places say the same.
"""

from __future__ import annotations

import io
import linecache
import re
import sys
import sysconfig
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Literal

import numpy as np

# Bound by name: a notebook that patches `grader.wire` must not break the calls of its own answers.
from grader.said import Said, Saying, places_of, said
from grader.text import Text
from grader.wire import WireError, decode, encode, encode_with_notes

Cause = Literal["raised", "not_written", "undefined", "unreadable", "timeout", "died"]

#: Characters of a call's output and of an exception's text that are kept.
MAX_STDOUT = 20_000
MAX_MESSAGE = 300
MAX_LINES = 4

_PACKAGE = str(Path(__file__).resolve().parent)
_LIBRARIES = tuple({sysconfig.get_paths()[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")})


@dataclass(frozen=True)
class Failure:
    """Why a call or a cell gave no value.

    cause: ``raised`` (an exception), ``not_written`` (NotImplementedError), ``undefined`` (no such
    name), ``unreadable`` (the value cannot cross the wire), ``timeout`` or ``died`` (the process).
    told: what is said of it, by the student's process or by the trusted side. lines: the student's own lines of the
    traceback, innermost last, e.g. "line 4 of softmax: e = np.exp(z - z.mx())".
    """

    cause: Cause
    name: str
    told: Said | Text
    lines: tuple[Said, ...] = ()

    @property
    def text(self) -> Text:
        return self.told.text if isinstance(self.told, Said) else self.told

    @property
    def message(self) -> str:
        """What is said of it, in English."""
        return str(self.told)


@dataclass(frozen=True)
class Outcome:
    """What one call gave. All but ``value`` is the student's process speaking of itself: advice."""

    value: Any = None
    failure: Failure | None = None
    #: Positions of arguments that the function changed in place.
    mutated: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    stdout: str = ""
    #: Remarks on the way the value crossed ("A Tensor came back; it was read as an array.").
    notes: tuple[Said, ...] = ()
    elapsed_s: float = 0.0


class Missing(NotImplementedError):
    """An exercise was called that is not there. ``failure`` says why."""

    def __init__(self, exercise: str, failure: Failure) -> None:
        super().__init__(f"{exercise}: {failure.message}")
        self.exercise, self.failure = exercise, failure


def call(fn: Callable[..., Any], args: tuple[Any, ...]) -> Outcome:
    """``fn(*args)`` on copies of plain data. Never raises for what the student's code does."""
    sent = [encode(arg) for arg in args if not callable(arg)]
    given = [arg if callable(arg) else decode(encode(arg)) for arg in args]
    started = time.perf_counter()
    failure: Failure | None = None
    value: Any = None
    notes: list[Said] = []
    with _capture() as (printed, warned):
        try:
            answer = fn(*given)
            message, notes = encode_with_notes(answer)
            value = decode(message)
            notes += [said(Saying.READ_ONLY)] if _is_read_only(answer) else []
        except WireError as error:
            failure = Failure("unreadable", "WireError", error.told)
        except BaseException as error:  # SystemExit and KeyboardInterrupt are answers too
            failure = failure_of(error, getattr(fn, "__name__", ""))
    elapsed = time.perf_counter() - started
    return Outcome(
        value,
        failure,
        _mutated(given, sent),
        tuple(str(w.message)[:MAX_MESSAGE] for w in warned[:5]),
        printed.getvalue(),
        tuple(notes),
        elapsed,
    )


def _is_read_only(value: Any) -> bool:
    """Whether an array came that later code cannot write to, alone or among others."""
    if type(value) is tuple:
        return any(map(_is_read_only, value))
    return type(value) is np.ndarray and value.ndim > 0 and not value.flags.writeable


def failure_of(error: BaseException, called: str = "") -> Failure:
    """An exception of the student's, in one sentence with their own lines. called: the function that was called."""
    name = type(error).__name__
    if isinstance(error, Missing):
        if error.failure.cause == "not_written" and called not in ("", error.exercise):
            return Failure("not_written", name, said(Saying.CALLS_UNWRITTEN, called, error.exercise))
        return error.failure
    if isinstance(error, NotImplementedError):
        frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
        if error.args or (frames and not _is_students(frames[-1])):  # a library's, or one with something to say
            return Failure("raised", name, _text(error), student_lines(error))
        inner = frames[-1].f_code.co_name if frames else called
        method = frames[-1].f_code.co_qualname if frames else ""
        if "." in method and "<locals>" not in method:
            return Failure("not_written", name, said(Saying.METHOD_UNWRITTEN, method))
        if called and inner != called and not inner.startswith("<"):
            return Failure("not_written", name, said(Saying.CALLS_UNWRITTEN, called, inner))
        return Failure("not_written", name, said(Saying.NOT_WRITTEN))
    if isinstance(error, SystemExit):
        return Failure("raised", name, said(Saying.EXITS))
    return Failure("raised", name, _text(error), student_lines(error))


def student_lines(error: BaseException) -> tuple[Said, ...]:
    """The student's own lines of a traceback, innermost last, at most four, repetitions collapsed."""
    lines: list[Said] = []
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return (said(Saying.LINE, error.lineno, (error.text or "").strip()),)
    for frame, number in traceback.walk_tb(error.__traceback__):
        if not _is_students(frame):
            continue
        filename, function = frame.f_code.co_filename, frame.f_code.co_name
        source = linecache.getline(filename, number).strip().rstrip(": ")
        where = (number,) if function == "<module>" else (number, function)
        line = said(_LINES[len(where), bool(source)], *where, *([source] if source else []))
        if line not in lines[-3:]:
            lines.append(line)
    return tuple(lines[-MAX_LINES:])


#: By how many things tell where a line stands, and whether its source is there.
_LINES = {
    (1, True): Saying.LINE,
    (2, True): Saying.LINE_OF,
    (1, False): Saying.BARE_LINE,
    (2, False): Saying.BARE_LINE_OF,
}


def _is_students(frame: FrameType) -> bool:
    filename = frame.f_code.co_filename
    return not filename.startswith((_PACKAGE, *_LIBRARIES, "<frozen")) and "site-packages" not in filename


class Capped(io.TextIOBase):
    """A text stream that keeps its first ``limit`` characters and forgets the rest, at no cost in memory."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: list[str] = []
        self._size = 0
        self.cut = False

    def write(self, text: str) -> int:
        room = self._limit - self._size
        if room > 0:
            piece = str(text)[:room]
            self._kept.append(piece)
            self._size += len(piece)
        self.cut = self.cut or len(text) > max(room, 0)
        return len(text)

    def getvalue(self) -> str:
        return "".join(self._kept)


@contextmanager
def _capture() -> Iterator[tuple[Capped, list[warnings.WarningMessage]]]:
    printed, stdout, stderr = Capped(MAX_STDOUT), sys.stdout, sys.stderr
    sys.stdout = sys.stderr = printed
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("default")
            yield printed, warned
    finally:
        sys.stdout, sys.stderr = stdout, stderr


def _mutated(given: list[Any], sent: list[bytes]) -> tuple[int, ...]:
    positions = [position for position, arg in enumerate(given) if not callable(arg)]
    changed = []
    for position, before in zip(positions, sent, strict=True):
        try:
            if encode(given[position]) != before:
                changed.append(position)
        except WireError:
            changed.append(position)
    return tuple(changed)


#: Messages of libraries that do not say what to look at: a pattern, and what is said in its place of its groups.
_PLAINER = (
    (
        re.compile(
            r".*?matmul: Input operand 1 has a mismatch.*"
            r"\(size (?P<rows>\d+) is different from (?P<columns>\d+)\)",
            re.S,
        ),
        Saying.SHAPES_DO_NOT_FIT,
    ),
    (re.compile(r"(?P<message>.*'NoneType' object has no attribute 'numpy')", re.S), Saying.TAPE_GIVES_NONE),
    (re.compile(r"(?P<message>'(?P<kind>[\w.]+)' object has no attribute '_id')"), Saying.NO_GRADIENT_BY),
    (
        re.compile(r"Cannot cast ufunc '\w+' output from dtype\('float\d+'\) to dtype\('(?P<dtype>u?int\d+)'\)"),
        Saying.WHOLE_IN_PLACE,
    ),
    (
        re.compile(
            r"(?P<message>unsupported operand type\(s\) for .*'tuple'.*|bad operand type for unary .: 'tuple'"
            r"|can only concatenate tuple .*)",
            re.S,
        ),
        Saying.TUPLE_AMONG_NUMBERS,
    ),
    (
        re.compile(r"(?P<message>Argument `output` must have rank \(ndim\) `target.ndim - 1`)"),
        Saying.LABELS_FIRST,
    ),
    (
        re.compile(r"(?P<message>Arguments `target` and `output` must have the same rank \(ndim\))"),
        Saying.NOT_ONE_HOT,
    ),
    (re.compile(r"(?P<message>can't multiply sequence by non-int of type '[\w.]+')"), Saying.SEQUENCE_TIMES),
    (
        re.compile(r".*was expected to be an? (?P<one>\w+) tensor but is an? (?P<other>\w+) tensor", re.S),
        Saying.TWO_DTYPES,
    ),
    (
        re.compile(r"Tensor conversion requested dtype (?P<one>\w+) for Tensor with dtype (?P<other>\w+)"),
        Saying.TWO_DTYPES,
    ),
    (
        re.compile(
            r"(?P<message>operands could not be broadcast together with shapes \((?P<rows>\d+),\d+\) \((?P=rows),\))"
        ),
        Saying.AXIS_NOT_KEPT,
    ),
    (
        re.compile(
            r"(?P<message>operands could not be broadcast together with shapes \((?P<rows>\d+),\) \((?P=rows),\d+\))"
        ),
        Saying.AXIS_NOT_KEPT,
    ),
    (
        re.compile(
            r"(?P<message>operands could not be broadcast together with shapes "
            r"\((?P<rows>\d+),\d+,(?P<columns>\d+)\) \((?P=rows),(?P=columns)\))"
        ),
        Saying.AXIS_LACKING,
    ),
    (
        re.compile(
            r"(?P<message>operands could not be broadcast together with shapes "
            r"\((?P<rows>\d+),(?P<columns>\d+)\) \((?P=rows),\d+,(?P=columns)\))"
        ),
        Saying.AXIS_LACKING,
    ),
)


def _text(error: BaseException) -> Said:
    try:
        text = str(error)[: 2 * MAX_MESSAGE]
        for pattern, saying in _PLAINER:
            if (found := pattern.match(text)) is not None:
                return said(saying, *(found[name] for name in places_of(saying)))
        return said(Saying.RAW, text[:MAX_MESSAGE])
    except BaseException:  # a student's own __str__ may raise anything
        return said(Saying.NO_MESSAGE)
