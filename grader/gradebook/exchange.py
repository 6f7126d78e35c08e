"""nbgrader's collect, which follows no link and is stopped by nobody's folder.

Its inbound folder is one that students write to. nbgrader copies with the instructor's rights what a link there leads
to; a name without a time, or a folder that is too large, ends it with a traceback.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import tempfile
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from grader.escape import one_line
from grader.grade.submission import MAX_FOLDERS
from grader.gradebook.archives import REFUSED
from grader.gradebook.keeping import NBGRADERS, timestamp_of
from grader.gradebook.ours import Ours
from grader.gradebook.senders import is_student
from grader.settings import load_settings


class Collect(ExchangeCollect):  # type: ignore[misc]
    """What cannot be collected is a folder with the reason, and so a row of the class; all others are collected."""

    @cached_property
    def _ours(self) -> Ours:
        return Ours(load_settings(Path(self.coursedir.root)))

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        """The newest submission of each student, by a name that is one."""
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"]]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except (Exception, SystemExit):  # whatever a name says, the others are collected
            record = {"username": ""}
        if not is_student(record["username"]) or not os.path.isdir(path):
            self.log.error("%s in the exchange is no submission: left out", one_line(Path(path).name))
        elif self.check_owner and not _may_be_of(path, record["username"]):
            self.log.error(
                "%s in the exchange belongs to another account than the student's: left out. If students hand in for "
                "each other here, set ExchangeCollect.check_owner to False",
                one_line(Path(path).name),
            )
        else:
            return record
        return {"username": "", "filename": "", "timestamp": datetime.min}

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy first to a folder of our own, where nobody makes a link of what was looked at."""
        with tempfile.TemporaryDirectory() as private:
            copied = Path(private, "submission")
            try:
                refused = copy_plainly(Path(src), copied, self._ours, 1000 * self.coursedir.max_dir_size)
            except OSError as error:  # as where a student removes it meanwhile
                refused = f"it cannot be copied ({error.strerror}): hand it in again."
            if refused:
                for path in copied.iterdir():
                    if path.is_dir():
                        shutil.rmtree(path)
                    elif path.name not in NBGRADERS:
                        path.unlink()
                (copied / REFUSED).write_text(refused + "\n", encoding="utf-8", errors="replace")
                self.log.error("%s: %s", one_line(Path(src).name), refused)
            try:
                timestamp_of(copied)
            except ValueError:  # nbgrader would end with a traceback at the next collect
                (copied / NBGRADERS[0]).write_text(f"{self._path_to_record(src)['timestamp']} UTC")
            super().do_copy(str(copied), dest, log)


def _may_be_of(path: str, student: str) -> bool:
    """Whether a folder may be a student's: where they have an account here it is theirs, or an instructor's doing."""
    try:
        account = pwd.getpwnam(student).pw_uid
    except KeyError:
        return True
    return os.lstat(path).st_uid in (account, 0, os.geteuid())


def copy_plainly(source: Path, target: Path, ours: Ours, most: int) -> str:
    """Copy a folder's plain files to a new one. Returns why the submission is refused, in a sentence; "" where it is
    not. Nothing that was refused is in the copy."""
    target.mkdir()
    if source.is_symlink():
        return "the submission is a link: hand in the files themselves."
    left, refused = most, ""
    for folder, folders, names, descriptor in os.fwalk(source, follow_symlinks=False):
        inside = Path(folder).relative_to(source)
        if folders and len(inside.parts) >= MAX_FOLDERS:
            refused = f"its folders lie more than {MAX_FOLDERS} deep: hand in the notebook itself."
            folders.clear()
        for name in list(folders):
            if stat.S_ISLNK(os.lstat(name, dir_fd=descriptor).st_mode):
                refused = f"{one_line(str(inside / name))} is a link: hand in the files themselves."
            else:
                (target / inside / name).mkdir()
        for name in names:
            path = target / inside / name
            try:
                opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=descriptor)
            except OSError:  # a link, or what may not be read
                refused = f"{one_line(str(inside / name))} is a link, or cannot be read: hand in the files themselves."
                continue
            with open(opened, "rb") as file:
                told = os.fstat(opened)
                left -= told.st_size
                if not stat.S_ISREG(told.st_mode):
                    refused = f"{one_line(str(inside / name))} is no file: hand in files only."
                elif left < 0:
                    return f"it has more than {most / 1e6:.0f} MB: hand in the notebook, without large data."
                else:
                    with path.open("wb") as into:
                        shutil.copyfileobj(file, into)
                    if ours.holds(path):
                        path.unlink()
                        refused = f"{one_line(str(inside / name))} is one of the course's own files: hand in your own."
    return refused
