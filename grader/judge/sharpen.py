"""Where single calls tell little: what all calls of a part have in common.

Only what holds in every call of the part, right ones among them, is told, and only where all that hold say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.finding import Code, Finding
from grader.judge.alternatives import MOST_NUMBERS, Told, sentence_of
from grader.judge.consistency import Judged
from grader.judge.explain import inputs_of, tensors_of
from grader.judge.relations import Compared, related
from grader.text import NO_TEXT, joined, say
from grader.verdict import Part

#: What says little or nothing of a cause: anything that holds in every call takes its place.
_VAGUE = (
    Code.VALUE,
    Code.TENSORS,
    Code.NEAR,
    Code.SUMS,
    Code.ROWS,
    Code.COLUMNS,
    Code.PER_ROW,
    Code.PER_COLUMN,
    Code.CONSTANT,
    Code.IGNORED,
    Code.DTYPE,
)
#: True, and telling more where a cause stands behind it.
_PATTERNS = (Code.FACTOR, Code.OFFSET, Code.ALONG, Code.RETURNS_INPUT)
#: A right loss above which a bounded one is told as such.
_LARGE = 15.0


def sharpened(parts: Sequence[Part], judged: Sequence[Judged], needed: Mapping[str, str]) -> list[Part]:
    """The parts, one a call. needed: by part the one without which it pays nothing."""
    made = list(parts)
    for name in dict.fromkeys(part.name for part in parts):
        calls = [one for one in judged if parts[one.index].name == name]
        told = [parts[one.index] for one in calls if one.case is not None]
        if len(calls) < sum(part.name == name for part in parts) or not any(map(_open, told)):
            continue  # a call that gave nothing fits whatever one likes
        other = needed.get(name, "")
        is_right = bool(other) and all(part.status == "passed" for part in parts if part.name == other)
        apart = [one for one in judged if parts[one.index].name != name and one.subject == calls[0].subject]
        cause, is_whole = _alternative(calls, apart)
        plain = None if is_whole else cause  # beside this it is to be told which tensors are wrong
        found = _related(calls) or cause or (_bounded(calls) if is_right else None)
        for one in calls:
            part = parts[one.index]
            if one.case is None or part.status != "failed":
                continue
            before = part.finding
            if before.code in _PATTERNS and cause is not None:
                made[one.index] = replace(part, finding=replace(before, text=joined([before.text, cause.text])))
            elif before.code in _VAGUE and found is not None:
                text = (
                    joined([before.text, found.text]) if before.code is Code.TENSORS and found is plain else found.text
                )
                made[one.index] = replace(part, finding=replace(found, text=text, detail=before.detail))
    return made


def _open(part: Part) -> bool:
    return part.status == "failed" and part.finding.code in (*_VAGUE, *_PATTERNS)


def _related(calls: Sequence[Judged]) -> Finding | None:
    try:
        found = related([_compared(one) for one in calls])
    except (KeyError, TypeError, ValueError, OverflowError):  # an answer of another structure
        return None
    return Finding(*found) if found else None


def _compared(one: Judged) -> Compared:
    expected = one.expected
    tensors = tensors_of(one.value, expected.want, expected.bands, one.names)
    return Compared(tensors, inputs_of(one.args, expected.arguments))


def _alternative(calls: Sequence[Judged], apart: Sequence[Judged]) -> tuple[Finding | None, bool]:
    """What the numbers of every call are those of, and whether that is a whole sentence of a known mistake. Wrong calls
    are looked at first, and of them the lightest; the heaviest of all calls not at all.

    apart: the calls of other parts. It must be right in those that are right; where several fit, the others decide.
    """
    if any(one.expected.alternatives is None for one in calls):
        return None, False
    light = _lightest_first([*calls, *(one for one in apart if one.case is None)])
    if not light or light[0].case is None:
        return None, False
    fitting: Mapping[int, Told] | None = None
    for one in light:
        fitting = _fitting(one, fitting)
        if not fitting:
            return None, False
    for one in _lightest_first([one for one in apart if one.case is not None]):
        if fitting and len(set(fitting.values())) > 1:
            fitting = _fitting(one, fitting) or fitting
    told = sentence_of(fitting.values()) if fitting else NO_TEXT
    is_whole = any(one.rank and one.text == told for one in (fitting or {}).values())
    return (Finding(Code.EXCHANGED, told) if told else None), is_whole


def _lightest_first(calls: Sequence[Judged]) -> list[Judged]:
    """Those that are looked at, the wrong ones before the right ones."""
    weighed = [(one.case is None, others.weight, one) for one in calls if (others := one.expected.alternatives)]
    light = [call for call in weighed if call[1] <= MOST_NUMBERS]
    return [one for *_, one in sorted(light, key=lambda call: call[:2])]


def _fitting(one: Judged, among: Mapping[int, Told] | None) -> Mapping[int, Told]:
    assert one.expected.alternatives is not None
    return one.expected.alternatives.fitting(one.value, among, one.case is None)


def _bounded(calls: Sequence[Judged]) -> Finding | None:
    """A loss that is right on moderate inputs, and stays small on those where it must be large."""
    for one in calls:
        got, want = _number(one.value), _number(one.expected.want)
        if got is None or want is None or (one.case is not None and not (want > _LARGE and 0 <= got < want)):
            return None
    told = say(
        "Your numbers stay small where the right ones grow with the inputs. Is an epsilon added inside a logarithm, or "
        "a probability clipped? Both bound what may not be bounded."
    )
    return Finding(Code.BOUNDED, told)


def _number(value: Any) -> float | None:
    """A single number, however it came; None for all else."""
    if isinstance(value, float | int | np.ndarray | np.number) and np.size(value) == 1:
        array = np.ravel(value)
        return float(array[0]) if array.dtype.kind in "biuf" else None
    return None
