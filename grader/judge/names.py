"""What is told of a name that does not stand for what its author thinks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from grader.syntax.added import added
from grader.syntax.notebook import defines, read
from grader.syntax.taken import Taken
from grader.syntax.trees import cut_off
from grader.text import NO_TEXT, Text, joined, say


def given_back(taken: Taken) -> Text:
    """A function whose name was taken is judged by its function, in the notebook and in grading."""
    told = say(
        "`{name}` had come to stand for something else (`{line}`); it is the function again.",
        name=taken.name,
        line=taken.by,
    )
    if taken.by.startswith(("import ", "from ")):
        return joined([told, say("Import only what you need, under names that are free.")])
    return joined([told, say("Give the other thing another name.")])


def untouched(cells: Sequence[str], exercise: str, stub: Collection[int]) -> bool:
    """Whether an exercise is as it was released. stub: the marks of its cell then, none where they are not known."""
    own = next((cell for cell in reversed(cells) if defines(cell, exercise)), "")
    return bool(own and stub) and not added(own, stub)


def below_the_stub(cells: Sequence[str], exercise: str) -> Text:
    """One sentence where an answer stands below the line that says that it is not written; else none."""
    meaning = read(tuple(cells)).meanings.get(exercise)
    line = cut_off(meaning, "NotImplementedError") if meaning is not None else 0
    if not line:
        return NO_TEXT
    return say(
        "Your answer stands below `raise NotImplementedError()`, which ends the function: delete that line, "
        "line {line} of its cell.",
        line=line,
    )
