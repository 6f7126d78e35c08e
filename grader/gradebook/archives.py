"""Archives that were handed in, opened under limits; one that is refused is one student's row and stops nobody.

An archive says of itself what it likes: how many files it holds, how large they are, where they go, whether they are
links. So bytes are counted as they come, each file is written anew under a name of ours, and nothing is written over.
"""

from __future__ import annotations

import gzip
import re
import shutil
import stat
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from nbgrader.plugins import ExtractorPlugin

from grader.escape import one_line
from grader.grade.submission import all_below
from grader.gradebook.senders import sender_of
from grader.refusal import Refusal

#: Stands in the folder of a submission in place of what was refused, and says why.
REFUSED = "refused.txt"
#: An archive opens to at most this many times its own size, and what is small may open to this much.
MAX_RATIO = 100
FREE_MB = 20
#: How deep archives may lie in each other.
MAX_DEPTH = 3

_MB = 2**20
_CHUNK = 2**16
#: What operating systems and Jupyter put beside the files.
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX|\.ipynb_checkpoints|\.DS_Store|Thumbs\.db|\._[^/]*)(?:/|$)")


class ArchiveError(Refusal):
    """Why an archive is not opened, in the end of a sentence."""


@dataclass
class Room:
    """What may still come of the archives of one sender: files, bytes."""

    files: int
    size: int

    def take_file(self) -> None:
        self.files -= 1
        if self.files < 0:
            raise ArchiveError("it holds too many files")

    def take(self, size: int) -> None:
        self.size -= size
        if self.size < 0:
            raise ArchiveError("it opens to too many bytes")


def room_of(sender: str) -> Room:
    """For one student's archives, or, for nobody's, a platform's download of a whole class."""
    return Room(500, 200 * _MB) if sender else Room(20_000, 4000 * _MB)


class Extractor(ExtractorPlugin):  # type: ignore[misc]
    """nbgrader's extractor, which trusts no archive and follows no link."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Open or copy what lies in ``archive_path``, folder by folder. A refused archive leaves the reason there."""
        self._rooms: dict[str, Room] = {}
        source, target = Path(archive_path), Path(extracted_path)
        for path in all_below(source):
            into = target / path.relative_to(source)
            if not stat.S_ISREG(path.lstat().st_mode):
                if not path.is_dir() or path.is_symlink():
                    self.log.warning("%s is no plain file: left out", path)
                continue
            into.parent.mkdir(parents=True, exist_ok=True)
            if self._is_archive(path):
                self._open(path, _fresh(into), target, 1)
            else:
                shutil.copyfile(path, into)

    def _is_archive(self, path: Path) -> bool:
        return path.suffix.lower() in self.zip_ext

    def _open(self, path: Path, folder: Path, root: Path, depth: int) -> None:
        """Open an archive to a new ``folder``, and those inside of it."""
        sender = sender_of(PurePosixPath(folder.relative_to(root)))
        room = self._rooms.setdefault(sender, room_of(sender))
        folder.mkdir()
        try:
            if depth > MAX_DEPTH:
                raise ArchiveError("it lies too deep inside of other archives")
            for name, why in unpack(path, folder, room):
                self.log.warning("%s: %s is left out: %s", path, one_line(name), why)
        except ArchiveError as error:
            shutil.rmtree(folder)
            folder.mkdir()
            told = f"{one_line(path.name)} is not opened: {error}. Hand in the notebook itself, or another archive."
            (folder / REFUSED).write_text(told + "\n", encoding="utf-8", errors="replace")
            self.log.error("%s: %s", sender or "of no one student", told)
            return
        for inner in sorted(folder.rglob("*")):
            if inner.is_file() and self._is_archive(inner):
                self._open(inner, _fresh(inner), root, depth + 1)


