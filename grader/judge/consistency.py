"""A known mistake is named only where every call of its part speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.finding import Code
from grader.judge.explain import Case, KnownMistake, diagnose
from grader.judge.oracle import Expectation
from grader.judge.tensors import matches
from grader.verdict import Part


@dataclass(frozen=True)
class Judged:
    """One call that was compared with what was expected. index: of its part in the check, in the order of calls;
    args, names: the call's arguments, and what the answer's tensors are called; case: what is known about a wrong
    answer, None for a right one."""

    index: int
    value: Any
    expected: Expectation
    args: tuple[Any, ...] = ()
    names: tuple[str, ...] = ()
    case: Case | None = None


def consistent(parts: Sequence[Part], judged: Sequence[Judged]) -> list[Part]:
    """The parts, one a call, without mistakes that another call of the same part contradicts."""
    made = list(parts)
    for one in judged:
        part = parts[one.index]
        if one.case is None or part.finding.code is not Code.MISTAKE:
            continue
        against = {
            known.name
            for other in judged
            if parts[other.index].name == part.name
            for known in _contradicted(other, one.case.mistakes)
        }
        if against:
            seen = diagnose(replace(one.case, mistakes=[m for m in one.case.mistakes if m.name not in against]))
            made[one.index] = replace(part, finding=seen)
    return made


def _contradicted(judged: Judged, mistakes: Sequence[KnownMistake]) -> Iterator[KnownMistake]:
    """Those of the mistakes that give another answer than came in this call."""
    names = {mistake.name for mistake in mistakes}
    for known in judged.expected.mistakes():
        if known.name in names and known.value is not None and not matches(judged.value, known.value):
            yield known
