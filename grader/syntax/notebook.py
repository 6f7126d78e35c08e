"""What a notebook's names stand for: a function, a class, a value, or what an import brings."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.syntax.names import bound, imported, named, outside, stored
from grader.syntax.trees import DEFINITIONS, executed, parsed

_ANCHOR = re.compile(r"\A(?:#|<!--) (?P<chapter>[\w.\-]+) · (?P<role>[a-z]+): (?P<name>\w+)(?: ·.*)?\s*+(?:-->)?\s*+\Z")


def anchored(cell: str) -> tuple[str, str, str] | None:
    """(chapter, role, name) where the first line of a cell says so, else None."""
    match = _ANCHOR.match(cell.lstrip("\ufeff").split("\n", 1)[0])
    return None if match is None else (match["chapter"], match["role"], match["name"])


@dataclass(frozen=True)
class Source:
    """What a notebook's own names stand for after its last cell: a piece of source, or an import's dotted name."""

    meanings: dict[str, ast.AST]
    imports: dict[str, str]


@lru_cache(maxsize=8)
def read(cells: tuple[str, ...]) -> Source:
    """The names of a notebook, from the sources of its code cells in the order in which they ran."""
    trees = [tree for cell in cells if (tree := parsed(cell)) is not None]
    meanings: dict[str, ast.AST] = {}
    imports: dict[str, str] = {}
    fallbacks = frozenset().union(*map(_fallbacks, trees))
    for statement in (statement for tree in trees for statement in executed(tree.body)):
        for name, dotted in imported(statement):
            meanings.pop(name, None)
            imports[name] = dotted
        for name, value in _assigned(statement):
            before = meanings.get(name)
            # softmax = timed(softmax) stands for both, and so does what an except clause may assign instead.
            both = before is not None and (name in named(value) or statement in fallbacks)
            meanings[name] = _together(before, value) if before is not None and both else value
            imports.pop(name, None)
        for name, value in _patched(statement):
            if _is_class(meanings.get(name)):
                meanings[name] = _together(meanings[name], value)
    return Source(meanings, _starred(trees, imports) | imports)


def defines(cell: str, name: str) -> bool:
    """Whether a cell that can run gives ``name`` a meaning."""
    source = read((cell,))
    return name in source.meanings or name in source.imports


def is_to_define(cell: str, name: str) -> bool:
    """Whether a cell defines ``name``, or says so where it cannot be read."""
    return defines(cell, name) or (parsed(cell) is None and re.search(_by_text(name), cell, re.M) is not None)


def writes(cell: str, name: str) -> bool:
    """Whether a cell holds the definition of ``name``: as a function or a class, or by what a call or lambda gives."""
    tree = parsed(cell)
    if tree is None:
        return re.search(_by_text(name), cell, re.M) is not None
    return any(
        found == name and isinstance(value, (*DEFINITIONS, ast.Call, ast.Lambda))
        for statement in executed(tree.body)
        if not isinstance(statement, ast.For)
        for found, value in _assigned(statement)
    )


def reached(source: Source, name: str, stop: set[str]) -> Iterator[ast.AST]:
    """What a name stands for, and all that it uses of the notebook's own, ``stop`` left out."""
    waiting, seen = [name] if name in source.meanings else [], {name}
    while waiting:
        meaning = source.meanings[waiting.pop()]
        yield meaning
        fresh = (outside(meaning) & set(source.meanings)) - seen - stop
        seen |= fresh
        waiting += sorted(fresh)


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    """(name, meaning) of what a statement defines or assigns."""
    if isinstance(statement, DEFINITIONS):
        yield statement.name, statement
    elif isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
            yield from ((name, statement.value) for name in stored(target))
    elif isinstance(statement, ast.For):
        yield from ((name, statement.iter) for name in stored(statement.target))


def _patched(statement: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    """(name, value) of what is written into something: ``Layer.forward = forward``."""
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                yield target.value.id, statement.value


def _together(before: ast.AST, value: ast.AST) -> ast.Module:
    """Two meanings of one name, each once."""
    pieces: list[ast.AST] = [*before.body] if isinstance(before, ast.Module) else [before]
    return ast.Module([*pieces, *([] if value in pieces else [value])], [])  # type: ignore[list-item]


def _is_class(meaning: ast.AST | None) -> bool:
    pieces = meaning.body if isinstance(meaning, ast.Module) else [meaning]
    return any(isinstance(piece, ast.ClassDef) for piece in pieces)


# Of a cell each, kept: with every check a notebook is read anew, one cell longer.
@lru_cache(maxsize=256)
def _fallbacks(tree: ast.AST) -> frozenset[ast.stmt]:
    """What stands in an except clause."""
    handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
    return frozenset(statement for handler in handlers for statement in handler.body)


@lru_cache(maxsize=256)
def _stars(tree: ast.AST) -> frozenset[str | None]:
    """The modules of which a cell imports everything."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return frozenset(node.module for node in imports if node.names[0].name == "*")


def _starred(trees: Sequence[ast.AST], imports: dict[str, str]) -> dict[str, str]:
    """Where one ``from somewhere import *`` stands in a notebook: the names that nothing else can have brought."""
    stars = set().union(*map(_stars, trees))
    if len(stars) != 1:
        return {}
    module = stars.pop()
    own = frozenset(imports).union(dir(builtins), *map(bound, trees))
    return {name: f"{module}.{name}" for tree in trees for name in named(tree) - own}


def _by_text(name: str) -> str:
    return rf"^[ \t]*(?:async[ \t]+def|def|class)[ \t]+{re.escape(name)}\b"
