"""Seconds that a worker may compute, so that a busy machine takes none of them.

What counts is the CPU time of the worker's threads, where the system tells it, and never more than the wall clock.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

#: A worker that sleeps or waits is stopped after so many times its seconds by the wall clock.
BACKSTOP = 4
#: Seconds between two looks at a worker that is near its end.
_LOOK_S = 0.02


class Allowance:
    """The seconds of one request to the worker ``pid``, from now on."""

    def __init__(self, seconds: float, pid: int) -> None:
        self._seconds, self._pid = seconds, pid
        self._began = time.monotonic()
        self._computed = cpu_seconds(pid)

    def used(self) -> float:
        """Seconds that the worker has computed."""
        wall, now = self._wall(), cpu_seconds(self._pid)
        return wall if now is None or self._computed is None else min(wall, now - self._computed)

    def wait(self) -> float:
        """Seconds to wait before the next look. Raises TimeoutError where none are left."""
        left = min(self._seconds - self.used(), self.backstop())
        if left <= 0:
            raise TimeoutError
        return max(left, _LOOK_S)

    def backstop(self) -> float:
        """Seconds of the wall clock that are left, whatever the worker does."""
        return BACKSTOP * self._seconds - self._wall()

    def _wall(self) -> float:
        return time.monotonic() - self._began


def cpu_seconds(pid: int) -> float | None:
    """CPU time of a process, all its threads together; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rsplit(b")", 1)[1].split()
    except OSError:
        return None
    user, system = fields[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
