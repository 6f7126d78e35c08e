"""Landlock: which files a worker may read and write, and no TCP, no signals and no sockets to the outside.

The kernel enforces it on this process for good. Rules are opened files: open them before a change of user.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from pathlib import Path

from grader.sandbox.linux import system_call

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same numbers on every architecture
_VERSION = 1
_PATH_BENEATH = 1

_EXECUTE, _WRITE, _READ, _READ_FOLDER = 1, 2, 4, 8
_REMOVE_FOLDER, _REMOVE_FILE, _MAKE_FOLDER, _MAKE_FILE, _MAKE_LINK = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 12
_REFER, _TRUNCATE = 1 << 13, 1 << 14
#: How many file rights each version of Landlock knows, the first version first.
_RIGHTS = (13, 14, 15, 15, 16)
_TCP = 0b11
_SCOPES = 0b11  # abstract sockets and signals

_OWN = (
    _WRITE
    | _READ
    | _READ_FOLDER
    | _REMOVE_FOLDER
    | _REMOVE_FILE
    | _MAKE_FOLDER
    | _MAKE_FILE
    | _MAKE_LINK
    | _REFER
    | _TRUNCATE
)
_OF_A_FILE = _EXECUTE | _WRITE | _READ | _TRUNCATE


def version() -> int:
    """The kernel's Landlock version; 0 where there is none."""
    try:
        return system_call(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    except OSError:
        return 0


class Ruleset:
    """Rules made now and enforced later. Raises OSError where the kernel has no Landlock."""

    def __init__(self, read: Iterable[Path], own: Iterable[Path], devices: Iterable[Path]) -> None:
        """read: files and folders to read; own: folders to change as well; devices: files to read and write."""
        known = version()
        self._handled = (1 << _RIGHTS[min(known, len(_RIGHTS)) - 1]) - 1 if known else 0
        attributes = struct.pack("QQQ", self._handled, _TCP if known >= 4 else 0, _SCOPES if known >= 6 else 0)
        self._fd = system_call(_CREATE, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))
        for paths, rights in ((read, _READ | _READ_FOLDER), (own, _OWN), (devices, _READ | _WRITE)):
            for path in paths:
                with contextlib.suppress(FileNotFoundError):
                    self._allow(path, rights & self._handled)

    def enforce(self) -> None:
        """From here on, for this process. Needs no_new_privileges() first."""
        system_call(_RESTRICT, ctypes.c_int(self._fd), ctypes.c_uint32(0))
        os.close(self._fd)

    def _allow(self, path: Path, rights: int) -> None:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(opened).st_mode):
                rights &= _OF_A_FILE
            rule = struct.pack("=Qi", rights, opened)
            system_call(_ADD, ctypes.c_int(self._fd), ctypes.c_int(_PATH_BENEATH), rule, ctypes.c_uint32(0))
        finally:
            os.close(opened)
