"""A right answer with one step exchanged, found in its syntax tree: a sum for a mean, a plus for a minus.

What is exchanged never reaches a loop's header, so that an exchanged answer takes about as long as the right one. Only
authored code is compiled here.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

from grader.judge.exchanges import MINUS, PLUS, others
from grader.text import Text

#: How many exchanges of one function are tried.
MOST = 200


@dataclass(frozen=True, eq=False)
class _Slot:
    """A place of an expression in the tree."""

    parent: Any
    key: int | str

    @property
    def node(self) -> ast.expr:
        found: ast.expr = self.parent[self.key] if isinstance(self.key, int) else getattr(self.parent, self.key)
        return found

    def put(self, node: ast.expr) -> None:
        if isinstance(self.key, int):
            self.parent[self.key] = node
        else:
            setattr(self.parent, self.key, node)


def exchanged(function: Callable[..., Any]) -> Iterator[tuple[Text, FunctionType]]:
    """(what its numbers are those of, the function) for each exchange of one step; none where its source is not there
    or holds a ``while``, which an exchange might keep from ending."""
    tree = _tree_of(function)
    if tree is None or any(isinstance(node, ast.While) for node in ast.walk(tree)):
        return
    assert isinstance(function, FunctionType)
    places: dict[Text, list[tuple[_Slot, ast.expr]]] = {}
    for slot in list(_slots(tree)):
        for told, other in others(slot.node, {arg.arg for arg in tree.args.args}, _alike(function)):
            places.setdefault(told, []).append((slot, ast.fix_missing_locations(ast.copy_location(other, slot.node))))
    at_once = [(told, pairs) for told, pairs in places.items() if len({slot for slot, _ in pairs}) > 1]
    one_each = [(told, [pair]) for told, pairs in places.items() for pair in pairs]
    for told, pairs in [*one_each, *at_once][:MOST]:
        code = _with(tree, pairs)
        if code is not None:
            yield told, _with_code(function, code)
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
            before, plus = node.op, isinstance(node.op, ast.Add)
            node.op = ast.Sub() if plus else ast.Add()
            code = _compiled(tree)
            node.op = before
            if code is not None:
                yield (MINUS if plus else PLUS), _with_code(function, code)


def _with(tree: ast.FunctionDef, pairs: Sequence[tuple[_Slot, ast.expr]]) -> FunctionType | None:
    """The tree's function with other expressions in these places; the tree stays as it is."""
    before = [(slot, slot.node) for slot, _ in pairs]
    for slot, other in pairs:
        slot.put(other)
    code = _compiled(tree)
    for slot, right in before:
        slot.put(right)
    return code


def _alike(function: FunctionType) -> tuple[str, ...]:
    """Functions of one argument that its chapter has beside it."""
    return tuple(
        name
        for name, value in function.__globals__.items()
        if isinstance(value, FunctionType)
        and value.__module__ == function.__module__
        and value.__code__.co_argcount == 1
        and not name.startswith("_")
    )


def _tree_of(function: Callable[..., Any]) -> ast.FunctionDef | None:
    """The function's own definition, where its source is what it was compiled from."""
    if not isinstance(function, FunctionType) or function.__closure__:
        return None
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.FunctionDef):
        return None
    made = tree.body[0]
    made.decorator_list = []
    made.returns = None
    for arg in [*made.args.args, *made.args.kwonlyargs]:
        arg.annotation = None
    again = _compiled(made)
    return made if again is not None and _written(again) == _written(function) else None


def _written(function: FunctionType) -> tuple[Any, ...]:
    """What two functions of one source have in common, wherever that was compiled."""
    code = function.__code__
    return code.co_names, code.co_varnames, [const for const in code.co_consts if not isinstance(const, CodeType)]


def _compiled(tree: ast.FunctionDef) -> FunctionType | None:
    scope: dict[str, Any] = {}
    try:
        defaults, tree.args.defaults, kw, tree.args.kw_defaults = tree.args.defaults, [], tree.args.kw_defaults, []
        tree.args.kw_defaults = [None] * len(tree.args.kwonlyargs)
        exec(compile(ast.Module([tree], []), "<exchanged>", "exec", dont_inherit=True), scope)
    except (SyntaxError, ValueError, TypeError):
        return None
    finally:
        tree.args.defaults, tree.args.kw_defaults = defaults, kw
    made = scope.get(tree.name)
    return made if isinstance(made, FunctionType) else None


def _with_code(function: FunctionType, other: FunctionType) -> FunctionType:
    made = FunctionType(other.__code__, function.__globals__, function.__name__, function.__defaults__)
    made.__kwdefaults__ = function.__kwdefaults__
    return made


def _slots(node: ast.AST) -> Iterator[_Slot]:
    """The places of all expressions that may be exchanged: no loop's header, no index, no docstring."""
    for name, value in ast.iter_fields(node):
        if name in ("decorator_list", "args", "keywords", "ctx", "slice", "target", "targets", "generators") and not (
            name == "args" and isinstance(node, ast.Call)
        ):
            continue
        if isinstance(node, ast.For) and name == "iter":
            continue
        for key, child in enumerate(value) if isinstance(value, list) else [(name, value)]:
            if isinstance(child, ast.expr) and not isinstance(child, ast.Starred | ast.JoinedStr):
                if not (isinstance(node, ast.Call) and name == "func"):
                    yield _Slot(value if isinstance(value, list) else node, key)
                yield from _slots(child)
            elif isinstance(child, ast.AST) and not _is_docstring(child):
                yield from _slots(child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
