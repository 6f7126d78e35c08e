"""What is green in a notebook stays green: whatever stands in which cell, and in whatever order the cells ran."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import RIGHT, Course
from courses import ROOT, each_chapter
from test_broken_notebooks import all_of, at, cells, code, doubled, edited, inserted, moved, one

from grader.chapter.model import load_chapter
from grader.grade.visible import run_visible
from grader.judge.session import Session
from grader.notebook.recorded import RecordedOracle
from grader.report.text import write as as_terminal_text
from grader.result import Graded
from grader.syntax.taken import taken
from grader.text import say

Notebook = dict[str, Any]
Change = Callable[[Notebook], None]

LINE = "def line(x, w):\n    return x @ w"
STUB = "    # YOUR CODE HERE\n    raise NotImplementedError()"


def above(mark: str, lines: str) -> Change:
    """Lines of a student's own at the top of a cell, under its anchor."""

    def change(notebook: Notebook) -> None:
        cell = one(notebook, mark)
        first, rest = cell["source"].split("\n", 1)
        cell["source"] = f"{first}\n{lines}\n{rest}"

    return change


def below(mark: str, lines: str) -> Change:
    def change(notebook: Notebook) -> None:
        one(notebook, mark)["source"] += f"\n{lines}"

    return change


def unanswered(name: str) -> Change:
    return edited(f"exercise: {name}", f"    {RIGHT[name]}", STUB)


def wrong(name: str) -> Change:
    return edited(f"exercise: {name}", RIGHT[name], f"{RIGHT[name]} + 1")


def answer(name: str, body: str) -> Change:
    return edited(f"exercise: {name}", RIGHT[name], body)


def copied(name: str, after: str, body: str) -> Change:
    """A copy of an exercise's cell, its anchor with it, and another answer."""

    def change(notebook: Notebook) -> None:
        source = one(notebook, f"exercise: {name}")["source"].replace(RIGHT[name], body)
        notebook["cells"].insert(at(notebook, after) + 1, code(source))

    return change


def counted(answers: dict[int, int], check: int) -> Change:
    """When the copies of ``line``, in their order, and its check had run."""

    def change(notebook: Notebook) -> None:
        for number, cell in enumerate(cells(notebook, "exercise: line")):
            cell["execution_count"] = answers[number]
        one(notebook, "check: line")["execution_count"] = check

    return change


