"""The locks that a worker puts on itself before it sees any student code, in the order in which they hold.

A lock that the machine lacks is left out and told; the rest holds all the same.
"""

from __future__ import annotations

import contextlib
import os
import platform
import signal
import site
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.run import landlock, linux, seccomp
from grader.run.limits import Limits, limit_resources

#: Workers of root run as this user and the next ones, each live worker as another.
FIRST_USER = 60_000

_SYSTEM = (
    "/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts",
    "/usr/share/fonts", "/usr/share/zoneinfo", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
    "/sys/devices/system/cpu",
)
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Locks:
    """Which locks are put on: all of them, but in tests that show what each one is for."""

    own_uid: bool = True
    network: bool = True
    disk: bool = True
    limits: bool = True
    descriptors: bool = True
    landlock: bool = True
    seccomp: bool = True
    environment: bool = True


@dataclass(frozen=True)
class Isolation:
    """The locks in force, and the missing ones with the reason."""

    held: tuple[str, ...]
    missing: tuple[str, ...]

    def __str__(self) -> str:
        lacking = f"; missing: {', '.join(self.missing)}" if self.missing else ""
        return ", ".join(("process", *self.held)) + lacking


def lock_in(locks: Locks, limits: Limits, folder: str, slot: int, keep: Sequence[int]) -> Isolation:
    """Lock this process in, for good.

    folder: its private folder; slot: its number among the live workers; keep: the descriptors that it
    keeps beside 0, 1 and 2. Only for a process with one thread: some locks bind the calling thread alone.
    """
    parent = os.getppid()
    os.setsid()
    root, held, missing = os.geteuid() == 0, [], []
    uid = FIRST_USER + slot if root and locks.own_uid else None

    def lock(wanted: bool, name: str, lacking: str = "") -> bool:
        """Whether to put a lock on; a missing one is noted. ``lacking``: why this machine has none."""
        if wanted and not lacking:
            return True
        missing.append(f"{name} ({lacking or 'switched off'})")
        return False

    on_linux = "" if sys.platform == "linux" else "not on this system"
    as_root = on_linux or ("" if root else "needs root")
    if lock(locks.disk, "own disk", as_root) and _try(
            missing, "own disk", lambda: _own_disk(folder, limits.disk_mb, uid or 0)):
        held.append("own disk")
    _settle(folder, uid)
    if locks.descriptors:
        _close_all_but(keep)
    if lock(locks.network, "network namespace", as_root) and _try(
            missing, "network namespace", lambda: linux.unshare(linux.CLONE_NEWNET | linux.CLONE_NEWIPC)):
        held.append("no network")
    if lock(locks.limits, "limits"):
        limit_resources(limits, own_user=uid is not None)
        held.append("limits")
    rules = None
    if lock(locks.landlock, "Landlock", "" if on_linux == "" and landlock.version() else "not in this kernel"):
        rules = landlock.Ruleset(readable(), [Path(folder)], [Path("/dev/null"), Path("/dev/urandom")])
    if lock(locks.own_uid, "own user", "" if root else "needs root") and uid is not None:
        _become(uid, read_all=rules is not None and not open_to_all(os.path.dirname(folder)))
        held.append("own user")
    if on_linux == "":
        linux.not_dumpable()
        linux.die_with_parent(signal.SIGKILL)
        linux.no_new_privileges()
        if os.getppid() != parent:
            os._exit(1)
    if rules is not None:
        rules.enforce()
        held.append("Landlock")
    if lock(locks.seccomp, "seccomp", "" if seccomp.available() else "not for this machine") and _try(
            missing, "seccomp", lambda: seccomp.restrict(own_user=uid is not None)):
        held.append("seccomp")
        if "no network" not in held:
            held.append("no network")
    return Isolation(tuple(held), tuple(missing))


def readable() -> Iterator[Path]:
    """What a worker may read: Python, its libraries, the package and its data. Never the folder around a checkout."""
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    yield from (Path(prefix, part) for prefix in prefixes for part in ("lib", "lib64", "pyvenv.cfg"))
    yield from (Path(sysconfig.get_paths()[key]) for key in ("stdlib", "platstdlib", "purelib", "platlib"))
    yield from (Path(folder) for folder in (*site.getsitepackages(), site.getusersitepackages()))
    yield from (_PACKAGE, _PACKAGE.parent / "datasets", *map(Path, _SYSTEM))


@cache
def open_to_all(folder: str) -> bool:
    """Whether any user may read what a worker reads, and walk to ``folder``."""
    for place in (*readable(), Path(folder, "x")):
        with contextlib.suppress(OSError):
            if any(not above.stat().st_mode & 0o001 for above in place.resolve().parents):
                return False
            if place.is_dir() and place.stat().st_mode & 0o005 != 0o005:
                return False
    return True


def _try(missing: list[str], name: str, put_on: Callable[[], None]) -> bool:
    """Put a lock on that root in a container may lack."""
    try:
        put_on()
    except OSError as error:
        missing.append(f"{name} ({error.strerror})")
        return False
    return True


def _own_disk(folder: str, size_mb: int, owner: int) -> None:
    linux.unshare(linux.CLONE_NEWNS)
    linux.mount_private_disk(folder, size_mb, owner)


def _settle(folder: str, uid: int | None) -> None:
    """Move into the private folder. What C code prints goes to two files without a name."""
    if uid is not None:
        os.chown(folder, uid, uid)
    os.chdir(folder)
    tempfile.tempdir = folder
    for name in ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "KERAS_HOME"):
        os.environ[name] = folder
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    for number in (1, 2):
        path = os.path.join(folder, "out")
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        os.unlink(path)
        os.dup2(opened, number)
        os.close(opened)


def _close_all_but(keep: Sequence[int]) -> None:
    first = 3
    for kept in (*sorted(keep), 1 << 16):
        if kept > first:  # some versions of Python close everything for an empty range
            os.closerange(first, kept)
        first = kept + 1


def _become(uid: int, read_all: bool) -> None:
    """Give up root. read_all: keep the one right to read every file, which Landlock narrows; it is needed where
    Python lies in a folder of root's alone."""
    machine = platform.machine()
    if read_all and machine in linux.CAPSET:
        linux.keep_capabilities()
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    if read_all and machine in linux.CAPSET:
        linux.keep_only_reading(machine)
