"""The counted rules of a chapter: what can be counted in its text, as one line for each rule that it breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.chapter.model import Chapter
from grader.chapter.namespace import Namespace
from grader.chapter.roles import Role

MOST_CELLS, MOST_WORDS = 60, 2000
EXERCISES = range(8, 11)
MINUTES = range(90, 121)
LEAST_MISTAKES, LEAST_VARIANTS = 12, 5
#: What fits a telephone of 390 pixels: signs of a displayed formula, and columns of a table.
MOST_SIGNS, MOST_COLUMNS = 42, 5
HEADING = re.compile(r"^### Exercise (\d+) · (.+) · (\d+) points? · (\d+) minutes?$", re.MULTILINE)
SECTION = re.compile(r"^## (\d+\.\d+) (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)]*)\)")


def broken_rules(chapter: Chapter, names: Namespace, known: dict[str, str]) -> Iterator[str]:
    """One line a rule. known: the texts of all chapters, by their numbers ("05")."""
    text = text_of(chapter)
    yield from _size(chapter, text)
    yield from _exercises(chapter, text)
    yield from _way_through(chapter, text)
    yield from _page(text)
    yield from _named(text, known)
    for kind, least, found in (
        ("known mistakes", LEAST_MISTAKES, names.mistakes),
        ("variants", LEAST_VARIANTS, names.variants),
    ):
        if len(found) < least:
            yield f"{len(found)} {kind}; at least {least}"


def text_of(chapter: Chapter) -> str:
    return "\n\n".join(cell.source for cell in chapter.of(Role.TEXT))


def words_of(text: str) -> list[str]:
    """The words of the prose: without formulas, code, addresses and marks."""
    for pattern in (
        r"```[\s\S]*?```",
        r"\$\$[^$]*\$\$",
        r"\$[^$]*\$",
        r"`[^`\n]*`",
        r"\]\([^)\n]*\)",
        r"<[^>\n]*>",
        r"^\|.*$",
    ):
        text = re.sub(pattern, " ", text, flags=re.MULTILINE)
    return re.findall(r"[A-Za-z][\w'-]*", text)


def _size(chapter: Chapter, text: str) -> Iterator[str]:
    released = sum(cell.role is not Role.HINTS for cell in chapter.cells) + 1  # and that of the recorded values
    if released > MOST_CELLS:
        yield f"{released} cells; at most {MOST_CELLS}"
    words = len(words_of(text))
    if words > MOST_WORDS:
        yield f"{words} words of prose; at most {MOST_WORDS}"
    told = re.findall(r"\*\*Time:\*\* (\d+) to (\d+) minutes", text)
    if len(told) != 1 or not all(int(minutes) in MINUTES for minutes in told[0]):
        yield f"says {told} as its time; one line, from {MINUTES[0]} to {MINUTES[-1]} minutes"


def _exercises(chapter: Chapter, text: str) -> Iterator[str]:
    """Each has a heading with its number, points and minutes, and its check right behind it."""
    cells = chapter.of(Role.EXERCISE)
    if len(cells) not in EXERCISES:
        yield f"{len(cells)} exercises; {EXERCISES[0]} to {EXERCISES[-1]}"
    headings = HEADING.findall(text)
    if [int(number) for number, *_ in headings] != list(range(1, len(cells) + 1)):
        yield f"{len(headings)} headings '### Exercise n · what · points · minutes' for {len(cells)} exercises"
    points = [sum(check.points for check in chapter.of(Role.CHECK) if check.judges == cell.name) for cell in cells]
    for (number, what, told, _), real in zip(headings, points, strict=False):
        if float(told) != real:
            yield f"exercise {number}, {what}: its heading says {told} points, its check {real:g}"
        if re.search(r"transfer|blank page", what, re.IGNORECASE):
            yield f"exercise {number}: {what!r} does not say what is new"
    for cell, after in zip(chapter.cells, chapter.cells[1:], strict=False):
        if cell.role is Role.EXERCISE and not (after.role is Role.CHECK and after.judges == cell.name):
            yield f"{after.role} stands between {cell.name!r} and its check"


def _way_through(chapter: Chapter, text: str) -> Iterator[str]:
    """Its motivation, minutes, predictions, movement and end."""
    for wanted in ("**Why now", "**You build:**", "**You need:**", "### Worked example", "**Predict", "Keras"):
        if wanted not in text:
            yield f"has no {wanted!r}"
    links = [address for address in LINK.findall(text) if address.startswith("http")]
    if len(links) < 2:
        yield f"{len(links)} links; at least 2"
    sections = SECTION.findall(text)
    yield from (f"section {number} has no minutes" for number, title in sections if not title.endswith(" minutes"))
    revealed = sum("check.reveal(" in cell.source for cell in chapter.of(Role.CODE))
    if revealed < 2:
        yield f"{revealed} predictions are answered; one of the forward and one of the backward pass at least"
    if not any("moving.figure(" in cell.source for cell in chapter.of(Role.FIGURE)):
        yield "no figure moves"
    folded = text.count("<details>")
    if folded < 3:
        yield f"{folded} folded answers to questions at the end; at least 3"
    end = text.rpartition("## What you have now")[2]
    if len(re.findall(r"^\d\. ", end, re.MULTILINE)) != 5 or "**New words:**" not in end:
        yield "does not end in five numbered lines, questions, and '**New words:**'"


def _page(text: str) -> Iterator[str]:
    for shown in re.findall(r"\$\$(.*?)\$\$", text, re.DOTALL):
        for row in re.split(r"\\\\|\\newline", shown):
            if signs(row) > MOST_SIGNS:
                yield f"a displayed formula of {signs(row)} signs is wider than a telephone: {' '.join(row.split())}"
    for row in re.findall(r"^ *\|.*\|$", text, re.MULTILINE):
        if row.count("|") - 1 > MOST_COLUMNS:
            yield f"a table of {row.count('|') - 1} columns; at most {MOST_COLUMNS}"


def signs(formula: str) -> int:
    """About how many signs wide a formula is: of a fraction the wider half, of a command its one sign."""
    fraction = re.compile(r"\\[dt]?frac\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\d)\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\d)")
    while found := fraction.search(formula):
        wider = max(found[1], found[2], key=signs)
        formula = formula[: found.start()] + wider + formula[found.end() :]
    formula = re.sub(r"\\(?:text|mathrm|operatorname\*?|mathbf|mathit)\{([^{}]*)\}", r"\1", formula)
    formula = re.sub(r"\\(log|exp|max|min|tanh|sin|cos|lim)\b", r"\1", formula)
    formula = re.sub(
        r"\\(?:begin|end)\{[^{}]*\}(\{[^{}]*\})?|\\(?:left|right|bigl?|bigr|Bigl?|Bigr|displaystyle)\b", "", formula
    )
    formula = re.sub(r"\\qquad", "xxxx", re.sub(r"\\quad", "xx", formula))
    return len(re.sub(r"[{}_^&\s]", "", re.sub(r"\\[A-Za-z]+|\\.", "x", formula)))


def _named(text: str, known: dict[str, str]) -> Iterator[str]:
    """No chapter and no section is named that does not exist; links are whole addresses."""
    for number in re.findall(r"\b[Cc]hapters? (\d+)\b", text):
        if number.zfill(2) not in known:
            yield f"names chapter {number}, which is not there"
    for section in re.findall(r"(?:§ ?|[Ss]ections? |\()(\d{1,2}\.\d{1,2})\b", text):
        of = known.get(section.split(".")[0].zfill(2), "")
        if not re.search(rf"^## {re.escape(section)} ", of, re.MULTILINE):
            yield f"names section {section}, which is not there"
    for address in LINK.findall(text):
        if not re.fullmatch(r"https://[\w.-]+(/[^\s<>\"]*)?|#[\w-]+|attachment:[\w.-]+", address):
            yield f"a link that is no whole address: {address}"
