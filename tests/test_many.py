"""A class goes on, whatever one submission holds: any notebook and any reply is a result, never an error."""

from __future__ import annotations

import copy
import json
import random
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from conftest import RIGHT, Course
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from grader.escape import well_formed
from grader.grade import jobs as many
from grader.grade.grading import grade_submission, marked_notebook
from grader.grade.jobs import Task, grade_many
from grader.grade.repair import repair
from grader.grade.submission import SubmissionError, chapter_id_of, read_submission
from grader.result import Graded
from grader.sandbox.replies import is_callback, read_outcome, read_outputs
from grader.sanitise import sanitise

ODD: list[Any] = [
    None,
    [],
    {},
    1,
    -1.5,
    True,
    "",
    "x",
    "\x00",
    "\ud800",
    ["a"],
    [1],
    {"a": []},
    "01_scale",
    1e400,
    {"grade_id": []},
    "<!-- 01_scale · written: least_squares -->",
]
OUTPUTS = [
    {"output_type": "stream", "name": "stdout", "text": "x"},
    {"output_type": "display_data", "data": {"text/plain": "x", "text/html": "<b>x</b>"}, "metadata": {}},
    {"output_type": "execute_result", "data": {"text/plain": "x"}, "execution_count": None, "metadata": {}},
    {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["x"]},
]
OUTCOME = {
    "value": {"a": [1, (2.0, "x")]},
    "failure": ["raised", "E", ["raw", ["v"]], [["line_of", ["3", "f", "x"]]]],
    "mutated": [0],
    "warnings": ["w"],
    "stdout": "x",
    "notes": [["read_array", ["DataFrame"]]],
    "op": "reply",
}


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value inside ``value``."""
    if way:
        yield way
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from places(item, (*way, key))


def spoiled(value: Any, chance: random.Random, odd: list[Any]) -> Any:
    """A copy with one to three of its values replaced by odd ones."""
    made = copy.deepcopy(value)
    for _ in range(chance.choice((1, 1, 3))):
        *way, last = chance.choice(list(places(made)) or [(0,)])
        inside = made
        for key in way:
            inside = inside[key]
        if isinstance(inside, dict) or inside:
            inside[last] = copy.deepcopy(chance.choice(odd))
    return made


def as_file(notebook: NotebookNode) -> bytes:
    return str(nbformat.writes(sanitise(notebook), version=4)).encode()


def test_any_notebook_is_read_repaired_and_written_or_refused(course: Course) -> None:
    chance, path = random.Random(1), course.root / "in.ipynb"
    notebook = json.loads(nbformat.writes(course.answered(**RIGHT)))
    read = 0
    for _ in range(600):
        path.write_text(json.dumps(spoiled(notebook, chance, ODD)))
        try:
            came = read_submission(path)
        except SubmissionError:
            continue
        read += 1
        (chapter_id_of(came, path.name) or "").encode()
        repaired = repair(came, course.chapter)
        assert as_file(marked_notebook(course.chapter, repaired, [[] for _ in repaired.cells]))
    assert read > 300


def test_any_reply_is_read_or_refused() -> None:
    chance, odd = random.Random(2), [*ODD, np.arange(3), np.float64(1), np.zeros(()), (1, 2), 3j]
    for _ in range(3000):
        shown = read_outputs(well_formed(spoiled(OUTPUTS, chance, odd)))
        if shown is not None:
            cell = new_code_cell("x")
            cell.outputs = [NotebookNode(item) for item in shown]
            assert as_file(new_notebook(cells=[cell]))
        reply = well_formed(spoiled(OUTCOME, chance, odd))
        is_callback(reply)
        outcome = read_outcome(reply, 0.0)
        if outcome is not None and outcome.failure is not None:
            "".join(map(str, (outcome.failure.message, *outcome.failure.lines, *outcome.notes))).encode()


HOSTILE = {
    "an id that is a list": "",
    "an output's type that is a list": "get_ipython().outputs.items.append({'output_type': []})",
    "an array for an error's name": "import numpy as np\nget_ipython().outputs.items.append(\n"
    "    {'output_type': 'error', 'ename': np.arange(3), 'evalue': '', 'traceback': []})",
    "half a character in a print": "print('\\ud800')",
    "half a character in an error": "raise ValueError('\\ud800')",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_cell_costs_no_right_answer_and_the_notebook_can_be_written(course: Course, name: str) -> None:
    notebook = json.loads(nbformat.writes(course.answered(**RIGHT)))
    own = {
        "cell_type": "code",
        "source": HOSTILE[name],
        "outputs": [],
        "execution_count": None,
        "metadata": {"id": []} if not HOSTILE[name] else {},
    }
    text = {"cell_type": "markdown", "source": "\ud800", "metadata": {}}
    notebook["cells"] += [own, text]
    graded = course.grade(json.dumps(notebook))
    assert (graded.score, graded.problem) == (6, None)
    assert as_file(graded.notebook)


def fail_for_bob(file: Any, *told: Any, student: str, **settings: Any) -> Graded:
    if student == "bob":
        raise KeyError("no\nsuch thing")
    return grade_submission(file, *told, student=student, **settings)


def begin_failing(secret: bytes) -> None:
    many.grade_submission = fail_for_bob
    many.begin(secret)


@pytest.mark.parametrize("spawned", [False, True])
def test_a_submission_whose_grading_breaks_off_waits_for_a_person_and_the_class_goes_on(
    course: Course, monkeypatch: pytest.MonkeyPatch, spawned: bool
) -> None:
    tasks = [Task(student, hand_in(course, student)) for student in ("ann", "bob", "cyd")]
    monkeypatch.setattr(many, "grade_submission", fail_for_bob)
    begun = {"initializer": begin_failing, "initargs": (b"secret",)}
    place = ProcessPoolExecutor(2, get_context("spawn"), **begun) if spawned else ThreadPoolExecutor(1, **begun)
    with place as executor:
        running = grade_many(tasks, course.prepared, b"secret", course.settings.limits, 1, executor=executor)
        done = {task.student: graded for task, graded in running}
    assert [done[student].score for student in ("ann", "bob", "cyd")] == [6, 0, 6]
    assert done["bob"].problem is not None
    assert done["bob"].problem.startswith("could not be graded: KeyError: ")
    assert "\n" not in done["bob"].problem
    assert {verdict.status for verdict in done["bob"].verdicts} == {"not_judged"}
    assert as_file(done["bob"].notebook)


def test_who_stops_a_class_does_not_wait_for_what_runs(course: Course) -> None:
    endless = course.answered(**RIGHT)
    endless.cells.append(nbformat.v4.new_code_cell("while True: pass"))
    slow = course.root / "slow.ipynb"
    nbformat.write(endless, slow)
    tasks = [Task("ann", hand_in(course, "ann")), Task("bob", slow), Task("cyd", slow)]
    limits = replace(course.settings.limits, cell_s=300)
    running = grade_many(tasks, course.prepared, b"secret", limits, 2)
    assert next(running)[0].student == "ann"
    started = time.monotonic()
    running.close()
    assert time.monotonic() - started < 60


def hand_in(course: Course, student: str) -> Path:
    path = course.root / f"{student}.ipynb"
    nbformat.write(course.answered(**RIGHT), path)
    return path
