"""The trusted side's handle on the process that runs a student's code.

Whatever happens there is an answer here: a value, or a `Failure` with its cause. What runs too long is interrupted;
what does not heed that is killed. After a death a new process replays the cells so far, without the guilty one.
"""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from grader import wire
from grader.calling import Failure, Outcome
from grader.escape import well_formed
from grader.limits import Limits
from grader.locale import catalogue_of
from grader.sandbox.allowance import BACKSTOP, Allowance
from grader.sandbox.nursery import Fork, Nursery
from grader.sandbox.replies import is_callback, read_outcome, read_outputs
from grader.shield import Form
from grader.text import Text, render, say

#: Seconds that interrupted code has to come to its end.
GRACE_S = 0.5
#: Characters of all outputs of one notebook together.
MAX_SHOWN = 20_000_000
#: An output, and a line of a traceback, takes so many of them beside its own.
PIECE = 10_000


@dataclass(frozen=True)
class CellResult:
    """A cell's nbformat outputs, and why it was stopped, if it was."""

    outputs: list[dict[str, Any]]
    failure: Failure | None = None


class Worker:
    """A student's process. Use as a context manager; it does not outlive the block.

    nursery: where it is forked from; without one it has its own. language: in which it and its process speak to the
    student; raises LocaleError where there is none of that name.
    """

    def __init__(self, limits: Limits | None = None, nursery: Nursery | None = None, language: str = "") -> None:
        self.limits = limits or Limits()
        #: The locks in force, in one line.
        self.isolation = "none: nothing was run"
        self._language, self._catalogue = language, catalogue_of(language)
        self._nursery = nursery or Nursery()
        self._owns_nursery = nursery is None
        self._fork: Fork | None = None
        self._done: list[str] = []
        self._used = 0.0
        self._room = MAX_SHOWN
        self._deadline: float | None = None
        self._bereft = False

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def run_cell(self, source: str) -> CellResult:
        """Run one cell. A cell that is stopped is left out of any later replay."""
        request = {"op": "cell", "source": source, "limit": self.limits.output_chars}
        reply, failure = self._ask(request, self.limits.cell_s, {})
        shown = read_outputs(reply.get("outputs")) if reply is not None else []
        if shown is None:
            failure, shown = failure or self._distrust(), []
        shown = self._cut(shown)
        if failure is None:
            self._done.append(source)
            return CellResult(shown)
        return CellResult(_stopped(shown, render(failure.text, self._catalogue)), failure)

    def call(
        self, name: str, args: tuple[Any, ...], of: str = "", shielded: Mapping[str, Form] | None = None
    ) -> Outcome:
        """Call the function ``name`` with plain data, or with functions of this side.

        of: what has to be there besides, and is told of first where it is not: what the function is called over.
        shielded: what is shielded meanwhile, see `grader.shield`.
        """
        callbacks: dict[int, Callable[..., Any]] = {}

        def register(function: Callable[..., Any]) -> int:
            callbacks[len(callbacks)] = function
            return len(callbacks) - 1

        started = time.monotonic()
        request = {"op": "call", "name": name, "of": of or name, "args": list(args), "shielded": dict(shielded or {})}
        reply, failure = self._ask(request, self.limits.call_s, callbacks, register)
        elapsed = time.monotonic() - started
        if failure is not None or reply is None:
            return Outcome(failure=failure, elapsed_s=elapsed)
        outcome = read_outcome(reply, elapsed)
        return outcome if outcome is not None else Outcome(failure=self._distrust(), elapsed_s=elapsed)

    def close(self) -> None:
        """End the process and everything that it started; its folder goes with it."""
        self._kill()
        if self._owns_nursery:
            self._nursery.close()

    def _ask(
        self,
        request: dict[str, Any],
        seconds: float,
        callbacks: dict[int, Callable[..., Any]],
        register: Callable[[Any], int] | None = None,
    ) -> tuple[dict[str, Any] | None, Failure | None]:
        """The reply, the failure, or both: what an interrupted cell has shown so far."""
        if self._left() <= 0:
            return None, _used_up(self.limits.submission_s)
        try:
            fork = self._running()
            message, _ = wire.encode_with_notes(request, register)
            left = self._left()
            try:
                with self._allowed(min(seconds, left), fork) as allowance:
                    fork.send(message, allowance)
                    reply = _converse(fork, callbacks, allowance)
                return (reply, None) if reply is not None else (None, self._distrust())
            except TimeoutError:
                failure = _too_long(request, seconds) if seconds < left else _used_up(self.limits.submission_s)
                return self._interrupt(fork), failure
        except (EOFError, OSError):
            code = self._kill(patience=1.0)
            if code in (None, -signal.SIGKILL) and not self._bereft:
                # The zygote died, and its workers with it, or somebody killed this one: no notebook's fault, once.
                self._bereft = True
                return self._ask(request, seconds, callbacks, register)
            return None, Failure("died", "Died", _how_it_died(request, code or 0))
        except wire.WireError:
            return None, self._distrust()

    @property
    def spent(self) -> bool:
        """Whether the submission's time is used up: nothing is run any more."""
        return self._left() <= 0

    def _left(self) -> float:
        """Seconds of the submission's time; it starts with the first process, ready to run."""
        left = self.limits.submission_s - self._used
        return left if self._deadline is None else min(left, self._deadline - time.monotonic())

    def _cut(self, outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """As many of a cell's outputs as the whole notebook may still show, and a line where some are left out."""
        kept = []
        for item in outputs:
            if self._room < PIECE:
                break
            size = len(json.dumps(item, ensure_ascii=False)) + PIECE * (1 + len(item.get("traceback", ())))
            if size <= self._room:
                self._room -= size
                kept.append(item)
        if len(kept) < len(outputs):
            note = say(
                "(output cut here: a notebook may show {count:,} characters, pictures included)", count=MAX_SHOWN
            )
            told = f"{render(note, self._catalogue)}\n"
            kept.append({"output_type": "stream", "name": "stdout", "text": told})
        return kept

    @contextmanager
    def _allowed(self, seconds: float, fork: Fork) -> Iterator[Allowance]:
        """An allowance whose use counts for the whole submission."""
        allowance = Allowance(seconds, fork.pid)
        try:
            yield allowance
        finally:
            self._used += allowance.used()

    def _interrupt(self, fork: Fork) -> dict[str, Any] | None:
        """End what runs too long: by an interrupt, or by a kill. The reply of what heeded the interrupt."""
        fork.interrupt()
        try:
            reply = well_formed(wire.decode(fork.receive(Allowance(GRACE_S, fork.pid))))
            if isinstance(reply, dict) and not is_callback(reply):
                return reply
        except (TimeoutError, EOFError, OSError, wire.WireError):
            pass
        self._kill()
        return None

    def _running(self) -> Fork:
        """A live process; a new one replays the cells so far."""
        if self._fork is not None:
            return self._fork
        while True:
            fork = self._start()
            guilty = self._replay(fork)
            if guilty is None:
                return fork
            if self._kill() is None and not self._bereft:
                self._bereft = True  # the zygote died, once
                continue
            del self._done[guilty]  # it fails only now: without it the others run again, from the first on

    def _replay(self, fork: Fork) -> int | None:
        """Run the cells so far; which of them failed. None: none did, or no time is left for them."""
        for number, source in enumerate(self._done):
            if self._left() <= 0:
                return None
            try:
                with self._allowed(min(self.limits.cell_s, self._left()), fork) as allowance:
                    fork.send(wire.encode({"op": "cell", "source": source, "limit": 0}), allowance)
                    fork.receive(allowance)
            except (TimeoutError, EOFError, OSError, wire.WireError):
                return number
        return None

    def _start(self) -> Fork:
        self._fork = self._nursery.fork(self.limits)
        self.isolation = str(self._fork.isolation)
        if self._language:
            self._fork.channel.send(wire.encode({"op": "speak", "language": self._language}))
        if self._deadline is None:
            self._deadline = time.monotonic() + BACKSTOP * self.limits.submission_s
        return self._fork

    def _kill(self, patience: float = 0.0) -> int | None:
        """End the process; how it ended, None if there was none."""
        fork, self._fork = self._fork, None
        return fork.end(patience) if fork is not None else None

    def _distrust(self) -> Failure:
        self._kill()
        return Failure("died", "Died", say("Stopped: the process gave an answer that is none."))


def _converse(fork: Fork, callbacks: dict[int, Callable[..., Any]], allowance: Allowance) -> dict[str, Any] | None:
    """The reply to what was asked; calls of this side's functions are served on the way. None: it is no reply."""
    while True:
        reply = well_formed(wire.decode(fork.receive(allowance)))
        if not isinstance(reply, dict):
            return None
        if not is_callback(reply):
            return reply
        fork.send(_serve_callback(reply, callbacks), allowance)


def _stopped(outputs: list[dict[str, Any]], message: str) -> list[dict[str, Any]]:
    """The outputs of a cell that was stopped: what it showed so far, and where it stood."""
    interrupts = [item for item in outputs if item.get("ename") == "KeyboardInterrupt"]
    where = [str(line) for item in interrupts for line in item["traceback"][:-1]]
    return [item for item in outputs if item not in interrupts] + [stopped_output(message, where)]


def stopped_output(message: str, where: Sequence[str] = ()) -> dict[str, Any]:
    """The output of a cell that did not run to its end."""
    return {"output_type": "error", "ename": "Stopped", "evalue": message, "traceback": [*where, message]}


def _serve_callback(request: dict[str, Any], callbacks: dict[int, Callable[..., Any]]) -> bytes:
    number, args = request.get("number"), request.get("args")
    if type(number) is not int or number not in callbacks or not isinstance(args, tuple):
        return wire.encode({"error": "no such function"})
    try:
        return wire.encode({"value": callbacks[number](*args)})
    except Exception as error:  # the arguments are the student's: what they break is told to the student
        return wire.encode({"error": f"{type(error).__name__}: {error}"[:300]})


def _used_up(seconds: float) -> Failure:
    return Failure("timeout", "Timeout", say("Not run: the notebook has used up its {seconds:g} s.", seconds=seconds))


def _too_long(request: dict[str, Any], seconds: float) -> Failure:
    told = (
        say("Stopped: the cell ran longer than {seconds:g} s.", seconds=seconds)
        if request["op"] == "cell"
        else say("Stopped: the call ran longer than {seconds:g} s.", seconds=seconds)
    )
    return Failure("timeout", "Timeout", told)


def _how_it_died(request: dict[str, Any], code: int) -> Text:
    """What is told of a process that has ended: by a signal, or of itself."""
    how = {
        -signal.SIGSEGV: say("crashed, perhaps by recursion without an end"),
        -signal.SIGABRT: say("ran out of memory or threads"),
        -signal.SIGKILL: say("was killed: it ran out of memory, or ended its own connection"),
        -signal.SIGXCPU: say("used up its computing time"),
        -signal.SIGSYS: say("made a system call that does not exist here"),
    }.get(code, say("ended the process itself"))
    if request["op"] == "cell":
        return say("Stopped: the cell {how}.", how=how)
    return say("Stopped: the call {how}.", how=how)
