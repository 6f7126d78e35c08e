"""What a value of the chapter's is written with, whatever kind it is: a function, a class, a wrapper around one.

``np.vectorize``, ``functools.partial`` and objects that can be called have no code of their own; it is looked for
inside. What has none at all, such as a NumPy ufunc, uses no name.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from functools import partial
from types import FunctionType
from typing import Any

import numpy as np


def used_names(value: Any) -> frozenset[str]:
    """The global names that the code of a value mentions."""
    return frozenset(name for function in _functions(value) for name in function.__code__.co_names)


def first_line(value: Any) -> int:
    """The line in its file at which the code of a value begins; 1 where it has none."""
    if inspect.isclass(value):
        try:
            return inspect.getsourcelines(value)[1]
        except (OSError, TypeError):
            return min((function.__code__.co_firstlineno for function in _functions(value)), default=1)
    return next((function.__code__.co_firstlineno for function in _functions(value)), 1)


def globals_of(value: Any) -> dict[str, Any]:
    """The names that the code of a value sees; none for what has no code."""
    return next((function.__globals__ for function in _functions(value)), {})


def rebound(value: Any, names: Mapping[str, Any]) -> Any:
    """The same value with other meanings of some of its global names; one without code as it is."""
    match value:
        case FunctionType():
            made = FunctionType(
                value.__code__, {**value.__globals__, **names}, value.__name__, value.__defaults__, value.__closure__
            )
            made.__kwdefaults__ = value.__kwdefaults__
            return made
        case partial():
            return partial(rebound(value.func, names), *value.args, **value.keywords)
        case np.vectorize():
            return np.vectorize(
                rebound(value.pyfunc, names), value.otypes, value.__doc__, value.excluded, value.cache, value.signature
            )
    return value


def _functions(value: Any) -> Iterator[FunctionType]:
    """The functions that a value is made of."""
    match value:
        case FunctionType():
            yield value
        case partial():
            yield from _functions(value.func)
        case np.vectorize():
            yield from _functions(value.pyfunc)
        case type():
            for member in vars(value).values():
                inner = getattr(member, "__func__", getattr(member, "fget", member))
                if isinstance(inner, FunctionType):
                    yield inner
        case _:
            called = vars(type(value)).get("__call__")
            if isinstance(called, FunctionType):
                yield called