#: name -> (what the student did, a word of a note that tells it; "" for none)
GREEN: dict[str, tuple[Change, str]] = {
    # Lines of a student's own in cells that are not theirs.
    "an import in the set-up cell": (
        all_of(below("setup: imports", "import math"), answer("line", "return math.prod([1]) * (x @ w)")),
        "runs as a cell of your own",
    ),
    "an import above those of the set-up cell": (
        all_of(above("setup: imports", "import math"), answer("line", "return math.prod([1]) * (x @ w)")),
        "runs as a cell of your own",
    ),
    "lines that use what the set-up cell imports": (
        all_of(
            below("setup: imports", "np.set_printoptions(precision=3)\nproduct = np.dot"),
            answer("line", "return product(x, w)"),
        ),
        "runs as a cell of your own",
    ),
    "an import beside the recorded values": (
        all_of(
            lambda n: one(n, "check.load(").update(source="import math\n" + one(n, "check.load(")["source"]),
            answer("line", "return math.prod([1]) * (x @ w)"),
        ),
        "",
    ),
    "a helper in a given cell": (
        all_of(below("given: batch", "def product(a, b):\n    return a @ b"), answer("line", "return product(x, w)")),
        "runs as a cell of your own",
    ),
    "a helper in a given cell that was changed, too": (
        all_of(
            edited("given: batch", "1.0", "7.0"),
            below("given: batch", "def product(a, b):\n    return a @ b"),
            answer("line", "return product(x, w)"),
        ),
        "then the original is used",
    ),
    "a helper in a second copy of a given cell": (
        all_of(
            lambda n: n["cells"].insert(
                at(n, "exercise: line"),
                code(one(n, "given: batch")["source"] + "\ndef product(a, b):\n    return a @ b"),
            ),
            answer("line", "return product(x, w)"),
        ),
        "more than once",
    ),
    "a helper in a figure's cell": (
        all_of(
            below("figure: predictions", "def mean(total, x):\n    return total / len(x)"),
            answer("slope", "return mean(x.T @ (line(x, w) - y), x)"),
        ),
        "runs as a cell of your own",
    ),
    "an answer in its check's cell": (
        all_of(unanswered("line"), above("check: line", LINE)),
        "wrote into the check line",
    ),
    "an answer within its check's lines": (
        all_of(unanswered("line"), edited("check: line", "check.values(", f"{LINE}\ncheck.values(")),
        "wrote into the check line",
    ),
    "a helper below the verdict of a check": (
        all_of(
            below("check: line", "def mean(total, x):\n    return total / len(x)"),
            answer("slope", "return mean(x.T @ (line(x, w) - y), x)"),
        ),
        "wrote into the check line",
    ),
    "a loop below the verdict of a check": (below("check: slope", "for slope in (1, 2):\n    pass"), ""),
    "an answer in the cell of another exercise": (
        all_of(
            unanswered("slope"),
            below("exercise: line", "def slope(x, y, w):\n    " + RIGHT["slope"]),
        ),
        "untouched",
    ),
    "an answer in a cell of one's own": (all_of(unanswered("line"), inserted(LINE, "check: line")), "untouched"),
    # What takes a function's name after its check.
    "a loop over an exercise's name": (
        inserted("for line in ('a', 'b'):\n    print(line)", "check: line"),
        "stand for",
    ),
    "a loop over the last exercise's name": (inserted("for slope in (1, 2):\n    pass", "check: slope"), ""),
    "a value under an exercise's name": (inserted("line = line(x, w)", "check: line"), "stand for"),
    "an exercise deleted by del": (inserted("del line", "check: line"), "stand for"),
    "a with over an exercise's name": (
        inserted("import io\nwith io.StringIO() as line:\n    pass", "check: line"),
        "stand for",
    ),
    "an except over an exercise's name": (
        inserted("try:\n    1 / 0\nexcept ZeroDivisionError as line:\n    pass", "check: line"),
        "stand for",
    ),
    "a helper's name taken by a loop": (
        all_of(
            inserted("def product(a, b):\n    return a @ b", "given: batch"),
            answer("line", "return product(x, w)"),
            inserted("for product in (1, 2):\n    pass", "check: line"),
        ),
        "stand for",
    ),
    "a given name taken by an import": (
        all_of(
            inserted("from math import dist as squared_error", "check: line"),
            answer("slope", "squared_error(x, y, w=w)\n    " + RIGHT["slope"]),
        ),
        "stand for",
    ),
    "a given name taken by a star import": (
        all_of(
            inserted(
                "import sys, types\nmade = types.ModuleType('made')\nmade.squared_error = max\n"
                "sys.modules['made'] = made\nfrom made import *",
                "given: batch",
            ),
            answer("slope", "squared_error(x, y, w)\n    " + RIGHT["slope"]),
        ),
        "stand for",
    ),
    "another function for a given one, called in its own way": (
        all_of(
            inserted("from math import dist as squared_error", "given: batch"),
            answer("slope", "squared_error((0.0,), (1.0,))\n    " + RIGHT["slope"]),
        ),
        "",
    ),
    "a loop over functions": (inserted("for line in (np.sin, np.cos):\n    pass", "check: line"), "stand for"),
    "a library's function under an exercise's name": (
        inserted("from math import dist as line", "check: line"),
        "Import only what you need",
    ),
    "a library's function assigned to an exercise's name": (inserted("line = max", "check: line"), "stand for"),
    # What was mended, tried and moved.
    "an older copy between the answer and its check": (
        all_of(copied("line", "exercise: line", "return x @ w + 1"), counted({0: 7, 1: 3}, 8)),
        "had run last",
    ),
    "mended in a cell below the check": (all_of(wrong("line"), inserted(LINE, "check: line")), "further down"),
    "mended in a copy below the check": (
        all_of(copied("line", "check: line", RIGHT["line"]), lambda n: _first_wrong(n, "line")),
        "further down",
    ),
    "a helper below the check": (
        all_of(answer("line", "return product(x, w)"), inserted("def product(a, b):\n    return a @ b", "check: line")),
        "further down",
    ),
    "an import below the check": (
        all_of(answer("line", "return math.prod([1]) * (x @ w)"), inserted("import math", "check: line")),
        "further down",
    ),
    "a constant below the check": (
        all_of(answer("line", "return ONE * (x @ w)"), inserted("ONE = 1.0", "check: line")),
        "further down",
    ),
    "something else tried below a passed check": (
        inserted("def line(x, w):\n    return x @ w + 1", "check: line"),
        "as its check passed",
    ),
    "something else tried in a copy below a passed check": (
        copied("line", "check: line", "return x @ w + 1"),
        "as its check passed",
    ),
    "something else tried at the end": (copied("slope", "check: slope", "return 0 * w"), "more than once"),
    "a check moved to the end, a loop above it": (
        all_of(
            moved("check: line", -1),
            lambda n: n["cells"].insert(len(n["cells"]) - 1, code("for line in (1, 2):\n    pass")),
        ),
        "stand for",
    ),
    "a check twice, a loop between": (
        all_of(
            doubled("check: slope"),
            lambda n: n["cells"].insert(len(n["cells"]) - 1, code("for slope in (1, 2):\n    pass")),
        ),
        "more than once",
    ),
}


