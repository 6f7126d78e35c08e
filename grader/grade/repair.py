"""Putting a submission back into the chapter's order, whatever happened to its cells.

Students' answers and own cells stay where they stood. Locked cells are restored from the chapter.
Every check stands exactly once, in chapter order, after the last copy of its exercise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nbformat import NotebookNode

from grader.chapter.model import Cell, Chapter
from grader.chapter.release import read_anchor, released_source, stub_of
from grader.chapter.roles import Role
from grader.syntax.notebook import writes
from grader.text import Text, say

LOCKED = tuple(role for role in Role if role.locked)
Status = Literal["kept", "restored", "inserted", "copy"]


@dataclass(frozen=True)
class Placed:
    """One cell to run or to show. Role ``code`` or ``text`` with no name: the student's own.

    status ``copy``: an earlier copy of an exercise (it runs; the last one counts). changed: an answer
    that differs from the release. index: where it stood, None for an inserted cell.
    """

    role: Role
    name: str
    source: str
    cell_type: str
    status: Status = "kept"
    changed: bool = False
    index: int | None = None


@dataclass(frozen=True)
class Repaired:
    cells: tuple[Placed, ...]
    notes: tuple[Text, ...]


def repair(notebook: NotebookNode, chapter: Chapter) -> Repaired:
    """The submission's cells in an order that can be run and judged, and a note for each repair."""
    notes: list[Text] = []
    found = [_identify(cell, chapter) for cell in notebook.cells]
    found = _by_text(notebook.cells, found, chapter, notes)
    places = {id(cell): index for index, cell in enumerate(found) if cell is not None and cell.role is Role.CHECK}
    placed = _place(notebook.cells, found, chapter, notes)
    placed = _insert_missing(placed, chapter, notes)
    placed = _before_their_use(placed, chapter, notes)
    return Repaired(tuple(_insert_checks(placed, chapter, places, notes)), tuple(notes))


def _identify(cell: NotebookNode, chapter: Chapter) -> Cell | None:
    """The chapter's cell that this one is: by its anchor, nbgrader's name, its id, or its text."""
    anchor = read_anchor(cell.source)
    if anchor is not None and anchor[0] == chapter.id:
        for known in chapter.cells:
            if (known.role, known.name) == anchor[1:]:
                return known
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    ids = {cell.id, cell.metadata.get("id")} - {"", None}
    for known in chapter.cells:
        if (grade_id and known.grade_id == grade_id) or known.id in ids:
            return known
    return None


def _by_text(
    cells: Sequence[NotebookNode], found: Sequence[Cell | None], chapter: Chapter, notes: list[Text]
) -> list[Cell | None]:
    """What nothing else tells: a locked cell by its very text, an exercise by what it defines."""
    known = {(cell.role, cell.name) for cell in found if cell is not None}
    result = list(found)
    for index, cell in enumerate(cells):
        if result[index] is not None or cell.cell_type == "markdown":
            continue
        plain = _plain(_without_anchor(cell.source))
        for candidate in chapter.of(*LOCKED, Role.EXERCISE):
            key = candidate.role, candidate.name
            same = (
                writes(plain, candidate.name)
                if candidate.role is Role.EXERCISE
                else plain == _plain(_without_anchor(released_source(chapter, candidate)))
            )
            if same and key not in known:
                result[index] = candidate
                known.add(key)
                notes.append(
                    say(
                        "The {role} cell {name} had lost its marks; it is known by its text.",
                        role=candidate.role,
                        name=candidate.name,
                    )
                )
                break
    return result


def _before_their_use(placed: list[Placed], chapter: Chapter, notes: list[Text]) -> list[Placed]:
    """Imports and given cells stand before every chapter cell that follows them in the chapter."""
    order = {(cell.role, cell.name): position for position, cell in enumerate(chapter.cells)}
    result = list(placed)
    for cell in chapter.of(Role.SETUP, Role.GIVEN):
        here = next((i for i, p in enumerate(result) if (p.role, p.name) == (cell.role, cell.name)), None)
        mine = order[cell.role, cell.name]
        first = next(
            (
                i
                for i, p in enumerate(result)
                if p.name and p.role is not Role.CODE and order.get((p.role, p.name), -1) > mine
            ),
            len(result),
        )
        if here is not None and here > first:
            result.insert(first, result.pop(here))
            notes.append(
                say("The {role} cell {name} was moved below its use; it is put back.", role=cell.role, name=cell.name)
            )
    return result


