"""Calling a student's function with plain data, and keeping whatever came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Cause = Literal["raised", "not_written", "undefined", "unreadable", "timeout", "died"]


@dataclass(frozen=True)
class Failure:
    """Why a call or a cell gave no value.

    cause: ``raised`` (an exception), ``not_written`` (NotImplementedError), ``undefined`` (no such
    name), ``unreadable`` (the value cannot cross the wire), ``timeout`` or ``died`` (the process).
    lines: the student's own lines of the traceback, innermost last, e.g.
    ``"line 4 of softmax: e = np.exp(z - z.mx())"``.
    """

    cause: Cause
    name: str
    message: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What one call gave. All but ``value`` is the student's process speaking of itself: advice."""

    value: Any = None
    failure: Failure | None = None
    #: Positions of arguments that the function changed in place.
    mutated: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    stdout: str = ""
    #: Remarks on the way the value crossed ("a Tensor came back; it was read as an array").
    notes: tuple[str, ...] = ()
    elapsed_s: float = 0.0


#: Calls a named student function with plain data, wherever it lives.
Call = Callable[[str, tuple[Any, ...]], Outcome]
