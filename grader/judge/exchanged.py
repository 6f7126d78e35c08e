"""A right answer with one step exchanged, found in its syntax tree: a sum for a mean, a plus for a minus.

What is exchanged never reaches a loop's header, so that an exchanged answer takes about as long as the right one. Only
authored code is compiled here.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

from grader.text import Text, raw, say

#: How many exchanges of one function are tried.
MOST = 200

#: NumPy functions and methods, each with others that are taken for it.
_SWAPS: dict[str, tuple[tuple[str, Text], ...]] = {
    "mean": (
        ("sum", say("a sum where a mean belongs")),
        ("median", say("a median where a mean belongs")),
        ("max", say("a maximum where a mean belongs")),
    ),
    "sum": (("mean", say("a mean where a sum belongs")), ("max", say("a maximum where a sum belongs"))),
    "max": (("min", say("a minimum where a maximum belongs")),),
    "min": (("max", say("a maximum where a minimum belongs")), ("mean", say("a mean where a minimum belongs"))),
    "argmax": (("argmin", say("the place of the minimum where that of the maximum belongs")),),
    "maximum": (("minimum", say("a minimum where a maximum belongs")),),
    "minimum": (("maximum", say("a maximum where a minimum belongs")),),
    "log": (
        ("log2", say("a logarithm to the base 2")),
        ("log10", say("a logarithm to the base 10")),
        ("log1p", say("log(1 + x) where log(x) belongs")),
    ),
    "log1p": (("log", say("log(x) where log(1 + x) belongs")),),
    "exp": (("exp2", say("powers of 2 where powers of e belong")),),
    "std": (("var", say("a variance where a standard deviation belongs")),),
    "var": (("std", say("a standard deviation where a variance belongs")),),
}
#: Functions of one array that are forgotten.
_STEPS: dict[str, Text] = {
    "exp": say("the exponential"),
    "log": say("the logarithm"),
    "log1p": say("the logarithm"),
    "sqrt": say("the square root"),
    "abs": say("the absolute value"),
    "tanh": say("tanh"),
    "square": say("the square"),
}
_WITH_AXIS = {"sum", "mean", "max", "min", "argmax", "argmin", "std", "var", "any", "all", "median"}
_EDGES: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt}
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Lt: ast.Gt, ast.LtE: ast.GtE}

Exchange = tuple[Text, ast.expr]


@dataclass(frozen=True)
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
    made = 0
    for slot in list(_slots(tree)):
        right = slot.node
        for told, other in _others(right, {arg.arg for arg in tree.args.args}):
            slot.put(ast.fix_missing_locations(ast.copy_location(other, right)))
            code = _compiled(tree)
            slot.put(right)
            if code is not None and made < MOST:
                made += 1
                yield told, _with_code(function, code)
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
            before, plus = node.op, isinstance(node.op, ast.Add)
            node.op = ast.Sub() if plus else ast.Add()
            code = _compiled(tree)
            node.op = before
            if code is not None:
                yield (_MINUS if plus else _PLUS), _with_code(function, code)


_MINUS = say("a minus where a plus belongs")
_PLUS = say("a plus where a minus belongs")


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


def _others(node: ast.expr, arguments: set[str]) -> Iterator[Exchange]:
    match node:
        case ast.Call():
            yield from _calls(node)
        case ast.BinOp():
            yield from _operations(node, arguments)
        case ast.UnaryOp(op=ast.USub(), operand=operand) if not isinstance(operand, ast.Constant):
            yield say("the formula without a minus"), operand
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            if type(op) in _EDGES:
                edge = say("another answer exactly on the edge: look at > and >=, < and <=")
                yield edge, ast.Compare(left, [_EDGES[type(op)]()], [right])
                yield say("a comparison turned round"), ast.Compare(left, [_TURNED[type(op)]()], [right])
        case ast.IfExp(test=test, body=body, orelse=other):
            yield _CASES, ast.IfExp(test, other, body)
        case ast.Attribute(value=value, attr="T"):
            yield say("the formula without a transpose"), value
        case ast.Subscript(value=value, slice=ast.Tuple(elts=[ast.Call(), ast.Name() as column])):
            whole = ast.Tuple([ast.Slice(), column], ast.Load())
            yield (
                say("whole columns where one entry of each row belongs"),
                ast.Subscript(value, whole, ast.Load()),
            )


_CASES = say("two cases exchanged")


def _calls(node: ast.Call) -> Iterator[Exchange]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    of_numpy = isinstance(node.func, ast.Attribute)
    for other, told in _SWAPS.get(name, ()) if of_numpy else ():
        func = node.func
        is_method = not (isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "np")
        if isinstance(func, ast.Attribute) and not (is_method and other == "median"):
            yield told, ast.Call(ast.Attribute(func.value, other, ast.Load()), node.args, node.keywords)
    if name in _WITH_AXIS and of_numpy:
        yield from _axes(node)
    if name in ("std", "var") and of_numpy:
        less = ast.keyword("ddof", ast.Constant(1))
        told = say("a division by the number of entries less one")
        yield told, ast.Call(node.func, node.args, [*node.keywords, less])
    if of_numpy and name in _STEPS and len(node.args) == 1:
        yield say("the formula without {step}", step=_STEPS[name]), node.args[0]
    if name in ("maximum", "minimum") and len(node.args) == 2:
        for arg in node.args:
            if not isinstance(arg, ast.Constant):
                step = say("the maximum") if name == "maximum" else say("the minimum")
                yield say("the formula without {step}", step=step), arg
    if name == "where" and len(node.args) == 3:
        yield _CASES, ast.Call(node.func, [node.args[0], node.args[2], node.args[1]], node.keywords)
    if name == "len" and len(node.args) == 1:
        one = ast.Constant(1)
        yield say("a division by the number of rows less one"), ast.BinOp(node, ast.Sub(), one)
        columns = ast.Attribute(node.args[0], "shape", ast.Load())
        yield (
            say("the number of columns where that of the rows belongs"),
            ast.Subscript(columns, ast.UnaryOp(ast.USub(), one), ast.Load()),
        )
        entries = ast.Attribute(node.args[0], "size", ast.Load())
        yield say("the number of all entries where that of the rows belongs"), entries
    if isinstance(node.func, ast.Name) and name not in ("len", "float", "int", "zip", "range", "tuple", "list"):
        step = raw(f"`{name}`")
        if len(node.args) == 1:
            yield say("the formula without {step}", step=step), node.args[0]
            yield say("{step} applied twice", step=step), ast.Call(node.func, [node], [])
        if len(node.args) == 2:
            told = say("the two arguments of {step} exchanged", step=step)
            yield told, ast.Call(node.func, node.args[::-1], node.keywords)


def _axes(node: ast.Call) -> Iterator[Exchange]:
    axis = next((keyword for keyword in node.keywords if keyword.arg == "axis"), None)
    if axis is None:
        return
    others = [keyword for keyword in node.keywords if keyword is not axis]
    if isinstance(axis.value, ast.Constant) and axis.value.value in (0, 1):
        turned = ast.keyword("axis", ast.Constant(0 if axis.value.value else 1))
        yield say("a sum, mean or maximum along the other axis"), ast.Call(node.func, node.args, [*others, turned])
    yield say("a sum, mean or maximum over all entries at once"), ast.Call(node.func, node.args, others)


def _operations(node: ast.BinOp, arguments: set[str]) -> Iterator[Exchange]:
    left, right = node.left, node.right
    match node.op:
        case ast.Add():
            yield _MINUS, ast.BinOp(left, ast.Sub(), right)
            yield _without(right, arguments, _TERM), left
            yield _without(left, arguments, _TERM), right
        case ast.Sub():
            yield _PLUS, ast.BinOp(left, ast.Add(), right)
            yield say("a difference taken the other way round"), ast.BinOp(right, ast.Sub(), left)
            yield _without(right, arguments, _TERM), left
            yield _without(left, arguments, _TERM), ast.UnaryOp(ast.USub(), right)
        case ast.Mult():
            yield say("a division where a product belongs"), ast.BinOp(left, ast.Div(), right)
            yield _without(right, arguments, _FACTOR), left
            yield _without(left, arguments, _FACTOR), right
        case ast.Div():
            yield say("a product where a division belongs"), ast.BinOp(left, ast.Mult(), right)
            yield say("a division the other way round"), ast.BinOp(right, ast.Div(), left)
            yield _without(right, arguments, say("the formula without a division")), left
        case ast.Pow():
            yield say("the formula without a power"), left


_TERM = say("the formula without one of its terms")
_FACTOR = say("the formula without one of its factors")


def _without(left_out: ast.expr, arguments: set[str], otherwise: Text) -> Text:
    """What is told where a part of a formula is left out: its name, where it is an argument."""
    if isinstance(left_out, ast.Name) and left_out.id in arguments:
        return say("the formula without {step}", step=raw(f"`{left_out.id}`"))
    return otherwise
