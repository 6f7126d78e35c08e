"""A verdict for people: a few lines of text, or a small card of HTML.

The HTML has inline styles only: no script, nothing loaded from elsewhere, legible on white and on dark,
and never told by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from grader.escape import hanging, html_text, rich_html_text
from grader.finding import Code
from grader.verdict import Comparison, Part, Status, Verdict, shown

#: A word and a sign for each status; the colour only repeats them.
SIGNS: dict[Status, tuple[str, str, str]] = {
    "passed": ("✓", "passed", "#2e8b57"),
    "partial": ("◐", "partly right", "#b8860b"),
    "failed": ("✗", "not right yet", "#d1495b"),
    "error": ("!", "your code raised an error", "#d1495b"),
    "timeout": ("⏱", "took too long", "#d1495b"),
    "not_attempted": ("○", "not written yet", "#808080"),
    "not_judged": ("?", "not judged", "#808080"),
}


@dataclass(frozen=True, repr=False)
class Card:
    """What a check cell shows: the plain score for nbgrader, which reads ``repr``, and the verdict for people."""

    verdict: Verdict

    def __repr__(self) -> str:
        return repr(self.verdict)

    def __str__(self) -> str:
        return as_text(self.verdict)

    def _repr_html_(self) -> str:
        return as_html(self.verdict)


def as_text(verdict: Verdict) -> str:
    """A few lines for a terminal."""
    sign, _, _ = SIGNS[verdict.status]
    lines = [f"{sign} {verdict.check}: {_word(verdict)}{_points(verdict)}"]
    for title, part in _telling(verdict):
        lines.append(f"  {SIGNS[part.status][0]} {title}: {hanging(part.message, 6)}")
        lines += [f"      {hanging(line, 6)}" for line in part.detail]
    lines += [f"  · {hanging(note, 6)}" for note in _notes(verdict)]
    return "\n".join(lines)


def as_progress(points: Mapping[str, float], made: Mapping[str, Verdict | None], place: str) -> str:
    """A table of all checks with their points; the last row sums up what was made in this ``place``."""
    rows = [("check", "points")]
    for name, most in points.items():
        verdict = made.get(name)
        rows.append((name, f"{shown(verdict.score) if verdict else '–'} of {most:g}"))
    total = sum(verdict.score for verdict in made.values() if verdict)
    rows.append((place, f"{shown(total)} of {sum(points.values()):g}"))
    return "\n".join(f"{name:32} {score:>8}" for name, score in rows)


def as_html(verdict: Verdict) -> str:
    """The card that stands under a check cell."""
    sign, _, colour = SIGNS[verdict.status]
    rows = "".join(_row(title, part) for title, part in _telling(verdict))
    notes = "".join(
        f'<div style="margin-top:4px;opacity:.75">· {rich_html_text(note)}</div>' for note in _notes(verdict)
    )
    return (
        f'<div style="border-left:4px solid {colour};padding:6px 12px;margin:4px 0;max-width:46em;'
        f'font-family:system-ui,sans-serif;font-size:14px;line-height:1.45;color:inherit">'
        f'<div><span style="color:{colour};font-weight:bold">{sign}</span> '
        f"<b>{html_text(verdict.check)}</b>: {_word(verdict)}"
        f'<span style="opacity:.75">{_points(verdict)}</span></div>'
        f"{rows}{notes}{_ladder(verdict.hints)}</div>"
    )


def _word(verdict: Verdict) -> str:
    return "could not be read" if verdict.finding.code is Code.UNREADABLE else SIGNS[verdict.status][1]


def _points(verdict: Verdict) -> str:
    """The points, where they are the judge's: for what it leaves to a person it has none to tell."""
    return "" if verdict.status == "not_judged" else f" ({shown(verdict.score)} of {verdict.points:g})"


def _row(title: str, part: Part) -> str:
    sign, _, colour = SIGNS[part.status]
    detail = ""
    if part.detail:
        text = escape("\n".join(part.detail))
        detail = (
            '<pre style="margin:4px 0 0;padding:4px 8px;background:rgba(127,127,127,.15);color:inherit;'
            f'white-space:pre-wrap;font-size:13px">{text}</pre>'
        )
    return (
        f'<div style="margin-top:6px"><span style="color:{colour};font-weight:bold">{sign}</span> '
        f"<b>{html_text(title)}</b>: {rich_html_text(part.message)}{detail}"
        f"{_comparison(part.comparison) if part.comparison else ''}</div>"
    )


def _comparison(shown: Comparison) -> str:
    """Expected beside got where there are numbers, else a map of the errors; folded."""
    shape = html_text(f"{shown.name or 'your answer'}, shape {shown.shape}")
    if shown.want:
        tables = _table("expected", shown.want, [[0] * len(row) for row in shown.want])
        tables += _table("got", shown.got, shown.level)
        return _folded(
            f"expected and got: {shape}",
            f'<div style="display:flex;flex-wrap:wrap;gap:4px 20px;overflow-x:auto">{tables}</div>',
        )
    legend = " · ".join(f"{mark} {told}" for _, mark, told in _SHADES if mark)
    if len(shown.level) * len(shown.level[0]) < math.prod(shown.shape):
        legend += " · each mark stands for the worst entry of a block"
    return _folded(
        f"where it is wrong: {shape}",
        _table("", [[_SHADES[level][1] or " " for level in row] for row in shown.level], shown.level)
        + f'<div style="opacity:.75">{legend}</div>',
    )


#: (background, mark, meaning) of each level of a `Comparison`.
_SHADES = (
    ("transparent", "", "right"),
    ("rgba(209,73,91,.15)", "·", "off by less than 1 %"),
    ("rgba(209,73,91,.30)", "+", "off by less than 10 %"),
    ("rgba(209,73,91,.45)", "✗", "off by more than 10 % of the largest entry"),
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
    head = f'<div style="opacity:.75">{title}</div>' if title else ""
    return (
        f'<div>{head}<table style="border-collapse:collapse;font-family:monospace;font-size:12px;color:inherit;'
        f'background:transparent;margin:0;border:0">{cells}</table></div>'
    )


def _ladder(hints: Sequence[str]) -> str:
    """Hints, each folded inside the one before it."""
    inner = ""
    for number in range(len(hints), 0, -1):
        inner = _folded(f"hint {number} of {len(hints)}", f"<div>{rich_html_text(hints[number - 1])}</div>{inner}")
    return inner


def _folded(title: str, body: str) -> str:
    return (
        '<details style="margin-top:4px"><summary style="cursor:pointer;opacity:.75;display:list-item">'
        f"{title}</summary>{body}</details>"
    )


def _telling(verdict: Verdict) -> list[tuple[str, Part]]:
    """(title, part) of what is worth a line: each thing said once, under the names of all parts that say it."""
    told: dict[tuple[object, ...], list[Part]] = {}
    for part in verdict.parts:
        if part.message:
            same = (part.status, part.message) if part.status == "failed" else (part.status, part.message, part.detail)
            told.setdefault(same, []).append(part)
    return [(_title(parts), parts[0]) for parts in told.values()]


def _title(parts: Sequence[Part]) -> str:
    names = ", ".join(dict.fromkeys(part.name for part in parts))
    return f"{names} (on inputs of the grader's own)" if all(part.hidden for part in parts) else names


def _notes(verdict: Verdict) -> list[str]:
    return list(dict.fromkeys(str(note) for part in verdict.parts for note in part.notes))
