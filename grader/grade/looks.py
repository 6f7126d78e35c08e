"""Where each check looks at its exercise: at its own place, and once more further down where that may have changed."""

from __future__ import annotations

from collections.abc import Sequence

from grader.chapter.model import Cell, Chapter
from grader.chapter.roles import Role
from grader.grade.placed import Placed
from grader.syntax.taken import gives, makes, needed
from grader.text import Text, say


def place_checks(placed: Sequence[Placed], chapter: Chapter, notes: list[Text]) -> list[Placed]:
    """Each check at its own place, but below a cell that defines what it judges, and below the checks of exercises
    that this one uses: what those said is known by then. A missing one stands below the last definition."""
    result = list(placed)
    places: dict[str, str] = {}
    sources = [cell.source for cell in placed if cell.written]
    for check in chapter.of(Role.CHECK):
        defined = [i for i, cell in enumerate(result) if _defines(cell, check.judges)]
        if _place(result, check.name) is None:
            notes.append(say("The check {name} was missing; it is put back.", name=check.name))
            slot = _below_helpers(result, defined[-1]) if defined else _in_the_chapter(result, chapter, check)
            result.insert(slot, Placed(Role.CHECK, check.name, check.source, "code", "inserted"))
        earlier = [places[name] for name in _uses(sources, chapter, check.judges) if name in places]
        at = _place(result, check.name) or 0
        slots = [(_place(result, name) or 0) + 1 for name in earlier]
        slots += [_below_helpers(result, defined[0])] if defined and defined[0] > at else []
        slot = max(slots, default=0)
        if slot > at:
            result.insert(slot - 1, result.pop(at))
        places[check.judges] = check.name
    return result


def second_looks(placed: Sequence[Placed], chapter: Chapter) -> list[Placed]:
    """The cells, and second looks: at the copy of an answer that had run last before its check, where another one
    stands between; and below the last cell of the student's that changes something that an exercise uses."""
    locked = frozenset().union(*(gives(cell.source) for cell in chapter.cells if cell.role.locked))
    sources = [cell.source for cell in placed if cell.written]
    looks: list[tuple[int, Placed]] = []
    for check in chapter.of(Role.CHECK):
        at = _place(placed, check.name) or 0
        if (before := _ran_last(placed[: at + 1], check.judges)) is not None:
            looks.append((at, Placed(Role.CHECK, check.name, check.source, "code", "again", before=before.source)))
        used = needed(sources, check.judges) - locked
        later = [i for i, cell in enumerate(placed) if i > at and cell.written and gives(cell.source) & used]
        if later:
            looks.append((later[-1], Placed(Role.CHECK, check.name, check.source, "code", "again")))
    result: list[Placed] = []
    for index, cell in enumerate(placed):
        result += [cell, *(look for after, look in looks if after == index)]
    return result


def _place(placed: Sequence[Placed], check: str) -> int | None:
    return next((i for i, cell in enumerate(placed) if cell.role is Role.CHECK and cell.name == check), None)


def _defines(cell: Placed, exercise: str) -> bool:
    """Whether a cell is an answer to an exercise: its own cell, or another one of the student's that defines it."""
    if not cell.written:
        return False
    return (cell.role is Role.EXERCISE and cell.name == exercise) or exercise in makes(cell.source)


def _ran_last(placed: Sequence[Placed], exercise: str) -> Placed | None:
    """The answer above a check (the last of these cells) that had run last before it, by the counts in the file; None
    where that is the one right above it, or where they do not say."""
    check = placed[-1]
    answers = [cell for cell in placed if _defines(cell, exercise)]
    ran = [cell for cell in answers if 0 < cell.count < check.count]
    if not ran or len(ran) < len(answers):
        return None
    last = max(ran, key=lambda cell: cell.count)
    return None if last is answers[-1] else last


def _uses(sources: Sequence[str], chapter: Chapter, exercise: str) -> set[str]:
    """The names that an exercise uses, as answered and in its reference."""
    reference = chapter.cell(Role.EXERCISE, exercise).source
    return (needed(sources, exercise) | needed([reference], exercise)) - {exercise}


def _below_helpers(placed: Sequence[Placed], exercise: int) -> int:
    """Behind an exercise and the student's own code cells that follow it directly."""
    slot = exercise + 1
    while slot < len(placed) and placed[slot].own:
        slot += 1
    return slot


def _in_the_chapter(placed: Sequence[Placed], chapter: Chapter, check: Cell) -> int:
    """Behind all that stands before a check in the chapter."""
    order = {(cell.role, cell.name): number for number, cell in enumerate(chapter.cells)}
    mine = order[Role.CHECK, check.name]
    return max((i + 1 for i, p in enumerate(placed) if order.get((p.role, p.name), mine) < mine), default=0)
