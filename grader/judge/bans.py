"""What an answer may not use, proved by its own source: a library that does the exercise, differences as a backward.

Only what the syntax tree shows counts: functions, and names that a cell assigns (``softmax = special.softmax``).
Names built at run time are a known limit.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from grader.judge.words import listed


def banned_use(
    cells: Sequence[str], exercise: str, bans: Sequence[str], others: Sequence[str] = (), forward: str = "",
    twin: str = "",
) -> str:
    """One sentence on the first banned thing that an exercise uses; "" where it uses none.

    cells: the sources of the code cells that have run, in order; bans: dotted names (``scipy.special.softmax``,
    or a whole ``tensorflow``); others: the chapter's exercises in order, of which earlier ones answer for themselves;
    forward: the exercise whose gradient this one is: calling it in a loop is differencing; twin: the exercise that
    this one is to do again by other means.
    """
    if not bans and not forward and not twin:
        return ""
    meanings, aliases = _read(tuple(cells))
    if exercise not in meanings:
        return ""
    for function in _reached(meanings, exercise, set(takewhile(lambda name: name != exercise, others))):
        own = {name: value for name, value in aliases.items() if name not in _bound(function)}
        own |= dict(_imports([function]))
        for node in ast.walk(function):
            used = _dotted(node, own)
            for ban in bans:
                if used is not None and (used == ban or used.startswith(ban + ".")):
                    return f"This exercise is to be written by hand: {used} does it for you."
        if twin and twin in _named(function):
            return f"Here Keras is to compute what your `{twin}` computes: do not call `{twin}`."
        if forward and (_calls_in_a_loop(function, forward) or _calls_on_changed_inputs(function, forward)):
            return (f"Your backward calls {forward} in a loop or on shifted inputs: those are differences, good for "
                    "checking a gradient. "
                    "Write the derivative itself.")
    return ""


def leaning(cells: Sequence[str], exercise: str, wrong: Collection[str]) -> str:
    """One sentence where an exercise uses earlier ones whose checks did not pass (``wrong``); else ""."""
    meanings, _ = _read(tuple(cells))
    if exercise not in meanings:
        return ""
    used: set[str] = set()
    for function in _reached(meanings, exercise, set()):
        used |= _named(function) & set(wrong)
    found = [f"`{name}`" for name in wrong if name in used - {exercise}]
    if not found:
        return ""
    whose = "whose check has not passed: mend it" if len(found) == 1 else "whose checks have not passed: mend them"
    return f"It uses {listed(found)}, {whose} first."


def from_outside(cells: Sequence[str], exercise: str, data: Collection[str]) -> str:
    """One sentence where an exercise reads arrays of the notebook (``data``) beside its arguments; else ""."""
    meanings, _ = _read(tuple(cells))
    if exercise not in meanings:
        return ""
    found = [f"`{name}`" for name in sorted(_read_names(meanings[exercise]) & set(data))]
    if not found:
        return ""
    return f"Your function reads {listed(found)} from outside. Grading calls it with other data: use its arguments."


@lru_cache(maxsize=4)
def _read(cells: tuple[str, ...]) -> tuple[dict[str, ast.AST], dict[str, str]]:
    """What the names of a notebook stand for: its latest functions and assignments, and its imports."""
    trees = [tree for cell in cells if (tree := parsed(cell)) is not None]
    meanings: dict[str, ast.AST] = {
        node.name: node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for tree in trees:
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef):
                meanings[statement.name] = statement
            elif isinstance(statement, ast.Assign):
                meanings |= {target.id: statement.value for target in statement.targets if isinstance(target, ast.Name)}
    imported = dict(_imports(trees))
    return meanings, _starred(trees, imported) | imported


@lru_cache(maxsize=256)
def parsed(cell: str) -> ast.Module | None:
    """A cell's syntax tree, with its magics as IPython reads them; None where it has none."""
    try:
        return ast.parse(cell)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    from IPython.core.inputtransformer2 import TransformerManager

    # A cell magic hides what follows it in a string; most of them (%%time, %%capture) run it.
    first, _, rest = cell.lstrip().partition("\n")
    try:
        plain: str = TransformerManager().transform_cell(rest if first.startswith("%%") else cell)
        return ast.parse(plain)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _imports(trees: Sequence[ast.AST]) -> Iterator[tuple[str, str]]:
    """(local name, dotted name) of every import."""
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield (alias.asname, alias.name) if alias.asname else (2 * (alias.name.split(".")[0],))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _starred(trees: Sequence[ast.AST], imported: dict[str, str]) -> dict[str, str]:
    """Where one ``from somewhere import *`` stands in a notebook: the names that nothing else can have brought."""
    stars = {node.module for tree in trees for node in ast.walk(tree)
             if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"}
    if len(stars) != 1:
        return {}
    module = stars.pop()
    defined = {node.name for tree in trees for node in ast.walk(tree)
               if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    own = defined.union(imported, dir(builtins), *map(_bound, trees))
    return {name: f"{module}.{name}" for tree in trees for name in _named(tree) - own}


def _reached(meanings: dict[str, ast.AST], exercise: str, stop: set[str]) -> Iterator[ast.AST]:
    """What an exercise's name stands for, and all that it uses of the student's own, other exercises left out."""
    waiting, seen = [exercise], {exercise}
    while waiting:
        meaning = meanings[waiting.pop()]
        yield meaning
        fresh = (_read_names(meaning) & set(meanings)) - seen - stop
        seen |= fresh
        waiting += sorted(fresh)


@lru_cache(maxsize=256)
def _named(node: ast.AST) -> frozenset[str]:
    """All names that stand in a piece of source."""
    return frozenset(inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))


@lru_cache(maxsize=256)
def _bound(node: ast.AST) -> frozenset[str]:
    """Names that a piece of source gives a meaning of its own: arguments and assignments."""
    return frozenset(inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg)) | frozenset(
        inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store))


def _read_names(node: ast.AST) -> frozenset[str]:
    """Names that a piece of source takes from the notebook."""
    return _named(node) - _bound(node)


def _dotted(node: ast.AST, aliases: dict[str, str]) -> str | None:
    """``np.linalg.norm`` as ``numpy.linalg.norm``; None where the root is no imported name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in aliases:
        return None
    return ".".join([aliases[node.id], *reversed(parts)])


def _calls_in_a_loop(function: ast.AST, name: str) -> bool:
    loops = (ast.For, ast.While, ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)
    return any(
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name
        for loop in ast.walk(function) if isinstance(loop, loops) for call in ast.walk(loop)
    )


def _calls_on_changed_inputs(function: ast.AST, name: str) -> bool:
    """Two calls with different sums or differences as arguments: f(x + h) and f(x - h)."""
    shifted = {
        ast.dump(argument) for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name
        for argument in call.args if isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Add | ast.Sub)
    }
    return len(shifted) >= 2
