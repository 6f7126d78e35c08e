"""What an answer may not use, proved by its own source: a library that does the exercise, differences as a backward.

Only what the syntax tree shows counts: the functions, classes and assignments that an exercise's name stands for, and
the student's own ones that those use. Names built at run time are a known limit.
"""

from __future__ import annotations

import ast
import builtins
import warnings
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product, takewhile

from grader.text import listed

#: Cell magics that run the cell; others keep it as text.
_RUNNING_MAGICS = ("time", "timeit", "capture", "prun")
#: What everybody imports under another name.
_SHORT_NAMES = {"tensorflow": "tf"}
#: Where a name stands for a type and computes nothing.
_TYPE_TESTS = ("isinstance", "issubclass")


@dataclass(frozen=True)
class Terms:
    """What an exercise's source is held against.

    bans: dotted names (``scipy.special.softmax``, or a whole ``tensorflow``); forwards: the functions whose gradient
    it is: taking their differences is no derivation; twin: the exercise that it is to do again by other means; data:
    the arrays that its check hands over, which it is not to read beside its arguments; uses: names of which its source
    must hold one.
    """

    bans: Sequence[str] = ()
    forwards: Sequence[str] = ()
    twin: str = ""
    data: Sequence[str] = ()
    uses: Sequence[str] = ()


def banned_use(cells: Sequence[str], exercise: str, terms: Terms, others: Sequence[str] = ()) -> str:
    """One sentence on the first banned thing that an exercise uses; "" where it uses none.

    cells: the sources of the code cells that have run, in order; others: the chapter's exercises in order, of which
    earlier ones answer for themselves.
    """
    source = _read(tuple(cells))
    if _is_banned(source.imports.get(exercise, ""), terms.bans):
        return _by_hand(source.imports[exercise])
    reached = list(_reached(source, exercise, set(takewhile(lambda name: name != exercise, others))))
    for meaning in reached:
        imports = {name: value for name, value in source.imports.items() if name not in _bound(meaning)}
        imports |= {name: value for node in ast.walk(meaning) for name, value in _imported(node)}
        for node in _working(meaning):
            used = _dotted(node, imports)
            if _is_banned(used, terms.bans):
                return _by_hand(used)
        if terms.twin and terms.twin in _read_names(meaning):
            return f"Here Keras is to compute what your `{terms.twin}` computes: do not call `{terms.twin}`."
    if terms.uses and reached and not any(_is_done_with(meaning, terms.uses, source.imports) for meaning in reached):
        return f"This is to be done with {' or '.join(terms.uses)}, and your function does not use it."
    if terms.forwards and any(map(_is_complex, reached)):
        return (
            "Your backward steps into the complex numbers: good for checking a gradient. Write the derivative itself."
        )
    differenced = _differenced(reached, terms.forwards)
    if differenced:
        return (
            f"Your backward takes differences of {differenced}: good for checking a gradient. "
            "Write the derivative itself."
        )
    return ""


def leaning(cells: Sequence[str], exercise: str, wrong: Collection[str]) -> str:
    """One sentence where an exercise uses earlier ones whose checks did not pass (``wrong``); else ""."""
    used: set[str] = set()
    for meaning in _reached(_read(tuple(cells)), exercise, set()):
        used |= _read_names(meaning) & set(wrong)
    found = [f"`{name}`" for name in wrong if name in used - {exercise}]
    if not found:
        return ""
    whose = "whose check has not passed: mend it" if len(found) == 1 else "whose checks have not passed: mend them"
    return f"It uses {listed(found)}, {whose} first."


def from_outside(cells: Sequence[str], exercise: str, data: Collection[str]) -> str:
    """One sentence where an exercise reads arrays of the notebook (``data``) beside its arguments; else ""."""
    source = _read(tuple(cells))
    if exercise not in source.meanings:
        return ""
    read = _read_names(source.meanings[exercise]) & set(data) - _redefined(source, data)
    found = [f"`{name}`" for name in sorted(read)]
    if not found:
        return ""
    return f"Your function reads {listed(found)} from outside. Grading calls it with other data: use its arguments."


def defines(cell: str, name: str) -> bool:
    """Whether a cell that can run gives ``name`` a meaning."""
    source = _read((cell,))
    return name in source.meanings or name in source.imports


@lru_cache(maxsize=256)
def parsed(cell: str) -> ast.Module | None:
    """A cell's syntax tree, with its magics as IPython reads them; None where it has none."""
    tree = _tree(cell)
    if tree is None:
        from IPython.core.inputtransformer2 import TransformerManager

        magic, _, rest = cell.lstrip().partition("\n")
        if magic.startswith("%%"):
            return parsed(rest) if magic[2:].split(" ")[0] in _RUNNING_MAGICS else ast.Module([], [])
        try:
            tree = _tree(TransformerManager().transform_cell(cell))
        except (SyntaxError, RuntimeError):  # RuntimeError: magics without an end; IPython does not run it either
            return None
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


