"""Hostile submissions that would use up the trusted side: each ends in its time, and its class keeps its points."""

from __future__ import annotations

import re
import runpy
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import RIGHT, Course
from defences import OFF, begin_without, through
from nbformat.v4 import new_code_cell

from grader.crew import Bounds, Crew, Ended
from grader.finding import Code
from grader.grade.jobs import Job, grade_job
from grader.grade.submission import read_file
from grader.limits import Limits
from grader.sandbox.nursery import Nursery

ATTACKS = sorted((Path(__file__).parent / "attacks" / "exhausting").glob("*.py"))
#: Of one submission: the trusted side's, and the worker's, who may wait four times as long.
BOUNDS = Bounds(computing_s=2, wall_s=10, memory_mb=300)
LIMITS = Limits(cell_s=1, call_s=1, submission_s=20)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as one:
        one.start()
        yield one


def defence_of(attack: Path) -> str:
    told = re.search(r"Stopped by: ([^.]*)\.", attack.read_text())
    assert told, f"{attack.name} does not say what stops it"
    return told[1]


def job(course: Course, name: str, text: str) -> Job:
    file = course.root / f"{name}.ipynb"
    file.write_text(text)
    return Job(course.chapter.path, course.prepared.digest, name, read_file(file), LIMITS)


def hostile(course: Course, attack: Path) -> tuple[Any, ...]:
    """What `through` takes: a right notebook with the attack in a cell of it, or as the attack hands it in."""
    code, notebook = attack.read_text(), course.answered(**RIGHT)
    names = runpy.run_path(str(attack)) if "def hand_in" in code or "TIMESTAMP" in code else {}
    folder = course.root / attack.stem
    folder.mkdir()
    (folder / "timestamp.txt").write_text(names.get("TIMESTAMP", ""))
    if not names:
        notebook.cells.insert(2, new_code_cell(code))
    text = nbformat.writes(notebook)
    text = names["hand_in"](text) if "hand_in" in names else text
    return job(course, attack.stem, text), folder if "TIMESTAMP" in names else None, "lays it out" in code


def honest(course: Course) -> Job:
    return job(course, "honest", nbformat.writes(course.answered(**RIGHT)))


def ended(crew: Crew, told: tuple[Any, ...]) -> str:
    """How it ended: by a signal, by what was raised, or as graded."""
    try:
        graded = crew.submit(through, *told).result()
    except Ended as error:
        return signal.Signals(-error.code).name
    except ValueError as error:
        return str(error)
    return "waits" if any(verdict.finding.code is Code.NOT_GRADED for verdict in graded.verdicts) else "judged"


def test_there_are_enough_and_each_has_a_defence() -> None:
    assert len(ATTACKS) >= 10
    assert {defence_of(attack) for attack in ATTACKS} == set(OFF)


def test_each_is_judged_or_refused_in_its_time_and_its_class_keeps_its_points(course: Course, nursery: Nursery) -> None:
    with Crew(1, begin_without, ("", b"secret", nursery), BOUNDS) as crew:
        for attack in ATTACKS:
            told = hostile(course, attack)
            started = time.monotonic()
            how = ended(crew, told)
            assert how == "judged" or "a time such as" in how, (attack.stem, how)
            assert time.monotonic() - started < 30, attack.stem
            assert crew.submit(grade_job, honest(course)).result().score == 6


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.stem)
def test_without_its_defence_only_the_bounds_stop_it_and_the_class_goes_on(
    course: Course, nursery: Nursery, attack: Path
) -> None:
    with Crew(1, begin_without, (defence_of(attack), b"secret", nursery), BOUNDS) as crew:
        assert ended(crew, hostile(course, attack)) in ("SIGPROF", "SIGALRM", "SIGABRT", "waits")
        assert crew.submit(grade_job, honest(course)).result().score == 6
