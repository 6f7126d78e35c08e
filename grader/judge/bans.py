"""What an answer may not use, proved by its own source: a library that does the exercise, differences as a backward.

Only what the syntax tree shows counts. Names built at run time are a known limit.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from grader.judge.words import listed


def banned_use(
    cells: Sequence[str], exercise: str, bans: Sequence[str], others: Sequence[str] = (), forward: str = "",
    twin: str = "",
) -> str:
    """One sentence on the first banned thing that an exercise uses; "" where it uses none.

    cells: the sources of the notebook's code cells, in order; bans: dotted names (``scipy.special.softmax``,
    or a whole ``tensorflow``); others: the chapter's exercises, which answer for themselves; forward: the
    exercise whose gradient this one is: calling it in a loop is differencing; twin: the exercise that this one is to
    do again by other means.
    """
    if not bans and not forward and not twin:
        return ""
    functions, aliases = _read(tuple(cells))
    if exercise not in functions:
        return ""
    for function in _reached(functions, exercise, set(others) - {exercise}):
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
    functions, _ = _read(tuple(cells))
    if exercise not in functions:
        return ""
    used: set[str] = set()
    for function in _reached(functions, exercise, set()):
        used |= _named(function) & set(wrong)
    found = [f"`{name}`" for name in wrong if name in used - {exercise}]
    if not found:
        return ""
    whose = "whose check has not passed: mend it" if len(found) == 1 else "whose checks have not passed: mend them"
    return f"It uses {listed(found)}, {whose} first."


def from_outside(cells: Sequence[str], exercise: str, data: Collection[str]) -> str:
    """One sentence where an exercise reads arrays of the notebook (``data``) beside its arguments; else ""."""
    functions, _ = _read(tuple(cells))
    if exercise not in functions:
        return ""
    function = functions[exercise]
    read = _named(function) - _bound(function)
    found = [f"`{name}`" for name in sorted(read & set(data))]
    if not found:
        return ""
    return f"Your function reads {listed(found)} from outside. Grading calls it with other data: use its arguments."


@lru_cache(maxsize=4)
def _read(cells: tuple[str, ...]) -> tuple[dict[str, ast.FunctionDef], dict[str, str]]:
    """The functions that a notebook defines, and what its imported names stand for: read once a notebook."""
    trees = [tree for cell in cells if (tree := parsed(cell)) is not None]
    functions = {node.name: node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return functions, dict(_imports(trees))


def parsed(cell: str) -> ast.Module | None:
    """A cell's syntax tree, magics left out; None where it has none."""
    plain = "\n".join("pass" if line.lstrip().startswith(("%", "!")) else line for line in cell.split("\n"))
    try:
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


def _reached(
    functions: dict[str, ast.FunctionDef], exercise: str, stop: set[str]
) -> Iterator[ast.FunctionDef]:
    """The exercise's function and the student's own functions that it calls, not other exercises."""
    waiting, seen = [exercise], {exercise}
    while waiting:
        function = functions[waiting.pop()]
        yield function
        fresh = (_named(function) & set(functions)) - seen - stop
        seen |= fresh
        waiting += sorted(fresh)


@lru_cache(maxsize=256)
def _named(function: ast.FunctionDef) -> frozenset[str]:
    """All names that stand in a function."""
    return frozenset(node.id for node in ast.walk(function) if isinstance(node, ast.Name))


@lru_cache(maxsize=256)
def _bound(function: ast.FunctionDef) -> set[str]:
    """Names that the function gives a meaning of its own: arguments and assignments."""
    return {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)} | {
        node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _dotted(node: ast.AST, aliases: dict[str, str]) -> str | None:
    """``np.linalg.norm`` as ``numpy.linalg.norm``; None where the root is no imported name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in aliases:
        return None
    return ".".join([aliases[node.id], *reversed(parts)])


def _calls_in_a_loop(function: ast.FunctionDef, name: str) -> bool:
    loops = (ast.For, ast.While, ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)
    return any(
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name
        for loop in ast.walk(function) if isinstance(loop, loops) for call in ast.walk(loop)
    )


def _calls_on_changed_inputs(function: ast.FunctionDef, name: str) -> bool:
    """Two calls with different sums or differences as arguments: f(x + h) and f(x - h)."""
    shifted = {
        ast.dump(argument) for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name
        for argument in call.args if isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Add | ast.Sub)
    }
    return len(shifted) >= 2