def unpack(path: Path, folder: Path, room: Room) -> list[tuple[str, str]]:
    """Write an archive's files into an empty folder. Returns (name, why) of each that is left out.

    Raises ArchiveError for what is no archive, and for one that leads to more than ``room`` has.
    """
    most = min(room.size, MAX_RATIO * path.stat().st_size + FREE_MB * _MB)
    here = Room(room.files, most)
    left_out: list[tuple[str, str]] = []
    taken: set[str] = set()
    try:
        with _opened(path, here) as members:
            for member in members:
                if member.folder or _JUNK.search(member.name):
                    continue
                here.take_file()
                if odd := _odd(member):
                    left_out.append((member.name, odd))
                    continue
                target = folder.joinpath(*_free(member.name, taken).split("/"))
                try:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    into = target.open("xb")
                except OSError as error:
                    left_out.append((member.name, error.strerror or "it cannot be written"))
                    continue
                with into, member.open() as source:
                    while chunk := source.read(_CHUNK):
                        here.take(len(chunk))
                        into.write(chunk)
    except ArchiveError:
        raise
    except Exception as error:  # whatever an archive does, the others are opened
        told = one_line(str(error))[:200] or type(error).__name__
        raise ArchiveError(f"it cannot be read as an archive ({told})") from error
    finally:  # what was read in vain counts, too
        room.files, room.size = here.files, room.size - (most - here.size)
    return left_out


@dataclass(frozen=True)
class Member:
    """One entry: its name with ``/`` between the parts; open: its bytes, of a plain file."""

    name: str
    folder: bool
    plain: bool
    open: Callable[[], IO[bytes]]


@contextmanager
def _opened(path: Path, room: Room) -> Iterator[Iterator[Member]]:
    """The entries of an archive, one after the other."""
    if path.suffix.lower() == ".zip":
        if _entries(path) > room.files:  # before a list of them is made
            raise ArchiveError("it holds too many files")
        with zipfile.ZipFile(path) as opened:
            yield (_of_zip(opened, info) for info in opened.infolist())
    else:
        with (
            gzip.open(path, "rb") as plain,
            tarfile.open(fileobj=cast(IO[bytes], _Counted(plain, room)), mode="r|") as opened_tar,
        ):
            yield (_of_tar(opened_tar, info) for info in opened_tar)


class _Counted:
    """What a compressed stream gives, counted: its lists of names are as large as it likes."""

    def __init__(self, source: gzip.GzipFile, room: Room) -> None:
        self._source, self._room = source, Room(0, room.size)

    def read(self, size: int) -> bytes:
        chunk = self._source.read(size)
        self._room.take(len(chunk))
        return chunk


def _of_zip(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    name, kind = info.filename.replace("\\", "/"), stat.S_IFMT(info.external_attr >> 16)
    return Member(name, name.endswith("/"), kind in (0, stat.S_IFREG), lambda: opened.open(info))


def _of_tar(opened: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    def content() -> IO[bytes]:
        found = opened.extractfile(info)
        assert found is not None  # of a plain file
        return found

    return Member(info.name.replace("\\", "/"), info.isdir(), info.isreg(), content)


def _odd(member: Member) -> str:
    """Why an entry is left out; "" for a plain file in a plain place."""
    parts = member.name.split("/")
    if not member.plain:
        return "it is a link, or no file at all"
    if member.name.startswith("/") or re.match(r"[A-Za-z]:", member.name) or ".." in parts:
        return "its name leads out of the archive"
    if "" in parts or "." in parts or not member.name.isprintable():
        return "its name cannot be that of a file"
    if any(len(part.encode("utf-8", "replace")) > 200 for part in parts) or len(parts) > 20:
        return "its name is too long"
    return "that name is the grader's" if parts[-1].lower() == REFUSED else ""


def _free(name: str, taken: set[str]) -> str:
    """The name, or one like it where another entry has it already, as systems that know no case would say."""
    stem, dot, ending = name.rpartition(".") if "." in name.rpartition("/")[2] else (name, "", "")
    free, number = name, 1
    while (folded := unicodedata.normalize("NFC", free).casefold()) in taken:
        number += 1
        free = f"{stem}-{number}{dot}{ending}"
    taken.add(folded)
    return free


def _entries(path: Path) -> int:
    """How many entries the file may list at most: their mark, counted."""
    found, before = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(16 * _MB):
            found += (before + chunk).count(b"PK\x01\x02")
            before = chunk[-3:]
    return found


def _fresh(path: Path) -> Path:
    """The folder that an archive opens to: called like it, and not there yet."""
    stem = path.name[: -len(path.suffix)].removesuffix(".tar")
    folder, number = path.with_name(stem), 1
    while folder.exists() or folder.is_symlink():
        number += 1
        folder = path.with_name(f"{stem}-{number}")
    return folder
