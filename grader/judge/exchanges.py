"""The single steps that are exchanged: for an expression of a right answer, what is often written in its place.

Each comes with what the numbers are then those of. A rule sees one expression and what stands below it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from grader.text import Names, Ratio, Text, raw, say

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
    "std": (
        ("var", say("a variance where a standard deviation belongs")),
        ("mean", say("a mean where a standard deviation belongs")),
    ),
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
_WITH_AXIS = {"sum", "mean", "max", "min", "argmax", "argmin", "std", "var", "any", "all", "median", "norm"}
_EDGES: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt}
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Lt: ast.Gt, ast.LtE: ast.GtE}

Exchange = tuple[Text, ast.expr]


MINUS = say("a minus where a plus belongs")
PLUS = say("a plus where a minus belongs")


def others(node: ast.expr, arguments: set[str], alike: Sequence[str]) -> Iterator[Exchange]:
    """What may stand in an expression's place. arguments: of the function; alike: functions that are like others."""
    match node:
        case ast.Call():
            yield from _calls(node, alike)
        case ast.BinOp():
            yield from _operations(node, arguments)
            yield from _slopes(node)
            used = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)} & arguments
            if len(used) == 1 and not any(isinstance(inner, ast.Call | ast.MatMult) for inner in ast.walk(node)):
                name = used.pop()
                as_it_came = say("`{name}` as it came, where something made of it belongs", name=name)
                yield as_it_came, ast.Name(name, ast.Load())
        case ast.UnaryOp(op=ast.USub(), operand=operand) if not isinstance(operand, ast.Constant):
            yield say("the formula without a minus"), operand
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            if type(op) in _EDGES:
                edge = say("another answer exactly on the edge: look at > and >=, < and <=")
                yield edge, ast.Compare(left, [_EDGES[type(op)]()], [right])
                yield say("a comparison turned round"), ast.Compare(left, [_TURNED[type(op)]()], [right])
            if isinstance(right, ast.Constant) and right.value == 0:
                for number in (0.5, 1.0):
                    told = say("a comparison with {number:g} where one with 0 belongs", number=Ratio(number))
                    yield told, ast.Compare(left, [op], [ast.Constant(number)])
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


def _calls(node: ast.Call, alike: Sequence[str]) -> Iterator[Exchange]:
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
    yield from _in_the_other_order(node)
    if name == "tanh" and of_numpy and len(node.args) == 1:
        yield say("a sigmoid where tanh belongs"), _sigmoid(node)
    if name in ("maximum", "minimum") and len(node.args) == 2:
        yield from _of_two(node, name)
    if name == "log1p" and of_numpy and len(node.args) == 1:
        again = ast.BinOp(ast.Constant(1), ast.Add(), node.args[0])
        yield say("log(1 + x) with the 1 added twice, as of log1p(1 + x)"), ast.Call(node.func, [again], [])
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
        for other in alike if len(node.args) == 1 else ():
            if other != name:
                told = say("`{one}` where `{other}` belongs", one=other, other=name)
                yield told, ast.Call(ast.Name(other, ast.Load()), node.args, node.keywords)
        if len(node.args) == 1:
            yield say("the formula without {step}", step=step), node.args[0]
            yield say("{step} applied twice", step=step), ast.Call(node.func, [node], [])
        if len(node.args) == 2:
            told = say("the two arguments of {step} exchanged", step=step)
            yield told, ast.Call(node.func, node.args[::-1], node.keywords)


def _of_two(node: ast.Call, name: str) -> Iterator[Exchange]:
    """The larger (or the smaller) of two, entry by entry: one of them alone, and that of a whole array."""
    for arg in node.args:
        if not isinstance(arg, ast.Constant):
            yield say("the formula without {step}", step=_PEAKS[name]), arg
            if isinstance(node.func, ast.Attribute):
                told = (
                    say("the largest entry of an array (np.max), where the larger of two numbers (np.maximum) belongs")
                    if name == "maximum"
                    else say("the smallest entry of an array (np.min), where the smaller of two (np.minimum) belongs")
                )
                of_all = ast.Attribute(node.func.value, name[:3], ast.Load())
                yield told, ast.Call(of_all, [arg], [])
                yield told, ast.Call(of_all, [arg], [ast.keyword("axis", ast.Constant(0))])


_PEAKS: dict[str, Text] = {"maximum": say("the maximum"), "minimum": say("the minimum")}


