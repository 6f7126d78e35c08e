"""The limits of a submission that the kernel counts."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from grader.limits import Limits, held, set_limit

#: Threads and processes of a worker that has a user of its own; a Keras training starts up to 25.
MAX_THREADS = 128
#: Address space on top of the memory limit: thread stacks and allocator arenas reserve much and use little.
LOOSE_BYTES = 4 * 2**30
#: Of a process's first stack, which grows past the limit of data; those of threads are data.
STACK_BYTES = 8 * 2**20


def limit_resources(limits: Limits, own_user: bool) -> None:
    """Set this process's limits above what it holds already: what counts is what the student's code adds.

    own_user: whether processes may be counted; they are counted for a user, not for a process.
    """
    import resource  # not on Windows, where a student's own checks run all the same

    memory = limits.memory_mb * 2**20
    seconds = (int(limits.submission_s) + 10) * (os.cpu_count() or 1)  # of all threads together
    set_limit(resource.RLIMIT_CORE, 0)
    set_limit(resource.RLIMIT_DATA, held("VmData") + memory)
    set_limit(resource.RLIMIT_AS, held("VmSize") + memory + LOOSE_BYTES)
    set_limit(resource.RLIMIT_STACK, STACK_BYTES)
    set_limit(resource.RLIMIT_FSIZE, limits.disk_mb * 2**20)
    set_limit(resource.RLIMIT_NOFILE, 256)
    set_limit(resource.RLIMIT_CPU, seconds)
    if own_user:
        set_limit(resource.RLIMIT_NPROC, MAX_THREADS)
    with contextlib.suppress(OSError):  # should memory run out all the same, the kernel ends this process first
        Path("/proc/self/oom_score_adj").write_text("1000")
