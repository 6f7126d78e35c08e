"""A chapter: one text file of cells (jupytext ``py:percent``), parsed and checked.

Nothing is executed here. What a chapter computes is the business of `grader.chapter.namespace`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from grader.chapter.roles import NAMED, Role
from grader.refusal import Refusal

BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class ChapterError(Refusal):
    """A chapter that cannot be built. ``str`` is one line: ``path:line: what is wrong and what to do``."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{_relative(path)}:{line}: {message}")
        self._made_of = path, line, message

    def __reduce__(self) -> tuple[type[ChapterError], tuple[Path, int, str]]:
        return ChapterError, self._made_of


@dataclass(frozen=True)
class Cell:
    """One cell of a chapter. ``line`` is the line of its ``# %%`` marker in the chapter's file."""

    role: Role
    name: str
    source: str
    line: int
    id: str
    options: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def cell_type(self) -> Literal["code", "markdown"]:
        return "markdown" if self.role.markdown else "code"

    @property
    def points(self) -> float:
        return float(self.options.get("points", 0.0))

    @property
    def judges(self) -> str:
        """The exercise that a check judges, or an adapter stands for: ``of=`` where given, else its own name."""
        return str(self.options.get("of", self.name))

    @property
    def worker_only(self) -> bool:
        """Whether the trusted side cannot run it: a probe, or an adapter that names its NumPy twin."""
        return self.role is Role.PROBE or (self.role is Role.ADAPTER and "same_as" in self.options)

    @property
    def grade_id(self) -> str | None:
        """nbgrader's name for the cell; None where nbgrader need not know it."""
        if not self.role.has_grade_id:
            return None
        return self.name if self.role is Role.EXERCISE else f"{self.role}_{self.name}"


@dataclass(frozen=True, eq=False)
class Chapter:
    """A parsed chapter. ``path`` is its folder, which holds ``chapter.py``."""

    id: str
    path: Path
    cells: tuple[Cell, ...]

    @property
    def file(self) -> Path:
        return self.path / "chapter.py"

    def of(self, *roles: Role) -> list[Cell]:
        """The cells of these roles, in chapter order."""
        return [cell for cell in self.cells if cell.role in roles]

    def cell(self, role: Role, name: str) -> Cell:
        """The cell of that role and name; KeyError where there is none."""
        for cell in self.cells:
            if cell.role == role and cell.name == name:
                return cell
        raise KeyError(f"{self.id} has no {role} {name!r}")

    def error(self, cell: Cell, message: str, offset: int = 0) -> ChapterError:
        """An error at ``offset`` lines into the source of ``cell`` (0: its marker line)."""
        return ChapterError(self.file, cell.line + offset, message)


def hidden_lines(source: str) -> set[int]:
    """The 1-based lines of a check that stand between the hidden markers."""
    lines: set[int] = set()
    inside = False
    for number, line in enumerate(source.split("\n"), start=1):
        if line.strip() == BEGIN_HIDDEN:
            inside = True
        elif line.strip() == END_HIDDEN:
            inside = False
        elif inside:
            lines.add(number)
    return lines


def ladder(chapter: Chapter, exercise: str) -> list[str]:
    """An exercise's hints, easiest first; none where it has no ladder. Raises ChapterError for other than three."""
    cell = next((cell for cell in chapter.of(Role.HINTS) if cell.name == exercise), None)
    if cell is None:
        return []
    steps = [step.strip() for step in re.split(r"^\d\.\s+", cell.source, flags=re.M)[1:]]
    if len(steps) != 3:
        raise chapter.error(cell, f"a hint ladder has three steps '1.', '2.', '3.'; this one has {len(steps)}")
    return steps


