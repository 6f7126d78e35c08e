"""Work on earlier work that is not all right: it waits, and is told by which exercise, whatever that one does wrong."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from conftest import CHAPTER, RIGHT, Course
from courses import ROOT

from grader.calling import Failure, Outcome, call
from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.release import answered
from grader.chapter.roles import Role
from grader.grade.grading import grade_submission
from grader.grade.referee import Referee
from grader.judge import over
from grader.said import Saying, said
from grader.shield import form_of, plain, shielded
from grader.verdict import Cause, Verdict

SLOPE = RIGHT["slope"]
#: Each fails its own check, and a right `slope` with it.
WRONG = {
    "a wrong value": "return x @ w + 1",
    "raises": "raise ValueError('no')",
    "a name that is not there": "return no_such_name",
    "returns None": "x @ w",
    "a dictionary": "return {'y': x @ w}",
    "a text": "return 'y'",
    "two values": "return x @ w, w",
    "another order": "return (x @ w)[::-1]",
    "a column": "return (x @ w)[:, None]",
    "one number": "return np.array((x @ w).sum())",
    "a matrix of another shape": "return np.asmatrix(x @ w)",
    "a ragged list": "return [[1.0], [1.0, 2.0]]",
    "objects": "return np.array([None] * len(x))",
    "a generator": "yield x @ w",
    "not written": "raise NotImplementedError()",
    "never stops": "while True: raise TimeoutError",
    "its cell stops": "return x @ w +",
    "random": "return x @ w + np.random.default_rng().normal()",
    "counts its calls": "line.n = getattr(line, 'n', 0) + 1; return x @ w * line.n",
    "wrong, and in place": "x += 1; return x @ w",
}
#: Each passes its own check, with a note, and a `slope` that is right beside it fails by it.
ODD = {
    "a list": ("return list(x @ w)", "return x.T @ (-(-line(x, w)) - y) / len(x)", "gives a list"),
    "a tuple": ("return tuple(x @ w)", "return x.T @ (line(x, w) * 1.0 - y) / len(x)", "gives a tuple"),
    "read-only": (
        "made = x @ w; made.setflags(write=False); return made",
        "r = line(x, w); r -= y; return x.T @ r / len(x)",
        "gives an array that cannot be written to",
    ),
    "masked": (
        "return np.ma.masked_array(x @ w, x @ w > 0)",
        "return x.T @ np.ma.filled(line(x, w) - y, 0.0) / len(x)",
        "gives a MaskedArray",
    ),
    "objects": (
        "return np.frompyfunc(lambda a: float(a), 1, 1)(x @ w)",
        "return x.T @ (2 * np.arctanh(np.tanh((line(x, w) - y) / 2))) / len(x)",
        "gives an array of objects",
    ),
    "in place": ("x -= 1; return (x + 1) @ w", SLOPE, "changes its inputs in place"),
}


def judged(course: Course, line: str, slope: str) -> dict[str, Verdict]:
    """Both checks, as grading judges them, with the functions in this process."""
    names: dict[str, Any] = {"np": np}
    sources = [f"def line(x, w):\n    {line}", f"def slope(x, y, w):\n    {slope}"]
    for source in sources:
        with contextlib.suppress(SyntaxError):
            exec(source, names)

    def answer(name: str, args: tuple[Any, ...], forms: Any = None) -> Outcome:
        if name not in names:
            return Outcome(failure=Failure("undefined", "NameError", said(Saying.NOT_DEFINED, name)))
        with shielded(names, forms or {}):
            outcome = call(names[name], args)
        if outcome.failure is not None and outcome.failure.name == "TimeoutError":
            return Outcome(failure=Failure("timeout", "Timeout", said(Saying.INTERRUPTED)))
        return outcome

    referee = Referee(course.chapter, course.namespace, answer, b"secret", "me", sources)
    return {check.name: referee.judge(check) for check in course.chapter.of(Role.CHECK)}


def notes(verdict: Verdict) -> str:
    return " ".join(str(note) for part in verdict.parts for note in part.notes)


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG)
def test_right_work_on_failing_earlier_work_waits_and_names_it(course: Course, line: str) -> None:
    verdicts = judged(course, line, SLOPE)
    assert verdicts["line"].score == 0
    slope = verdicts["slope"]
    assert slope.waits
    assert slope.score <= 1  # one row is right where it happens to be
    assert {part.status for part in slope.parts} <= {"not_judged", "passed"}
    assert "It uses `line`, whose check has not passed: mend it first." in slope.message
    assert [cause.exercise for cause in slope.because] == ["line"]
    assert slope.because[0].diagnosis == verdicts["line"].diagnosis
    assert "in place" not in notes(slope)
    assert "waits for your instructor" in slope.message


@pytest.mark.parametrize(("line", "slope", "told"), ODD.values(), ids=ODD)
def test_earlier_work_that_passed_with_a_note_is_pointed_to(course: Course, line: str, slope: str, told: str) -> None:
    verdicts = judged(course, line, slope)
    assert verdicts["line"].score >= 1.8
    assert verdicts["slope"].waits
    assert verdicts["slope"].score <= 1
    assert f"It uses `line`, which {told}" in verdicts["slope"].message
    assert "Your function changes its inputs" not in notes(verdicts["slope"])
    assert [cause.exercise for cause in verdicts["slope"].because] == ["line"]
    if "in place" not in told:
        assert "Later work that uses it may fail by that" in notes(verdicts["line"])


@pytest.mark.parametrize(
    ("line", "slope", "status"),
    [
        ("return x @ w + 1", "return 2 * x.T @ (line(x, w) - y) / len(x)", "failed"),
        ("return x @ w + 1", "return x.T @ (line(x, w) - y) / missing", "error"),
        ("return x @ w + 1", "raise ValueError(line(x, w))", "error"),
        ("raise ValueError", "return x.T @ (missing - line(x, w)) / len(x)", "error"),
        ("x @ w", "return x.T @ (missing - line(x, w)) / len(x)", "error"),
        ("return list(x @ w)", "return 2 * x.T @ (-(-line(x, w)) - y) / len(x)", "error"),
        ("x -= 1; return (x + 1) @ w", "return 2 * x.T @ (line(x, w) - y) / len(x)", "failed"),
        ("raise NotImplementedError()", "raise NotImplementedError()", "not_attempted"),
        ("return (x @ w).astype(np.float32)", "return 2 * x.T @ (line(x, w) - y) / len(x)", "failed"),
    ],
)
def test_work_that_is_wrong_beside_its_earlier_work_fails(course: Course, line: str, slope: str, status: str) -> None:
    verdict = judged(course, line, slope)["slope"]
    assert verdict.status == status
    assert not verdict.waits
    assert not verdict.because
    assert ("which gives a list" in notes(verdict)) == ("list(" in line)


@pytest.mark.parametrize("line", ["return x @ w", *WRONG.values()])
def test_work_that_does_not_use_it_is_judged(course: Course, line: str) -> None:
    verdict = judged(course, line, "return x.T @ (x @ w - y) / len(x)")["slope"]
    assert (verdict.status, verdict.score) == ("passed", 4)


def test_what_an_earlier_function_does_to_the_inputs_costs_the_later_one_nothing(course: Course) -> None:
    line, slope = "r = x @ w; x *= 0; return r", "a = x.copy(); return a.T @ (line(x, w) - y) / len(x)"
    itself = judged(course, line, "a = x.copy(); r = line(x, w); x += 1; return a.T @ (r - y) / len(x)")["slope"]
    assert itself.score == pytest.approx(3.6)
    assert "Your function changes its inputs in place" in notes(itself)
    later = judged(course, line, slope)
    assert (later["line"].score, later["slope"].score, later["slope"].status) == (1.8, 4, "passed")
    assert "Not it, but earlier work of yours that it uses changes its inputs in place." in notes(later["slope"])


@pytest.mark.parametrize("limit", ["MOST_CALLS", "MOST_S"])
def test_a_reference_that_asks_for_ever_ends(course: Course, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(over, limit, 0)
    verdict = judged(course, "return x @ w + 1", SLOPE)["slope"]
    assert (verdict.status, verdict.diagnosis) == ("not_judged", "leans")


def test_in_a_worker_what_takes_too_long_is_waited_for_once_a_check(course: Course) -> None:
    """And a cell that was never written, one whose cell stopped, and one that is right under a shield."""
    slow = course.grade(course.answered(line="import time; time.sleep(9)", slope=SLOPE)).verdicts
    assert [verdict.status for verdict in slow] == ["timeout", "not_judged"]
    assert slow[1].because == (Cause("line", "timeout"),)
    for line in ("raise NotImplementedError()  # later", "return x @ w +", "x @ w"):
        verdicts = course.grade(course.answered(line=line, slope=SLOPE)).verdicts
        assert verdicts[1].status == "not_judged", line
    unwritten = course.grade(course.answered(slope=SLOPE)).verdicts
    assert [verdict.status for verdict in unwritten] == ["not_attempted", "not_judged"]
    assert unwritten[1].because == (Cause("line", "not_attempted"),)
    line, slope, told = ODD["in place"]
    in_place = course.grade(course.answered(line=line, slope=slope)).verdicts[1]
    assert (in_place.status, in_place.diagnosis) == ("not_judged", "beside")
    assert told in in_place.message


LISTED = """def sigmoid(z):
    def one(v):
        return 1 / (1 + np.exp(-v)) if v >= 0 else np.exp(v) / (1 + np.exp(v))
    if np.ndim(z) == 0:
        return one(z)
    return [sigmoid(row) for row in z]
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "told", "diagnosis"),
    [
        ("", LISTED, "which gives a list where an array belongs", "no_plain_array"),
        ("def sigmoid(z):\n", "def sigmoid(z):\n    raise ValueError('no')\n", "whose check has not passed", "raised"),
    ],
)
def test_in_a_whole_notebook_each_later_check_points_to_sigmoid(
    tmp_path: Path, old: str, new: str, told: str, diagnosis: str
) -> None:
    """Everything else in it is right, trainings and Keras exercises too."""
    chapter = load_chapter(ROOT / "solutions" / "04_xor_mlp")
    release = nbformat.read(ROOT / "assignments" / chapter.id / f"{chapter.id}.ipynb", as_version=4)
    notebook = answered(chapter, release)
    for cell in notebook.cells:
        if cell.id == chapter.cell(Role.EXERCISE, "sigmoid").id:
            cell.source = cell.source.replace(old, new) if old else f"{cell.source.splitlines()[0]}\n{new}"
    nbformat.write(notebook, tmp_path / "handed_in.ipynb")
    names = load_namespace(chapter)
    graded = grade_submission(tmp_path / "handed_in.ipynb", chapter, names, student="ann", secret=b"secret")
    lost = {verdict.check: verdict for verdict in graded.verdicts if verdict.status != "passed"}
    lost.pop("sigmoid", None)
    assert {"loss_and_gradients", "train"} <= set(lost)
    assert "binary_cross_entropy" not in lost
    for verdict in lost.values():
        assert verdict.status == "not_judged"
        assert f"It uses `sigmoid`, {told}: mend it first." in verdict.message
        assert verdict.because == (Cause("sigmoid", diagnosis),)


