"""A verdict for people: a few lines of text, or a small card of HTML.

The HTML has inline styles only: no script, nothing loaded from elsewhere, legible on white and on dark,
and never told by colour alone.
"""

from __future__ import annotations

from html import escape

from grader.verdict import Part, Status, Verdict

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


def as_text(verdict: Verdict) -> str:
    """A few lines for a terminal."""
    sign, word, _ = SIGNS[verdict.status]
    lines = [f"{sign} {verdict.check}: {word} ({verdict.score:g} of {verdict.points:g})"]
    for part in _telling(verdict):
        lines.append(f"  {SIGNS[part.status][0]} {_title(part)}: {part.message}")
        lines += [f"      {line}" for line in part.detail]
    lines += [f"  · {note}" for note in _notes(verdict)]
    return "\n".join(lines)


def as_html(verdict: Verdict) -> str:
    """The card that stands under a check cell."""
    sign, word, colour = SIGNS[verdict.status]
    rows = "".join(_row(part) for part in _telling(verdict))
    notes = "".join(f'<div style="margin-top:4px;opacity:.75">· {escape(note)}</div>' for note in _notes(verdict))
    return (
        f'<div style="border-left:4px solid {colour};padding:6px 12px;margin:4px 0;max-width:46em;'
        f'font-family:system-ui,sans-serif;font-size:14px;line-height:1.45;color:inherit">'
        f'<div><span style="color:{colour};font-weight:bold">{sign}</span> '
        f"<b>{escape(verdict.check)}</b>: {word} "
        f'<span style="opacity:.75">({verdict.score:g} of {verdict.points:g})</span></div>{rows}{notes}</div>'
    )


def _row(part: Part) -> str:
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
        f"<b>{escape(_title(part))}</b>: {escape(part.message)}{detail}</div>"
    )


def _telling(verdict: Verdict) -> list[Part]:
    """The parts worth a line: those that say something, each only once (a hidden part repeats its namesake)."""
    told: dict[tuple[str, str], Part] = {}
    for part in verdict.parts:
        if part.message:
            told.setdefault((part.name, part.message), part)
    return list(told.values())


def _title(part: Part) -> str:
    return f"{part.name} (on inputs of the grader's own)" if part.hidden else part.name


def _notes(verdict: Verdict) -> list[str]:
    return list(dict.fromkeys(note for part in verdict.parts for note in part.notes))