def _first_wrong(notebook: Notebook, name: str) -> None:
    first = cells(notebook, f"exercise: {name}")[0]
    first["source"] = first["source"].replace(RIGHT[name], f"{RIGHT[name]} + 1")


def changed(course: Course, *changes: Change) -> Notebook:
    notebook: Notebook = json.loads(json.dumps(course.answered(**RIGHT)))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    all_of(*changes)(notebook)
    return notebook


def told(graded: Graded) -> list[str]:
    return [*graded.notes, *(str(note) for made in graded.verdicts for part in made.parts for note in part.notes)]


@pytest.mark.parametrize("name", GREEN)
def test_right_work_keeps_its_points_wherever_it_stands(course: Course, name: str) -> None:
    change, note = GREEN[name]
    graded = course.grade(json.dumps(changed(course, change)))
    assert graded.score == 6, [(made.check, made.message) for made in graded.verdicts] + told(graded)
    assert not note or any(note in line for line in told(graded)), told(graded)


def test_wrong_work_gains_nothing_by_its_place(course: Course) -> None:
    for change in (
        inserted("def line(x, w):\n    return x @ w + 2", "check: line"),
        copied("line", "check: line", "return x @ w + 2"),
        all_of(copied("line", "exercise: line", "return x @ w + 2"), counted({0: 7, 1: 3}, 8)),
        below("given: batch", "def line(x, w):\n    return x @ w + 2"),
        above("check: line", "def line(x, w):\n    return x @ w + 2"),
    ):
        graded = course.grade(json.dumps(changed(course, wrong("line"), change)))
        assert [made.score for made in graded.verdicts if made.check == "line"] == [0]


def test_a_name_is_given_back_only_where_something_else_took_it() -> None:
    given = "def heaviside(z):\n    return 1 * (z >= 0)"
    star, gate = "from numpy import *", "def gate(z):\n    return heaviside(z)"
    assert [one.name for one in taken([given, star, gate], "gate", {"heaviside"})] == ["heaviside"]
    assert not taken([star, given, gate], "gate", {"heaviside"})
    assert not taken([given, star, gate.replace("(z)", "(z, 1)")], "gate", {"heaviside"})
    assert not taken([given, "def heaviside(z, at):\n    return at", gate], "gate", {"heaviside"})
    assert not taken([gate, "gate = timed(gate)"], "gate")
    assert [one.by for one in taken([gate, "for gate in 'ab':\n    pass"], "gate")] == ["for gate in 'ab'"]


def test_the_sentence_names_the_line_below_which_an_answer_never_runs(course: Course) -> None:
    graded = course.grade(
        json.dumps(
            changed(course, answer("line", "# YOUR CODE HERE\n    raise NotImplementedError()\n    return x @ w"))
        )
    )
    assert graded.verdicts[0].status == "not_attempted"
    assert "delete that line, line 5 of its cell" in graded.verdicts[0].message
    told = seen(course, answer("line", f"{STUB.lstrip()}\n    return x @ w")).splitlines()
    assert "delete that line, line 5 of its cell" in told[1]


def test_what_is_not_written_breaks_no_rule_and_what_is_does() -> None:
    session = Session(RecordedOracle({}))
    for cause, status in (("not_written", "not_attempted"), ("raised", "failed")):
        session.begin("tape", 2, banned=say("This is to be done with GradientTape."))
        session.values(_failing(cause), 1.0)
        assert session.verdict().status == status


def _failing(cause: str) -> Callable[[float], float]:
    def tape(x: float) -> float:
        raise NotImplementedError if cause == "not_written" else ValueError

    return tape


