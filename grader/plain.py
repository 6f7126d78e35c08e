"""Plain data read back from JSON, field by field: what is missing or of another type is told with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Misread(ValueError):
    """Plain data that is not what was expected. ``str`` is one line: ``checks[2].points is 'x'; a number is
    expected``."""

    def __init__(self, place: str, told: str) -> None:
        super().__init__(f"{place or 'it'} {told}")
        self._place, self._told = place, told

    def inside(self, place: str) -> Misread:
        """The same, seen from the object that has it at ``place``."""
        return Misread(f"{place}.{self._place}" if self._place else place, self._told)


class Fields:
    """An object of JSON. Each method gives the value of a field, or raises Misread."""

    def __init__(self, data: object) -> None:
        if not isinstance(data, dict):
            raise Misread("", f"is {_short(data)}; an object is expected")
        self._data = data

    def text(self, name: str) -> str:
        return str(self._typed(name, "a text", str))

    def flag(self, name: str) -> bool:
        return bool(self._typed(name, "true or false", bool))

    def whole(self, name: str) -> int:
        return int(self._typed(name, "a whole number", int))

    def number(self, name: str) -> float:
        return float(self._typed(name, "a number", int, float))

    def read(self, name: str, make: Callable[[Any], T]) -> T:
        """What ``make`` makes of the field."""
        return _made(name, self._data.get(name), make)

    def maybe(self, name: str, make: Callable[[Any], T]) -> T | None:
        """What ``make`` makes of the field; None where it is null or not there."""
        return None if self._data.get(name) is None else self.read(name, make)

    def has(self, name: str) -> bool:
        return name in self._data

    def each(self, name: str, make: Callable[[Any], T]) -> tuple[T, ...]:
        """What ``make`` makes of each item of a list."""
        items = self._typed(name, "a list", list)
        return tuple(_made(f"{name}[{number}]", item, make) for number, item in enumerate(items))

    def _typed(self, name: str, expected: str, *kinds: type) -> Any:
        value = self._data.get(name)
        if type(value) not in kinds:  # a bool is no number here
            came = f"is {_short(value)}" if name in self._data else "is missing"
            raise Misread(name, f"{came}; {expected} is expected")
        return value


def exactly(kind: type[T]) -> Callable[[Any], T]:
    """For a field or an item that is of this type already."""

    def read(value: Any) -> T:
        if type(value) is not kind:
            raise ValueError(f"of type {kind.__name__} is expected")
        return value

    return read


def _made(place: str, value: Any, make: Callable[[Any], T]) -> T:
    try:
        return make(value)
    except Misread as error:
        raise error.inside(place) from None
    except ValueError as error:
        raise Misread(place, f"is {_short(value)}: {error}") from None


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
