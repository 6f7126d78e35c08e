"""Which student a downloaded file is of, where two students have one name, and where one student has two files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.plugins import FileNameCollectorPlugin

from grader.gradebook.archives import REFUSED


class PlatformCollector(FileNameCollectorPlugin):  # type: ignore[misc]
    """nbgrader's collector, which stops before anything is collected where one name has two of the platform's numbers.

    Moodle's numbers are new for each assignment, so no number can be made part of the student's id. One student's files
    of one name are all collected: nbgrader would stop there. What was refused is collected as the reason.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._numbers: dict[str, tuple[str, str]] = {}
        self._taken: set[tuple[str, str]] = set()

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        path = Path(submitted_file)
        refused = path.name == REFUSED
        found: dict[str, str] | None = super().collect(str(path.with_suffix(".ipynb")) if refused else submitted_file)
        if found is None:
            return None
        number = found.pop("moodle", None) or found.pop("canvas", None)
        student = found["student_id"]
        if number is not None:
            known, file = self._numbers.setdefault(student, (number, submitted_file))
            if known != number:
                self.log.error(
                    "two students are called %r: %s and %s. Rename one in archive/, such as '%s B_%s_...', remove "
                    "extracted/, and collect again",
                    student,
                    file,
                    submitted_file,
                    student,
                    number,
                )
                raise SystemExit(1)
        return {"student_id": student, "file_id": self._free(student, found["file_id"], path.suffix)}

    def _free(self, student: str, name: str, suffix: str) -> str:
        """A name that no other file of this student has."""
        free, number = name, 1
        while (student, free.lower() + suffix) in self._taken:
            number += 1
            free = f"{name}-{number}"
        self._taken.add((student, free.lower() + suffix))
        return free + suffix if "." in free else free  # nbgrader takes off what follows the last point
