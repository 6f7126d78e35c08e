"""A worker's own view of the disk: a private folder of fixed size, in memory, and Python where any user may read it.

Both are mounts in a mount namespace of its own, so they end with the process; nobody else sees them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from grader.sandbox.linux import CLONE_NEWNS, mount, unshare

_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000
_NO_SETUID, _NO_DEVICES, _NO_PROGRAMS = 0x2, 0x4, 0x8


def take_own_disk(folder: str, size_mb: int, owner: int, shown: Iterable[Path]) -> None:
    """Mount a disk of this size at ``folder``, for ``owner``.

    Where a place in ``shown`` lies below a folder that is closed to other users, such as root's home, an empty one
    takes the place of that folder, with nothing but what is shown in it. Raises OSError where root may not mount.
    """
    unshare(CLONE_NEWNS)
    mount(None, "/", None, _RECURSIVE | _PRIVATE)
    below: dict[Path, list[Path]] = {}
    for place in (*shown, Path(folder)):
        top = closed_above(place)
        if top is not None:
            below.setdefault(top, []).append(place)
    for top, places in below.items():
        _show_only(top, places)
    mount(
        "tmpfs",
        folder,
        "tmpfs",
        _NO_SETUID | _NO_DEVICES | _NO_PROGRAMS,
        f"size={size_mb}m,nr_inodes=50000,mode=0700,uid={owner},gid={owner}",
    )


@cache
def closed_above(place: Path) -> Path | None:
    """The uppermost folder above ``place`` that other users may not enter; None where they can reach it."""
    for folder in reversed(place.resolve().parents):
        # A place that is not there, such as a path that Debian's Python would search, hides nothing.
        if folder.exists() and not folder.stat().st_mode & 0o001:
            return folder
    return None


def _show_only(top: Path, places: list[Path]) -> None:
    opened = [(place.resolve(), os.open(place, os.O_PATH)) for place in places if place.exists()]
    mount("tmpfs", str(top), "tmpfs", _NO_SETUID | _NO_DEVICES, "size=1m,mode=0755")
    for place, fd in sorted(opened):
        source = f"/proc/self/fd/{fd}"
        if os.path.isdir(source):
            place.mkdir(parents=True, exist_ok=True)
        elif not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()
        mount(source, str(place), None, _BIND | _RECURSIVE)
        os.close(fd)
