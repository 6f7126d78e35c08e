"""What a notebook says beside its verdicts: quiet lines, hints one at a time, progress."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

from grader import __version__
from grader.judge.summary import summary
from grader.notebook import check


@pytest.fixture(autouse=True)
def notebook() -> Any:
    record = {
        "format": check.RECORD_FORMAT,
        "points": {"double": 2.0, "half": 3.0},
        "terms": {"double": [["scipy"], [], "", ["x"]]},
        "written": {"why": 2.0},
        "hints": {"double": ["One?", "Two.", "Three."]},
        "checks": {
            "double": [
                {
                    "inputs": summary((np.arange(3.0),)),
                    "arguments": ["x"],
                    "want": 2 * np.arange(3.0),
                    "bands": [1e-6],
                    "between": [],
                    "mistakes": [["same", "You return it as it is.", np.arange(3.0)]],
                }
            ]
        },
    }
    check.load("01_x", __version__, check.pack(record))
    yield
    empty: dict[str, Any] = {"checks": {}, "points": {}, "hints": {}, "terms": {}, "written": {}}
    check.load("", __version__, check.pack({**record, **empty}))


def judge(double: Any, inputs: Any = None) -> Any:
    double.__name__ = "double"
    namespace = {"double": double, "check": check, "x": np.arange(3.0) if inputs is None else inputs}
    exec("check.begin('double', 2, 'double')\ncheck.values(double, x)\nverdict = check.verdict().verdict", namespace)
    return namespace["verdict"]


def test_a_check_needs_nothing_but_the_record() -> None:
    assert judge(lambda x: 2 * x).score == 2
    wrong = judge(lambda x: x)
    assert (wrong.score, wrong.diagnosis, wrong.message) == (0, "mistake:same", "You return it as it is.")
    assert tuple(map(str, wrong.hints)) == ("One?", "Two.", "Three.")


def test_other_inputs_than_the_chapters_are_not_judged() -> None:
    verdict = judge(lambda x: 2 * x, np.arange(3.0) + 1e-3)
    assert (verdict.score, verdict.status) == (0, "not_judged")
    assert "run the given cells" in verdict.message


def test_what_a_function_prints_is_seen_and_a_flood_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    def double(x: Any) -> Any:
        print("shape", x.shape)
        return 2 * x

    def chatty(x: Any) -> Any:
        print("line\n" * 100_000)
        return 2 * x

    assert judge(double).score == 2
    assert capsys.readouterr().out == "shape (3,)\n"
    assert judge(chatty).score == 2
    told = capsys.readouterr().out
    assert told.count("line") < 500
    assert "the first 2,000 characters that your function printed" in told


def test_needs_is_quiet_and_lets_the_notebook_run_on(capsys: pytest.CaptureFixture[str]) -> None:
    def double(x: Any) -> Any:
        raise NotImplementedError

    assert not check.needs(double)
    assert capsys.readouterr().out == "Write double first; then run this cell again.\n"
    judge(lambda x: 1 / 0)
    assert not _needs(lambda x: x)
    assert "Mend double first" in capsys.readouterr().out
    judge(lambda x: x)
    assert _needs(lambda x: x)
    assert "The check of `double` has not passed" in capsys.readouterr().out
    judge(lambda x: 2 * x)
    assert _needs(lambda x: x)
    assert capsys.readouterr().out == ""


def test_a_figure_does_not_draw_parameters_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    def double(X: Any, y: Any, seed: int) -> Any:
        return ["no", "weights"]

    check.begin("double", 2, "double")
    rows = np.zeros((4, 2)), np.array([0, 1, 0, 1])
    check.trained(double, rows, held=rows, score=lambda made, X, y: float(made @ X), at_least=0.9)
    assert check.verdict().verdict.diagnosis == "parameters"
    assert not check.needs(double)
    assert "Mend double first" in capsys.readouterr().out


def _needs(function: Any) -> bool:
    function.__name__ = "double"
    return check.needs(function)


def test_hints_come_one_at_a_time_and_an_unknown_name_lists_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(4):
        check.hint("double")
    check.hint("treble")
    lines = capsys.readouterr().out.splitlines()
    assert [line.rpartition(" ")[2] for line in lines[:4]] == ["One?", "Two.", "Three.", "Three."]
    assert lines[4] == "There is no hint for 'treble'. There are hints for: double."


def test_progress_shows_what_is_done_and_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    judge(lambda x: 2 * x)
    check.progress()
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["double", "2", "of", "2"]
    assert lines[2].split() == ["half", "–", "of", "3"]
    assert lines[3].split()[-3:] == ["2", "of", "5"]
    assert lines[4].startswith("2 points more for what you write")
    assert lines[6] == "1 of 2 checks passed. Next: half."
    assert "01_x.ipynb" in lines[7]


def test_a_damaged_record_and_another_version_are_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    check.load("01_x", __version__, "no record")
    check.load("01_x", "0.0.1", check.pack({"format": 0}))
    first, second = capsys.readouterr().out.splitlines()
    assert first == "The set-up cell is damaged: get the notebook anew."
    assert "different releases" in second


def test_nothing_is_revealed_before_it_is_predicted(capsys: pytest.CaptureFixture[str]) -> None:
    check.reveal([None, 1.0], lambda: [1.0, 2.0])
    assert "Predict first" in capsys.readouterr().out
    check.reveal([0.5, 1.0], lambda: [1.0, 2.0], ["a", "b"])
    assert "2" in capsys.readouterr().out.splitlines()[-1]


def test_a_revealed_number_is_not_rounded_to_a_whole_one(capsys: pytest.CaptureFixture[str]) -> None:
    check.reveal([1, 0.5, 2, 0], lambda: [0.99995, 1 / 3, 2.0, np.nan])
    assert [line.split()[-1] for line in capsys.readouterr().out.splitlines()[1:]] == ["0.99995", "0.3333", "2", "nan"]


@pytest.mark.parametrize(
    ("prediction", "says"),
    [
        (0.5, "predicted"),
        ([0.5], "predicted"),
        ([0.5, 0.5], "1 number to predict; 2 came"),
        (None, "Predict first"),
        (["a half"], "A prediction is a number; 'a half' came"),
    ],
)
def test_a_prediction_may_be_one_number_and_what_is_odd_is_said(
    prediction: Any, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    check.reveal(prediction, lambda: 0.25)
    assert says in capsys.readouterr().out


def test_a_cell_that_stopped_with_an_error_is_told_from_one_that_has_not_run() -> None:
    space: dict[str, Any] = {"check": check, "In": ["", "check.begin(...)"]}
    code = 'check.begin("double", 2, "double")\ncheck.values(double, np.arange(3.0))\nmade = check.verdict().verdict'
    space["np"] = np
    exec(code, space)
    assert space["made"].status == "not_attempted"
    assert space["made"].message == "Not written yet, or its cell has not run."
    space["In"] = ["", "def double(x)\n    return 2 * x", "check.begin(...)"]
    exec(code, space)
    assert space["made"].status == "error"
    assert "stopped with an error" in space["made"].message


def test_an_exercise_that_calls_one_that_is_not_there_says_which() -> None:
    """What stands in its place is no function of the student's, and is not spoken of."""
    space: dict[str, Any] = {"check": check, "np": np, "In": ["", "check.begin(...)"]}
    exec('check.begin("half", 3, "half")\ncheck.values(half, np.arange(3.0))\nmade = check.verdict().verdict', space)
    exec("def double(x):\n    return half(x) * 4", space)
    code = 'check.begin("double", 2, "double")\ncheck.values(double, np.arange(3.0))\nmade = check.verdict().verdict'
    exec(code, space)
    assert space["made"].status == "not_attempted"
    assert space["made"].message == "double calls half, which is not written yet."
    space["In"] = ["", "def half(x)\n    return x / 2", "check.begin(...)"]
    exec('check.begin("half", 3, "half")\ncheck.verdict()', space)
    space["In"] = [*space["In"], "def double(x):\n    return half(x) * 4"]
    exec(code, space)
    assert space["made"].message.startswith("The cell that defines half stopped with an error")
    with pytest.raises(NotImplementedError, match="half"):
        space["half"](1)


