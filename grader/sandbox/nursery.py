"""The trusted side's handle on a zygote, and on each worker that it forks: where workers come from.

A zygote serves many workers, one after another or at once, and many threads and processes of this side: a request is
one datagram that carries its own reply socket. Workers die with this side's last handle on them.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import site
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from grader.limits import Limits
from grader.refusal import Refusal
from grader.sandbox.allowance import Allowance
from grader.sandbox.locks import Isolation, Locks
from grader.wire import Channel

_PREFIX = "grader-"
#: Seconds that the first worker may wait for the zygote's imports.
START_S = 120.0


class NurseryError(Refusal):
    """No worker can be made, in one line."""


class _KilledAtBirth(NurseryError):
    """A worker was killed while it locked itself in."""


@dataclass(frozen=True)
class Fork:
    """One live worker. isolation: its locks, as it told before any student code ran; pid: its process."""

    channel: Channel
    isolation: Isolation
    pid: int
    _socket: socket.socket
    _watch: _Lines

    def send(self, message: bytes, allowance: Allowance) -> None:
        """Hand it a message. Raises TimeoutError where the allowance ends before it has read that, else OSError."""
        self.channel.send(message, allowance.wait)

    def receive(self, allowance: Allowance) -> bytes:
        """Its next message. Raises TimeoutError where the allowance ends first, else as Channel.receive."""
        while not select.select([self._socket], [], [], allowance.wait())[0]:
            pass
        return self.channel.receive(allowance.backstop())

    def interrupt(self) -> None:
        """Send it SIGINT, as a person would press Ctrl-C."""
        self._watch.tell(b"i")

    def end(self, patience: float = 0.0) -> int | None:
        """Wait ``patience`` seconds for its own end, then kill it and all that it started, and remove its folder.

        Returns its exit code, or minus the signal that ended it; None where the zygote died before it could tell.
        """
        self.channel.close()
        line = self._watch.line(patience)
        if line is None:
            self._watch.no_more()
            line = self._watch.line(START_S)
        self._watch.close()
        return int(json.loads(line)["exit"]) if line else None


class Nursery:
    """Forks workers from one zygote, which it starts at the first need, and anew when it has died.

    preload: modules that a worker shall find imported beside the usual ones, e.g. ``("tensorflow",)``.
    locks: tests switch some off, to show what each one is for.

    Handed to a process that is being spawned it takes the way to the running zygote along. That ends with the process
    that started it; the other one starts its own if it dies.
    """

    def __init__(self, preload: Sequence[str] = (), locks: Locks | None = None) -> None:
        self.locks = locks or Locks()
        self._preload = tuple(preload)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._folder = ""
        self._owner = os.getpid()

    def __getstate__(self) -> dict[str, object]:
        return {"locks": self.locks, "preload": self._preload, "control": self._control}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["preload"], state["locks"])  # type: ignore[misc]
        self._control = state["control"]

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The running zygote's process, None where none runs."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Begin the imports now; does not wait for them."""
        with self._lock:
            if self._control is None:
                self._start()

    def fork(self, limits: Limits) -> Fork:
        """A new worker, locked in. Raises NurseryError where none can be made."""
        request = json.dumps({"limits": asdict(limits), "locks": asdict(self.locks)}).encode()
        try:
            for _ in range(2):
                self.start()
                with self._lock:
                    control = self._control
                try:
                    made = self._ask(request, control)
                except _KilledAtBirth:  # from outside: once more
                    made = self._ask(request, control)
                if made is not None:
                    return made
                reason = self._drop(control)
        except OSError as error:  # of this side: a full disk, too many open files
            raise NurseryError(f"no worker can be started here: {error}") from error
        raise NurseryError(f"the process that makes workers does not start: {reason}")

    def close(self) -> None:
        """End the zygote and with it every worker. In a forked process: let go of it only."""
        with self._lock:
            self._let_go()

    def _ask(self, request: bytes, control: socket.socket | None) -> Fork | None:
        """The worker that was asked for; None where the zygote is dead."""
        ours, theirs = socket.socketpair()
        watch, watched = socket.socketpair()
        lines = _Lines(watch)
        try:
            with theirs, watched:
                if control is None:  # another thread has closed it
                    raise ConnectionError
                socket.send_fds(control, [request], [theirs.fileno(), watched.fileno()])
            line = lines.line(START_S)
        except OSError:
            line = b""
        if not line:
            ours.close()
            lines.close()
            return None
        birth = json.loads(line)
        if "held" not in birth:
            ours.close()
            lines.close()
            kind = NurseryError if "error" in birth else _KilledAtBirth
            raise kind(f"a worker could not lock itself in: {birth.get('error', 'it was killed')}")
        return Fork(Channel(ours), Isolation(tuple(birth["held"]), tuple(birth["missing"])), birth["pid"], ours, lines)

    def _start(self) -> None:
        self._owner = os.getpid()
        _sweep()
        self._folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
        os.chmod(self._folder, 0o711)
        built = environment(self._folder)
        variables = built if self.locks.environment else dict(os.environ) | built
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        with theirs, open(os.path.join(self._folder, "log"), "wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "grader.sandbox.zygote", str(theirs.fileno()), *self._preload],
                pass_fds=[theirs.fileno()],
                cwd=self._folder,
                env=variables,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        self._control = ours

    def _drop(self, dead: socket.socket | None) -> str:
        """Forget a zygote that died, unless another thread has started the next one. Returns its last words."""
        with self._lock:
            log = Path(self._folder, "log")
            lines = log.read_text(errors="replace").split("\n") if log.is_file() else []
            if self._control is dead:
                self._let_go()
        return next((line for line in reversed(lines) if line.strip()), "it ended without a word")

    def _let_go(self) -> None:
        process, self._process = self._process, None
        control, self._control = self._control, None
        if control is not None:
            control.close()
        if process is None:  # nothing runs, or what another process has started
            return
        if process.stdin is not None:
            process.stdin.close()  # its life line: it ends when every holder has closed it
        if self._owner != os.getpid():
            return
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


class _Lines:
    """Lines from the zygote about one worker."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._received = b""

    def line(self, timeout: float) -> bytes | None:
        """The next line; b"" where the zygote is gone, None where none came in time."""
        until = time.monotonic() + timeout
        while b"\n" not in self._received:
            self._socket.settimeout(max(until - time.monotonic(), 1e-3))
            try:
                data = self._socket.recv(4096)
            except TimeoutError:
                return None
            except ConnectionError:
                data = b""
            if not data:
                return b""
            self._received += data
        line, self._received = self._received.split(b"\n", 1)
        return line

    def tell(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError:  # it has ended: the channel tells
            return

    def no_more(self) -> None:
        """Nobody on this side wants that worker any longer."""
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def close(self) -> None:
        self._socket.close()


def _sweep() -> None:
    """Remove the folders of nurseries whose owner and zygote were killed together."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        pid = path.name.removeprefix(_PREFIX).partition("-")[0]
        with contextlib.suppress(FileNotFoundError):  # another run may sweep, too
            if path.stat().st_uid == os.geteuid() and pid.isdecimal() and not _lives(int(pid)):
                shutil.rmtree(path, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def environment(folder: str) -> dict[str, str]:
    """A built environment: nothing of the instructor's reaches the zygote, and so no worker."""
    built = {
        "HOME": folder,
        "TMPDIR": folder,
        "IPYTHONDIR": folder,
        "KERAS_HOME": folder,
        "XDG_CONFIG_HOME": folder,
        # Where matplotlib keeps its list of fonts, which takes a second to make.
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "USER": "student",
        "LOGNAME": "student",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONUSERBASE": site.getuserbase(),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
    }
    package = Path(__file__).resolve().parents[2]
    return built if package.name.endswith("-packages") else built | {"PYTHONPATH": str(package)}
