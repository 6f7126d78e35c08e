"""Hostile submissions that would use up the trusted side: each ends in its time, and its class keeps its points."""

from __future__ import annotations

import re
import runpy
import shutil
import signal
import subprocess
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course, nbgrader
from defences import OFF, begin_without, import_keeping, through
from nbformat.v4 import new_code_cell

from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.crew import Bounds, Crew, Ended
from grader.finding import Code
from grader.grade import jobs
from grader.grade.jobs import Job, grade_job
from grader.grade.submission import read_file
from grader.gradebook import assignment, classrun
from grader.gradebook.assignment import load_assignment
from grader.gradebook.classrun import Counted, find_tasks, run_class
from grader.limits import Limits
from grader.sandbox.nursery import Nursery
from grader.settings import load_settings

HERE = Path(__file__).parent / "attacks"
#: On the process that grades it.
ATTACKS = sorted((HERE / "exhausting").glob("*.py"))
#: On the process that grades the class: what lies in a submission's folder.
STOPPING = {path.stem: path for path in sorted((HERE / "stopping").glob("*.py"))}
#: Of one submission: the trusted side's, and the worker's, who may wait four times as long.
BOUNDS = Bounds(computing_s=4, wall_s=16, memory_mb=300)
LIMITS = Limits(cell_s=1, call_s=1, submission_s=20, referee_s=2, referee_mb=300)
#: Seconds of the wall clock in which a class of four ends, whoever is among them.
CLASS_S = 60

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


def hand_in(course: Course, attack: Path, folder: Path) -> None:
    """Fill a submission's folder: with a right notebook and the attack in a cell of it, or as the attack says."""
    code, notebook = attack.read_text(), course.answered(**RIGHT)
    names = runpy.run_path(str(attack)) if re.search(r"^def (hand_in|fill)|^TIMESTAMP", code, re.M) else {}
    folder.mkdir(parents=True)
    if "fill" in names:
        names["fill"](folder, nbformat.writes(notebook))
        return
    if "TIMESTAMP" in names:
        (folder / "timestamp.txt").write_text(names["TIMESTAMP"])
    if not names:
        notebook.cells.insert(2, new_code_cell(code))
    text = nbformat.writes(notebook)
    (folder / f"{CHAPTER}.ipynb").write_text(names["hand_in"](text) if "hand_in" in names else text)


def job(course: Course, folder: Path) -> Job:
    return Job(course.chapter.path, course.prepared.digest, "somebody", read_file(folder / f"{CHAPTER}.ipynb"), LIMITS)


def hostile(course: Course, attack: Path) -> tuple[Any, ...]:
    """What `through` takes."""
    folder, code = course.root / attack.stem, attack.read_text()
    hand_in(course, attack, folder)
    return job(course, folder), folder if "its grade is kept" in code else None, "lays it out" in code


def honest(course: Course) -> Job:
    file = course.root / "honest.ipynb"
    nbformat.write(course.answered(**RIGHT), file)
    return Job(course.chapter.path, course.prepared.digest, "honest", read_file(file), LIMITS)


def ended(crew: Crew, told: tuple[Any, ...]) -> str:
    """How it ended: by a signal, by what was raised, or as graded."""
    if told[1] is not None:
        crew.submit(import_keeping).result()  # which is nobody's doing
    try:
        graded = crew.submit(through, *told).result()
    except Ended as error:
        return signal.Signals(-error.code).name
    except ValueError as error:
        return str(error)
    return "waits" if any(verdict.finding.code is Code.NOT_GRADED for verdict in graded.verdicts) else "judged"


def test_there_are_enough_and_each_has_a_defence() -> None:
    assert len(ATTACKS) + len(STOPPING) >= 15
    assert {defence_of(attack) for attack in ATTACKS} == set(OFF)
    assert {defence_of(attack) for attack in STOPPING.values()} == set(WITHOUT)


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


# A class of four, through the run that grades a class.


