"""The trusted side's handle on a zygote: where workers come from."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.run.locks import Locks, worker_environment

_PREFIX = "grader-"


class NurseryError(Exception):
    """No worker can be made, in one line."""


@dataclass(frozen=True)
class Born:
    """A live worker: its process and our end of its channel."""

    pid: int
    channel: socket.socket


class Nursery:
    """Starts one zygote, and forks workers from it. Use as a context manager.

    preload: modules that its zygote imports beside the usual ones; slots: how many workers may live at once.
    A slot may be used by a process forked from this one; two users never share a slot.
    """

    def __init__(self, preload: Sequence[str] = (), slots: int = 1, locks: Locks | None = None) -> None:
        self.locks = locks or Locks()
        _sweep()
        #: The zygote lives here, and its workers in folders of their own below.
        self.folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
        os.chmod(self.folder, 0o711)
        pairs = [socket.socketpair() for _ in range(slots)]
        self._controls = [ours for ours, _ in pairs]
        theirs = [theirs.fileno() for _, theirs in pairs]
        environment = worker_environment(self.folder)
        if not self.locks.environment:
            environment = dict(os.environ) | environment
        self._process = subprocess.Popen(
            [sys.executable, "-m", "grader.run.zygote", ",".join(map(str, theirs)), *preload], pass_fds=theirs,
            cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )
        for _, other in pairs:
            other.close()

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def fork(self, folder: str, slot: int, memory_mb: int, seconds: float) -> Born:
        """A worker that lives in ``folder``. Raises NurseryError where the zygote is gone."""
        ours, theirs = socket.socketpair()
        place = {"folder": folder, "slot": slot, "memory_mb": memory_mb, "seconds": seconds}
        with theirs:
            reply = self._ask(slot, {"place": place, "locks": asdict(self.locks)}, [theirs.fileno()])
        return Born(int(reply["pid"]), ours)

    def reap(self, slot: int, pid: int) -> int | None:
        """How a worker ended: its exit code, or minus the signal. Kills it if it still lives."""
        code = self._ask(slot, {"reap": pid}, [])["code"]
        return None if code is None else int(code)

    def close(self) -> None:
        """End the zygote; workers die with it."""
        for control in self._controls:
            control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _ask(self, slot: int, request: dict[str, object], fds: list[int]) -> dict[str, int]:
        control = self._controls[slot]
        try:
            socket.send_fds(control, [json.dumps(request).encode()], fds)
            data = control.recv(65_536)
        except OSError:
            data = b""
        if not data:
            raise NurseryError("the process that makes workers has ended: run the command again, and 'grader doctor'")
        reply: dict[str, int] = json.loads(data)
        return reply


def _sweep() -> None:
    """Remove the folders of nurseries that were killed before they could."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        pid = path.name.removeprefix(_PREFIX).partition("-")[0]
        if pid.isdecimal() and not _lives(int(pid)) and path.stat().st_uid == os.geteuid():
            shutil.rmtree(path, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
