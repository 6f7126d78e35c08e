"""From a submission to verdicts: right answers keep every point, wrong ones gain none, whatever the notebook does."""

from __future__ import annotations

import json
import random

import nbformat
import pytest
from conftest import RIGHT, Course

from grader.calling import call
from grader.chapter.namespace import Answer
from grader.grade.referee import Referee
from grader.judge import session


def test_right_answers_keep_every_point_with_any_seed(course: Course) -> None:
    for number in range(20):
        graded = course.grade(course.answered(**RIGHT), student=f"student {number}")
        assert (graded.score, graded.max_score) == (6, 6)


def test_a_failed_part_stays_failed_when_a_later_call_passes(course: Course) -> None:
    slope = "return x.T @ (line(x, w) - y) / len(x) * (1 if len(x) != 7 else 2)"
    verdict = course.grade(course.answered(line=RIGHT["line"], slope=slope)).verdicts[1]
    assert {part.name: part.status for part in verdict.parts if part.hidden} == {
        "gradients": "failed",
        "single row": "passed",
    }
    assert verdict.score == 1


def test_a_lookup_table_of_the_public_inputs_earns_nothing(course: Course) -> None:
    known = "return {3: np.array([-3.5, 2.25, 1.0])}[len(x)]"
    verdict = course.grade(course.answered(line=known)).verdicts[0]
    assert verdict.score == 0


HOSTILE = [
    "import numpy as np\nnp.allclose = np.array_equal = lambda *a, **k: True\nnp.abs = lambda x: 0 * x\n"
    "np.max = lambda *a, **k: 0.0",
    "import sys\nsys.displayhook = lambda value: print(2.0)",
    "get_ipython().input_transformers_cleanup.append(\n"
    "    lambda lines: ['2.0\\n'] if any('check.' in line for line in lines) else lines)",
    "from grader import check\nfrom grader.judge import compare, session, tensors\n"
    "compare.relative_error = tensors.relative_error = lambda *a: 0.0\n"
    "session.compare = lambda *a: None\ncheck.verdict = lambda: 4.0",
    "from grader import wire\nwire.encode = lambda *a: b''",
]


@pytest.mark.parametrize("patch", HOSTILE)
def test_a_notebook_that_patches_its_own_process_gains_nothing(course: Course, patch: str) -> None:
    for answers, score in (({}, 0), ({"line": "return x * 0"}, 0)):
        notebook = course.answered(**answers)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(patch))
        assert course.grade(notebook).score == score


@pytest.mark.parametrize("patch", HOSTILE)
def test_right_answers_beside_such_a_patch_stay_right(course: Course, patch: str) -> None:
    notebook = course.answered(**RIGHT)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(patch))
    assert course.grade(notebook).score == 6


def test_changed_given_data_changes_no_score(course: Course) -> None:
    notebook = course.answered(**RIGHT)
    for cell in notebook.cells:
        if "given: batch" in cell.source:
            cell.source = cell.source.replace("1.0", "9.0")
    notebook.cells.append(nbformat.v4.new_code_cell("x = w = y = None"))
    graded = course.grade(notebook)
    assert graded.score == 6
    assert any("batch was edited" in note for note in graded.notes)


def test_every_mistake_gets_its_sentence_and_every_variant_all_points(course: Course) -> None:
    names = course.namespace
    for answer in (*names.mistakes, *names.variants):
        verdict = judge(course, answer)
        if answer in names.variants:
            assert verdict.status == "passed", answer.name
        else:
            assert verdict.diagnosis == f"mistake:{answer.name}"
            assert verdict.message == answer.sentence
            assert verdict.score <= verdict.points / 2


def judge(course: Course, answer: Answer):  # type: ignore[no-untyped-def]
    """The graded verdict on one answer, called in this process."""
    names = {**course.namespace.names, answer.exercise: answer.function}
    referee = Referee(course.chapter, course.namespace, lambda name, args: call(names[name], args), b"secret", "me")
    return referee.judge(next(c for c in course.chapter.of("check") if c.judges == answer.exercise))


def test_unwritten_is_said_and_errors_show_the_students_line(course: Course) -> None:
    graded = course.grade(course.answered(line="return x.T @ w"))
    line, slope = graded.verdicts
    assert slope.status == "not_attempted"
    assert line.status == "error"
    assert any("return x.T @ w" in text for part in line.parts for text in part.detail)


def test_hidden_inputs_differ_between_students_and_replay_for_one(course: Course) -> None:
    wrong = course.answered(line="return x @ w + 1")
    first, again, other = ([verdict.seed for verdict in course.grade(wrong, student=who).verdicts] for who in "aab")
    assert first == again
    assert not set(first) & set(other)


def test_the_marked_notebook_shows_no_hidden_test(course: Course) -> None:
    marked = course.grade(course.answered(**RIGHT)).notebook
    text = nbformat.writes(marked)
    assert "check.rng" not in text
    assert "HIDDEN" not in text
    ids = [cell.metadata.nbgrader.grade_id for cell in marked.cells if "nbgrader" in cell.metadata]
    assert len(ids) == len(set(ids))


def test_stripped_shuffled_and_doubled_cells_cost_nothing(course: Course) -> None:
    chance = random.Random(3)
    for _ in range(5):
        notebook = course.answered(**RIGHT)
        for cell in notebook.cells:
            cell.metadata = nbformat.NotebookNode()
            cell.pop("id", None)
        checks = [cell for cell in notebook.cells if "· check:" in cell.source]
        chance.shuffle(checks)
        rest = [cell for cell in notebook.cells if "· check:" not in cell.source]
        notebook.cells = [*checks[:1], *rest, *checks[:1]]
        notebook.nbformat_minor = 0
        assert course.grade(json.dumps(notebook)).score == 6


