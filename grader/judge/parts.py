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


#: How much a line tells of a cause: what stands in an earlier row goes before what stands in a later one; what stands
#: in none is between the first two and the last three.
_SHARPEST = (
    (Code.MISTAKE,),
    (
        *(Code.EXCHANGED, Code.TRANSFORMED, Code.ROUNDED, Code.BOUNDED, Code.DTYPE, Code.START, Code.STATE, Code.ORDER),
        *(Code.TYPE, Code.SHAPE, Code.TRANSPOSE, Code.BROADCAST, Code.AXIS, Code.SIGN, Code.FACTOR, Code.RETURNS_INPUT),
        *(Code.RAISED, Code.UNDEFINED, Code.UNREADABLE, Code.BANNED, Code.LEANS, Code.CARRIED, Code.SEED, Code.TWINS),
    ),
)
_VAGUEST = (
    (Code.IGNORED, Code.PREVIOUS, Code.ROWS, Code.COLUMNS, Code.PER_ROW, Code.PER_COLUMN, Code.CONSTANT),
    (Code.TENSORS, Code.NEAR, Code.ACCURACY),
    (Code.VALUE, Code.NONE),
)


def telling(parts: Sequence[Part], status: Status) -> Part | None:
    """The part that speaks for the check: of those that did not pass the one that tells most of a cause, hidden or not.
    Of equally telling ones it is the first with the check's own status, a hidden one before a visible one."""

    def order(part: Part) -> tuple[bool, int, bool, bool]:
        late = status == "timeout" and part.status != status  # then that is what is to be told
        return late, _bluntness(part.finding.code), part.status != status, not part.hidden

    failing = [part for part in parts if part.status != "passed" and part.finding.code is not Code.NEEDS]
    return min(failing, key=order, default=None)


def _bluntness(code: Code) -> int:
    for place, codes in enumerate(_SHARPEST):
        if code in codes:
            return place
    vague = next((place for place, codes in enumerate(_VAGUEST) if code in codes), -1)
    return len(_SHARPEST) + 1 + vague


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
