"""The cells of a submission, in the order in which they are run and judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grader.chapter.roles import Role
from grader.text import Text

Status = Literal["kept", "restored", "inserted", "copy", "unused", "again"]


@dataclass(frozen=True)
class Placed:
    """One cell to run or to show. Role ``code`` or ``text`` with no name: the student's own.

    status ``copy``: an earlier copy of an exercise, which runs, too; ``unused``: an exercise as it was released whose
    answer stands in another cell, shown and not run; ``again``: a second look of a check, where it has not passed.
    changed: an answer that differs from the release. index: where it stood, None for an inserted cell; count: as how
    many-th it had run there, as far as the file says so. before: what the student added to a locked cell, or what a
    second look is at; it runs first.
    """

    role: Role
    name: str
    source: str
    cell_type: str
    status: Status = "kept"
    changed: bool = False
    index: int | None = None
    before: str = ""
    count: int = 0

    @property
    def own(self) -> bool:
        """Code of the student's in a cell of their own."""
        return self.role is Role.CODE and self.name == ""

    @property
    def written(self) -> bool:
        """Code of the student's that runs: in a cell of their own, or in an exercise's."""
        return self.own or (self.role is Role.EXERCISE and self.status != "unused")


@dataclass(frozen=True)
class Repaired:
    cells: tuple[Placed, ...]
    notes: tuple[Text, ...]


def own(source: str, index: int | None) -> Placed:
    """A cell of the student's own."""
    return Placed(Role.CODE, "", source, "code", index=index)
