"""What is looked at before a check of a notebook runs: whether what it needs is there, and is what it was."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from typing import Any

from grader.calling import Failure
from grader.judge.names import given_back
from grader.locale import in_words
from grader.notebook.recorded import Absent
from grader.said import Saying, said
from grader.syntax.added import own_lines
from grader.syntax.names import defined, outside
from grader.syntax.notebook import anchored, reached, read
from grader.syntax.taken import taken
from grader.syntax.trees import parsed
from grader.text import NO_TEXT, Names, Text, say

_NOTHING = Absent("", Failure("undefined", "NameError", said(Saying.NOT_RUN)))
#: What gives each name of a chapter: a cell's role and name.
Given = Mapping[str, Sequence[str]]


class NotRun(Exception):
    """A check was run before the cells that it needs. It shows as one line, without a traceback."""

    def __init__(self, told: Text) -> None:
        super().__init__(in_words(told))

    def _render_traceback_(self) -> list[str]:  # what IPython shows of it
        return [str(self)]


def lacking(
    namespace: Mapping[str, Any], cells: Sequence[str], exercise: str, given: Given, exercises: Collection[str]
) -> Text:
    """Which cell has to run before the check in the last of these cells; none where all names are there."""
    running = parsed(cells[-1]) if cells and "check.begin(" in cells[-1] else None
    asked = outside(running) - defined(running) if running is not None else frozenset()
    own = {name for meaning in reached(read(tuple(cells)), exercise, set()) for name in outside(meaning)}
    wanted = asked | (own & {*given, *exercises})
    missing = [
        name
        for name in sorted(wanted - {exercise})
        if not hasattr(builtins, name) and isinstance(namespace.get(name, _NOTHING), Absent)
    ]
    if not missing:
        return NO_TEXT
    first = missing[0]
    if first in exercises:
        return say("Your function uses `{name}`: run its cell first, then this one again.", name=first)
    if first not in given:
        names = Names(tuple(f"`{name}`" for name in missing))
        return say("Run the cells above first, then this one again: {names} is not there yet.", names=names)
    role, cell = given[first]
    names = Names(tuple(f"`{name}`" for name in missing if list(given.get(name, ())) == [role, cell]))
    return say(
        "Run the {role} cell {cell} first, then this one again: it gives {names}.", role=role, cell=cell, names=names
    )


class Watch:
    """What was told and mended in this notebook so far."""

    def __init__(self) -> None:
        self._back: dict[str, str] = {}
        self._seen: set[str] = set()

    def give_back(
        self, namespace: MutableMapping[str, Any], cells: list[str], exercise: str, given: Collection[str]
    ) -> list[Text]:
        """Functions whose names a loop, a value or an import has taken get them back: one sentence on each. What
        defines them is added to ``cells``."""
        notes = []
        for one in taken(cells, exercise, given):
            space: Any = namespace
            if eval(one.lost, space):
                try:
                    exec(compile(one.back, f"<{one.name}>", "exec"), space)
                except Exception:  # what it is made of is gone, too: the check tells what it finds
                    continue
                notes.append(given_back(one))
                self._back[one.name] = one.back
            if self._back.get(one.name) == one.back:
                cells.append(one.back)
        return notes

    def changed(self, cells: Sequence[str], chapter: str, marks: Mapping[str, Collection[int]]) -> list[Text]:
        """One sentence on each locked cell that was run with lines of the student's own, once."""
        notes = []
        for cell in cells:
            if cell in self._seen:
                continue
            self._seen.add(cell)
            anchor = anchored(cell)
            ours = anchor is not None and anchor[0] == chapter and anchor[1] != "exercise"
            known = marks.get(f"{anchor[1]} {anchor[2]}") if anchor is not None and ours else None
            if anchor is not None and known is not None and own_lines(cell, tuple(known)):
                notes.append(
                    say(
                        "You changed the {role} cell {name}: in grading it runs as you have it, then as it was handed "
                        "out. Put lines of your own into a cell of your own.",
                        role=anchor[1],
                        name=anchor[2],
                    )
                )
        return notes
