"""The locks that a worker puts on itself before it sees any student code, in the order in which they hold.

Each lock that the machine lacks is left out and said; the rest holds all the same.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import site
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from grader.run import landlock, seccomp

#: The first uid of workers; each live one has another.
FIRST_UID = 60_000
#: Processes and threads of one worker: TensorFlow alone needs some 25.
MAX_THREADS = 128
MAX_FILE = 64 * 2**20
#: What a worker may map beside its data, shared memory included.
MAX_MAPPED = 4 * 2**30

_NEWNET, _NEWIPC = 0x40000000, 0x08000000
_PR_SET_PDEATHSIG, _PR_SET_KEEPCAPS = 1, 8
_CAP_DAC_READ_SEARCH = 1 << 2

_SYSTEM = (
    "/usr/lib", "/lib", "/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/usr/share/fonts", "/usr/share/zoneinfo",
    "/etc/localtime", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu",
    "/dev/urandom",
)


@dataclass(frozen=True)
class Locks:
    """Which locks are put on. All of them, but in tests that show what each one is for."""

    own_uid: bool = True
    network: bool = True
    limits: bool = True
    landlock: bool = True
    seccomp: bool = True
    environment: bool = True
    descriptors: bool = True


@dataclass(frozen=True)
class Place:
    """Where a worker lives: its private folder, its number among the live ones, its memory, its one channel."""

    folder: str
    slot: int
    memory_mb: int
    seconds: float
    channel: int


def lock_in(locks: Locks, place: Place) -> list[str]:
    """Lock this process in, for good. Returns the names of the locks in force."""
    held: list[str] = []
    parent = os.getppid()
    os.setsid()
    uid = FIRST_UID + place.slot if locks.own_uid and os.geteuid() == 0 else None
    _settle(locks, place, uid)
    if locks.network and os.geteuid() == 0 and _libc().unshare(_NEWNET | _NEWIPC) == 0:
        held.append("no network")
    if locks.limits:
        _limit(place, own_uid=uid is not None)
        held.append("limits")
    rules = _ruleset(place) if locks.landlock and landlock.abi() else None
    if uid is not None:
        _become(uid)
        held.append("own user")
    _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # a change of uid clears it
    if os.getppid() != parent:
        os._exit(1)
    if rules is not None:
        rules.enforce()
        held.append("Landlock")
    if locks.seccomp and seccomp.available():
        seccomp.restrict(own_uid=uid is not None)
        held.append("seccomp")
    return held


def missing(held: list[str]) -> list[str]:
    """What of the whole set is not in force."""
    return [name for name in ("own user", "no network", "limits", "Landlock", "seccomp") if name not in held]


def worker_environment(folder: str) -> dict[str, str]:
    """A built environment: nothing of the instructor's reaches a student's code."""
    private = {name: folder for name in ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "KERAS_HOME")}
    return private | {
        "PATH": os.defpath, "LANG": "C.UTF-8", "USER": "student", "LOGNAME": "student",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1",
    }


def _settle(locks: Locks, place: Place, uid: int | None) -> None:
    """Move into the private folder: environment, temporary files, output files, no other descriptors."""
    if locks.environment:
        os.environ.clear()
        os.environ.update(worker_environment(place.folder))
    tempfile.tempdir = place.folder
    os.chdir(place.folder)
    for number, name in ((1, "stdout"), (2, "stderr")):
        fd = os.open(f"{place.folder}/.{name}", os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        if uid is not None:
            os.fchown(fd, uid, uid)
        os.dup2(fd, number)
        os.close(fd)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if uid is not None:
        os.chown(place.folder, uid, uid)
    if locks.descriptors:
        for fd in map(int, os.listdir("/dev/fd")):
            if fd > 2 and fd != place.channel:
                with contextlib.suppress(OSError):  # the listing's own
                    os.close(fd)


def _limit(place: Place, own_uid: bool) -> None:
    """Memory above what this process holds already counts; what student code adds."""
    held = _held()
    data = held.get("VmData", 0) + place.memory_mb * 2**20
    seconds = int(place.seconds) + 60
    limits = {
        resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: MAX_FILE, resource.RLIMIT_NOFILE: 512,
        resource.RLIMIT_CPU: seconds * (os.cpu_count() or 1), resource.RLIMIT_DATA: data,
        resource.RLIMIT_AS: held.get("VmSize", 0) + place.memory_mb * 2**20 + MAX_MAPPED,
    }
    if own_uid:
        limits[resource.RLIMIT_NPROC] = MAX_THREADS
    for kind, value in limits.items():
        resource.setrlimit(kind, (value, value))


def _ruleset(place: Place) -> landlock.Ruleset:
    """Python and its libraries, the data sets, and the private folder; never the checkout's root."""
    package = Path(__file__).resolve().parents[1]
    pythons = {sys.prefix, sys.base_prefix, *site.getsitepackages(), str(Path(sys.executable).resolve().parent)}
    own = (str(package), str(package.parent / "datasets"))
    return landlock.Ruleset((*sorted(pythons), *own, *_SYSTEM), (place.folder, "/dev/null"))


def _become(uid: int) -> None:
    """Give up root. Where the interpreter's folders are root's alone, one right is kept: to read and search.
    Landlock narrows it to the folders above."""
    libc = _libc()
    keep = 0 if _readable_by_all() else _CAP_DAC_READ_SEARCH
    libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)(keep, keep, 0, 0, 0, 0)
    if libc.capset(header, data):
        raise OSError(ctypes.get_errno(), "capset")


def _readable_by_all() -> bool:
    folders = [Path(sys.prefix), Path(sys.base_prefix), Path(__file__).resolve().parents[1]]
    return all(place.stat().st_mode & 0o001 for folder in folders for place in (folder, *folder.parents))


def _held() -> dict[str, int]:
    """The process's own sizes in bytes, where the system tells them."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return {}
    return {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines if line.startswith("Vm")}


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
