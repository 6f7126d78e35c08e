"""Landlock: the kernel's own limits on files, signals and TCP for a process that gives its rights away."""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from collections.abc import Sequence

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same number on every architecture
_VERSION = 1

# Rights on files, by the ABI that brought them.
_EXECUTE, _WRITE, _READ, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHAR, _MAKE_SOCK, _MAKE_FIFO, _MAKE_BLOCK = 1 << 6, 1 << 9, 1 << 10, 1 << 11
_RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_ON_FILES = _EXECUTE | _WRITE | _READ | 1 << 14 | 1 << 15
_NET = 0b11  # bind and connect of TCP, ABI 4
_SCOPES = 0b11  # abstract sockets and signals, ABI 6
_PR_SET_NO_NEW_PRIVS = 38


def abi() -> int:
    """The kernel's Landlock version; 0 where there is none."""
    if platform.system() != "Linux":
        return 0
    version = ctypes.CDLL(None, use_errno=True).syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(_VERSION))
    return max(int(version), 0)


class Ruleset:
    """What a process may still reach. Opened while it still has its rights, enforced when it has given them up."""

    def __init__(self, read: Sequence[str], write: Sequence[str]) -> None:
        """read: files and folders to read and execute; write: folders for anything but special files.
        Paths that are not there are left out. Raises OSError where the kernel has no Landlock."""
        self._libc = ctypes.CDLL(None, use_errno=True)
        version = abi()
        handled = sum(rights for since, rights in _RIGHTS.items() if since <= version)
        fields = [handled, _NET if version >= 4 else 0, _SCOPES if version >= 6 else 0]
        size = 8 * (3 if version >= 6 else 2 if version >= 4 else 1)
        self._fd = self._call(_CREATE, struct.pack("=QQQ", *fields)[:size], ctypes.c_size_t(size), ctypes.c_uint(0))
        reading = handled & (_EXECUTE | _READ | _READ_DIR)
        writing = handled & ~(_EXECUTE | _MAKE_CHAR | _MAKE_SOCK | _MAKE_FIFO | _MAKE_BLOCK)
        for path in read:
            self._allow(path, reading)
        for path in write:
            self._allow(path, writing)

    def enforce(self) -> None:
        """Bind this thread, for good. Raises OSError where the kernel refuses."""
        if self._libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "no_new_privs")
        self._call(_RESTRICT, ctypes.c_int(self._fd), ctypes.c_uint(0))
        os.close(self._fd)

    def _allow(self, path: str, rights: int) -> None:
        try:
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        try:
            granted = rights if os.path.isdir(path) else rights & _ON_FILES
            rule = struct.pack("=Qi", granted, fd)
            self._call(_ADD, ctypes.c_int(self._fd), ctypes.c_int(1), rule, ctypes.c_uint(0))
        finally:
            os.close(fd)

    def _call(self, number: int, *arguments: object) -> int:
        result = int(self._libc.syscall(number, *arguments))
        if result < 0:
            raise OSError(ctypes.get_errno(), "landlock")
        return result
