"""Putting a submission back into a form that can be run and judged, whatever happened to its cells.

Cells run where they stand. A locked cell is restored from the chapter; what a student added to it runs before it, as a
cell of the student's own. Every check stands once: at its own place, but below what it judges. Where it does not pass
there, it is judged once more below the last cell that changes something that it uses (`grader.grade.looks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nbformat import NotebookNode

from grader.chapter.model import Cell, Chapter
from grader.chapter.release import read_anchor, released_source, stub_of, visible_source
from grader.chapter.roles import Role
from grader.grade.looks import place_checks, second_looks
from grader.grade.placed import Placed, Repaired, Status, own
from grader.syntax.added import Added, added, marks, own_lines
from grader.syntax.notebook import writes
from grader.syntax.taken import makes
from grader.text import Text, say

LOCKED = tuple(role for role in Role if role.locked)


def repair(notebook: NotebookNode, chapter: Chapter) -> Repaired:
    """The submission's cells in an order that can be run and judged, and a note for each repair."""
    notes: list[Text] = []
    found = [_identify(cell, chapter) for cell in notebook.cells]
    found = _by_text(notebook.cells, found, chapter, notes)
    placed = _place(notebook.cells, found, chapter, notes)
    placed = _insert_missing(placed, chapter, notes)
    placed = _before_their_use(placed, chapter, notes)
    placed = [part for cell in placed for part in ([own(cell.before, cell.index), cell] if cell.before else [cell])]
    placed = place_checks(placed, chapter, notes)
    return Repaired(tuple(second_looks(placed, chapter)), tuple(notes))


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
                if p.name and p.role not in (Role.CODE, Role.CHECK) and order.get((p.role, p.name), -1) > mine
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
    elsewhere = _answered_elsewhere(cells, found, chapter)
    seen: set[tuple[Role, str]] = set()
    for index, (cell, known) in enumerate(zip(cells, found, strict=True)):
        if known is None or not known.role.has_grade_id:
            if "check.load(" in cell.source or "check.verdict()" in cell.source:
                placed += _around([], _own_lines(cell), index)
            else:
                kind = Role.CODE if cell.cell_type == "code" else Role.TEXT
                name = known.name if known is not None else ""
                placed.append(Placed(kind, name, cell.source, kind.cell_type, index=index))
            continue
        key = (known.role, known.name)
        if known.role is Role.CHECK:
            lines = _own_lines(cell, visible_source(chapter, known))
            stands = Placed(Role.CHECK, known.name, known.source, "code", "restored", index=index)
            placed += _around([] if key in seen else [stands], lines, index)
            if key in seen:
                notes.append(say("The check {name} stood more than once; one is kept.", name=known.name))
            if lines:
                notes.append(
                    say("What you wrote into the check {name} runs as a cell of your own beside it.", name=known.name)
                )
        elif known.role.locked:
            placed += _locked(cell, chapter, known, index, key in seen, notes)
        else:
            changed = _is_changed(cell, chapter, known)
            if changed or key not in counted.changed:
                status: Status = "kept" if counted.last[key] == index else "copy"
                if not changed and known.role is Role.EXERCISE and known.name in elsewhere:
                    status = "unused"
                    notes.append(
                        say("The exercise {name} is untouched: its answer stands in another cell.", name=known.name)
                    )
                placed.append(Placed(known.role, known.name, cell.source, known.cell_type, status, changed, index))
            if key in seen:
                notes.append(
                    say(
                        "The exercise {name} stood more than once: its check takes the copy above it, or the last copy "
                        "where that one does not pass.",
                        name=known.name,
                    )
                    if known.role is Role.EXERCISE
                    else say(
                        "The answer {name} stood more than once; the last copy that was changed counts.",
                        name=known.name,
                    )
                )
        seen.add(key)
    counts = [cell.get("execution_count") or 0 for cell in cells]
    return [cell if cell.index is None else replace(cell, count=counts[cell.index]) for cell in placed]


def _locked(
    cell: NotebookNode, chapter: Chapter, known: Cell, index: int, again: bool, notes: list[Text]
) -> list[Placed]:
    """A locked cell as it was handed out; where something was added to it, what came back runs before that."""
    original = released_source(chapter, known)
    edited = _plain(cell.source) != _plain(original)
    changed = edited and cell.cell_type == "code" and bool(added(cell.source, marks(original)))
    told = {"role": known.role, "name": known.name}
    if again:
        notes.append(say("The {role} cell {name} stood more than once; the first is kept.", **told))
        return [own(cell.source, index), own(original, index)] if changed else []
    if changed:
        notes.append(
            say(
                "The {role} cell {name} was edited: as you have it, it runs as a cell of your own; then the original "
                "is used.",
                **told,
            )
        )
    elif edited:
        notes.append(say("The {role} cell {name} was edited; the original is used.", **told))
    status: Status = "restored" if edited else "kept"
    before = cell.source if changed else ""
    return [Placed(known.role, known.name, original, "code", status, index=index, before=before)]


def _own_lines(cell: NotebookNode, released: str = "") -> Added:
    """What a student wrote into a cell of ours that is not run as it stands."""
    return own_lines(cell.source, marks(released)) if cell.cell_type == "code" else Added()


def _around(cells: list[Placed], lines: Added, index: int) -> list[Placed]:
    """Cells with a student's own lines before and after them."""
    before, after = ([own(text, index)] if text else [] for text in (lines.before, lines.after))
    return [*before, *cells, *after]


def _answered_elsewhere(cells: Sequence[NotebookNode], found: Sequence[Cell | None], chapter: Chapter) -> set[str]:
    """The exercises that a cell other than their own defines."""
    exercises = {cell.name for cell in chapter.of(Role.EXERCISE)}
    return {
        name
        for cell, known in zip(cells, found, strict=True)
        if cell.cell_type == "code" and not _is_stub(cell, chapter, known)
        for name in makes(cell.source) & exercises
        if known is None or (known.role, known.name) != (Role.EXERCISE, name)
    }


def _is_stub(cell: NotebookNode, chapter: Chapter, known: Cell | None) -> bool:
    return known is not None and known.role is Role.EXERCISE and not _is_changed(cell, chapter, known)


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


def _without_anchor(source: str) -> str:
    return source if read_anchor(source) is None else source.partition("\n")[2]


def _plain(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))