def test_a_syntax_error_in_a_cell_that_ran_again_is_not_judged_by_its_older_function() -> None:
    space: dict[str, Any] = {
        "check": check,
        "np": np,
        "double": lambda x: 2 * x,
        "In": ["", "def double(x):\n    return 2 * x", "def double(x)\n    return 3 * x", "check.begin(...)"],
    }
    code = 'check.begin("double", 2, "double")\ncheck.values(double, np.arange(3.0))\nmade = check.verdict().verdict'
    exec(code, space)
    assert space["made"].score == 0
    assert "stopped with an error" in space["made"].message


def test_reading_the_chapters_data_is_told_and_a_constant_of_ones_own_is_not() -> None:
    space: dict[str, Any] = {"check": check, "x": np.arange(3.0), "two": np.array(2.0)}
    for line, told in (("return 2 * x", True), ("return two * values", False)):
        cell = f"def double(values):\n    {line}"
        exec(cell, space)
        space["In"] = ["", cell]
        exec("check.begin('double', 2, 'double')\ncheck.values(double, x)\nmade = check.verdict().verdict", space)
        assert any("from outside" in str(note) for part in space["made"].parts for note in part.notes) is told


def test_needs_knows_an_exercise_whose_check_has_another_name(capsys: pytest.CaptureFixture[str]) -> None:
    def halve(x: Any) -> Any:
        return 1 / 0

    exec("check.begin('half', 3, 'halve')\ncheck.values(halve, 1.0)\ncheck.verdict()", {"check": check, "halve": halve})
    assert not check.needs(halve)
    assert "Mend halve first" in capsys.readouterr().out


