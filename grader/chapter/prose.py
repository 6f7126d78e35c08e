"""The sentences of a Markdown cell, and what stands between them: formulas, code, links, pictures, tags and marks.

A message is the text of a heading, a paragraph, a list item or a table's cell, without the marks in front of it. It
holds whatever stands inside its lines, formulas and code among it, which a translation keeps as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

#: What no translation changes inside a message.
_KEPT = re.compile(
    r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"  # code
    r"|\$\$.+?\$\$|(?<![\\$])\$(?=[^\s$])(?:\\.|[^\\$])*?(?<=\S)\$(?!\d)"  # formulas
    r"|!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])"  # pictures
    r"|(?<=\])\([^)\s]*(?:\s+\"[^\"]*\")?\)|(?<=\])\[[^\]]*\]"  # where a link leads
    r"|<!--.*?-->|</?[A-Za-z][^>]*>|<[A-Za-z][\w+.-]*:[^>\s]*>|https?://[^\s)>\]]+",  # comments, tags, addresses
    re.S,
)
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})")
_MARKER = re.compile(r"\s*### (?:BEGIN|END) ")
_PREFIX = re.compile(r"\s*(?:>\s?)*\s*(?:#{1,6}\s+|(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?)?")
_STARTS = re.compile(r"\s*(?:>\s?)*\s*(?:#{1,6}\s|(?:[-*+]|\d+[.)])\s)")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}$")
_DELIMITER = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*$")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Piece:
    """Some of a cell's text, in order; ``said`` where it is a message."""

    text: str
    said: bool = False


def messages_of(source: str) -> list[str]:
    """The messages of a Markdown cell, in order."""
    return [piece.text for piece in pieces(source) if piece.said]


def rewritten(source: str, translate: Callable[[str], str]) -> str:
    """The cell with each message in other words; all else is as it was, byte by byte."""
    return "".join(translate(piece.text) if piece.said else piece.text for piece in pieces(source))


def kept(message: str) -> Counter[str]:
    """What a translation of a message holds as well, as often: formulas, code, pictures, tags, where links lead."""
    return Counter(found[0] for found in _KEPT.finditer(message))


def pieces(source: str) -> Iterator[Piece]:
    """The whole cell, piece by piece."""
    lines = source.split("\n")
    at = 0
    while at < len(lines):
        end = _untouched(lines, at)
        if end > at:
            block = [Piece("\n".join(lines[at:end]))]
        elif lines[at].lstrip().startswith("|"):
            end = at + 1
            block = list(_row(lines[at]))
        else:
            end = at + 1
            while end < len(lines) and not _ends_a_paragraph(lines, end):
                end += 1
            block = list(_paragraph("\n".join(lines[at:end])))
        yield from block
        if end < len(lines):
            yield Piece("\n")
        at = end


def _untouched(lines: list[str], at: int) -> int:
    """Where a block without a sentence ends: code, formulas, comments, marks, blank lines; ``at`` where it is none."""
    line = lines[at]
    if not line.strip() or _MARKER.match(line) or _RULE.match(line) or _DELIMITER.match(line):
        return at + 1
    if fence := _FENCE.match(line):
        return _after(lines, at + 1, lambda other: other.strip().startswith(fence["fence"]))
    bare = line.strip()
    if bare.startswith("$$"):
        return at + 1 if bare.count("$$") > 1 else _after(lines, at + 1, lambda other: "$$" in other)
    if bare.startswith("\\begin{"):
        return _after(lines, at, lambda other: "\\end{" in other)
    if bare.startswith("<!--"):
        return _after(lines, at, lambda other: "-->" in other)
    return at


def _after(lines: list[str], start: int, ends: Callable[[str], bool]) -> int:
    return next((number + 1 for number in range(start, len(lines)) if ends(lines[number])), len(lines))


def _ends_a_paragraph(lines: list[str], at: int) -> bool:
    return _untouched(lines, at) > at or lines[at].lstrip().startswith("|") or _STARTS.match(lines[at]) is not None


def _paragraph(text: str) -> Iterator[Piece]:
    prefix = _PREFIX.match(text)
    start = prefix.end() if prefix else 0
    body = text[start:].rstrip()
    yield Piece(text[:start])
    yield Piece(body, _says_something(body))
    yield Piece(text[start + len(body) :])


def _row(line: str) -> Iterator[Piece]:
    """A table's row: each cell is a message of its own. A bar in code or in a formula divides nothing."""
    covered = [found.span() for found in _KEPT.finditer(line)]
    bars = [
        number
        for number, char in enumerate(line)
        if char == "|" and line[number - 1] != "\\" and not any(a < number < b - 1 for a, b in covered)
    ]
    start = 0
    for bar in [*bars, len(line)]:
        cell = line[start:bar]
        body = cell.strip()
        lead = cell[: len(cell) - len(cell.lstrip())] if body else cell
        yield Piece(lead)
        yield Piece(body, _says_something(body))
        yield Piece(cell[len(lead) + len(body) :] + line[bar : bar + 1])
        start = bar + 1


def _says_something(text: str) -> bool:
    return _LETTER.search(_KEPT.sub("", text)) is not None
