"""Texts that students wrote, for a terminal or a page: what is printed there is what it says, and commands nothing."""

from __future__ import annotations

import re
from typing import Any

#: What MathJax takes as a style, as a name for something else, or as more of itself (links come besides): a pattern.
TEX_MACROS = r"style|[egx]?def|let|(?:re)?newcommand|newenvironment|require|unicode|csname"
#: C0 and C1 but for tab and newline, marks and overrides of the writing direction, line separators of other kinds,
#: halves of surrogate pairs, and what XML cannot hold.
_COMMANDS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def printable(text: str) -> str:
    """The text with "?" for each character that a terminal obeys, that hides others, or that no file can hold."""
    return _COMMANDS.sub("?", text)


def well_formed(value: Any) -> Any:
    """``value``, its texts without lone surrogates: no file and no page can hold those."""
    if type(value) is str:
        return value.encode("utf-8", "replace").decode()
    if type(value) is list:
        return [well_formed(item) for item in value]
    if type(value) is tuple:
        return tuple(well_formed(item) for item in value)
    if type(value) is dict:
        return {well_formed(key): well_formed(item) for key, item in value.items()}
    return value