def _axes(node: ast.Call) -> Iterator[Exchange]:
    axis = next((keyword for keyword in node.keywords if keyword.arg == "axis"), None)
    if axis is None:
        return
    others = [keyword for keyword in node.keywords if keyword is not axis]
    is_length = isinstance(node.func, ast.Attribute) and node.func.attr == "norm"
    if isinstance(axis.value, ast.Constant) and axis.value.value in (0, 1):
        turned = ast.keyword("axis", ast.Constant(0 if axis.value.value else 1))
        told = say("lengths along the other axis") if is_length else _OTHER_AXIS
        yield told, ast.Call(node.func, node.args, [*others, turned])
    told = say("the length of the whole array at once") if is_length else _AT_ONCE
    yield told, ast.Call(node.func, node.args, others)


_OTHER_AXIS = say("a sum, mean or maximum along the other axis")
_AT_ONCE = say("a sum, mean or maximum over all entries at once")


def _operations(node: ast.BinOp, arguments: set[str]) -> Iterator[Exchange]:
    left, right = node.left, node.right
    match node.op:
        case ast.Add():
            yield MINUS, ast.BinOp(left, ast.Sub(), right)
            yield _without(right, arguments, _TERM), left
            yield _without(left, arguments, _TERM), right
        case ast.Sub():
            yield PLUS, ast.BinOp(left, ast.Add(), right)
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
    """What is told where a part of a formula is left out: its name, where it is an argument, or what is in it."""
    if isinstance(left_out, ast.Name) and left_out.id in arguments:
        return say("the formula without {step}", step=raw(f"`{left_out.id}`"))
    match left_out:
        case ast.Call(func=ast.Attribute(attr=name)) if name in _STEPS | _PEAKS:
            what: Text | Names = (_STEPS | _PEAKS)[name]
        case _:
            used = {inner.id for inner in ast.walk(left_out) if isinstance(inner, ast.Name)} & arguments
            if not 0 < len(used) < 3:
                return otherwise
            what = Names(tuple(raw(f"`{name}`") for name in sorted(used)))
    if otherwise is _TERM:
        return say("the formula without its term with {what}", what=what)
    if otherwise is _FACTOR:
        return say("the formula without its factor with {what}", what=what)
    return otherwise


def _slopes(node: ast.BinOp) -> Iterator[Exchange]:
    """The sigmoid's slope, h(1 - h), and that of tanh, 1 - a², taken for each other."""
    one = ast.Constant(1)
    match node:
        case ast.BinOp(ast.Constant(value=1), ast.Sub(), ast.BinOp(ast.Name() as a, ast.Pow(), ast.Constant(value=2))):
            told = say("the sigmoid's slope, a(1 - a), where that of tanh, 1 - a², belongs")
            yield told, ast.BinOp(a, ast.Mult(), ast.BinOp(one, ast.Sub(), a))
        case ast.BinOp(left, ast.Mult(), ast.BinOp(ast.Constant(value=1), ast.Sub(), ast.Name(id=name) as h)):
            slope = ast.BinOp(one, ast.Sub(), ast.BinOp(h, ast.Pow(), ast.Constant(2)))
            told = say("the slope of tanh, 1 - h², where that of the sigmoid, h(1 - h), belongs")
            match left:
                case ast.Name(id=other) if other == name:
                    yield told, slope
                case ast.BinOp(before, ast.Mult(), ast.Name(id=other)) if other == name:
                    yield told, ast.BinOp(before, ast.Mult(), slope)


def _in_the_other_order(node: ast.Call) -> Iterator[Exchange]:
    """A function of single entries, and a sum, mean or maximum: one before the other."""
    match node:
        case ast.Call(ast.Attribute(ast.Name("np"), step), [ast.Call(ast.Attribute() as outer) as inner]):
            if step in _STEPS and outer.attr in _WITH_AXIS:
                told = say("{step} before a sum, mean or maximum, where it belongs after it", step=_STEPS[step])
                if isinstance(outer.value, ast.Name) and outer.value.id == "np" and inner.args:
                    first = ast.Call(node.func, [inner.args[0]], [])
                    yield told, ast.Call(outer, [first, *inner.args[1:]], inner.keywords)
                else:
                    first = ast.Call(node.func, [outer.value], [])
                    yield told, ast.Call(ast.Attribute(first, outer.attr, ast.Load()), inner.args, inner.keywords)
            elif outer.attr in _STEPS and step in _WITH_AXIS and len(inner.args) == 1:
                told = say("{step} after a sum, mean or maximum, where it belongs before it", step=_STEPS[outer.attr])
                yield told, ast.Call(outer, [ast.Call(node.func, inner.args, node.keywords)], [])


def _sigmoid(node: ast.Call) -> ast.expr:
    """Of what a call of ``np.tanh`` is given."""
    assert isinstance(node.func, ast.Attribute)
    exp = ast.Call(ast.Attribute(node.func.value, "exp", ast.Load()), [ast.UnaryOp(ast.USub(), node.args[0])], [])
    return ast.BinOp(ast.Constant(1), ast.Div(), ast.BinOp(ast.Constant(1), ast.Add(), exp))
