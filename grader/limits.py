"""What one submission may use, and how the kernel is told."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Times in seconds of computing, or four times as many of the wall clock.

    referee_s, referee_mb: of the trusted side, for all that it does with a submission; the others: of the worker.
    """

    cell_s: float = 60.0
    call_s: float = 10.0
    submission_s: float = 300.0
    memory_mb: int = 2048
    disk_mb: int = 64
    output_chars: int = 100_000
    referee_s: float = 60.0
    referee_mb: int = 1024


def limit_data(most_mb: int) -> None:
    """Let this process take so much memory beside what it holds, and no more. Its children may raise that again."""
    import resource  # not on Windows

    set_limit(resource.RLIMIT_DATA, held("VmData") + most_mb * 2**20, for_good=False)


def set_limit(kind: int, most: int, for_good: bool = True) -> None:
    """Tell the kernel. for_good: nothing that this process becomes can raise it again."""
    import resource  # as above

    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    with contextlib.suppress(ValueError, OSError):  # a kind that this system does not count
        resource.setrlimit(kind, (most, most if for_good else hard))


def held(field: str) -> int:
    """Bytes of a field of /proc/self/status; 0 where there is none."""
    status = Path("/proc/self/status")
    for line in status.read_text().splitlines() if status.exists() else ():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024
    return 0