def load_chapter(folder: Path) -> Chapter:
    """Parse ``folder/chapter.py``. Raises ChapterError with file and line."""
    import jupytext  # a second, for which only those wait who load a chapter

    path = folder / "chapter.py"
    if not path.is_file():
        raise ChapterError(path, 1, "there is no chapter.py in this folder")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ChapterError(path, 1, f"the file is not UTF-8 (byte {error.start}): save it as UTF-8") from None
    notebook = jupytext.reads(text, fmt="py:percent")
    markers = list(_marker_lines(text))
    if len(markers) != len(notebook.cells):
        raise ChapterError(
            path,
            1,
            f"{len(markers)} lines start with '# %%' but {len(notebook.cells)} cells were read: "
            "start the file with a '# %%' line, and keep '# %%' out of strings",
        )
    return _assemble(
        folder,
        [
            (cell.cell_type, dict(cell.metadata), cell.source, line)
            for cell, line in zip(notebook.cells, markers, strict=True)
        ],
    )


def _assemble(folder: Path, raw: list[tuple[str, dict[str, object], str, int]]) -> Chapter:
    path = folder / "chapter.py"
    cells: list[Cell] = []
    seen: dict[tuple[str, str], int] = {}
    counts: dict[str, int] = {}
    for cell_type, metadata, source, line in raw:
        role, name, options = _read_metadata(path, line, cell_type, metadata)
        if not role.named:
            counts[role] = counts.get(role, 0) + 1
            name = f"{role}_{counts[role]}"
        elif (role, name) in seen:
            raise ChapterError(path, line, f"{role} {name!r} stands already at line {seen[role, name]}: rename one")
        seen[role, name] = line
        cells.append(Cell(role, name, source, line, _cell_id(folder.name, role, name), options))
    return Chapter(folder.name, folder, tuple(cells))


def _read_metadata(
    path: Path, line: int, cell_type: str, metadata: dict[str, object]
) -> tuple[Role, str, dict[str, str | float]]:
    metadata = {key: value for key, value in metadata.items() if key not in ("cell_marker", "lines_to_next_cell")}
    if "incorrectly_encoded_metadata" in metadata:
        raise ChapterError(
            path,
            line,
            f"{metadata['incorrectly_encoded_metadata']!r} after '# %%' cannot be read: "
            'names stand in quotes and points are a number, as in check="softmax" points=2',
        )
    if "title" in metadata:
        raise ChapterError(
            path,
            line,
            f"'{metadata['title']}' after '# %%' is no key=value pair; write for example exercise=\"softmax\"",
        )
    roles: list[Role] = [role for role in NAMED if role in metadata]
    if len(roles) > 1:
        raise ChapterError(path, line, f"a cell has one role; this one says {' and '.join(roles)}")
    if not roles:
        if metadata:
            raise ChapterError(path, line, f"unknown key {next(iter(metadata))!r}; known: {', '.join(NAMED)}")
        return (Role.TEXT if cell_type == "markdown" else Role.CODE), "", {}
    role = roles[0]
    name = metadata.pop(role)
    if not isinstance(name, str) or not _NAME.match(name):
        raise ChapterError(path, line, f"{role}={name!r}: a name is letters, digits and _, and starts with a letter")
    if role.markdown != (cell_type == "markdown"):
        raise ChapterError(path, line, f"a {role} cell is a {'Markdown' if role.markdown else 'code'} cell")
    return role, name, _read_options(path, line, role, metadata)


def _read_options(path: Path, line: int, role: Role, metadata: dict[str, object]) -> dict[str, str | float]:
    known = role.options
    options: dict[str, str | float] = {}
    for key, value in metadata.items():
        if key not in known:
            raise ChapterError(path, line, f"a {role} cell takes no {key!r}; known: {', '.join(known) or 'nothing'}")
        if key == "points":
            options[key] = _read_points(path, line, value)
        else:
            options[key] = str(value)
    if "points" in known and "points" not in options:
        raise ChapterError(path, line, f"this {role} has no points: add points=2 (or another number) to its line")
    return options


def _read_points(path: Path, line: int, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < float("inf"):
        raise ChapterError(path, line, f"points={value!r}: points are a number above 0")
    return float(value)


def _cell_id(chapter_id: str, role: str, name: str) -> str:
    """A released cell's id: readable, unique, the same in every build."""
    digest = hashlib.sha256(f"{chapter_id}/{role}/{name}".encode()).hexdigest()[:8]
    return f"{role}-{name[:40]}-{digest}".replace("_", "-")


def _marker_lines(text: str) -> Iterator[int]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("# %%"):
            yield number


def _relative(path: Path) -> Path:
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path
