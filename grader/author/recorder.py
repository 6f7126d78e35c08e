"""What a release carries: right answers and mistakes on the public inputs, and the hint ladders."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from grader.calling import call
from grader.chapter.checks import run_check
from grader.chapter.model import Cell, Chapter, ladder
from grader.chapter.namespace import Namespace
from grader.chapter.terms import terms_of
from grader.judge.calls import Call, Compared, Sampled, Scored, Trained
from grader.judge.live import LiveOracle
from grader.judge.oracle import Expectation
from grader.judge.session import Session
from grader.notebook import check
from grader.notebook.recorded import summary


def record_chapter(chapter: Chapter, namespace: Namespace, *, written: bool = True) -> dict[str, Any]:
    """The record of a chapter as plain data, with or without its written questions. Raises ChapterError where a
    reference raises."""
    checks = {cell.name: record_check(chapter, cell, namespace) for cell in chapter.of("check")}
    return {
        "format": check.RECORD_FORMAT,
        "checks": checks,
        "hints": {cell.name: ladder(chapter, cell.name) for cell in chapter.of("hints")},
        "terms": {cell.name: list(astuple(terms_of(chapter, namespace, cell.name))) for cell in chapter.of("exercise")},
        "points": {cell.name: cell.points for cell in chapter.of("check")},
        "written": {cell.name: cell.points for cell in chapter.of("written") if written},
    }


def record_check(chapter: Chapter, cell: Cell, namespace: Namespace) -> list[dict[str, Any]]:
    """What is expected of each call in a check's visible lines. Raises ChapterError where a reference raises."""
    recorder = _Recorder(namespace)
    session = _Recording(recorder)
    session.begin(cell.name, cell.points)
    try:
        run_check(chapter, namespace, cell, session, hidden=False)
    except Exception as error:
        raise chapter.error(cell, f"the visible part of this check fails: {type(error).__name__}: {error}") from error
    verdict = session.verdict()
    for part in verdict.parts:
        if part.status != "passed":
            raise chapter.error(
                cell,
                f"the reference of {cell.judges!r} fails its own check (part {part.name!r}): "
                f"{part.message} {'; '.join(part.detail)}".rstrip(),
            )
    return [recorder.parts[index] for index in sorted(recorder.parts)]


class _Recorder(LiveOracle):
    """Answers as the reference does, and keeps what was expected: one entry a judging call."""

    def __init__(self, namespace: Namespace) -> None:
        mistakes = [(m.exercise, m.name, m.sentence, m.function) for m in namespace.mistakes]
        super().__init__(
            lambda name, args: call(namespace.names[name], args), namespace.names, mistakes, namespace.gradients
        )
        self.parts: dict[int, dict[str, Any]] = {}

    def expect(self, check_name: str, index: int, fn: Any, args: tuple[Any, ...], kink: bool | None) -> Expectation:
        expected = super().expect(check_name, index, fn, args, kink)
        self.parts[index] = {
            "inputs": summary(args),
            "arguments": list(expected.arguments),
            "want": expected.want,
            "bands": list(expected.bands),
            "between": [list(pair) for pair in expected.between],
            "mistakes": [[m.name, str(m.sentence), m.value] for m in expected.mistakes() if m.value is not None],
        }
        return expected

    def keep_fitting(self, index: int, fn: Any, args: tuple[Any, ...]) -> None:
        """Where many answers are right: only what the known mistakes give, by their summaries."""
        known = [m for m in self._known(fn.__name__, args) if m.value is not None]
        self.parts.setdefault(index, {}).update(
            inputs=summary(args), mistakes=[], fitting=[[m.name, str(m.sentence), summary(m.value)] for m in known]
        )


class _Recording(Session):
    """A session that records. Trainings and samples have no one right value: only what mistakes give is kept."""

    oracle: _Recorder

    def take(self, call: Call) -> None:
        if not isinstance(call, Scored | Trained):
            super().take(call)
        match call:
            case Scored():
                self.oracle.keep_fitting(call.index, call.fn, call.args)
            case Sampled():
                self.oracle.keep_fitting(call.index, call.fn, (*call.args, call.seeds[0]))
            case Trained():
                X, y, _, _, seed = list(call.tasks())[-1]
                self.oracle.keep_fitting(call.index, call.fn, (X, y, seed))
            case Compared():
                pass  # the oracle has kept what was expected
            case _:
                self.refuse(call)
