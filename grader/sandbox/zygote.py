"""The zygote's program: imports once what notebooks need, then forks a worker for each request.

Started as ``python -m grader.sandbox.zygote CONTROL [MODULE...]`` with a built environment. All that it ever holds, a
worker can read in its own memory; so it gets no answer, no check, no secret and no submission, and it runs no
TensorFlow operation (a fork after one hangs).

A request is one datagram on the socket CONTROL: limits and locks, with the worker's channel and a watch socket. On
the watch socket the worker tells its locks, and the zygote how it ended; "i" there interrupts the worker, and an end
of file kills it. Standard input is the life line: at its end of file everything ends.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import importlib
import io
import json
import os
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from grader import moving
from grader.limits import Limits
from grader.sandbox.linux import adopt_orphans
from grader.sandbox.locks import FIRST_USER, Locks, closed_to_others, lock_in, readable
from grader.sandbox.serve import serve
from grader.sandbox.shell import StudentShell, make_shell
from grader.wire import Channel

#: Imported by every notebook, or at its first figure. TensorFlow is asked for by chapters that have a use for it.
ALWAYS = (
    "numpy",
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.backend_inline",
    "PIL.PngImagePlugin",
    "grader.notebook.check",
    "grader.data",
    "IPython.core.completer",
    "IPython.core.magics",
)
_REMOVE = 'chmod -R u+rwX "$0"; rm -rf "$0"'


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    os.environ.pop("PYTHONPATH", None)
    shell = make_shell()  # before matplotlib, whose inline backend looks for it when it is imported
    import_all(sys.argv[2:])
    draw_once()
    moving.skip()
    places = [os.path.realpath(place) for place in readable()]
    sys.path[:] = [path for path in sys.path if any(Path(os.path.realpath(path)).is_relative_to(p) for p in places)]
    closed_to_others(os.getcwd())  # asked once, for all workers
    gc.collect()
    gc.freeze()
    Forker(control, shell).run()


def import_all(modules: Sequence[str]) -> None:
    """Import the usual modules and these. What is not installed is left out: the cell that needs it will say so."""
    for name in (*ALWAYS, *modules):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def draw_once() -> None:
    """Find and load the fonts, which the first figure of a process waits for. After `make_shell`, as all of it."""
    with contextlib.suppress(ImportError):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.mathtext import MathTextParser

        figure = Figure(figsize=(1, 1))
        FigureCanvasAgg(figure)
        figure.subplots().set(title="$x_1$", xlabel="a", ylabel="b")
        figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
        # It keeps formulas with their open fonts. A worker, whose files are closed, drops them after 50 formulas of its
        # own, and by then their numbers are those of fonts that it has opened.
        cached = getattr(MathTextParser, "_parse_cached", None)
        if cached is not None:
            cached.cache_clear()


@dataclass
class Forked:
    """A worker in the zygote's care. claim: the socket whose name keeps other zygotes from the same user."""

    pid: int
    slot: int
    folder: str
    watch: socket.socket
    claim: socket.socket | None
    code: int = 0