def test_a_photo_in_a_text_is_no_code(course: Course) -> None:
    photo = "data:image/png;base64," + "iVBORw0KGgo+/" * 100_000
    texts = [f"![my derivation]({photo})", f'<img alt="sketch" src="{photo}"/>', "word " * 250_000]
    notebook = course.answered(**RIGHT)
    notebook.cells += [nbformat.v4.new_markdown_cell(text) for text in texts]
    notebook.cells.append(
        nbformat.v4.new_markdown_cell("![a](attachment:a.png)", attachments={"a.png": {"image/png": photo}})
    )
    notebook.cells.append(nbformat.v4.new_code_cell(f"photo = '{photo}'"))
    graded = course.grade(notebook)
    assert (graded.score, graded.problem) == (6, None)
    pages = [cell.source for cell in graded.notebook.cells if cell.cell_type == "markdown"]
    assert any("my derivation" in page for page in pages)
    assert sum(map(len, pages)) < 1_100_000


def test_an_array_of_objects_is_read_as_numbers_and_told(course: Course) -> None:
    graded = course.grade(json.dumps(changed(course, answer("line", "return np.frompyfunc(float, 1, 1)(x @ w)"))))
    assert graded.verdicts[0].status == "passed"
    assert any(".astype(float)" in note for note in told(graded))
    assert ".astype(float)" in as_terminal_text([(Path("mine.ipynb"), graded)])
    wrong_kind = course.grade(json.dumps(changed(course, answer("line", "return np.array(['a', None], dtype=object)"))))
    assert wrong_kind.verdicts[0].score == 0


@pytest.mark.slow
@each_chapter
def test_an_untouched_release_is_green_and_runs_quietly(folder: Path) -> None:
    seen = run_visible(ROOT / "assignments" / folder.name / f"{folder.name}.ipynb", 120)
    assert seen.holds, str(seen)
    assert seen.raised == ()
    assert "may fail" not in str(seen)
    earned = {name: made and (made.status, made.score) for name, made in seen.checks.items()}
    assert earned == {check.name: ("not_attempted", 0) for check in load_chapter(folder).of("check")}


def test_data_read_from_outside_by_a_helper_is_told(course: Course) -> None:
    helper = inserted("def rows():\n    return x", "given: batch")
    graded = course.grade(json.dumps(changed(course, helper, answer("line", "return rows() @ w"))))
    assert any("reads `x` from outside" in note for note in told(graded))


def seen(course: Course, *changes: Change) -> str:
    path: Path = course.root / "work.ipynb"
    path.write_text(json.dumps(changed(course, *changes)))
    return str(run_visible(path, 60))


def test_the_notebook_says_the_same(course: Course) -> None:
    """What was changed in locked cells, a taken name that is given back, an answer that never runs, and what a right
    answer is told."""
    lines = seen(
        course,
        below("setup: imports", "import math"),
        answer("line", "return np.asarray(math.prod([1]) * (x @ w), dtype=np.float32)"),
        inserted("for line in (1, 2):\n    pass", "check: line"),
        above("check: slope", "half = 0.5"),
    ).splitlines()
    assert lines[0].endswith("2 of 2 checks passed")
    assert sum("You changed the setup cell imports: in grading" in line for line in lines) == 1
    assert sum("You changed the check cell slope: in grading" in line for line in lines) == 1
    assert any("float32" in line for line in lines)
    assert any("`line` had come to stand for something else (`for line in (1, 2)`)" in line for line in lines)


def test_grader_check_looks_once_more_where_something_was_mended_further_down(course: Course) -> None:
    mended = seen(course, wrong("line"), inserted(LINE, "check: line")).splitlines()
    assert mended[0].endswith("2 of 2 checks passed")
    assert "further down" in mended[2]
    tried = seen(course, wrong("line"), inserted("def line(x, w):\n    return 0 * x", "check: line")).splitlines()
    assert tried[1].startswith("✗ line: not right yet")
    assert not any("further down" in line for line in tried)


def test_an_untouched_notebook_is_told_quietly(course: Course) -> None:
    lines = seen(course, unanswered("line"), unanswered("slope")).splitlines()
    assert lines[0].endswith("0 of 2 checks passed, 2 not written yet")
    assert len(lines) == 3


def test_a_given_cell_that_has_not_run_is_told_as_such(course: Course) -> None:
    batch = seen(course, edited("given: batch", "x = np", "raise SystemExit\nx = np"))
    assert "? line: not judged (0 of 2): Run the given cell batch first, then this one again: it gives `w` and" in batch
    helper = seen(course, edited("exercise: line", "def line", "1 / 0\ndef line"))
    assert "? slope: not judged (0 of 4): Your function uses `line`: run its cell first, then this one again." in helper
