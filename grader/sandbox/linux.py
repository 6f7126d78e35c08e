"""System calls that Python has no name for, through the C library that is loaded already."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from pathlib import Path
from typing import Any

# One handle: looking a library up by name would start other programs.
_C: Any = ctypes.CDLL(None, use_errno=True) if sys.platform != "win32" else None

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWNET = 0x40000000

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_KEEPCAPS = 8
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38

#: The capability to read every file and enter every folder.
CAP_DAC_READ_SEARCH = 1 << 2

_SYS_CAPSET = {"x86_64": 126, "aarch64": 91}
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


def keep_capabilities_only(mask: int) -> None:
    """Drop every capability that is not in the mask. Raises OSError for one that this process never had."""
    number = _SYS_CAPSET.get(platform.machine())
    if number is None:
        raise OSError(errno.ENOSYS, "no capset for this machine")
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(mask, mask, 0, 0, 0, 0)  # effective, permitted, inheritable; low half, high half
    system_call(number, ctypes.byref(header), ctypes.byref(sets))


def has_capability(mask: int) -> bool:
    """Whether this process has a capability in force."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return any(int(line.split()[1], 16) & mask for line in lines if line.startswith("CapEff:"))


def unshare(flags: int) -> None:
    _checked(_C.unshare(flags))


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    def text(value: str | None) -> bytes | None:
        return None if value is None else os.fsencode(value)

    _checked(_C.mount(text(source), text(target), text(kind), ctypes.c_ulong(flags), text(options)))


def flush_c_streams() -> None:
    """What C code printed and the C library still holds."""
    _C.fflush(None)


def _prctl(option: int, value: int) -> None:
    _checked(_C.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0)))


def _checked(result: int) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)
