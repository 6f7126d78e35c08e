"""The course's own files, known again by their bytes: what was handed in must not be one of them.

A link in a folder that students write to, followed by whoever copies it, hands in a solution, a marking guide or the
secret, and feedback would show it. After the copy nothing but the bytes tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from grader.grade.submission import all_below
from grader.settings import Settings

#: What is shorter says nothing: the secret has as many bytes.
MIN_BYTES = 16
#: Folders of the course in which students' own files stand.
_STUDENTS = ("submitted", "downloaded", "feedback")


class Ours:
    """Files that no student has: chapters, sources, gradebook, verdicts, secret. What is public is not among them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def holds(self, path: Path) -> bool:
        """Whether a plain file is byte for byte one of them. Raises OSError where it cannot be read."""
        size = path.stat().st_size
        if size not in self._secret:
            return False
        digest = _digest(path)
        return any(_digest(mine) == digest for mine in self._secret[size]) and digest not in self._public

    @cached_property
    def _secret(self) -> dict[int, list[Path]]:
        """By size."""
        found: dict[int, list[Path]] = {}
        course = self._settings.course
        students = tuple(course / name for name in _STUDENTS)
        for path in (*_files(self._settings.solutions), *_files(course)):
            kept = course / "autograded" in path.parents and path.suffix != ".ipynb"  # a copy of what was handed in
            if not kept and not set(students) & set(path.parents) and (size := _size(path)) >= MIN_BYTES:
                found.setdefault(size, []).append(path)
        return found

    @cached_property
    def _public(self) -> set[str]:
        """What students have been given."""
        folders = (self._settings.root / "assignments", self._settings.root / "datasets")
        return {_digest(path) for folder in folders for path in _files(folder) if _size(path) in self._secret}


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in all_below(folder) if path.is_file() and not path.is_symlink())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
