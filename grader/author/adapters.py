"""What an adapter must hold: it is a function over an exercise, and needs TensorFlow only beside a NumPy twin."""

from __future__ import annotations

import ast

from grader.chapter.checks import parse
from grader.chapter.model import Cell, Chapter
from grader.chapter.roles import Role
from grader.syntax.names import defined, imported, outside
from grader.syntax.trees import FUNCTIONS

#: What the trusted side never imports.
_NOT_HERE = ("tensorflow", "keras")


def verify_adapter(chapter: Chapter, adapter: Cell) -> None:
    """Raise ChapterError for the first slip."""
    exercises = [cell.name for cell in chapter.of(Role.EXERCISE)]
    if adapter.judges not in exercises:
        slip = f"adapter {adapter.name!r} stands for no exercise: name one with of=..."
        if "of" in adapter.options:
            slip = f"of={adapter.judges!r}: there is no such exercise"
        raise chapter.error(adapter, f"{slip}; known: {', '.join(exercises) or 'none'}")
    mine = arguments_of(chapter, adapter, adapter.name)
    if mine is None:
        raise chapter.error(adapter, f"this cell defines no function {adapter.name!r}, the name of its adapter")
    if adapter.judges not in outside(parse(chapter, adapter)):
        raise chapter.error(
            adapter, f"adapter {adapter.name!r} does not use {adapter.judges!r}, the exercise that it stands for"
        )
    twin = adapter.options.get("same_as")
    if twin is None:
        if name := _needs_tensorflow(chapter, adapter):
            raise chapter.error(
                adapter,
                f"adapter {adapter.name!r} uses {name}, which the trusted side does not have: name a function of NumPy "
                'with the same arguments and values, same_as="..."',
            )
        return
    others = chapter.of(Role.SETUP, Role.GIVEN, Role.EXERCISE, Role.ADAPTER)
    theirs = next((found for cell in others if (found := arguments_of(chapter, cell, str(twin))) is not None), None)
    if theirs is None:
        raise chapter.error(adapter, f"same_as={twin!r}: there is no such exercise or given function")
    if theirs != mine:
        raise chapter.error(
            adapter,
            f"{adapter.name!r} takes ({', '.join(mine)}) and its twin {twin!r} takes ({', '.join(theirs)}): "
            "both are called with the same inputs",
        )


def is_class(chapter: Chapter, cell: Cell) -> bool:
    """Whether an exercise's cell defines a class of its name."""
    return any(isinstance(node, ast.ClassDef) and node.name == cell.name for node in ast.walk(parse(chapter, cell)))


def arguments_of(chapter: Chapter, cell: Cell, function: str) -> list[str] | None:
    """The names of the arguments of a function that a cell defines; None where it defines none of that name."""
    for node in parse(chapter, cell).body:
        if isinstance(node, FUNCTIONS) and node.name == function:
            return [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return None


def _needs_tensorflow(chapter: Chapter, adapter: Cell) -> str:
    """A name that an adapter takes from cells that only a worker runs, or imports; "" where there is none."""
    tree = parse(chapter, adapter)
    of_worker = {name for cell in chapter.of(Role.PROBE) for name in defined(parse(chapter, cell))}
    brought = [dotted for node in ast.walk(tree) for _, dotted in imported(node)]
    used = [name for name in brought if name.split(".")[0] in _NOT_HERE] + sorted(outside(tree) & of_worker)
    return used[0] if used else ""
