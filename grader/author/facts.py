"""The numbers in a chapter's text: each is shown by a cell beside it, or declared in ``facts.py``.

``facts.py`` stands beside ``chapter.py`` and runs in the chapter's namespace, where ``fact`` is simply there:
``fact("1.461", np.log(1 + 9 / np.e))`` is computed anew by every build; ``fact("0.74", source="...")`` says where a
number comes from that no line can compute.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.chapter.model import Cell, Chapter, ChapterError
from grader.chapter.namespace import Namespace, run_file
from grader.chapter.release import without_answers
from grader.chapter.roles import Role

#: A decimal as an author writes it: digits, then an exponent in Python's or in TeX's spelling, or a percent sign.
_DECIMAL = re.compile(
    r"(?<![\w.])(?P<digits>\d+\.(?P<places>\d+))"
    r"(?:e(?P<e>[+-]?\d+)|\s*\\(?:cdot|times)\s*10\^\{?(?P<ten>-?\d+)\}?)?(?P<percent>\s*\\?%)?(?![\w]|\.\d)"
)
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d*)?(?:e[+-]?\d+)?(?P<percent>\s*%)?", re.I)
_HEADING = re.compile(r"^#+ (\d+\.\d+)\b", re.M)
#: Where a link leads: its numbers say nothing.
_LINK = re.compile(r"\]\([^)\s]*\)")
_TAG = re.compile(r"<style.*?</style>|<[^>]*>", re.S)


@dataclass(frozen=True)
class Decimal:
    """A decimal in a text: ``value`` is what it says, ``unit`` the worth of its last digit."""

    written: str
    value: float
    unit: float

    def rounds(self, number: float) -> bool:
        """Whether ``number``, its sign aside, rounds to what is written."""
        return abs(abs(number) - self.value) <= 0.5 * self.unit * (1 + 1e-6)


def verify_numbers(chapter: Chapter, namespace: Namespace, outputs: Mapping[str, str]) -> None:
    """Raise ChapterError for a decimal in the text that nothing beside it shows and no fact declares.

    outputs: what each code cell printed and showed, by cell id. A cell is beside a text when only code or hints stand
    between; the numbers in its lines count as well, for a text those that a student sees.
    """
    facts = load_facts(chapter, namespace)
    sections = {number for cell in chapter.of(Role.TEXT) for number in _HEADING.findall(cell.source)}
    used: set[str] = set()
    for place, cell in enumerate(chapter.cells):
        if not cell.role.markdown:
            continue
        shown: list[float] | None = None
        for line, decimal in _decimals(cell.source):
            if decimal.written in facts:
                used.add(decimal.written)
                continue
            if shown is None:
                shown = [
                    number
                    for beside in _beside(chapter, place)
                    for source in [without_answers(beside.source) if cell.role is Role.TEXT else beside.source]
                    for number in numbers_in(f"{source}\n{outputs.get(beside.id, '')}")
                ]
            if decimal.written not in sections and not any(map(decimal.rounds, shown)):
                raise chapter.error(
                    cell,
                    f"{decimal.written} is shown by no cell beside this text: mend the number, "
                    f'or declare it in facts.py: fact("{decimal.written}", its expression)',
                    line,
                )
    for written, line in facts.items():
        if written not in used:
            raise ChapterError(chapter.path / "facts.py", line, f"{written!r} stands nowhere in the text: remove it")


def load_facts(chapter: Chapter, namespace: Namespace) -> dict[str, int]:
    """The declared numbers, as written, with their lines. Raises ChapterError for a fact that does not hold."""
    path = chapter.path / "facts.py"
    found: dict[str, int] = {}

    def fact(written: str, value: float | None = None, *, source: str = "") -> None:
        line = sys._getframe(1).f_lineno
        decimal = next((decimal for _, decimal in _decimals(written)), None)
        if decimal is None or decimal.written != written:
            raise ChapterError(path, line, f"{written!r} is no decimal as a text has it, such as 0.74 or 66.5 %")
        if (value is None) == (not source):
            raise ChapterError(path, line, f"fact({written!r}): give its value, or its source= where none is computed")
        if value is not None and not decimal.rounds(float(value)):
            raise ChapterError(path, line, f"the text says {written}; its expression gives {float(value):.6g}")
        found[written] = line

    if path.is_file():
        run_file(path, dict(namespace.names) | {"fact": fact}, "`fact` and the chapter's names are simply there")
    return found


def numbers_in(text: str) -> Iterator[float]:
    """All numbers in what a cell printed, showed or says; a percentage is also its share."""
    for match in _NUMBER.finditer(html.unescape(_TAG.sub(" ", text))):
        number = float(match[0].removesuffix(match["percent"] or ""))
        yield number / 100 if match["percent"] else number


def text_of(outputs: Iterable[Mapping[str, object]]) -> str:
    """The words and numbers of a cell's nbformat outputs."""
    texts: list[str] = []
    for output in outputs:
        data = output.get("data")
        texts.append(str(output.get("text", "")))
        if isinstance(data, dict):
            texts += [str(data[kind]) for kind in ("text/plain", "text/html") if kind in data]
    return "\n".join(texts)


def _decimals(text: str) -> Iterator[tuple[int, Decimal]]:
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _DECIMAL.finditer(_LINK.sub("]", line)):
            scale = 10.0 ** int(match["e"] or match["ten"] or 0) / (100 if match["percent"] else 1)
            yield (
                number,
                Decimal(match[0].strip(), float(match["digits"]) * scale, 10.0 ** -len(match["places"]) * scale),
            )


def _beside(chapter: Chapter, place: int) -> Iterator[Cell]:
    """The code cells that touch a text: upwards and downwards to the next text."""
    for cells in (reversed(chapter.cells[:place]), chapter.cells[place + 1 :]):
        for cell in cells:
            if cell.role is Role.TEXT:
                break
            if cell.cell_type == "code":
                yield cell
