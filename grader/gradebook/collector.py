"""Which student a downloaded file is of, where two students have one name."""

from __future__ import annotations

from typing import Any

from nbgrader.plugins import FileNameCollectorPlugin


class PlatformCollector(FileNameCollectorPlugin):  # type: ignore[misc]
    """nbgrader's collector, which stops before anything is collected where one name has two of the platform's numbers.

    Moodle's numbers are new for each assignment, so no number can be made part of the student's id.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._numbers: dict[str, tuple[str, str]] = {}

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        found: dict[str, str] | None = super().collect(submitted_file)
        if found is None:
            return None
        number = found.pop("moodle", None) or found.pop("canvas", None)
        kept = {name: found[name] for name in ("student_id", "file_id")}
        if number is not None:
            known, file = self._numbers.setdefault(found["student_id"], (number, submitted_file))
            if known != number:
                self.log.error(
                    "two students are called %r: %s and %s. Rename one in archive/, such as '%s B_%s_...', remove "
                    "extracted/, and collect again",
                    found["student_id"],
                    file,
                    submitted_file,
                    found["student_id"],
                    number,
                )
                raise SystemExit(1)
        return kept
