"""Sentences for people, made where they are shown: the English of a sentence is its key in every other language.

What is found is kept as a `Text`: the key and what stands in its places. Nothing asks a text what it says; `render`
makes words of it at the edge, through the `Catalogue` of whoever reads. `str` of a text is its English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral, Real
from string import Formatter
from typing import Any, Protocol


@dataclass(frozen=True)
class Text:
    """Some sentences in no language yet.

    key: the English, with ``{name}`` or ``{name:.4g}`` where a field stands; plural: the same for several, where
    ``count`` decides; fields: what stands there, texts and `Names` among it; parts: instead of a key, texts one after
    the other, and plain strings that nobody translates; context: which of an author's sentences it is.
    """

    key: str = ""
    fields: tuple[tuple[str, Any], ...] = ()
    plural: str = ""
    count: int = 1
    parts: tuple[Text | str, ...] = ()
    context: str = field(default="", compare=False)

    def __bool__(self) -> bool:
        return bool(self.key) or any(map(bool, self.parts))

    def __str__(self) -> str:
        return render(self)

    def __add__(self, other: Text | str) -> Text:
        """One after the other, without a space between them."""
        mine = self.parts if not self.key else (self,)
        theirs = other.parts if isinstance(other, Text) and not other.key else (other,)
        return Text(parts=tuple(part for part in (*mine, *theirs) if part))

    def __radd__(self, other: str) -> Text:
        return raw(other) + self


#: No sentence.
NO_TEXT = Text()


@dataclass(frozen=True)
class Names:
    """Several names in a sentence: ``a``, ``a and b``, ``a, b and c``."""

    names: tuple[Any, ...]


class Ratio(float):
    """A number in a sentence that follows from how an answer was computed, as a factor or a share does, and not from
    the numbers of an input. It is told of hidden inputs too, with few digits; every other one is withheld there."""

    def __new__(cls, value: float, digits: int = 3) -> Ratio:
        return super().__new__(cls, f"{value:.{digits}g}")


class Quoted(str):
    """Words that were made while grading, of values: a library's, or of a chapter's score. They may hold any number."""


@dataclass(frozen=True)
class Withheld:
    """Stands in a sentence where something is not told."""

    def __format__(self, spec: str) -> str:
        return "…"

    def __str__(self) -> str:
        return "…"


#: In place of a number of hidden inputs.
WITHHELD = Withheld()


class Catalogue(Protocol):
    """Sentences of one language."""

    def sentence(self, key: str, context: str = "") -> str:
        """The sentence for an English key, its places still open."""
        ...

    def counted(self, one: str, many: str, count: int) -> str:
        """The sentence for one or for many."""
        ...


class English:
    """The language of the keys."""

    def sentence(self, key: str, context: str = "") -> str:
        return key

    def counted(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many


ENGLISH = English()


def say(key: str, **fields: Any) -> Text:
    """A sentence. Its key is found by whoever makes a catalogue, so it is written out at the call."""
    return Text(key, _kept(fields))


def say_counted(one: str, many: str, count: int, **fields: Any) -> Text:
    """A sentence for one, or for many; ``{count}`` stands for their number."""
    return Text(one, _kept({"count": count, **fields}), many, count)


def authored(sentence: str, context: str) -> Text:
    """A chapter's own sentence: translated beside the chapter, under ``context``."""
    return Text(sentence, context=context) if sentence else NO_TEXT


def raw(text: str) -> Text:
    """What nobody translates: a student's own text, a name, a library's message."""
    return Text(parts=(text,)) if text else NO_TEXT


def joined(texts: Sequence[Text | str], between: str = " ") -> Text:
    """The texts that are not empty, one after the other."""
    made = NO_TEXT
    for text in texts:
        if text:
            made = (made + raw(between) if made else NO_TEXT) + text
    return made


def render(text: Text | Names | str, catalogue: Catalogue = ENGLISH) -> str:
    """The words of a text. A name that a sentence lacks is a fault of ours and raises KeyError."""
    if isinstance(text, str):
        return text
    if isinstance(text, Names):
        return _listed([_word(name, catalogue) for name in text.names], catalogue)
    if not text.key:
        return "".join(render(part, catalogue) for part in text.parts)
    key = (
        catalogue.counted(text.key, text.plural, text.count)
        if text.plural
        else catalogue.sentence(text.key, text.context)
    )
    # A key without fields is no template: it may hold braces of its own, as formulas do.
    return key.format_map({name: _field(value, catalogue) for name, value in text.fields}) if text.fields else key


def places(key: str) -> list[str]:
    """The names of the places of a key, each once, in their order. Raises ValueError for braces that do not match."""
    return list(dict.fromkeys(name for _, name, _, _ in Formatter().parse(key) if name))


def mend_first(names: Sequence[str]) -> Text:
    """What stands in place of a figure that cannot be drawn with these exercises."""
    return say_counted(
        "Mend {names} first: see its check.",
        "Mend {names} first: see their checks.",
        len(names),
        names=Names(tuple(names)),
    )


def as_data(text: Text) -> Any:
    """A text as plain data, for JSON; `text_from` reads it back."""
    return _plain(text)


def text_from(data: Any) -> Text:
    """The text that `as_data` wrote. Raises ValueError for anything else, and for a text that cannot be rendered."""
    try:
        made = _read(data)
        render(made)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        made = None
    if not isinstance(made, Text):
        raise ValueError("a text is expected, as plain data")
    return made


def _kept(fields: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """The fields as plain data, so that a text comes back from JSON as it was."""
    return tuple((name, _kept_value(value)) for name, value in fields.items())


def _kept_value(value: Any) -> Any:
    if isinstance(value, Text | Names | Withheld | str | int | float) or value is None:
        return value
    if isinstance(value, Integral):  # NumPy's
        return int(value)
    return float(value) if isinstance(value, Real) else str(value)


def _field(value: Any, catalogue: Catalogue) -> Any:
    return render(value, catalogue) if isinstance(value, Text | Names) else value


def _word(value: Any, catalogue: Catalogue) -> str:
    return str(_field(value, catalogue))


def _listed(words: Sequence[str], catalogue: Catalogue) -> str:
    if len(words) < 2:
        return "".join(words)
    return catalogue.sentence(_AND.key).format(first=", ".join(words[:-1]), last=words[-1])


_AND = say("{first} and {last}")


def _plain(value: Any) -> Any:
    if isinstance(value, Names):
        return {"names": [_plain(name) for name in value.names]}
    if isinstance(value, Withheld):
        return {"withheld": True}
    if not isinstance(value, Text):
        return value if isinstance(value, str | int | float | bool) or value is None else str(value)
    if not value.key:
        return {"parts": [_plain(part) for part in value.parts]}
    told: dict[str, Any] = {"key": value.key}
    if value.fields:
        told["fields"] = {name: _plain(field) for name, field in value.fields}
    if value.plural:
        told |= {"plural": value.plural, "count": value.count}
    if value.context:
        told["context"] = value.context
    return told


def _read(data: Any) -> Any:
    if not isinstance(data, Mapping):
        return data
    if "names" in data:
        return Names(tuple(map(_read, data["names"])))
    if "withheld" in data:
        return WITHHELD
    if "parts" in data:
        return Text(parts=tuple(map(_read, data["parts"])))
    if not isinstance(data.get("key"), str):
        raise ValueError("no text")
    fields = tuple((name, _read(value)) for name, value in data.get("fields", {}).items())
    return Text(data["key"], fields, data.get("plural", ""), data.get("count", 1), (), data.get("context", ""))
