"""The zygote's program: imports what notebooks use, once, and forks a locked-in worker for each submission.

Started as ``python -m grader.run.zygote FD,FD,... MODULE ...``, one control socket a slot. It never holds an
answer, a hidden test or a submission: a fork can read all memory that its parent ever had.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import time
from typing import Any

from grader.run.locks import Locks, Place, lock_in
from grader.run.serve import serve
from grader.run.shell import make_shell
from grader.wire import Channel, encode

#: What every notebook may want; TensorFlow is asked for by chapters that have a use for it.
ALWAYS = ("numpy", "pandas", "matplotlib.pyplot", "matplotlib.backends.backend_agg", "matplotlib_inline.backend_inline",
          "PIL.PngImagePlugin", "grader.check", "grader.data", "IPython.core.completer", "IPython.core.magics")


def main() -> None:
    """Import, freeze, and fork on request until the other side is gone."""
    controls = [socket.socket(fileno=int(fd)) for fd in sys.argv[1].split(",")]
    make_shell()  # before matplotlib, whose inline backend looks for it when it is imported
    for name in (*ALWAYS, *sys.argv[2:]):
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # a notebook that imports it says so itself
    gc.collect()
    gc.freeze()
    with selectors.DefaultSelector() as waiting:
        for slot, control in enumerate(controls):
            waiting.register(control, selectors.EVENT_READ, slot)
        while True:
            for control in [controls[key.data] for key, _ in waiting.select()]:
                data, fds, _, _ = socket.recv_fds(control, 65_536, 1)
                if not data:
                    waiting.unregister(control)
                    if not waiting.get_map():
                        return
                    continue
                reply = _fork(json.loads(data), fds[0]) if fds else _reap(json.loads(data)["reap"])
                control.send(json.dumps(reply).encode())


def _fork(request: dict[str, Any], fd: int) -> dict[str, Any]:
    pid = os.fork()
    if pid:
        os.close(fd)
        return {"pid": pid}
    try:
        place = Place(channel=fd, **request["place"])
        held = lock_in(Locks(**request["locks"]), place)
        channel = Channel(socket.socket(fileno=fd))
        _one_thread()
        channel.send(encode({"op": "ready", "locks": held}))
        serve(channel)
    finally:
        os._exit(0)


def _reap(pid: int) -> dict[str, Any]:
    """How a worker ended; it is killed if it has not."""
    for attempt in range(100):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return {"code": os.waitstatus_to_exitcode(status)}
        if attempt == 20:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.01)
    return {"code": None}


def _one_thread() -> None:
    """One compute thread a worker: as quick on small work, and the same digits on every machine."""
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is not None:
        tensorflow.config.threading.set_intra_op_parallelism_threads(1)
        tensorflow.config.threading.set_inter_op_parallelism_threads(1)


if __name__ == "__main__":
    main()
