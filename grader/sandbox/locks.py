"""The locks that a worker puts on itself before it sees any student code, in the order in which they hold.

A lock that the machine lacks is left out and told; the rest holds all the same.
"""

from __future__ import annotations

import contextlib
import os
import signal
import site
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.limits import Limits
from grader.sandbox import landlock, linux, seccomp
from grader.sandbox.disk import closed_above, take_own_disk
from grader.sandbox.limits import limit_resources

#: Workers of root run as this user and the next ones, each live worker as another.
FIRST_USER = 60_000

_SYSTEM = (
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/fonts",
    "/usr/share/fonts",
    "/usr/share/zoneinfo",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
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
    account = _Account()
    linux_only = "" if sys.platform == "linux" else "not on this system"
    root_only = linux_only or ("" if os.geteuid() == 0 else "needs root")
    user = FIRST_USER + slot if locks.own_uid and not root_only else None
    no_landlock = linux_only or ("" if landlock.version() else "not in this kernel")

    with account.lock("own disk", locks.disk, root_only) as on:
        if on:
            take_own_disk(folder, limits.disk_mb, user or os.geteuid(), readable())
    closed = closed_to_others(os.path.dirname(folder)) if user and "own disk" not in account.held else None
    read_all = closed is not None
    if read_all and not (locks.landlock and not no_landlock and linux.has_capability(linux.CAP_DAC_READ_SEARCH)):
        user = None  # it could not even read Python
    _settle(folder, user)
    if locks.descriptors:
        _close_all_but(keep)
    with account.lock("no network", locks.network, root_only) as on:
        if on:
            linux.unshare(linux.CLONE_NEWNET | linux.CLONE_NEWIPC)
    with account.lock("limits", locks.limits) as on:
        if on:
            limit_resources(limits, own_user=user is not None)
    rules = None
    with account.lock("Landlock", locks.landlock, no_landlock) as on:
        if on:
            rules = landlock.Ruleset(readable(), [Path(folder)], [Path("/dev/null"), Path("/dev/urandom")])
    with account.lock("own user", locks.own_uid, root_only or ("" if user else f"{closed} is closed to others")) as on:
        if on and user is not None:
            _become(user, read_all)
    if not linux_only:
        if locks.own_uid and user is None and os.geteuid() == 0:
            linux.keep_capabilities_only(0)
        linux.not_dumpable()
        linux.die_with_parent(signal.SIGKILL)
        linux.no_new_privileges()
        if os.getppid() != parent:
            os._exit(1)
    if rules is not None:
        rules.enforce()
    with account.lock("seccomp", locks.seccomp, "" if seccomp.available() else "not for this machine") as on:
        if on:
            seccomp.restrict(own_user=user is not None)
    for needed in ("seccomp", "Landlock"):  # which leave a worker no memory that the limits do not count
        if "limits" in account.held and needed in account.missing:
            account.missing.setdefault("limit of shared memory", f"needs {needed}")
    return account.isolation()


class _Account:
    """Which locks hold, and which do not."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.missing: dict[str, str] = {}

    @contextlib.contextmanager
    def lock(self, name: str, wanted: bool, lacking: str = "") -> Iterator[bool]:
        """Gives whether to put a lock on, and notes how that went. lacking: why this machine has none."""
        on, lacking = wanted and not lacking, lacking if wanted else "switched off"
        try:
            yield on
        except OSError as error:  # root in a container may lack some rights
            on, lacking = False, error.strerror or str(error)
        if on:
            self.held.append(name)
        else:
            self.missing[name] = lacking

    def isolation(self) -> Isolation:
        if "seccomp" in self.held and "no network" in self.missing:  # without sockets there is none either
            del self.missing["no network"]
            self.held.append("no network")
        return Isolation(tuple(self.held), tuple(f"{name} ({why})" for name, why in self.missing.items()))


def readable() -> Iterator[Path]:
    """What a worker may read: Python, its libraries, the package and its data. Never the folder around a checkout."""
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    yield from (Path(prefix, part) for prefix in prefixes for part in ("lib", "lib64", "pyvenv.cfg"))
    yield from (Path(sysconfig.get_paths()[key]) for key in ("stdlib", "platstdlib", "purelib", "platlib"))
    yield from (Path(folder) for folder in (*site.getsitepackages(), site.getusersitepackages()))
    yield from (_PACKAGE, _PACKAGE.parent / "datasets", *map(Path, _SYSTEM))


@cache
def closed_to_others(folder: str) -> Path | None:
    """What keeps another user from Python or its libraries, or from what is in ``folder``; None where nothing does."""
    there = (place for place in readable() if place.exists())  # as a user's own library often is not
    return next((closed for place in (*there, Path(folder, "x")) if (closed := closed_above(place))), None)


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


def _become(user: int, read_all: bool) -> None:
    """Give up root. read_all: keep the one right to read every file, which Landlock narrows; it is needed where
    Python lies in a folder of root's alone and could not be shown elsewhere."""
    if read_all:
        linux.keep_capabilities()
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    if read_all:
        linux.keep_capabilities_only(linux.CAP_DAC_READ_SEARCH)
