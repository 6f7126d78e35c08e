"""Syntax trees of cells, students' and chapters'; nothing here runs code."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache

#: What defines a name: functions, and classes.
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
#: Characters of a cell that is looked into; one with recorded values has the most.
_MAX_SOURCE = 250_000
#: Cell magics that run the cell; others keep it as text.
_RUNNING_MAGICS = ("time", "timeit", "capture", "prun")

#: Lines of a cell that are magics or commands, and its characters where it has any: each makes IPython read it anew.
MAX_MAGICS = 50
MAX_CELL_WITH_MAGICS = 20_000


@lru_cache(maxsize=256)
def parsed(cell: str) -> ast.Module | None:
    """A cell's syntax tree, with its magics as IPython reads them; None where it has none, or is too long."""
    if len(cell) > _MAX_SOURCE:
        return None
    tree = _tree(cell)
    while tree is None and cell.lstrip().startswith("%%"):
        magic, _, cell = cell.lstrip().partition("\n")
        tree = _tree(cell) if magic[2:].split(" ")[0] in _RUNNING_MAGICS else ast.Module([], [])
    if tree is None:
        tree = _tree(_transformed(cell))
    if tree is None or len(tree.body) != 1:
        return tree
    # What a notebook's ``In`` holds of a cell magic: get_ipython().run_cell_magic('time', '', 'the cell').
    match tree.body[0]:
        case ast.Expr(
            ast.Call(
                ast.Attribute(attr="run_cell_magic"), [ast.Constant(str() as name), _, ast.Constant(str() as inner)]
            )
        ):
            return parsed(inner) if name in _RUNNING_MAGICS else ast.Module([], [])
    return tree


def authored(source: str) -> ast.Module:
    """The tree of a chapter's cell, its magics left out; line numbers stay. Raises SyntaxError."""
    lines = ("pass" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n"))
    return ast.parse("\n".join(lines))


def executed(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that a cell runs: those inside if, for, with, try and match as well, not those of functions."""
    waiting = [*reversed(body)]
    while waiting:
        statement = waiting.pop()
        yield statement
        if not isinstance(statement, DEFINITIONS):
            inner = [found for part in ("body", "orelse", "finalbody") for found in getattr(statement, part, [])]
            for part in ("handlers", "cases"):
                inner += [found for case in getattr(statement, part, []) for found in case.body]
            waiting += reversed(inner)


def cut_off(tree: ast.AST, error: str) -> int:
    """The line that raises this error although statements follow it, which never run; 0 where there is none."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body[:-1] if isinstance(body, list) else ():
            if isinstance(statement, ast.Raise) and statement.exc is not None:
                raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
                if isinstance(raised, ast.Name) and raised.id == error:
                    return statement.lineno
    return 0


@lru_cache(maxsize=256)
def functions(source: str) -> tuple[str, ...]:
    """The names of the functions that a chapter's cell defines."""
    return tuple(node.name for node in authored(source).body if isinstance(node, FUNCTIONS))


def texts(source: str) -> set[str]:
    """The texts that a chapter's cell holds."""
    constants = (node.value for node in ast.walk(authored(source)) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def methods(tree: ast.AST) -> tuple[str, ...]:
    """The names of the methods of all classes in a piece of source."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    members = [member for node in classes for member in executed(node.body) if isinstance(member, FUNCTIONS)]
    return tuple(dict.fromkeys(member.name for member in members))


def without_comments(source: str) -> str:
    """What a source does, as text: the same for another layout, other comments and docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, DEFINITIONS) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return ast.dump(tree)


def _transformed(cell: str) -> str:
    """A cell as IPython reads it; "(" for one that it does not run, or that holds more magics than anybody writes."""
    from IPython.core import inputtransformer2 as transformer  # only a cell with magics waits for its import

    class Patient(transformer.TransformerManager):  # type: ignore[misc]
        """Reads the whole cell anew for each magic in it, but not for ever."""

        def do_token_transforms(self, lines: list[str]) -> list[str]:
            for _ in range(MAX_MAGICS):
                changed, lines = self.do_one_token_transform(lines)
                if not changed:
                    return lines
            raise RuntimeError("too many magics")

    try:
        return str(Patient().transform_cell(cell)) if len(cell) <= MAX_CELL_WITH_MAGICS else "("
    except (SyntaxError, RuntimeError):  # RuntimeError: magics without an end; IPython does not run it either
        return "("


def _tree(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd escape in a string is no business of the check's
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
