"""What stands in a copy of a cell beside the statements that it came with."""

from __future__ import annotations

import ast
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.syntax.trees import parsed


@dataclass(frozen=True)
class Added:
    """The statements that were added to a cell, as source: before its first ``until``, and after it."""

    before: str = ""
    after: str = ""

    def __bool__(self) -> bool:
        return bool(self.before or self.after)


#: How the statements begin that we write into checks and beside the recorded values.
_OURS = ("check.", "from grader import", "try:\n    from grader import", "import importlib", "if importlib")


@lru_cache(maxsize=256)
def own_lines(source: str, known: tuple[int, ...] = ()) -> Added:
    """What a student wrote into a cell of ours: a check, or the cell with the recorded values."""
    return added(
        source,
        known,
        ours=lambda text: text.startswith(_OURS),
        until=lambda text: text.startswith("check.verdict("),
    )


@lru_cache(maxsize=256)
def marks(source: str) -> tuple[int, ...]:
    """A number for each statement of a cell, the same in every version of Python and for other spaces."""
    return tuple(mark for mark, _ in _statements(source))


def added(
    source: str,
    known: Collection[int] = (),
    ours: Callable[[str], bool] = lambda text: False,
    until: Callable[[str], bool] = lambda text: False,
) -> Added:
    """The statements of a cell that are none of those known by their marks; a cell that cannot be read is all new.

    ours: what else was not added, by its text; until: which statement parts what comes before from what comes after.
    """
    if parsed(source) is None:
        return Added(source)
    before: list[str] = []
    after: list[str] = []
    place = before
    for mark, text in _statements(source):
        if until(text):
            place = after
        elif mark not in known and not ours(text):
            place.append(text)
    return Added("\n".join(before), "\n".join(after))


def _statements(source: str) -> Iterator[tuple[int, str]]:
    tree = parsed(source)
    plain = _is_plain(source)  # else its places are those of the lines that IPython makes of it
    for statement in tree.body if tree else ():
        text = _text(source, statement) if plain else ast.unparse(statement)
        yield zlib.crc32("".join(text.split()).encode()), text


def _is_plain(source: str) -> bool:
    return not any(line.lstrip().startswith(("%", "!")) or line.rstrip().endswith("?") for line in source.split("\n"))


def _text(source: str, statement: ast.stmt) -> str:
    decorators = getattr(statement, "decorator_list", [])
    lines = [f"@{ast.get_source_segment(source, decorator)}" for decorator in decorators]
    return "\n".join([*lines, ast.get_source_segment(source, statement) or ""])
