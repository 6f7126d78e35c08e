"""A word of a check is one class: whoever runs a check takes its calls, and a half-made word makes none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from grader.calling import call
from grader.judge import lines
from grader.judge.lines import Collected
from grader.judge.live import LiveOracle, Plan
from grader.judge.recording import Recording
from grader.judge.references import PlainReferences
from grader.judge.session import Session
from grader.judge.words import WORDS
from grader.judge.words.word import Call, Judge, Line, Place, Planner, Recorder, Rule, Traced, unfinished
from grader.text import ENGLISH


def plain(x: Any) -> Any:
    return abs(x)


@dataclass(frozen=True, kw_only=True)
class Half(Call):
    """Judged, and nothing else."""

    word: ClassVar[str] = "half"
    default_part: ClassVar[str] = "half"

    @classmethod
    def made(cls, place: Place, fn: Any, *args: Any, **options: Any) -> Half:
        return cls(place=place, fn=fn, args=args, rule=Rule("half"))

    def judge(self, judge: Judge) -> None:
        judge.passed(self, judge.ask(self.fn, self.args))


class Whole(Half):
    word: ClassVar[str] = "whole"
    usage: ClassVar[str] = "check.whole(f, *args)"
    meaning: ClassVar[str] = "that it is whole"

    @classmethod
    def lint(cls, line: Line) -> Iterator[str]:
        yield from ()

    def plan(self, planner: Planner) -> None:
        pass

    def record(self, recorder: Recorder) -> None:
        recorder.judge(self)

    def trace(self) -> Iterator[Traced]:
        yield self.traced(*self.args)


def takers() -> list[lines.Lines]:
    references = PlainReferences({"plain": plain})
    oracle = LiveOracle(lambda name, inputs: call(plain, inputs), references)
    return [Session(oracle), Plan(oracle, "check"), Recording(references, ENGLISH), Collected()]


def test_every_word_is_whole_and_says_itself() -> None:
    assert [unfinished(word) for word in WORDS] == [[] for _ in WORDS]
    assert len({word.word for word in WORDS}) == len(WORDS)
    assert all(word.usage.startswith(f"check.{word.word}(") for word in WORDS)


def test_a_half_made_word_makes_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken in silence by one of them it would be full points for a wrong answer."""
    assert unfinished(Half) == ["usage", "meaning", "lint", "plan", "record", "trace"]
    monkeypatch.setattr(lines, "WORDS", (*WORDS, Half))
    for taker in takers():
        with pytest.raises(TypeError, match="abstract"):
            taker.half(plain, 1.0)


def test_a_whole_word_is_taken_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "WORDS", (*WORDS, Whole))
    session, plan, recording, collected = takers()
    for taker in (session, plan, recording, collected):
        taker.whole(plain, -1.0)
    assert session.verdict().status == recording.verdict().status == "passed"  # type: ignore[attr-defined]
    assert [one.name for made in collected.calls for one in made.trace()] == ["plain"]  # type: ignore[attr-defined]


def test_a_word_that_keeps_nothing_shifts_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook finds what is expected of a call by the call's place."""

    class Silent(Whole):
        word: ClassVar[str] = "silent"

        def record(self, recorder: Recorder) -> None:
            pass

    monkeypatch.setattr(lines, "WORDS", (*WORDS, Silent))
    recording = Recording(PlainReferences({"plain": plain}), ENGLISH)
    recording.silent(plain, -1.0)
    recording.values(plain, -2.0)
    kept = recording.kept
    assert (kept[0], kept[1]["want"]) == ({}, 2.0)


def test_an_unknown_word_raises() -> None:
    with pytest.raises(AttributeError, match="no word 'valeus'"):
        takers()[0].valeus(plain, 1.0)