def _place(
    cells: Sequence[NotebookNode], found: Sequence[Cell | None], chapter: Chapter, notes: list[Text]
) -> list[Placed]:
    placed: list[Placed] = []
    counted = _counted(cells, found, chapter)
    seen: set[tuple[Role, str]] = set()
    for index, (cell, known) in enumerate(zip(cells, found, strict=True)):
        if known is None or not known.role.has_grade_id:
            if "check.load(" not in cell.source and "check.verdict()" not in cell.source:
                kind = Role.CODE if cell.cell_type == "code" else Role.TEXT
                name = known.name if known is not None else ""
                placed.append(Placed(kind, name, cell.source, kind.cell_type, index=index))
            continue
        key = (known.role, known.name)
        if known.role is Role.CHECK:
            if key in seen:
                notes.append(say("The check {name} stood more than once; one is kept.", name=known.name))
        elif known.role.locked:
            original = released_source(chapter, known)
            if key in seen:
                notes.append(
                    say(
                        "The {role} cell {name} stood more than once; the first is kept.",
                        role=known.role,
                        name=known.name,
                    )
                )
            else:
                edited = _plain(cell.source) != _plain(original)
                if edited:
                    notes.append(
                        say(
                            "The {role} cell {name} was edited; the original is used.", role=known.role, name=known.name
                        )
                    )
                placed.append(
                    Placed(known.role, known.name, original, "code", "restored" if edited else "kept", index=index)
                )
        else:
            changed = _is_changed(cell, chapter, known)
            if changed or key not in counted.changed:
                status: Status = "kept" if counted.last[key] == index else "copy"
                placed.append(Placed(known.role, known.name, cell.source, known.cell_type, status, changed, index))
            if key in seen:
                notes.append(
                    say(
                        "The exercise {name} stood more than once; the last copy that was changed counts.",
                        name=known.name,
                    )
                    if known.role is Role.EXERCISE
                    else say(
                        "The answer {name} stood more than once; the last copy that was changed counts.",
                        name=known.name,
                    )
                )
        seen.add(key)
    return placed


@dataclass(frozen=True)
class _Counted:
    """last: where the copy of an answer stands that counts; changed: the answers with a changed copy.

    An unchanged copy beside a changed one is left out: run later, it would take the answer back.
    """

    last: dict[tuple[Role, str], int]
    changed: frozenset[tuple[Role, str]]


def _counted(cells: Sequence[NotebookNode], found: Sequence[Cell | None], chapter: Chapter) -> _Counted:
    """The last changed copy of each exercise and written answer; where none was changed, the last."""
    stood = [
        (index, cell, known)
        for index, (cell, known) in enumerate(zip(cells, found, strict=True))
        if known is not None and known.role.answer
    ]
    changed = {(known.role, known.name): index for index, cell, known in stood if _is_changed(cell, chapter, known)}
    return _Counted({(known.role, known.name): index for index, _, known in stood} | changed, frozenset(changed))


def _is_changed(cell: NotebookNode, chapter: Chapter, known: Cell) -> bool:
    return _plain(cell.source) != _plain(stub_of(chapter, known))


def _insert_missing(placed: list[Placed], chapter: Chapter, notes: list[Text]) -> list[Placed]:
    """Locked cells that are gone come back after the nearest chapter cell before them that is there."""
    for position, cell in enumerate(chapter.cells):
        present = {(p.role, p.name) for p in placed}
        if (cell.role, cell.name) in present:
            continue
        if cell.role.needed:
            before = {(c.role, c.name) for c in chapter.cells[:position]}
            standing = [i for i, p in enumerate(placed) if (p.role, p.name) in before and p.status != "copy"]
            at = max(standing, default=-1) + 1
            placed.insert(at, Placed(cell.role, cell.name, released_source(chapter, cell), "code", "inserted"))
            notes.append(say("The {role} cell {name} was missing; it is put back.", role=cell.role, name=cell.name))
        elif cell.role.answer:
            notes.append(
                say("The exercise {name} is missing.", name=cell.name)
                if cell.role is Role.EXERCISE
                else say("The answer {name} is missing.", name=cell.name)
            )
    return placed


def _insert_checks(placed: list[Placed], chapter: Chapter, places: dict[int, int], notes: list[Text]) -> list[Placed]:
    """Each check once, in chapter order: at its own place, or later when its exercise stands later."""
    slots: list[tuple[int, Placed]] = []
    earliest = 0
    for check in chapter.of(Role.CHECK):
        copies = [i for i, p in enumerate(placed) if p.role is Role.EXERCISE and p.name == check.judges]
        slot = _after_helpers(placed, copies[-1]) if copies else _default_slot(placed, chapter, check)
        own = places.get(id(check))
        if own is None:
            notes.append(say("The check {name} was missing; it is put back.", name=check.name))
        else:
            stood = sum(1 for p in placed if p.index is not None and p.index < own)
            slot = max(slot, _position(placed, own)) if stood else slot
        slot = earliest = max(slot, earliest)
        slots.append((slot, Placed(Role.CHECK, check.name, check.source, "code", "restored", index=own)))
    result = list(placed)
    for slot, made in reversed(slots):
        result.insert(slot, made)
    return result


def _after_helpers(placed: list[Placed], exercise: int) -> int:
    """Behind an exercise and the student's own code cells that follow it directly."""
    slot = exercise + 1
    while slot < len(placed) and placed[slot].role is Role.CODE and placed[slot].name == "":
        slot += 1
    return slot


def _position(placed: list[Placed], index: int) -> int:
    """Where a cell that stood at ``index`` of the submission falls among the placed ones."""
    return max((i + 1 for i, p in enumerate(placed) if p.index is not None and p.index < index), default=0)


def _default_slot(placed: list[Placed], chapter: Chapter, check: Cell) -> int:
    order = {(cell.role, cell.name): number for number, cell in enumerate(chapter.cells)}
    mine = order[Role.CHECK, check.name]
    return max((i + 1 for i, p in enumerate(placed) if order.get((p.role, p.name), mine) < mine), default=0)


def _without_anchor(source: str) -> str:
    return source if read_anchor(source) is None else source.partition("\n")[2]


def _plain(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))