def test_a_helper_cell_between_exercise_and_check_is_kept(course: Course) -> None:
    notebook = course.answered(line="return product(x, w)", slope=RIGHT["slope"])
    at = next(i for i, cell in enumerate(notebook.cells) if "exercise: line" in cell.source)
    notebook.cells.insert(at + 1, nbformat.v4.new_code_cell("def product(a, b):\n    return a @ b"))
    assert course.grade(notebook).score == 6


def test_the_last_copy_of_an_exercise_counts(course: Course) -> None:
    notebook = course.answered(**RIGHT)
    at = next(i for i, cell in enumerate(notebook.cells) if "exercise: line" in cell.source)
    wrong = nbformat.v4.new_code_cell(notebook.cells[at].source.replace("return x @ w", "return x @ w + 1"))
    notebook.cells.insert(at, wrong)
    assert course.grade(notebook).score == 6


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\x89PNG\xff\xfe", "is no text"),
        (b"{not json", "is not valid JSON"),
        (b"[1, 2]", "is JSON but no notebook"),
        (b'{"cells": 3, "nbformat": 4}', "no readable list"),
        (b'{"worksheets": [], "nbformat": 3}', "notebook format 3"),
        (b"[" * 100_000, "is not valid JSON"),
    ],
)
def test_what_cannot_be_read_is_zero_with_a_reason(course: Course, data: bytes, says: str) -> None:
    graded = course.grade(data)
    assert graded.score == 0
    assert graded.problem is not None
    assert says in graded.problem
    assert "\n" not in graded.problem


def test_a_right_answer_on_a_wrong_earlier_one_waits_for_a_person(course: Course) -> None:
    carried = course.grade(course.answered(line="return x @ w + 1", slope=RIGHT["slope"])).verdicts
    assert [verdict.status for verdict in carried] == ["failed", "not_judged"]
    wrong = course.grade(course.answered(line="return x @ w + 1", slope="return x.T @ (line(x, w) - y)")).verdicts
    assert wrong[1].status != "not_judged"
    apart = course.grade(course.answered(line="return x @ w + 1", slope="return x.T @ (x @ w - y) / len(x)")).verdicts
    assert apart[1].status == "passed"


def test_a_cell_of_pasted_data_is_not_run_and_costs_nothing(course: Course) -> None:
    notebook = course.answered(**RIGHT)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("line = slope = None\n" + "[1, 1, 1]\n" * 10_001))
    graded = course.grade(notebook)
    assert (graded.score, graded.problem) == (6, None)
    assert "A cell with 100,030 characters was not run; at most 100,000 are." in graded.notes
    assert "was not run" in graded.notebook.cells[0].outputs[0].evalue


def test_a_notebook_of_pasted_data_is_not_read(course: Course) -> None:
    notebook = course.answered(**RIGHT)
    notebook.cells += [nbformat.v4.new_code_cell("# " + "x" * 90_000) for _ in range(12)]
    graded = course.grade(notebook)
    assert graded.score == 0
    assert graded.problem is not None
    assert "characters in its code cells; at most 1,000,000 are read" in graded.problem


def test_a_figure_is_not_drawn_with_what_cannot_be_drawn(course: Course) -> None:
    """What took too long in its check is not waited for once more in each figure."""
    for body, figure in (
        ("raise ValueError", "Mend line first: see its check.\n"),
        ("return x @ w + 1", "predictions"),
    ):
        marked = course.grade(course.answered(line=body)).notebook
        cell = next(cell for cell in marked.cells if "check.needs(line)" in cell.source)
        assert cell.outputs[0].text.startswith(figure)


def test_the_progress_table_of_a_graded_page_is_the_gradings(course: Course) -> None:
    notebook = course.answered(line=RIGHT["line"])
    notebook.cells.append(nbformat.v4.new_code_cell("check.progress()"))
    told = course.grade(notebook).notebook.cells[-1].outputs[0].text
    assert [line.split() for line in told.splitlines()] == [
        ["check", "points"],
        ["line", "2", "of", "2"],
        ["slope", "0", "of", "4"],
        ["graded", "2", "of", "6"],
    ]


def test_a_cell_of_magics_upon_magics_is_the_students_failure_told_as_such(course: Course) -> None:
    notebook = course.answered(**RIGHT)
    cell = next(cell for cell in notebook.cells if "def line(" in cell.source)
    cell.source = "%%time\n" * 3000 + cell.source
    line, _ = course.grade(notebook).verdicts
    assert (line.score, line.waits) == (0, False)
    assert line.diagnosis != "chapter_error"


def test_an_answer_that_stops_the_judging_is_not_the_chapter_s_fault(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("0.4967 of an answer")

    monkeypatch.setattr(session, "_case", breaks)  # what is asked of wrong answers only
    line = course.grade(course.answered(line="return x @ w + 1", slope=RIGHT["slope"])).verdicts[0]
    assert (line.status, line.score, line.diagnosis) == ("failed", 0, "unreadable")
    assert "the check itself stops with ZeroDivisionError" in line.message
    assert "0.4967" not in line.message
    assert course.grade(course.answered(**RIGHT)).score == 6