def _tree(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd escape in a string is no business of the check's
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@dataclass(frozen=True)
class _Source:
    """What a notebook's own names stand for after its last cell: a piece of source, or an import's dotted name."""

    meanings: dict[str, ast.AST]
    imports: dict[str, str]


@lru_cache(maxsize=8)
def _read(cells: tuple[str, ...]) -> _Source:
    trees = [tree for cell in cells if (tree := parsed(cell)) is not None]
    meanings: dict[str, ast.AST] = {}
    imports: dict[str, str] = {}
    fallbacks = {
        statement
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        for statement in node.body
    }
    for statement in (statement for tree in trees for statement in _executed(tree.body)):
        for name, dotted in _imported(statement):
            meanings.pop(name, None)
            imports[name] = dotted
        for name, value in _assigned(statement):
            before = meanings.get(name)
            # softmax = timed(softmax) stands for both, and so does what an except clause may assign instead.
            both = isinstance(before, ast.expr | ast.stmt) and (name in _named(value) or statement in fallbacks)
            meanings[name] = ast.Module([before, value], []) if both else value  # type: ignore[list-item]
            imports.pop(name, None)
    return _Source(meanings, _starred(trees, imports) | imports)


def _executed(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that a cell runs: those inside if, for, with and try as well, not those of functions."""
    waiting = [*reversed(body)]  # no recursion: each elif is nested in the one before it
    while waiting:
        statement = waiting.pop()
        yield statement
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner = [found for part in ("body", "orelse", "finalbody") for found in getattr(statement, part, [])]
            inner += [found for handler in getattr(statement, "handlers", []) for found in handler.body]
            waiting += reversed(inner)


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    """(name, meaning) of what a statement defines or assigns."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        yield statement.name, statement
    elif isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
            yield from ((name, statement.value) for name in _stored(target))
    elif isinstance(statement, ast.For):
        yield from ((name, statement.iter) for name in _stored(statement.target))


def _stored(target: ast.AST) -> Iterator[str]:
    """The names that a target gives a value; of ``np.lse = ...`` none."""
    return (node.id for node in ast.walk(target) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """(local name, dotted name) of what an import brings."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield (alias.asname, alias.name) if alias.asname else (2 * (alias.name.split(".")[0],))
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _starred(trees: Sequence[ast.AST], imports: dict[str, str]) -> dict[str, str]:
    """Where one ``from somewhere import *`` stands in a notebook: the names that nothing else can have brought."""
    stars = {
        node.module
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    }
    if len(stars) != 1:
        return {}
    module = stars.pop()
    defined = {
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    own = defined.union(imports, dir(builtins), *map(_bound, trees))
    return {name: f"{module}.{name}" for tree in trees for name in _named(tree) - own}


def _reached(source: _Source, exercise: str, stop: set[str]) -> Iterator[ast.AST]:
    """What an exercise's name stands for, and all that it uses of the student's own, ``stop`` left out."""
    waiting, seen = [exercise] if exercise in source.meanings else [], {exercise}
    while waiting:
        meaning = source.meanings[waiting.pop()]
        yield meaning
        fresh = (_read_names(meaning) & set(source.meanings)) - seen - stop
        seen |= fresh
        waiting += sorted(fresh)


def _redefined(source: _Source, data: Collection[str]) -> set[str]:
    """Names of the chapter's arrays that stand for a function of the student's."""
    return {name for name in data if isinstance(source.meanings.get(name), ast.FunctionDef | ast.Lambda | ast.ClassDef)}


@lru_cache(maxsize=256)
def _named(node: ast.AST) -> frozenset[str]:
    """All names that stand in a piece of source."""
    return frozenset(inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))


@lru_cache(maxsize=256)
def _bound(node: ast.AST) -> frozenset[str]:
    """Names that a piece of source gives a meaning of its own: arguments and assignments."""
    defaults = {
        default.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.arguments)
        for default in (*inner.defaults, *inner.kw_defaults)
        if isinstance(default, ast.Name)
    }
    arguments = {inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg)} - defaults  # def f(keras=keras)
    return frozenset(arguments).union(
        inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
    )


def _read_names(node: ast.AST) -> frozenset[str]:
    """Names that a piece of source takes from the notebook."""
    return _named(node) - _bound(node)


def _working(node: ast.AST) -> Iterator[ast.AST]:
    """A piece of source without what only speaks of types: annotations and isinstance."""
    waiting = [node]  # no recursion: a sum may have thousands of terms
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TYPE_TESTS:
            waiting += node.args[:1]
            continue
        inner = [
            value
            for name, field in ast.iter_fields(node)
            if name not in ("annotation", "returns")
            for value in (field if isinstance(field, list) else [field])
        ]
        waiting += [value for value in reversed(inner) if isinstance(value, ast.AST)]


def _dotted(node: ast.AST, imports: dict[str, str]) -> str:
    """``np.linalg.norm`` as ``numpy.linalg.norm``; "" where the root is no imported name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in imports:
        return ""
    return ".".join([imports[node.id], *reversed(parts)])


def _speaks_of(node: ast.AST, names: Collection[str]) -> bool:
    """Whether one of these names stands in a piece of source, alone or after a dot."""
    return bool(_named(node) & set(names)) or any(
        isinstance(inner, ast.Attribute) and inner.attr in names for inner in ast.walk(node)
    )


def _is_done_with(node: ast.AST, names: Collection[str], imports: dict[str, str]) -> bool:
    """Whether a piece of source speaks of one of these names, or of something that was imported from it."""
    if _speaks_of(node, names):
        return True
    imports = imports | {name: dotted for inner in ast.walk(node) for name, dotted in _imported(inner)}
    origins = {part for name in _named(node) for part in imports.get(name, "").split(".")}
    origins |= {_SHORT_NAMES.get(part, part) for part in origins}
    return bool(origins & set(names))


def _is_banned(used: str, bans: Sequence[str]) -> bool:
    return any(used == ban or used.startswith(ban + ".") for ban in bans)


def _by_hand(used: str) -> str:
    return f"This exercise is to be written by hand: it may not use {used}."


def _is_complex(node: ast.AST) -> bool:
    """Whether a piece of source works with complex numbers: ``f(x + 1e-20j).imag`` is a derivative, too."""
    return _speaks_of(node, ("imag", "complex", "complex64", "complex128")) or any(
        isinstance(inner, ast.Constant) and isinstance(inner.value, complex) for inner in ast.walk(node)
    )


def _differenced(reached: Sequence[ast.AST], forwards: Sequence[str]) -> str:
    """The first forward of which a subtraction takes two different values, directly or through helpers; else ""."""
    for forward in forwards:
        names = _calling(reached, forward)
        if any(_subtracts(meaning, names | _called_arguments(meaning)) for meaning in reached):
            return forward
    return ""


def _calling(reached: Sequence[ast.AST], forward: str) -> set[str]:
    """The forward's name, and those of functions within the answer that give values of it."""
    names, before = {forward}, 0
    defined: list[tuple[str, ast.AST]] = [
        (node.name, node)
        for meaning in reached
        for node in ast.walk(meaning)
        if isinstance(node, ast.FunctionDef) and node is not reached[0]
    ]
    defined += [
        (target.id, node.value)
        for meaning in reached
        for node in ast.walk(meaning)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    while len(names) != before:
        before = len(names)
        names |= {name for name, node in defined if _calls(node, names)}
    return names


def _called_arguments(node: ast.AST) -> set[str]:
    """The arguments of a function that it calls, as ``f`` of ``numerical_gradient(f, x)``."""
    arguments = {inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg)}
    return {
        inner.func.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id in arguments
    }


#: A call as text: the function, then each argument, "" for one that is written out as text: ``kind="relu"``.
_Call = tuple[str, ...]


def _calls(node: ast.AST, names: Collection[str]) -> set[_Call]:
    """The calls of these functions in a piece of source."""
    return {
        _text(call)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names
    }


def _text(call: ast.Call) -> _Call:
    """The same for two calls that are written alike; of one that is nested too deeply, its place."""
    given = [call.func, *call.args, *(keyword.value for keyword in call.keywords)]
    try:
        return tuple(
            "" if isinstance(one, ast.Constant) and isinstance(one.value, str) else ast.dump(one) for one in given
        )
    except RecursionError:
        return (f"{call.lineno}:{call.col_offset}",)


def _differ(one: _Call, other: _Call) -> bool:
    """Whether two calls are a step apart: of two kinds of one function, told by a text, they are not."""
    return len(one) != len(other) or any(a != b and a and b for a, b in zip(one, other, strict=True))


def _subtracts(node: ast.AST, names: Collection[str]) -> bool:
    """Whether both sides of a subtraction are values of these functions, and of different calls."""
    values: dict[str, set[_Call]] = {}
    for assignment in ast.walk(node):
        if isinstance(assignment, ast.Assign) and (made := _calls(assignment.value, names)):
            for target in assignment.targets:
                for name in _named(target):
                    values[name] = values.get(name, set()) | made

    def origins(side: ast.AST) -> set[_Call]:
        return _calls(side, names).union(*(values.get(name, set()) for name in _named(side)))

    return any(
        any(_differ(left, right) for left, right in product(origins(inner.left), origins(inner.right)))
        for inner in ast.walk(node)
        if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Sub)
    )
