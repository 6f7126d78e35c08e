"""The trusted side's handle on the process that runs a student's code.

Whatever happens there is an answer here: a value, or a `Failure` with its cause. After a time-out or a
death a new process replays the cells so far, without the guilty one, at the next request.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader import wire
from grader.judge.calling import Failure, Outcome
from grader.run.locks import missing
from grader.run.nursery import Nursery, NurseryError

#: How long a worker may take to lock itself in (its zygote's imports included), and to heed an interrupt.
_START_S = 120.0
_GRACE_S = 1.0


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Times in seconds of the trusted side's clock."""

    cell_s: float = 60.0
    call_s: float = 10.0
    submission_s: float = 300.0
    memory_mb: int = 2048
    output_chars: int = 100_000


@dataclass(frozen=True)
class CellResult:
    """A cell's nbformat outputs, and why it was stopped, if it was."""

    outputs: list[dict[str, Any]]
    failure: Failure | None = None


class Worker:
    """A student's process. Use as a context manager; it does not outlive the block.

    nursery: where it is forked from; without one it has its own. slot: its number among the live workers.
    """

    def __init__(self, limits: Limits | None = None, nursery: Nursery | None = None, slot: int = 0) -> None:
        self.limits = limits or Limits()
        self._deadline = time.monotonic() + self.limits.submission_s
        self._nursery = nursery or Nursery()
        self._owns_it = nursery is None
        self._slot = slot
        self._folder = tempfile.mkdtemp(prefix="worker-", dir=self._nursery.folder)
        self._pid: int | None = None
        self._channel: wire.Channel | None = None
        self._held: list[str] = []
        self._done: list[str] = []

    @property
    def isolation(self) -> str:
        """The locks in force, and what is missing, in one line."""
        lacking = missing(self._held)
        return f"process, {', '.join(self._held)}" + (f"; missing: {', '.join(lacking)}" if lacking else "")

    def __enter__(self) -> Worker:
        self._running()
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def run_cell(self, source: str) -> CellResult:
        """Run one cell. A cell that is stopped is left out of any later replay."""
        request = {"op": "cell", "source": source, "limit": self.limits.output_chars}
        reply, failure = self._ask(request, self.limits.cell_s, {}, "the cell")
        outputs = reply.get("outputs") if failure is None else None
        if failure is None and _are_outputs(outputs):
            self._done.append(source)
            return CellResult(list(outputs or []))
        failure = failure or self._distrust()
        shown = {"output_type": "error", "ename": "Stopped", "evalue": failure.message, "traceback": [failure.message]}
        return CellResult([shown], failure)

    def call(self, name: str, args: tuple[Any, ...]) -> Outcome:
        """Call the student's function ``name`` with plain data, or with functions of this side."""
        callbacks: dict[int, Callable[..., Any]] = {}

        def register(function: Callable[..., Any]) -> int:
            callbacks[len(callbacks)] = function
            return len(callbacks) - 1

        started = time.monotonic()
        request = {"op": "call", "name": name, "args": list(args)}
        reply, failure = self._ask(request, self.limits.call_s, callbacks, "the call", register)
        elapsed = time.monotonic() - started
        if failure is not None:
            return Outcome(failure=failure, elapsed_s=elapsed)
        outcome = _read_outcome(reply, elapsed)
        return outcome if outcome is not None else Outcome(failure=self._distrust(), elapsed_s=elapsed)

    def close(self) -> None:
        """End the process and everything it started, and remove its folder."""
        self._kill()
        if self._owns_it:
            self._nursery.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _ask(
        self, request: dict[str, Any], seconds: float, callbacks: dict[int, Callable[..., Any]], what: str,
        register: Callable[[Any], int] | None = None,
    ) -> tuple[dict[str, Any], Failure | None]:
        left = self._deadline - time.monotonic()
        if left <= 0:
            return {}, _used_up(self.limits.submission_s)
        try:
            channel = self._running()
            message, _ = wire.encode_with_notes(request, register)
            until = time.monotonic() + min(seconds, left)
            channel.send(message)
            while True:
                reply = wire.decode(channel.receive(until - time.monotonic()))
                if not isinstance(reply, dict):
                    return {}, self._distrust()
                if reply.get("op") != "callback":
                    return reply, None
                channel.send(_serve_callback(reply, callbacks))
        except TimeoutError:
            failure = _used_up(self.limits.submission_s) if left <= seconds else Failure(
                "timeout", "Timeout", f"Stopped: {what} ran longer than {seconds:g} s.")
            if left <= seconds or not self._interrupt():
                self._kill()
            return {}, failure
        except (EOFError, OSError):
            return {}, self._autopsy(what)
        except wire.WireError:
            return {}, self._distrust()

    def _running(self) -> wire.Channel:
        """The channel to a live process; a new one replays the cells so far."""
        if self._channel is not None:
            return self._channel
        channel = self._start()
        replay, self._done = self._done, []
        for source in replay:
            channel.send(wire.encode({"op": "cell", "source": source, "limit": 0}))
            try:
                channel.receive(self.limits.cell_s)
            except (TimeoutError, EOFError, wire.WireError):
                self._kill()  # a cell that fails only now is left out from here on
                channel = self._start()
                continue
            self._done.append(source)
        return channel

    def _start(self) -> wire.Channel:
        shutil.rmtree(self._folder, ignore_errors=True)
        os.mkdir(self._folder, 0o700)
        born = self._nursery.fork(self._folder, self._slot, self.limits.memory_mb, self.limits.submission_s)
        self._pid, self._channel = born.pid, wire.Channel(born.channel)
        try:
            # Said before any student code has run.
            self._held = wire.decode(self._channel.receive(_START_S))["locks"]
        except (TimeoutError, EOFError, OSError, wire.WireError) as error:
            self._kill()
            raise NurseryError("a worker could not lock itself in: 'grader doctor' says why") from error
        return self._channel

    def _interrupt(self) -> bool:
        """Ask the student's code to stop; whether it did, so that the process can go on."""
        if self._pid is None or self._channel is None:
            return False
        try:
            os.kill(self._pid, signal.SIGINT)
            reply = wire.decode(self._channel.receive(_GRACE_S))
        except (OSError, EOFError, TimeoutError, wire.WireError):
            return False
        return isinstance(reply, dict) and "op" not in reply  # a callback may be cut in two: not to be gone on with

    def _kill(self) -> int | None:
        """Kill the process group; the process's return code, None if there was none."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        pid, self._pid = self._pid, None
        if pid is None:
            return None
        with contextlib.suppress(NurseryError):
            code = self._nursery.reap(self._slot, pid)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
            return code
        return None

    def _autopsy(self, what: str) -> Failure:
        code = self._kill()
        if code == -signal.SIGSEGV:
            why = "crashed, perhaps by recursion without an end"
        elif code in (-signal.SIGABRT, -signal.SIGXCPU):
            why = "ran out of memory or threads" if code == -signal.SIGABRT else "used up its computing time"
        else:
            why = "ended the process itself"
        return Failure("died", "Died", f"Stopped: {what} {why}.")

    def _distrust(self) -> Failure:
        self._kill()
        return Failure("died", "Died", "Stopped: the process gave an answer that is none.")


def _serve_callback(request: dict[str, Any], callbacks: dict[int, Callable[..., Any]]) -> bytes:
    number, args = request.get("number"), request.get("args")
    if type(number) is not int or number not in callbacks or not isinstance(args, tuple):
        return wire.encode({"error": "no such function"})
    try:
        return wire.encode({"value": callbacks[number](*args)})
    except Exception as error:  # the arguments are the student's: what they break is told to the student
        return wire.encode({"error": f"{type(error).__name__}: {error}"[:300]})


def _read_outcome(reply: dict[str, Any], elapsed: float) -> Outcome | None:
    """The reply as an outcome, every field of it checked; None where it is none."""
    try:
        failure = reply["failure"]
        if failure is not None:
            cause, name, message, lines = failure
            if cause not in ("raised", "not_written", "undefined", "unreadable"):
                return None
            failure = Failure(cause, str(name)[:100], str(message)[:400], tuple(str(line)[:300] for line in lines[:4]))
        return Outcome(
            reply["value"], failure, tuple(int(i) for i in reply["mutated"][:20]),
            tuple(str(w)[:300] for w in reply["warnings"][:5]), str(reply["stdout"])[:20_000],
            tuple(str(note)[:300] for note in reply["notes"][:5]), elapsed,
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _are_outputs(outputs: Any) -> bool:
    if not isinstance(outputs, list):
        return False
    shapes = {"stream": ("name", "text"), "display_data": ("data",), "execute_result": ("data",),
              "error": ("ename", "evalue", "traceback")}
    return all(
        isinstance(item, dict) and item.get("output_type") in shapes
        and all(field in item for field in shapes[item["output_type"]])
        and (item["output_type"] != "stream" or item["name"] in ("stdout", "stderr"))
        and isinstance(item.get("text", ""), str)
        and ("data" not in item or (isinstance(item["data"], dict)
                                    and all(isinstance(v, str) for pair in item["data"].items() for v in pair)))
        for item in outputs
    )


def _used_up(seconds: float) -> Failure:
    return Failure("timeout", "Timeout", f"Not run: the notebook has used up its {seconds:g} s.")