class Forker:
    """Forks workers, watches them, and leaves nothing of them behind."""

    def __init__(self, control: socket.socket, shell: StudentShell) -> None:
        self._control, self._shell = control, shell
        self._folder = os.getcwd()
        self._count = 0
        self._forked: dict[int, Forked] = {}
        self._cleaning: dict[int, Forked] = {}
        self._selector = selectors.DefaultSelector()

    def run(self) -> NoReturn:
        """Serve until the life line ends."""
        if sys.platform == "linux":
            adopt_orphans()
        woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for source in (0, woken, self._control):
            self._selector.register(source, selectors.EVENT_READ)
        while True:
            for key, _ in self._selector.select():
                if key.fileobj == 0:
                    self._end()
                elif key.fileobj == woken:
                    os.read(woken, 4096)
                    self._reap()
                elif key.fileobj is self._control:
                    self._fork()
                else:
                    self._obey(key.data)

    def _fork(self) -> None:
        data, fds, *_ = socket.recv_fds(self._control, 65_536, 2)
        if len(fds) != 2:  # every holder of the other end is gone: the life line tells as well
            self._selector.unregister(self._control)
            return
        channel, watch = (socket.socket(fileno=fd) for fd in fds)
        try:
            request = json.loads(data)
            slot, claim = self._claim()
            self._count += 1
            folder = os.path.join(self._folder, f"worker-{self._count}")
            os.mkdir(folder, 0o700)
            pid = os.fork()
        except OSError as error:
            _tell(watch, {"error": str(error)})
            channel.close()
            watch.close()
            return
        if pid == 0:
            self._work(request, folder, slot, channel, watch)
        channel.close()
        forked = self._forked[pid] = Forked(pid, slot, folder, watch, claim)
        self._selector.register(watch, selectors.EVENT_READ, forked)

    def _work(
        self,
        request: dict[str, dict[str, object]],
        folder: str,
        slot: int,
        channel: socket.socket,
        watch: socket.socket,
    ) -> NoReturn:
        """The worker's whole life."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                isolation = lock_in(
                    Locks(**request["locks"]),  # type: ignore[arg-type]
                    Limits(**request["limits"]),  # type: ignore[arg-type]
                    folder,
                    slot,
                    (channel.fileno(), watch.fileno()),
                )
            except Exception as error:
                _tell(watch, {"error": f"{type(error).__name__}: {error}"})
                os._exit(1)
            _tell(watch, {"pid": os.getpid(), "held": isolation.held, "missing": isolation.missing})
            watch.close()
            serve(Channel(channel), self._shell)
        finally:
            os._exit(0)  # nothing that a student registered for the end runs

    def _obey(self, forked: Forked) -> None:
        if forked.watch.fileno() < 0:  # it has ended and was looked after a moment ago, in the same round of events
            return
        try:
            data = forked.watch.recv(64)
        except ConnectionError:
            data = b""
        if not data:
            self._selector.unregister(forked.watch)
        if forked.pid in self._forked:
            os.kill(forked.pid, signal.SIGINT if data else signal.SIGKILL)

    def _reap(self) -> None:
        """Look after every child that has ended."""
        while self._forked or self._cleaning:
            try:
                pid, status = _next_ended(self._forked)
            except ChildProcessError:
                return
            if not pid:
                return
            if pid in self._forked:
                forked = self._forked.pop(pid)
                forked.code = os.waitstatus_to_exitcode(status)
                self._kill_orphans()
                self._clean(forked)
            elif pid in self._cleaning:
                self._finish(self._cleaning.pop(pid))

    def _kill_orphans(self) -> None:
        """What a dead worker left running has become our child."""
        with contextlib.suppress(OSError):
            for pid in map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()):
                if pid not in self._forked and pid not in self._cleaning:
                    os.kill(pid, signal.SIGKILL)

    def _clean(self, forked: Forked) -> None:
        try:
            os.rmdir(forked.folder)  # a disk of its own has gone with it
        except OSError:
            self._cleaning[os.posix_spawn("/bin/sh", ["sh", "-c", _REMOVE, forked.folder], {"PATH": os.defpath})] = (
                forked
            )
        else:
            self._finish(forked)

    def _finish(self, forked: Forked) -> None:
        _tell(forked.watch, {"exit": forked.code})
        with contextlib.suppress(KeyError):
            self._selector.unregister(forked.watch)
        forked.watch.close()
        if forked.claim is not None:
            forked.claim.close()

    def _claim(self) -> tuple[int, socket.socket | None]:
        """The number of a free place, kept from every other zygote on this machine where users belong to places."""
        taken = {forked.slot for forked in (*self._forked.values(), *self._cleaning.values())}
        for slot in range(1000):
            if slot in taken:
                continue
            if sys.platform != "linux" or os.geteuid() != 0:
                return slot, None
            claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            try:
                claim.bind(f"\0nn-by-hand-user-{FIRST_USER + slot}")
            except OSError:
                claim.close()
                continue
            return slot, claim
        raise OSError(errno.EAGAIN, "a thousand workers live already")

    def _end(self) -> NoReturn:
        for pid in self._forked:
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
                self._kill_orphans()
        os.execv("/bin/sh", ["sh", "-c", _REMOVE, self._folder])


def _next_ended(wards: Collection[int]) -> tuple[int, int]:
    """A child that has ended, and how; (0, 0) where none has. What a worker started ends with it.

    Raises ChildProcessError where there is no child.
    """
    if not hasattr(os, "waitid"):  # macOS before Python 3.13: the group is killed after its number was given back
        pid, status = os.waitpid(-1, os.WNOHANG)
        _kill_group(pid, wards)
        return pid, status
    ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    if ended is None:
        return 0, 0
    _kill_group(ended.si_pid, wards)  # while its number cannot belong to anyone else
    return os.waitpid(ended.si_pid, 0)


def _kill_group(pid: int, wards: Collection[int]) -> None:
    if pid in wards:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def _tell(watch: socket.socket, message: dict[str, object]) -> None:
    with contextlib.suppress(OSError):  # nobody listens any longer
        watch.sendall(json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    try:
        main()
    except Exception:
        traceback.print_exc(file=sys.__stderr__)  # the shell has taken the other one
        raise SystemExit(1) from None
