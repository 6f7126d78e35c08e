"""From the judged calls of a check to its parts, and from its parts to one status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.finding import Code, Finding
from grader.text import say
from grader.verdict import Part, Status


def merge(parts: Sequence[Part], needed: Mapping[str, str]) -> list[Part]:
    """One part a name and side. A part whose calls do not all pass has not passed, nor has its hidden
    namesake when a visible part failed, nor one that pays only together with another that failed. Such a one says
    nothing of its own: what is seen there follows from what is wrong already."""
    merged: dict[tuple[str, bool], Part] = {}
    for part in parts:
        key = (part.name, part.hidden)
        before = merged.get(key)
        if before is None or (before.status == "passed" and part.status != "passed"):
            merged[key] = replace(part, weight=before.weight if before else part.weight)
        if before is not None:
            merged[key] = replace(merged[key], notes=tuple(dict.fromkeys((*before.notes, *part.notes))))
    for (name, hidden), part in list(merged.items()):
        visible = merged.get((name, False))
        if hidden and part.status == "passed" and visible is not None and visible.status != "passed":
            merged[name, hidden] = replace(visible, hidden=True, weight=part.weight)
    for (name, hidden), part in list(merged.items()):
        other = merged.get((needed.get(name, ""), hidden))
        if other is not None and other.status != "passed":
            told = say("Counts only together with {part!r}.", part=other.name)
            seen = Finding(Code.NEEDS, told)
            merged[name, hidden] = replace(part, status=other.status, finding=seen, comparison=None)
    return [_consistent(part, merged.get((part.name, True))) for part in merged.values()]


def telling(parts: Sequence[Part], status: Status) -> Part | None:
    """The part that speaks for the check: of the parts that did not pass the one that names a mistake, else the
    first with the check's own status; hidden ones first, as fresh inputs tell more apart."""
    failing = [part for part in parts if part.status != "passed" and part.finding.code is not Code.NEEDS]
    failing.sort(key=lambda part: not part.hidden)
    return (
        next((part for part in failing if part.finding.code is Code.MISTAKE), None)
        or next((part for part in failing if part.status == status), None)
        or next(iter(failing), None)
    )


def overall(statuses: Sequence[Status], score: float) -> Status:
    failing = [status for status in statuses if status != "passed"]
    if not failing:
        return "passed" if statuses else "not_judged"
    if score > 0:
        return "partial"
    if len(set(failing)) == 1:
        return failing[0]
    return "timeout" if "timeout" in failing else "failed"


def _consistent(part: Part, hidden: Part | None) -> Part:
    """A visible part names no mistake that its hidden namesake does not: fresh inputs tell more apart."""
    if hidden is None or part.hidden or part.status != "failed" or hidden.status != "failed":
        return part
    if part.finding.code is not Code.MISTAKE or part.diagnosis == hidden.diagnosis:
        return part
    return replace(part, finding=Finding(Code.VALUE, say("On these inputs, too, the answer is wrong.")))
