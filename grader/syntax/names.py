"""The names in a piece of source, resolved as Python resolves them.

A function's own names hide the notebook's; a class's do not hide them from its methods; ``self.x`` is no name of the
notebook. Nothing recurses: students' sums have thousands of terms.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from grader.syntax.trees import DEFINITIONS, FUNCTIONS

#: Where a name stands for a type and computes nothing.
_TYPE_TESTS = ("isinstance", "issubclass")
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
#: The names that are a place's own: an import's with its dotted name, any other with "".
_Own = Mapping[str, str]


@lru_cache(maxsize=256)
def named(node: ast.AST) -> frozenset[str]:
    """All names that stand in a piece of source."""
    return frozenset(inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))


def attributes(node: ast.AST) -> frozenset[str]:
    """All names that stand after a dot in a piece of source."""
    return frozenset(inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute))


def loaded(node: ast.AST) -> Iterator[ast.Name]:
    """The names that a piece of source reads, each where it stands."""
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load))


@lru_cache(maxsize=256)
def bound(node: ast.AST) -> frozenset[str]:
    """All names that a piece of source gives a meaning, at any depth: assignments, imports, definitions, arguments."""
    return frozenset(name for inner in ast.walk(node) for name in _binds(inner)) | {
        inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg)
    }


def defined(tree: ast.Module) -> set[str]:
    """The names that a cell gives a meaning in the notebook, not those within its functions and classes."""
    return {name for inner in _own(tree.body) for name in _binds(inner)}


def bound_here(statement: ast.stmt) -> set[str]:
    """The names that a statement itself gives a meaning or takes one from (``del``): not those of statements in it."""
    inner = [value for _, value in ast.iter_fields(statement) if not _holds_statements(value)]
    parts = [part for value in inner for part in (value if isinstance(value, list) else [value])]
    found = {name for part in _own([one for one in parts if isinstance(one, ast.AST)]) for name in _binds(part)}
    if isinstance(statement, ast.Try | ast.TryStar):
        found |= {handler.name for handler in statement.handlers if handler.name}
    if isinstance(statement, ast.Match):
        found |= {name for case in statement.cases for part in _own([case.pattern]) for name in _binds(part)}
    return found


def stored(target: ast.AST) -> Iterator[str]:
    """The names that a target gives a value; of ``np.lse = ...`` none."""
    return (node.id for node in ast.walk(target) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


def imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """(local name, dotted name) of what an import brings."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield (alias.asname, alias.name) if alias.asname else (2 * (alias.name.split(".")[0],))
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


@lru_cache(maxsize=256)
def outside(node: ast.AST) -> frozenset[str]:
    """The names that a piece of source takes from the notebook (or from Python itself)."""
    return frozenset(
        inner.id
        for inner, own in _resolved(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load) and inner.id not in own
    )


def libraries(node: ast.AST, imports: Mapping[str, str]) -> Iterator[str]:
    """What a piece of source uses of libraries, dotted: ``np.linalg.norm`` as ``numpy.linalg.norm``.

    imports: what the notebook's own imports bring; those within the source are known.
    """
    for inner, own in _resolved(node):
        parts: list[str] = []
        while isinstance(inner, ast.Attribute):
            parts.append(inner.attr)
            inner = inner.value
        if isinstance(inner, ast.Name) and (root := own.get(inner.id, imports.get(inner.id, ""))):
            yield ".".join([root, *reversed(parts)])


def _resolved(node: ast.AST) -> Iterator[tuple[ast.AST, _Own]]:
    """Each node of a piece of source that computes, with the names that are no names of the notebook there.

    Annotations and ``isinstance`` only speak of types; they are left out.
    """
    # Beside each node: its own names, and those that functions within it see, too (a class's are not among them).
    waiting: list[tuple[ast.AST, _Own, _Own]] = [(node, {}, {})]
    while waiting:
        node, own, seen = waiting.pop()
        yield node, own
        here: list[ast.AST] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TYPE_TESTS:
            here = list(node.args[:1])
        elif isinstance(node, (*FUNCTIONS, ast.Lambda)):
            body = [node.body] if isinstance(node, ast.Lambda) else node.body
            here = [*getattr(node, "decorator_list", []), *node.args.defaults, *filter(None, node.args.kw_defaults)]
            inner = _scope(body, seen, _arguments(node.args))
            waiting += [(part, inner, inner) for part in reversed(body)]
        elif isinstance(node, ast.ClassDef):
            here = [*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)]
            inner = _scope(node.body, seen, ())
            waiting += [(part, inner, seen) for part in reversed(node.body)]
        elif isinstance(node, _COMPREHENSIONS):
            targets = [name for part in node.generators for name in stored(part.target)]
            inner = {**seen, **dict.fromkeys(targets, "")}
            here = [node.generators[0].iter]
            parts = [part for one in node.generators for part in (one.target, *one.ifs)]
            parts += [one.iter for one in node.generators[1:]]
            parts += [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
            waiting += [(part, inner, inner) for part in reversed(parts)]
        else:
            fields = (field for name, field in ast.iter_fields(node) if name not in ("annotation", "returns"))
            here = [
                value
                for field in fields
                for value in (field if isinstance(field, list) else [field])
                if isinstance(value, ast.AST)
            ]
        waiting += [(part, own, seen) for part in reversed(here)]


def _scope(body: Sequence[ast.AST], seen: _Own, arguments: Sequence[str]) -> _Own:
    """The names of a function's or a class's own, and those around it that it sees."""
    nodes = list(_own(body))
    of_notebook = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
    of_function = {name for node in nodes if isinstance(node, ast.Nonlocal) for name in node.names}
    own = dict.fromkeys((*arguments, *(name for node in nodes for name in _binds(node))), "")
    own |= {name: dotted for node in nodes for name, dotted in imported(node)}
    visible = {**seen, **{name: value for name, value in own.items() if name not in of_function}}
    return {name: value for name, value in visible.items() if name not in of_notebook}


def _own(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """The nodes of a scope: those of functions, classes and comprehensions within it are not its own."""
    waiting = [*reversed(body)]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, (*DEFINITIONS, ast.Lambda)):
            continue
        if isinstance(node, _COMPREHENSIONS):  # of what a comprehension assigns, only (n := ...) stays
            waiting += [inner for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr)]
            continue
        waiting += reversed(list(ast.iter_child_nodes(node)))


def _binds(node: ast.AST) -> Iterator[str]:
    """The names that one node gives a meaning."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.ExceptHandler(name=str() as name) | ast.MatchAs(name=str() as name) | ast.MatchStar(str() as name):
            yield name
        case ast.MatchMapping(rest=str() as name):
            yield name
        case ast.Import() | ast.ImportFrom():
            yield from ((alias.asname or alias.name).split(".")[0] for alias in node.names)


def _arguments(arguments: ast.arguments) -> list[str]:
    """A function's arguments; of ``def f(keras=keras)`` none, for it stands for the notebook's."""
    positional = [*arguments.posonlyargs, *arguments.args]
    plain = [None] * (len(positional) - len(arguments.defaults))
    defaults = [*plain, *arguments.defaults, *arguments.kw_defaults]
    given = zip([*positional, *arguments.kwonlyargs], defaults, strict=True)
    names = [one.arg for one, default in given if not (isinstance(default, ast.Name) and default.id == one.arg)]
    return names + [one.arg for one in (arguments.vararg, arguments.kwarg) if one is not None]


def _holds_statements(value: object) -> bool:
    return isinstance(value, list) and any(
        isinstance(item, ast.stmt | ast.ExceptHandler | ast.match_case) for item in value
    )
