"""A verdict for people: a few lines of text, or a small card of HTML.

The HTML has inline styles only: no script, nothing loaded from elsewhere, legible on white and on dark,
and never told by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from grader.escape import hanging, html_text, rich_html_text
from grader.finding import Code
from grader.text import ENGLISH, NO_TEXT, Catalogue, Text, raw, render, say
from grader.verdict import Comparison, Part, Status, Verdict, shown

_GREY = "#808080"
#: A sign and words for each status; the colour only repeats them.
SIGNS: dict[Status, tuple[str, Text, str]] = {
    "passed": ("✓", say("passed"), "#2e8b57"),
    "partial": ("◐", say("partly right"), "#b8860b"),
    "failed": ("✗", say("not right yet"), "#d1495b"),
    "error": ("!", say("your code raised an error"), "#d1495b"),
    "timeout": ("⏱", say("took too long"), "#d1495b"),
    "not_attempted": ("○", say("not written yet"), _GREY),
    "not_judged": ("?", say("not judged"), _GREY),
}
_BY_HAND = ("✎", say("graded by hand"), _GREY)


@dataclass(frozen=True, repr=False)
class Card:
    """What a check cell shows: the plain score for nbgrader, which reads ``repr``, and the verdict for people."""

    verdict: Verdict
    catalogue: Catalogue = ENGLISH

    def __repr__(self) -> str:
        return repr(self.verdict)

    def __str__(self) -> str:
        return as_text(self.verdict, self.catalogue)

    def _repr_html_(self) -> str:
        return as_html(self.verdict, self.catalogue)


def as_text(verdict: Verdict, catalogue: Catalogue = ENGLISH) -> str:
    """A few lines for a terminal."""
    sign, _, _ = SIGNS[verdict.status]
    words = partial(render, catalogue=catalogue)
    lines = [f"{sign} {verdict.check}: {words(_summary(verdict))}"]
    for title, part in _telling(verdict, catalogue):
        lines.append(f"  {_sign(part)[0]} {title}: {hanging(words(part.finding.text), 6)}")
        lines += [f"      {hanging(words(line), 6)}" for line in part.finding.detail]
    lines += [f"  · {hanging(note, 6)}" for note in notes_of(verdict, catalogue)]
    return "\n".join(lines)


def as_progress(
    points: Mapping[str, float], made: Mapping[str, Verdict | None], place: Text, catalogue: Catalogue = ENGLISH
) -> str:
    """A table of all checks with their points; the last row sums up what was made in this ``place``."""
    rows = [(say("check"), say("points"))]
    for name, most in points.items():
        verdict = made.get(name)
        rows.append((raw(name), _of(verdict.score if verdict else None, most)))
    total = sum(verdict.score for verdict in made.values() if verdict)
    rows.append((place, _of(total, sum(points.values()))))
    told = [(render(name, catalogue), render(score, catalogue)) for name, score in rows]
    return "\n".join(f"{name:32} {score:>8}" for name, score in told)


def as_html(verdict: Verdict, catalogue: Catalogue = ENGLISH, given: float | None = None) -> str:
    """The card that stands under a check cell. given: the points that a person has given instead of the judge."""
    sign, _, colour = SIGNS[verdict.status] if given is None else _BY_HAND
    head = (_word(verdict), _points(verdict)) if given is None else (_BY_HAND[1], _in_brackets(given, verdict.points))
    word, points = (html_text(render(told, catalogue)) for told in head)
    rows = "".join(_row(title, part, catalogue) for title, part in _telling(verdict, catalogue))
    notes = "".join(
        f'<div style="margin-top:4px;opacity:.75">· {rich_html_text(note)}</div>'
        for note in notes_of(verdict, catalogue)
    )
    return (
        f'<div style="border-left:4px solid {colour};padding:6px 12px;margin:4px 0;max-width:46em;'
        f'font-family:system-ui,sans-serif;font-size:14px;line-height:1.45;color:inherit">'
        f'<div><span style="color:{colour};font-weight:bold">{sign}</span> '
        f"<b>{html_text(verdict.check)}</b>: {word}"
        f'<span style="opacity:.75">{points}</span></div>'
        f"{rows}{notes}{_ladder(verdict.hints, catalogue)}</div>"
    )


def _summary(verdict: Verdict) -> Text:
    return _word(verdict) + _points(verdict)


def _word(verdict: Verdict) -> Text:
    return say("could not be read") if verdict.finding.code is Code.UNREADABLE else SIGNS[verdict.status][1]


def _points(verdict: Verdict) -> Text:
    """The points, where they are the judge's: for what it leaves to a person it has none to tell."""
    return NO_TEXT if verdict.status == "not_judged" else _in_brackets(verdict.score, verdict.points)


def _in_brackets(score: float, most: float) -> Text:
    return raw(" (") + _of(score, most) + ")"


def _of(score: float | None, most: float) -> Text:
    return say("{score} of {most:g}", score="–" if score is None else shown(score), most=most)


def _sign(part: Part) -> tuple[str, str]:
    """The sign of a part and its colour: grey where it only waits for another one."""
    if part.finding.code is Code.NEEDS:
        return "–", _GREY
    sign, _, colour = SIGNS[part.status]
    return sign, colour