def test_a_cell_with_a_shell_line_is_not_taken_for_one_that_stopped() -> None:
    cell = "def double(x):\n    return 2 * x\nfiles = !ls\ndouble?"
    space: dict[str, Any] = {"check": check, "x": np.arange(3.0), "double": lambda x: 2 * x, "In": ["", cell]}
    exec("check.begin('double', 2, 'double')\ncheck.values(double, x)\nmade = check.verdict().verdict", space)
    assert space["made"].score == 2


def test_a_sample_that_raises_does_not_shift_what_later_calls_are_compared_with() -> None:
    def half(x: Any) -> Any:
        return 1 / 0 if isinstance(x, int) else x / 2

    entry = {"arguments": ["x"], "bands": [1e-6], "between": [], "mistakes": [], "fitting": []}
    check._oracle.checks["half"] = [
        {**entry, "inputs": summary((0,)), "want": np.zeros(3)},
        {**entry, "inputs": summary((3.0,)), "want": 1.5},
    ]
    space: dict[str, Any] = {"check": check, "half": half}
    exec(
        "check.begin('half', 2, 'half')\ncheck.sampled(half, std=1.0)\ncheck.values(half, 3.0)\n"
        "made = check.verdict().verdict",
        space,
    )
    told = [(part.name, part.status) for part in space["made"].parts]
    assert told == [("distribution", "error"), ("values", "passed")]


def test_a_function_that_passed_is_written_though_one_path_raises(capsys: pytest.CaptureFixture[str]) -> None:
    def double(x: Any, kind: str = "") -> Any:
        if kind:
            raise NotImplementedError(kind)
        return 2 * x

    judge(double)
    assert check.needs(double)
    assert capsys.readouterr().out == ""


def test_an_answer_without_a_name_is_judged_like_any_other() -> None:
    space: dict[str, Any] = {"check": check, "x": np.arange(3.0), "double": functools.partial(np.multiply, 2)}
    exec("check.begin('double', 2, 'double')\ncheck.values(double, x)\nmade = check.verdict().verdict", space)
    assert space["made"].score == 2


def test_a_name_that_was_given_a_right_function_after_a_slip_is_judged() -> None:
    space: dict[str, Any] = {
        "check": check,
        "x": np.arange(3.0),
        "double": lambda x: 2 * x,
        "In": ["", "def double(x) return 2 * x", "double = lambda x: 2 * x"],
    }
    exec("check.begin('double', 2, 'double')\ncheck.values(double, x)\nmade = check.verdict().verdict", space)
    assert space["made"].score == 2


def test_a_numpy_number_is_a_prediction(capsys: pytest.CaptureFixture[str]) -> None:
    check.reveal(np.int64(1), lambda: [2.0])
    assert "predicted" in capsys.readouterr().out
