"""System calls that Python has no name for, through the C library that is loaded already."""

from __future__ import annotations

import ctypes
import os
from typing import Any

# One handle: looking a library up by name would start other programs.
_C = ctypes.CDLL(None, use_errno=True)

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWNET = 0x40000000

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_KEEPCAPS = 8
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38

#: The number of capset by machine.
CAPSET = {"x86_64": 126, "aarch64": 91}
_CAP_DAC_READ_SEARCH = 2
_CAPABILITY_VERSION_3 = 0x20080522


def system_call(number: int, *args: Any) -> int:
    """The call's result. Raises OSError with the kernel's reason."""
    return _checked(_C.syscall(ctypes.c_long(number), *args))


def die_with_parent(signal_number: int) -> None:
    """Ask the kernel for this signal when the parent ends. A change of user forgets it: ask afterwards."""
    _prctl(_PR_SET_PDEATHSIG, signal_number)


def adopt_orphans() -> None:
    """Let what a dead child left running become a child of this process."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def keep_capabilities() -> None:
    """Through the next change of user."""
    _prctl(_PR_SET_KEEPCAPS, 1)


def not_dumpable() -> None:
    """No other process of this user may look into this one."""
    _prctl(_PR_SET_DUMPABLE, 0)


def no_new_privileges() -> None:
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def keep_only_reading(machine: str) -> None:
    """Drop every capability but the one to read any file (which Landlock then narrows)."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    bit = 1 << _CAP_DAC_READ_SEARCH
    sets = (ctypes.c_uint32 * 6)(bit, bit, 0, 0, 0, 0)  # effective, permitted, inheritable; low half, high half
    system_call(CAPSET[machine], ctypes.byref(header), ctypes.byref(sets))


def unshare(flags: int) -> None:
    _checked(_C.unshare(flags))


def mount_private_disk(folder: str, size_mb: int, owner: int) -> None:
    """A disk in memory of this size at ``folder``, seen by this process only (in a mount namespace of its own)."""
    private_and_below = 0x40000 | 0x4000
    no_programs_no_devices = 0x2 | 0x4 | 0x8
    _mount(None, "/", None, private_and_below, None)
    options = f"size={size_mb}m,nr_inodes=50000,mode=0700,uid={owner},gid={owner}"
    _mount("tmpfs", folder, "tmpfs", no_programs_no_devices, options)


def flush_c_streams() -> None:
    """What C code printed and the C library still holds."""
    _C.fflush(None)


def _mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None) -> None:
    def text(value: str | None) -> bytes | None:
        return None if value is None else os.fsencode(value)

    _checked(_C.mount(text(source), text(target), text(kind), ctypes.c_ulong(flags), text(options)))


def _prctl(option: int, value: int) -> None:
    _checked(_C.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0)))


def _checked(result: int) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)