def test_in_the_notebook_later_work_waits_alike(course: Course, tmp_path: Path) -> None:
    from grader.grade.visible import run_visible

    for line, slope, told in (("raise ValueError('no')", SLOPE, "whose check has not passed"), ODD["a list"]):
        nbformat.write(course.answered(line=line, slope=slope), tmp_path / f"{CHAPTER}.ipynb")
        seen = run_visible(tmp_path / f"{CHAPTER}.ipynb", 60).checks["slope"]
        assert seen is not None
        assert seen.status == "not_judged"
        assert told in seen.message


@pytest.mark.parametrize(
    ("value", "right", "kind"),
    [
        ([1.0, 2.0], np.zeros(2), np.ndarray),
        ((1.0, 2.0), np.zeros(2), np.ndarray),
        (np.asmatrix([[1.0]]), np.zeros((1, 1)), np.ndarray),
        ([[1.0], [1.0, 2.0]], np.zeros(2), list),
        ([1.0, 2.0], [1.0, 2.0], list),
        (([1.0], 2.0), (np.zeros(1), 2.0), tuple),
        (3.0, 3.0, float),
    ],
)
def test_a_shield_gives_values_the_form_of_the_right_ones(value: Any, right: Any, kind: type) -> None:
    made = plain(value, form_of(right))
    assert type(made) is kind
    if kind is tuple:
        assert type(made[0]) is np.ndarray


def test_a_shield_leaves_everything_as_it_was() -> None:
    class Layer:
        def forward(self, x: Any) -> Any:
            x += 1
            return x

    def scale(x: Any) -> Any:
        x *= 2
        return [float(x.sum())]

    names: dict[str, Any] = {"Layer": Layer, "scale": scale, "missing": None}
    forward, x = Layer.forward, np.ones(2)
    with shielded(names, {"Layer": "", "scale": "array", "missing": "", "unknown": ""}):
        assert names["Layer"]().forward(x).tolist() == [2, 2]
        assert type(names["scale"](x)) is np.ndarray
    assert x.tolist() == [1, 1]
    assert names == {"Layer": Layer, "scale": scale, "missing": None}
    assert Layer.forward is forward


def test_a_verdict_that_waits_comes_back_from_json(course: Course) -> None:
    verdict = judged(course, "return x @ w + 1", SLOPE)["slope"]
    told = json.loads(json.dumps(verdict.to_json()))
    assert Verdict.from_json(told) == verdict
    del told["because"]  # an earlier version's
    assert Verdict.from_json(told).because == ()
