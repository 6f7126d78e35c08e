"""Languages: the catalogue of a name, and the one in which this process speaks.

A language is a folder here, ``<name>/LC_MESSAGES/grader.mo``, made of ``grader.pot`` by the tools of gettext. ``xx`` is
the pseudo-language: English, each sentence in brackets, which shows what is no sentence of a catalogue.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

from grader.refusal import Refusal
from grader.text import ENGLISH, Catalogue, Text, places, render

#: English in brackets.
PSEUDO = "xx"
OPEN, CLOSE = "⟦", "⟧"

_FOLDER = Path(__file__).parent
_DOMAIN = "grader"


class LocaleError(Refusal):
    """A language that cannot be used, in one line."""


class Pseudo:
    """Each sentence in brackets."""

    def sentence(self, key: str, context: str = "") -> str:
        return bracketed(key)

    def counted(self, one: str, many: str, count: int) -> str:
        return bracketed(one if count == 1 else many)


class Translated:
    """The sentences of gettext's translations; what they lack is English."""

    def __init__(self, translations: gettext.NullTranslations) -> None:
        self._translations = translations

    def sentence(self, key: str, context: str = "") -> str:
        return self._translations.pgettext(context, key) if context else self._translations.gettext(key)

    def counted(self, one: str, many: str, count: int) -> str:
        return self._translations.ngettext(one, many, count)


def bracketed(sentence: str) -> str:
    return f"{OPEN}{sentence}{CLOSE}"


def languages() -> list[str]:
    """The names of all languages, English first."""
    return ["en", *sorted(path.parts[-3] for path in _FOLDER.glob(f"*/LC_MESSAGES/{_DOMAIN}.mo")), PSEUDO]


@lru_cache(maxsize=16)
def catalogue_of(name: str) -> Catalogue:
    """The catalogue of a language; "" is English.

    ``name`` may be a student's text: it is looked up among the known names, and is never a path. Raises LocaleError
    for any other, and for a translation whose places are not those of its English.
    """
    if name in ("", "en"):
        return ENGLISH
    if name not in languages():
        raise LocaleError(f"there is no language {name[:100]!r}; known: {', '.join(languages())}")
    if name == PSEUDO:
        return Pseudo()
    found = gettext.translation(_DOMAIN, _FOLDER, [name])
    for key, sentence in getattr(found, "_catalog", {}).items():
        english = key[0] if isinstance(key, tuple) else key
        if english and set(places(sentence)) - {"count"} != set(places(english)) - {"count"}:
            raise LocaleError(f"the language {name} has other places than the English sentence {english!r}")
    return Translated(found)


class _Process:
    """What this process speaks: a notebook's kernel or a worker has one language for its whole life."""

    catalogue: Catalogue = ENGLISH


def speak(name: str) -> None:
    """From here on this process speaks a language. Raises LocaleError where there is none of that name."""
    _Process.catalogue = catalogue_of(name)


def spoken() -> Catalogue:
    """The catalogue of the language that this process speaks."""
    return _Process.catalogue


def in_words(text: Text) -> str:
    """A text in the language that this process speaks."""
    return render(text, spoken())
