"""Processes that may die: each does one task after the other, within bounds, and another takes its place where it ends.

The bounds are the kernel's: what computes, waits or takes too much ends its process, whatever library it is caught in.
Processes are spawned: they import the package fresh and know what they are told, so that nothing depends on a fork.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from grader import lean  # noqa: F401
from grader.limits import limit_data

#: How often in a row a process may be killed before it has a task.
MAX_STARTS = 10


@dataclass(frozen=True)
class Bounds:
    """What one task may use: seconds of computing and of the wall clock, and memory beside what its process holds."""

    computing_s: float
    wall_s: float
    memory_mb: int


class Ended(Exception):
    """A process ended in the middle of its task. code: its exit code, or minus the signal that ended it."""

    def __init__(self, code: int) -> None:
        super().__init__(f"a process ended with {code}")
        self.code = code


class NoStart(Exception):
    """A process of the crew ended before its first task."""


class Crew(Executor):
    """At most ``size`` processes at once. A future raises what its function raises, `Ended`, or `NoStart`.

    begin(*told): what each process does first. bounds: of each task; None for none.
    """

    def __init__(
        self, size: int, begin: Callable[..., None] | None, told: tuple[Any, ...], bounds: Bounds | None
    ) -> None:
        self._told = (begin, told, bounds)
        self._lock = threading.Lock()
        self._open = True
        self._all: set[_Member] = set()
        self._idle: list[_Member] = []
        self._threads = ThreadPoolExecutor(size, initializer=_leave_interrupts)

    def submit(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        return self._threads.submit(self._run, function, args, named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let each process end after its task."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for member in self._all:
            member.connection.close()
            member.process.join()

    def kill(self) -> None:
        """Nobody waits any longer for what runs."""
        with self._lock:
            self._open = False
            for member in self._all:
                member.process.kill()

    def _run(self, function: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        for _ in range(2):
            try:
                return self._run_once(function, args, named)
            except Ended as ended:  # killed from outside, as where memory is short: tried again
                if ended.code != -signal.SIGKILL or not self._open:
                    raise
        return self._run_once(function, args, named)

    def _run_once(self, function: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        member = self._member()
        try:
            member.connection.send((function, args, named))
            done, result = member.connection.recv()
        except (EOFError, OSError):
            raise Ended(self._bury(member)) from None
        with self._lock:
            self._idle.append(member)
        if done:
            return result
        raise result

    def _member(self) -> _Member:
        """A process that waits for a task, else a new one. What is killed before it has a task counts for none."""
        for _ in range(MAX_STARTS):
            with self._lock:
                if not self._open:
                    raise Ended(-signal.SIGKILL)
                member = self._idle.pop() if self._idle else _Member(*self._told)
                self._all.add(member)
            if member.begun and member.process.is_alive():
                return member
            try:
                refused = member.connection.recv()
            except (EOFError, OSError):
                if (code := self._bury(member)) != -signal.SIGKILL:
                    raise NoStart(f"it ended with {code}") from None
                continue
            if refused is not None:
                raise refused
            member.begun = True
            return member
        raise NoStart("it is killed each time, perhaps for want of memory")

    def _bury(self, member: _Member) -> int:
        member.connection.close()
        member.process.join()
        with self._lock:
            self._all.discard(member)
        return member.process.exitcode or 0


class _Member:
    """One process and the way to it. begun: whether it has said that it waits for tasks."""

    def __init__(self, *told: Any) -> None:
        self.begun = False
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(theirs, *told), daemon=True)
        with theirs:
            self.process.start()


def _leave_interrupts() -> None:
    """Of a thread that starts processes: they begin with Ctrl-C held back, and would be told while they import."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _serve(
    connection: Connection, begin: Callable[..., None] | None, told: tuple[Any, ...], bounds: Bounds | None
) -> None:
    """A process's life: it leaves Ctrl-C to its parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        if begin is not None:
            begin(*told)
    except Exception as error:
        connection.send(error)
        return
    connection.send(None)
    while True:
        try:
            function, args, named = connection.recv()
        except EOFError:
            return
        try:
            with _within(bounds):
                answer = True, function(*args, **named)
        except Exception as error:
            error.add_note("".join(traceback.format_exception(error)))
            answer = False, error
        try:
            connection.send(answer)
        except Exception as error:  # what came is nothing that can be sent
            connection.send((False, error))


@contextmanager
def _within(bounds: Bounds | None) -> Iterator[None]:
    """The kernel ends this process when a timer runs out: nothing here could hold that up."""
    if bounds is None:
        yield
        return
    limit_data(bounds.memory_mb)
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, bounds.computing_s)
    signal.setitimer(signal.ITIMER_REAL, bounds.wall_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
