"""Which locks hold on this machine: every attempt is really made, from inside a worker."""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import inspect
import os
import secrets
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.crew import Bounds, Crew, Ended
from grader.limits import Limits
from grader.sandbox.attempts import ATTEMPTS, Attempt, Bait, never_read
from grader.sandbox.nursery import Nursery
from grader.sandbox.worker import Worker

#: Small, so that filling memory and disk takes no time.
LIMITS = Limits(cell_s=20, call_s=20, memory_mb=128, disk_mb=16)
#: Of the trusted side, which need not be kept busy for long.
SHORT = Limits(cell_s=5, call_s=0.5)
BOUNDS = Bounds(computing_s=0.5, wall_s=2, memory_mb=64)


@dataclass(frozen=True)
class Finding:
    """One attempt. holds: it was stopped. how: what stopped it, in the words of the system."""

    attempt: str
    holds: bool
    how: str


@dataclass(frozen=True)
class Examination:
    """isolation: the locks in force and the missing ones, in one line."""

    isolation: str
    findings: tuple[Finding, ...]


def examine(nursery: Nursery, attempts: Sequence[Attempt] = ATTEMPTS) -> Examination:
    """Make each attempt in a worker of its own. Raises NurseryError where the nursery makes none."""
    findings, isolation = [], ""
    with _bait() as bait:
        for attempt in attempts:
            with Worker(LIMITS, nursery) as worker:
                findings.append(_try(worker, attempt, bait))
                isolation = worker.isolation
    return Examination(isolation, tuple(findings))


def examine_bounds(nursery: Nursery) -> Iterator[Finding]:
    """Let the trusted side do each thing that a submission could make it do without an end, and see it stopped."""
    with Worker(SHORT, nursery) as worker:
        worker.run_cell("from __future__ import annotations\n" + inspect.getsource(never_read))
        failure = worker.call(never_read.__name__, ({},)).failure
    stopped = failure is not None and failure.cause == "timeout"
    yield Finding("let the grader talk to nobody", stopped, failure.message if failure else "it went on")
    with Crew(1, None, (), BOUNDS) as crew:
        for attempt, function in (
            ("let the grader compute for ever", _compute),
            ("let the grader wait for ever", _wait),
            ("fill the grader's memory", _fill),
        ):
            try:
                crew.submit(function).result()
            except MemoryError:
                yield Finding(attempt, True, "MemoryError")
            except Ended as ended:
                yield Finding(attempt, True, f"the process was ended by signal {-ended.code}")
            else:
                yield Finding(attempt, False, "it went on")


def _compute() -> None:
    until = time.process_time() + 4 * BOUNDS.computing_s
    while time.process_time() < until:
        pass


def _wait() -> None:
    time.sleep(2 * BOUNDS.wall_s)


def _fill() -> None:
    bytearray(4 * BOUNDS.memory_mb * 2**20)


def _try(worker: Worker, attempt: Attempt, bait: Bait) -> Finding:
    function = attempt.function
    worker.run_cell("from __future__ import annotations\n" + inspect.getsource(function))
    outcome = worker.call(function.__name__, (bait,))
    failure = outcome.failure
    if failure is None:
        stopped = outcome.value is False
        return Finding(attempt.name, stopped, "nothing there" if stopped else "it succeeded")
    if failure.cause == "died" or issubclass(getattr(builtins, failure.name, object), (OSError, MemoryError)):
        return Finding(attempt.name, True, failure.message)
    return Finding(attempt.name, False, f"not tried: {failure.name}: {failure.message}")


@contextlib.contextmanager
def _bait() -> Iterator[Bait]:
    """Things that a worker must not reach, in a folder that any user may enter."""
    with tempfile.TemporaryDirectory(prefix="bait-") as name, contextlib.ExitStack() as opened:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "secret").write_text("hush")
        (folder / "secret").chmod(0o600)
        (folder / "public").write_text("anyone")
        (folder / "public").chmod(0o644)
        tcp = opened.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = opened.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        datagrams = opened.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        datagrams.bind(str(folder / "datagrams"))
        abstract = f"bait-{secrets.token_hex(8)}"
        if sys.platform == "linux":
            listening = opened.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
            listening.bind(f"\0{abstract}")
            listening.listen()
        held = ctypes.create_string_buffer(b"hush")
        yield {
            "pid": os.getpid(),
            "address": ctypes.addressof(held),
            "folder": str(folder),
            "secret": str(folder / "secret"),
            "public": str(folder / "public"),
            "tcp": tcp.getsockname()[1],
            "udp": udp.getsockname()[1],
            "abstract": abstract,
            "datagrams": str(folder / "datagrams"),
            "disk_mb": LIMITS.disk_mb,
            "memory_mb": LIMITS.memory_mb,
        }
