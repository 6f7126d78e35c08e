"""What is told of a part holds in all its calls: a known mistake is named only where every call speaks for it, and a
tensor is called right only where it is right in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.finding import Code
from grader.judge.explain import Case, KnownMistake, diagnose, right_tensors
from grader.judge.oracle import Expectation
from grader.judge.tensors import matches, tensors
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
    """The parts, one a call, without what another call of the same part contradicts."""
    made = list(parts)
    for one in judged:
        part = parts[one.index]
        if one.case is None or part.status != "failed" or part.finding.code is Code.BANNED:
            continue
        others = [other for other in judged if other is not one and parts[other.index].name == part.name]
        against = set()
        if part.finding.code is Code.MISTAKE:
            against = {known.name for other in (one, *others) for known in _contradicted(other, one.case.mistakes)}
        elsewhere = frozenset(name for other in others if other.case is not None for name in _wrong(other.case))
        if against or elsewhere:
            mistakes = [known for known in one.case.mistakes if known.name not in against]
            seen = diagnose(replace(one.case, mistakes=mistakes, elsewhere=elsewhere))
            made[one.index] = replace(part, finding=seen)
    return made


def _wrong(case: Case) -> set[str]:
    """The tensors of an answer that are not right."""
    return {name for name, _ in tensors(case.want, case.names)} - set(
        right_tensors(case.got, case.want, case.bands, case.names)
    )


def _contradicted(judged: Judged, mistakes: Sequence[KnownMistake]) -> Iterator[KnownMistake]:
    """Those of the mistakes that give another answer than came in this call."""
    names = {mistake.name for mistake in mistakes}
    for known in judged.expected.mistakes():
        if known.name in names and known.value is not None and not matches(judged.value, known.value):
            yield known