@pytest.fixture(scope="module")
def generated(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course whose gradebook knows its chapter."""
    root = tmp_path_factory.mktemp("class") / "course_root"
    shutil.copytree(built, root)
    settings = replace(load_settings(root), limits=LIMITS)
    chapter = load_chapter(settings.chapter(CHAPTER))
    made = Course(settings, chapter, load_namespace(chapter))
    done = nbgrader(made, "generate_assignment", CHAPTER)
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def of_four(generated: Course, nursery: Nursery, monkeypatch: pytest.MonkeyPatch) -> Iterator[Course]:
    """Where classes of four are graded; all workers come from one place."""
    monkeypatch.setattr(jobs, "Nursery", lambda *preload: nullcontext(nursery))
    yield generated
    folders = [generated.settings.course / name for name in ("submitted", "autograded", "verdicts")]
    subprocess.run(["rm", "-rf", *folders], check=True)  # Python's own stops at deep ones


def class_with(course: Course, attack: Path) -> Counted:
    """The second of four is hostile."""
    for student in ("ann", "cyd", "dan"):
        folder = course.settings.course / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        nbformat.write(course.answered(**RIGHT), folder / f"{CHAPTER}.ipynb")
    hand_in(course, attack, course.settings.course / "submitted" / "bob" / CHAPTER)
    return run_class(course.settings, CHAPTER, 1)


def scores_of_others(counted: Counted) -> list[float | None]:
    return [graded and graded.score for student, graded in sorted(counted.results.items()) if student != "bob"]


@pytest.mark.parametrize("attack", [*ATTACKS, *STOPPING.values()], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_class_of_four_ends_in_time_and_the_other_three_keep_their_points(of_four: Course, attack: Path) -> None:
    started = time.monotonic()
    counted = class_with(of_four, attack)
    assert time.monotonic() - started < CLASS_S
    assert scores_of_others(counted) == [6, 6, 6]
    assert {student for student, held in counted.held.items() if held.score == 6} >= {"ann", "cyd", "dan"}
    # The hostile one is a row of its own: graded, waiting with the reason, or not kept with it.
    bob = counted.results.get("bob")
    assert ("bob" in counted.failed) != (bob is not None and len(str(bob.headline)) < 6000)


# Without the defence of those that stop a class.


def deep_folders_stop_it(course: Course, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(assignment, "all_below", lambda folder: sorted(folder.rglob("*")))
    with pytest.raises(RecursionError):
        class_with(course, STOPPING["deep_folders"])


def a_long_reason_takes_its_length(course: Course, patch: pytest.MonkeyPatch) -> None:
    folder = course.settings.course / "submitted" / "bob" / CHAPTER
    hand_in(course, STOPPING["long_reason"], folder)
    loaded = load_assignment(course.settings, CHAPTER)
    taken = []
    tracemalloc.start()
    for most in (assignment.MAX_REASON, -1):
        patch.setattr(assignment, "MAX_REASON", most)
        tracemalloc.reset_peak()
        loaded.refusal(folder)
        taken.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert taken[0] < 10 * 2**20
    assert taken[1] > 300 * 10**6


def each_notebook_takes_the_time_of_all(course: Course, patch: pytest.MonkeyPatch) -> None:
    hand_in(course, STOPPING["many_notebooks"], course.settings.course / "submitted" / "bob" / CHAPTER)
    together = classrun.glances_at
    seconds = []
    for glances in (together, lambda several, *told: together([[path] for paths in several for path in paths], *told)):
        patch.setattr(classrun, "glances_at", glances)
        started = time.monotonic()
        find_tasks(load_assignment(course.settings, CHAPTER))
        seconds.append(time.monotonic() - started)
    assert seconds[1] > 2 * seconds[0]
    assert seconds[1] > 4 * LIMITS.referee_s


def all_names_stand_in_one_line(course: Course, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(classrun, "MAX_NAMES", 10**6)
    bob = class_with(course, STOPPING["many_names"]).results["bob"]
    assert bob is not None
    assert len(str(bob.headline)) > 400_000


WITHOUT = {
    "the depth of folders": deep_folders_stop_it,
    "the length of a reason": a_long_reason_takes_its_length,
    "the time of all notebooks": each_notebook_takes_the_time_of_all,
    "the number of names": all_names_stand_in_one_line,
}


@pytest.mark.parametrize("defence", WITHOUT)
def test_without_its_defence_a_class_is_stopped_or_its_side_used_up(
    of_four: Course, defence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    WITHOUT[defence](of_four, monkeypatch)