def _row(title: str, part: Part, catalogue: Catalogue) -> str:
    sign, colour = _sign(part)
    detail = ""
    if part.finding.detail:
        text = escape("\n".join(render(line, catalogue) for line in part.finding.detail))
        detail = (
            '<pre style="margin:4px 0 0;padding:4px 8px;background:rgba(127,127,127,.15);color:inherit;'
            f'white-space:pre-wrap;font-size:13px">{text}</pre>'
        )
    return (
        f'<div style="margin-top:6px"><span style="color:{colour};font-weight:bold">{sign}</span> '
        f"<b>{html_text(title)}</b>: {rich_html_text(render(part.finding.text, catalogue))}{detail}"
        f"{_comparison(part.comparison, catalogue) if part.comparison else ''}</div>"
    )


def _comparison(compared: Comparison, catalogue: Catalogue) -> str:
    """Expected beside got where there are numbers, else a map of the errors; folded."""
    words = partial(render, catalogue=catalogue)
    fields = {"tensor": raw(compared.name) or say("your answer"), "shape": str(compared.shape)}
    if compared.want:
        tables = _table(words(say("expected")), compared.want, [[0] * len(row) for row in compared.want])
        tables += _table(words(say("got")), compared.got, compared.level)
        return _folded(
            words(say("expected and got: {tensor}, shape {shape}", **fields)),
            f'<div style="display:flex;flex-wrap:wrap;gap:4px 20px;overflow-x:auto">{tables}</div>',
        )
    legend = [f"{mark} {words(told)}" for _, mark, told in _SHADES if mark]
    if len(compared.level) * len(compared.level[0]) < math.prod(compared.shape):
        legend.append(words(say("each mark stands for the worst entry of a block")))
    return _folded(
        words(say("where it is wrong: {tensor}, shape {shape}", **fields)),
        _table("", [[_SHADES[level][1] or " " for level in row] for row in compared.level], compared.level)
        + f'<div style="opacity:.75">{html_text(" · ".join(legend))}</div>',
    )


#: (background, mark, meaning) of each level of a `Comparison`.
_SHADES = (
    ("transparent", "", say("right")),
    ("rgba(209,73,91,.15)", "·", say("off by less than 1 %")),
    ("rgba(209,73,91,.30)", "+", say("off by less than 10 %")),
    ("rgba(209,73,91,.45)", "✗", say("off by more than 10 % of the largest entry")),
)


def _table(title: str, rows: Sequence[Sequence[str]], levels: Sequence[Sequence[int]]) -> str:
    """Numbers; a wrong one is bold, underlined and shaded."""
    cells = "".join(
        "<tr>"
        + "".join(
            f'<td style="padding:1px 6px;text-align:right;color:inherit;border:0;background:{_SHADES[level][0]};'
            f'{"font-weight:bold;text-decoration:underline" if level else ""}">{html_text(text)}</td>'
            for text, level in zip(row, row_levels, strict=True)
        )
        + "</tr>"
        for row, row_levels in zip(rows, levels, strict=True)
    )
    head = f'<div style="opacity:.75">{html_text(title)}</div>' if title else ""
    return (
        f'<div>{head}<table style="border-collapse:collapse;font-family:monospace;font-size:12px;color:inherit;'
        f'background:transparent;margin:0;border:0">{cells}</table></div>'
    )


def _ladder(hints: Sequence[Text], catalogue: Catalogue) -> str:
    """Hints, each folded inside the one before it."""
    inner = ""
    for number in range(len(hints), 0, -1):
        title = render(say("hint {number} of {count}", number=number, count=len(hints)), catalogue)
        inner = _folded(title, f"<div>{rich_html_text(render(hints[number - 1], catalogue))}</div>{inner}")
    return inner


def _folded(title: str, body: str) -> str:
    return (
        '<details style="margin-top:4px"><summary style="cursor:pointer;opacity:.75;display:list-item">'
        f"{html_text(title)}</summary>{body}</details>"
    )


def _telling(verdict: Verdict, catalogue: Catalogue) -> list[tuple[str, Part]]:
    """(title, part) of what is worth a line: each thing said once, under the names of all parts that say it."""
    told: dict[tuple[object, ...], list[Part]] = {}
    for part in verdict.parts:
        if message := render(part.finding.text, catalogue):
            same: tuple[object, ...] = (part.status, message)
            if part.status != "failed":
                same += tuple(render(line, catalogue) for line in part.finding.detail)
            told.setdefault(same, []).append(part)
    return [(render(_title(parts), catalogue), parts[0]) for parts in told.values()]


def _title(parts: Sequence[Part]) -> Text:
    names = ", ".join(dict.fromkeys(part.name for part in parts))
    hidden = all(part.hidden for part in parts)
    return say("{names} (on inputs of the grader's own)", names=names) if hidden else raw(names)


def notes_of(verdict: Verdict, catalogue: Catalogue = ENGLISH) -> list[str]:
    """What is told beside a verdict, each thing once."""
    return list(dict.fromkeys(render(note, catalogue) for part in verdict.parts for note in part.notes))
