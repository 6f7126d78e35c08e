"""Names that no longer stand for the function that a notebook gave them: a loop, a value, ``del`` or a star import
took them. What gives the function back is a piece of source, to be run where the names are."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from grader.syntax.names import bound_here, outside, stored
from grader.syntax.trees import DEFINITIONS, executed, parsed

#: Characters of the line that took a name.
_MAX_LINE = 60


@dataclass(frozen=True)
class Taken:
    """A function's name that stands for something else by now.

    by: the line that took it; lost: an expression, true where the name does stand for something else; back: source
    that defines it anew.
    """

    name: str
    by: str
    lost: str
    back: str


@dataclass(frozen=True)
class _Event:
    """What one statement does to a name (of a star import: to "", for any name)."""

    kind: Literal["defines", "wraps", "imports", "takes"]
    name: str
    statement: ast.stmt


def taken(cells: Sequence[str], name: str, given: Collection[str] = ()) -> list[Taken]:
    """The functions that ``name`` uses, itself included, whose names were taken after their definition.

    cells: the sources of the code cells that have run, in order. given: the names of the chapter's own functions, and
    of exercises that are done, which an import may take by mistake; a student who means another function calls it in
    its own way. Any other import stands in place of an answer.
    """
    made, takers, stars = _history(cells)
    reached = _reached(made, name)
    found = []
    for one in reached:
        event = takers.get(one) or stars.get(one)
        if event is None:
            continue
        own = one not in given
        if own and event.kind == "imports" and event.name:
            continue
        other = event.kind == "imports" or (not own and isinstance(event.statement, _ASSIGNS))
        if other and not own and not _fits(made[one][-1], one, [part for name in reached for part in made[name]]):
            continue
        back = "\n".join(ast.unparse(statement) for statement in made[one])
        found.append(Taken(one, _line(event.statement), _is_lost(one, made[one][-1], event.statement, other), back))
    return found


def definition(cells: Sequence[str], name: str) -> str:
    """The source of what ``name`` was last defined by, comments left out; "" where no cell defines it."""
    return "\n".join(ast.unparse(statement) for statement in _history(cells)[0].get(name, ()))


def used(cells: Sequence[str], name: str) -> list[str]:
    """The functions of the notebook that one uses, itself first."""
    return _reached(_history(cells)[0], name)


def needed(cells: Sequence[str], name: str) -> set[str]:
    """The names that ``name`` uses of a notebook, itself included, by any of the definitions in its cells."""
    made = _definitions(tuple(cells))
    waiting, seen = [name], {name}
    while waiting:
        for statement in made.get(waiting.pop(), ()):
            fresh = outside(statement) - seen
            seen |= fresh
            waiting += fresh
    return seen


@lru_cache(maxsize=32)
def _definitions(cells: tuple[str, ...]) -> dict[str, list[ast.stmt]]:
    made: dict[str, list[ast.stmt]] = {}
    for event in (event for cell in cells for event in _events(cell)):
        if event.kind in ("defines", "wraps"):
            made.setdefault(event.name, []).append(event.statement)
    return made


@lru_cache(maxsize=256)
def gives(cell: str) -> frozenset[str]:
    """The names that a cell defines, assigns or imports; not those that only a loop leaves behind."""
    kept = [event.name for event in _events(cell) if event.kind != "takes" or isinstance(event.statement, _ASSIGNS)]
    return frozenset(kept) - {""}


@lru_cache(maxsize=256)
def makes(cell: str) -> frozenset[str]:
    """The names that a cell gives a function or a class of its own."""
    return frozenset(event.name for event in _events(cell) if event.kind == "defines")


_ASSIGNS = (ast.Assign, ast.AnnAssign)


@lru_cache(maxsize=256)
def _events(cell: str) -> tuple[_Event, ...]:
    tree = parsed(cell)
    return tuple(event for statement in executed(tree.body) for event in _of(statement)) if tree else ()


def _of(statement: ast.stmt) -> Iterator[_Event]:
    if isinstance(statement, DEFINITIONS):
        yield _Event("defines", statement.name, statement)
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        for alias in statement.names:
            name = "" if alias.name == "*" else (alias.asname or alias.name).split(".")[0]
            yield _Event("imports", name, statement)
    elif isinstance(statement, _ASSIGNS) and statement.value is not None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for name in (name for target in targets for name in stored(target)):
            if isinstance(statement.value, ast.Lambda):
                yield _Event("defines", name, statement)
            else:
                yield _Event("wraps" if _hands_over(statement.value, name) else "takes", name, statement)
    else:
        for name in bound_here(statement):
            yield _Event("takes", name, statement)


def _hands_over(value: ast.expr, name: str) -> bool:
    """Whether ``f = timed(f)`` is meant: the name stands in a call as an argument, and is not itself called."""
    called = {id(node.func) for node in ast.walk(value) if isinstance(node, ast.Call)}
    return bool(called) and any(
        isinstance(node, ast.Name) and node.id == name and id(node) not in called for node in ast.walk(value)
    )


def _history(
    cells: Sequence[str],
) -> tuple[dict[str, list[ast.stmt]], dict[str, _Event], dict[str, _Event]]:
    """Of each function its last definition, what took its name since, and the star import that may have."""
    made: dict[str, list[ast.stmt]] = {}
    takers: dict[str, _Event] = {}
    stars: dict[str, _Event] = {}
    for event in (event for cell in cells for event in _events(cell)):
        if event.kind == "defines":
            made[event.name] = [event.statement]
            takers.pop(event.name, None)
            stars.pop(event.name, None)
        elif event.name == "":
            stars |= dict.fromkeys(made, event)
        elif event.name in made:
            if event.kind == "wraps" and event.name not in takers:
                made[event.name].append(event.statement)
            else:
                takers[event.name] = event
    return made, takers, stars


def _reached(made: dict[str, list[ast.stmt]], name: str) -> list[str]:
    """The notebook's functions that one uses, itself first."""
    waiting, seen = [name], [name] if name in made else []
    while waiting:
        for statement in made.get(waiting.pop(), []):
            fresh = sorted((outside(statement) & made.keys()) - set(seen))
            seen += fresh
            waiting += fresh
    return seen


def _fits(definition: ast.stmt, name: str, used: Sequence[ast.stmt]) -> bool:
    """Whether every call of a function in what is used has arguments as its definition takes them."""
    if not isinstance(definition, ast.FunctionDef):
        return True
    taking = definition.args
    most = len(taking.posonlyargs) + len(taking.args)
    least = most - len(taking.defaults)
    calls = [
        node
        for statement in used
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]
    return all(
        any(isinstance(argument, ast.Starred) for argument in call.args)
        or (len(call.args) <= most and least <= len(call.args) + len(call.keywords))
        for call in calls
    )


def _is_lost(name: str, definition: ast.stmt, taker: ast.stmt, other: bool) -> str:
    """The test where the names are. other: whether a library's function may stand there by mistake."""
    if other:
        return f"getattr(globals().get({name!r}), '__module__', None) != __name__"
    if isinstance(definition, ast.ClassDef):
        return f"not isinstance(globals().get({name!r}), type)"
    if not isinstance(taker, _ASSIGNS):  # a loop over functions is no definition either
        return f"getattr(globals().get({name!r}), '__name__', None) != {name!r}"
    return f"not callable(globals().get({name!r}))"


def _line(statement: ast.stmt) -> str:
    line = ast.unparse(statement).split("\n")[0].rstrip(":")
    return line if len(line) <= _MAX_LINE else f"{line[:_MAX_LINE]}…"
