"""Difference quotients in a piece of source: a forward whose different values are subtracted is a backward by trial.

A subtraction counts where both its sides are values of the forward, and of different calls: ``loss(z + h) - loss(z)``.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product

from grader.syntax.names import named
from grader.syntax.trees import FUNCTIONS, executed


def differenced(meanings: Sequence[ast.AST], forwards: Sequence[str]) -> str:
    """The first forward of which a subtraction takes two different values, directly or through helpers; else ""."""
    for forward in forwards:
        names = _calling(meanings, forward)
        if any(_subtracts(meaning, names | _called_arguments(meaning)) for meaning in meanings):
            return forward
    return ""


def _calling(meanings: Sequence[ast.AST], forward: str) -> set[str]:
    """The forward's name, and those of functions within the answer that give values of it; a method's has a dot
    before it."""
    _, dot, method = forward.rpartition(".")
    names, before = {dot + method}, 0
    helpers = [(name, node) for meaning in meanings for name, node in _functions(meaning) if node is not meanings[0]]
    while len(names) != before:
        before = len(names)
        names |= {name for name, node in helpers if _calls(node, names)}
    return names


def _functions(meaning: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The functions and lambdas within a piece of source, by name; methods as ``.forward``."""
    members = {member for node in ast.walk(meaning) if isinstance(node, ast.ClassDef) for member in executed(node.body)}
    for node in ast.walk(meaning):
        dot = "." if node in members else ""
        if isinstance(node, FUNCTIONS):
            yield dot + node.name, node
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            yield from ((dot + target.id, node.value) for target in node.targets if isinstance(target, ast.Name))


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
    """The calls of these functions and methods in a piece of source."""
    return {_text(call) for call in ast.walk(node) if isinstance(call, ast.Call) and _called(call) in names}


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name() | ast.Call(func=ast.Name()), attr=name):
            return f".{name}"
    return ""


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


def _subtracts(meaning: ast.AST, names: Collection[str]) -> bool:
    """Whether both sides of a subtraction are values of these functions, and of different calls.

    A variable is its function's; what one method keeps in ``self.up`` another may subtract, but not from itself.
    """
    pieces = list(_pieces(meaning))
    made = [_assigned(piece, names) for piece in pieces]
    kept: dict[str, set[_Call]] = {}
    for values in made:
        for place, calls in values.items():
            if "." in place:
                kept[place] = kept.get(place, set()) | calls

    def differs(inner: ast.BinOp, values: Mapping[str, set[_Call]]) -> bool:
        left, right = (
            {("", call) for call in _calls(side, names)}
            | {(place, call) for place in _places(side) for call in values.get(place, ())}
            for side in (inner.left, inner.right)
        )
        return any(
            _differ(one, other) and not (place == there and "." in place)
            for (place, one), (there, other) in product(left, right)
        )

    return any(
        differs(inner, {**values, **kept})
        for piece, values in zip(pieces, made, strict=True)
        for inner in ast.walk(piece)
        if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Sub)
    )


def _pieces(meaning: ast.AST) -> Iterator[ast.AST]:
    """A class's functions, each with variables of its own; anything else as a whole."""
    waiting = [meaning]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.ClassDef | ast.Module):
            waiting += node.body
        else:
            yield node


def _assigned(piece: ast.AST, names: Collection[str]) -> dict[str, set[_Call]]:
    """The variables and attributes that hold values of these functions, and of which calls."""
    values: dict[str, set[_Call]] = {}
    for node in ast.walk(piece):
        if isinstance(node, ast.Assign) and (made := _calls(node.value, names)):
            for target in node.targets:
                for place in _places(target) - _owners(target):
                    values[place] = values.get(place, set()) | made
    return values


def _places(node: ast.AST) -> set[str]:
    """The variables and attributes that stand in a piece of source: ``x``, ``self.up``."""
    return set(named(node)) | {
        f"{inner.value.id}.{inner.attr}"
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name)
    }


def _owners(node: ast.AST) -> set[str]:
    """The variables of which only an attribute is meant: ``self`` of ``self.up``."""
    return {
        inner.value.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name)
    }
