"""What C code prints: it goes past Python's streams, to descriptors 1 and 2, which are files in a worker."""

from __future__ import annotations

import os
from collections.abc import Iterator

from grader.sandbox.linux import flush_c_streams

_NAMES = {1: "stdout", 2: "stderr"}


class RawOutput:
    """The raw output from now on. Where a descriptor is no file (outside a worker) there is none."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}
        for fd in _NAMES:
            try:
                os.lseek(fd, 0, os.SEEK_SET)
                os.ftruncate(fd, 0)
                self._seen[fd] = 0
            except OSError:
                continue

    def new(self, most: int) -> Iterator[tuple[str, str]]:
        """(stream, text) of what has come since the last time, at most so many bytes of each.

        Asked before every print: every write moves the file's position, which is the cheapest thing to ask for.
        """
        for fd, seen in self._seen.items():
            try:
                end = os.lseek(fd, 0, os.SEEK_CUR)
                if end != seen:
                    self._seen[fd] = end
                    text = os.pread(fd, max(min(end - seen, most), 0), seen)
                    yield _NAMES[fd], text.decode("utf-8", "replace")
            except OSError:  # closed or replaced by the student's code
                continue

    def flush(self) -> None:
        """Let the C library write what it still holds."""
        flush_c_streams()
