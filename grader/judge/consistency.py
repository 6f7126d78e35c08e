"""What is told of a part holds in all its calls: a known mistake is named only where every call speaks for it, and a
tensor is called right only where it is right in each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.finding import Code
from grader.judge.explain import Case, KnownMistake, diagnose, inputs_of, right_tensors, tensors_of
from grader.judge.moves import before
from grader.judge.oracle import Expectation
from grader.judge.sizes import FIT
from grader.judge.tensors import matches, relative_error, tensors
from grader.verdict import Part


@dataclass(frozen=True)
class Judged:
    """One call that was compared with what was expected. index: of its part in the check, in the order of calls;
    args, names: the call's arguments, and what the answer's tensors are called; case: what is known about a wrong
    answer, None for a right one; subject: the name of what was called."""

    index: int
    value: Any
    expected: Expectation
    args: tuple[Any, ...] = ()
    names: tuple[str, ...] = ()
    case: Case | None = None
    subject: str = ""


def consistent(parts: Sequence[Part], judged: Sequence[Judged]) -> list[Part]:
    """The parts, one a call, without what another call contradicts."""
    made = list(parts)
    for one in judged:
        part = parts[one.index]
        if one.case is None or part.status != "failed" or part.finding.code is Code.BANNED:
            continue
        others = [other for other in judged if other is not one and parts[other.index].name == part.name]
        elsewhere = frozenset(name for other in others if other.case is not None for name in _wrong(other.case))
        moved: frozenset[str] = frozenset()
        if part.finding.code is Code.RETURNS_INPUT:
            moved = frozenset(name for other in others for name in _moved(other))
        fitting = {known.name for known in _fitting(one)}
        if fitting or elsewhere or moved:
            named = _uncontradicted(fitting, one, parts, judged)
            mistakes = [known for known in one.case.mistakes if known.name in named or known.name not in fitting]
            seen = diagnose(replace(one.case, mistakes=mistakes, elsewhere=elsewhere, moved=moved))
            made[one.index] = replace(part, finding=seen)
    return made


def _fitting(judged: Judged) -> Iterator[KnownMistake]:
    """The known mistakes that give what came in this call."""
    for known in judged.expected.mistakes():
        if known.value is not None and matches(judged.value, known.value):
            yield known


def _uncontradicted(fitting: set[str], one: Judged, parts: Sequence[Part], judged: Sequence[Judged]) -> set[str]:
    """Those of the mistakes that fit a call which no other call of its part contradicts, and none that is right. Where
    several are left, the wrong calls of other parts decide; an answer may well have another slip there."""
    name = parts[one.index].name
    apart: list[Judged] = []
    for other in judged:
        if not fitting:
            break
        if parts[other.index].name == name or other.case is None:
            fitting = fitting - _contradicted(other, fitting)
        else:
            apart.append(other)
    for other in apart:
        if len(fitting) > 1:
            fitting = fitting - _contradicted(other, fitting) or fitting
    return fitting


def _wrong(case: Case) -> set[str]:
    """The tensors of an answer that are not right."""
    return {name for name, _ in tensors(case.want, case.names)} - set(
        right_tensors(case.got, case.want, case.bands, case.names)
    )


def _moved(judged: Judged) -> Iterator[str]:
    """The tensors of an answer that are not what they were as arguments of the call."""
    try:
        came = tensors_of(judged.value, judged.expected.want, judged.expected.bands, judged.names)
    except (KeyError, TypeError, ValueError):  # an answer of another structure
        return
    arguments = inputs_of(judged.args, judged.expected.arguments)
    for tensor in came:
        old = before(tensor.name, tensor.got, arguments)
        if old is not None and not relative_error(tensor.got, old) <= FIT:
            yield tensor.name


def _contradicted(judged: Judged, names: Collection[str]) -> set[str]:
    """Those of the mistakes that give another answer than came in this call."""
    return {
        known.name
        for known in judged.expected.mistakes()
        if known.name in names and known.value is not None and not matches(judged.value, known.value)
    }
