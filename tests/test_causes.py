"""Wrong answers as students write them: each loses, and is told its cause, graded and in the notebook."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from causes import CAUSES
from courses import of_chapter

from grader.author.bench import Bench
from grader.chapter.answers import Answer
from grader.chapter.checks import compiled
from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"


@lru_cache(maxsize=4)
def loaded(number: str) -> tuple[Any, Any]:
    chapter = load_chapter(next(SOLUTIONS.glob(f"{number}_*")))
    return chapter, load_namespace(chapter)


@lru_cache(maxsize=64)
def bench(number: str, exercise: str) -> Bench:
    chapter, names = loaded(number)
    check = next(check for check in chapter.of("check") if check.judges == exercise)
    return Bench(chapter, names, compiled(chapter, check.name))


def _case(number: str, exercise: str, says: str, in_notebook: str, source: str) -> Any:
    folder = next(SOLUTIONS.glob(f"{number}_*")).name
    return pytest.param(
        number, exercise, says, in_notebook, source, id=f"{number}-{exercise}-{says}", marks=of_chapter(folder)
    )


@pytest.mark.parametrize(("number", "exercise", "says", "in_notebook", "source"), [_case(*cause) for cause in CAUSES])
def test_a_wrong_answer_is_told_its_cause(number: str, exercise: str, says: str, in_notebook: str, source: str) -> None:
    """Live and recorded alike. The source is not there for the judge: only the values are."""
    made = bench(number, exercise)
    scope = dict(made.names.names)
    exec(source, scope)
    answer = made.answers(Answer(exercise, "answer", "", scope[exercise]))
    for verdict, told in ((made.judge(answer), says), (made.in_notebook(answer), in_notebook)):
        assert verdict.score < verdict.points
        assert told in verdict.message, f"{verdict.diagnosis}: {verdict.message}"
