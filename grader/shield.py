"""A student's earlier functions as later work may expect them: they get copies, and give plain data.

A later function that is right under this shield and wrong without it is not wrong itself: an earlier one writes into
its inputs, or gives a list, a matrix or a read-only view where an array belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import wraps
from inspect import isclass
from types import FunctionType
from typing import Any

import numpy as np

#: What a right value is made of: "array", a list of these for a tuple, "" for anything else.
Form = str | list[Any]


def form_of(value: Any) -> Form:
    """The form of a right value."""
    if isinstance(value, tuple):
        return [form_of(item) for item in value]
    return "array" if isinstance(value, np.ndarray) else ""


@contextmanager
def shielded(names: dict[str, Any], earlier: Mapping[str, Form]) -> Iterator[None]:
    """While it lasts, the functions and classes among ``names`` that ``earlier`` lists are shielded."""
    kept = {name: names[name] for name in earlier if callable(names.get(name))}
    methods = []
    for name, value in kept.items():
        if isclass(value):
            methods += [(value, method, function) for method, function in vars(value).items() if _is_plain(function)]
        else:
            names[name] = _shield(value, earlier[name])
    for owner, method, function in methods:
        _replace(owner, method, _shield(function, "array"))
    try:
        yield
    finally:
        names.update(kept)
        for owner, method, function in methods:
            _replace(owner, method, function)


def plain(value: Any, form: Form = "") -> Any:
    """A value as it should have come: arrays that are arrays alone and can be written to, lists as arrays and tuples
    where the right value has these."""
    if isinstance(form, list) and isinstance(value, tuple | list) and len(value) == len(form):
        return tuple(plain(item, inner) for item, inner in zip(value, form, strict=True))
    if form == "array" and isinstance(value, tuple | list):
        with suppress(Exception):  # rows of another length: it stays what it is
            array = np.array(value)
            return array if array.dtype.kind in "biufc" else value
        return value
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if type(value) is np.ndarray and value.dtype == object:
        with suppress(Exception):  # no numbers: it stays what it is
            return value.astype(float)
        return value
    is_array = type(value) is np.ndarray and value.flags.writeable
    if is_array or not hasattr(value, "__array__") or isinstance(value, np.generic) or callable(value):
        return value
    return np.array(value, subok=False)


def _shield(function: Callable[..., Any], form: Form) -> Callable[..., Any]:
    @wraps(function)
    def protected(*args: Any, **options: Any) -> Any:
        given = {name: _copied(value) for name, value in options.items()}
        return plain(function(*map(_copied, args), **given), form)

    return protected


def _copied(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(map(_copied, value))
    if type(value) is dict:
        return {key: _copied(item) for key, item in value.items()}
    return value


def _is_plain(value: Any) -> bool:
    return isinstance(value, FunctionType)


def _replace(owner: type, name: str, function: Any) -> None:
    with suppress(Exception):  # a metaclass of the student's may refuse
        setattr(owner, name, function)
