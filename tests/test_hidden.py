"""Hidden inputs: new ones for each file, the same for a replay, and no number of them in what a student sees."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from conftest import RIGHT, Course, Here

from grader.calling import Failure
from grader.chapter.checks import compiled
from grader.chapter.roles import Role
from grader.grade import grading
from grader.grade.replay import ReplayError, replay
from grader.grade.submission import File
from grader.judge import session
from grader.judge.lines import Collected
from grader.judge.withheld import without_numbers
from grader.report import FORMATS, write
from grader.result import Graded
from grader.sandbox.nursery import Nursery
from grader.sanitise import sanitise
from grader.text import Text, render, text_from
from grader.verdict import Part
from grader.wire import encode

Asked = list[tuple[str, tuple[Any, ...]]]


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as one:
        yield one


@pytest.fixture(autouse=True)
def shared(nursery: Nursery, monkeypatch: pytest.MonkeyPatch) -> None:
    """All workers of these tests come from one place."""
    monkeypatch.setattr(grading, "nursery_for", lambda chapter, other=None: nullcontext(other or nursery))


@pytest.fixture
def asked(course: Course, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The calls on hidden inputs that the referee makes, as they come."""
    public = set()
    for check in course.chapter.of(Role.CHECK):
        lines = Collected()
        lines.start(None)
        compiled(course.chapter, check.name).run(course.namespace, lines, hidden=False)
        public |= {encode(call.args) for call in lines.calls}
    made: Asked = []
    asking = grading.asking

    def recording(*told: Any) -> Callable[..., Any]:
        answer = asking(*told)

        def ask(name: str, args: tuple[Any, ...]) -> Any:
            if encode(args) not in public:
                made.append((name, args))
            return answer(name, args)

        return ask

    monkeypatch.setattr(grading, "asking", recording)
    return made


def handed_in(course: Course, asked: Asked, text: str, student: str = "ada") -> set[bytes]:
    """The hidden inputs that a right notebook sees, which ends with this text."""
    notebook = course.answered(**RIGHT)
    notebook.cells[-1].source += text
    asked.clear()
    assert course.grade(notebook, student).score == 6
    return {encode(array) for _, args in asked for array in args}


def test_five_files_of_a_student_s_never_see_the_same_hidden_input(course: Course, asked: Asked) -> None:
    seen: set[bytes] = set()
    for number in range(5):
        fresh = handed_in(course, asked, f"\n\nMy try {number}.")
        assert len(fresh) == 21
        assert not seen & fresh
        seen |= fresh


def test_they_did_where_a_seed_followed_from_the_student_alone(
    course: Course, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(File, "digest", "")
    assert handed_in(course, asked, "\n\nMy first try.") == handed_in(course, asked, "\n\nMy second try.")


def test_a_file_graded_again_sees_the_same_and_another_student_s_does_not(course: Course, asked: Asked) -> None:
    first = handed_in(course, asked, "")
    assert handed_in(course, asked, "") == first
    assert not handed_in(course, asked, "", "bob") & first


def without_times(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: without_times(value) for name, value in told.items() if name != "elapsed_s"}
    return list(map(without_times, told)) if isinstance(told, list) else told


#: Answers whose verdicts tell much: numbers, states, lines of a traceback, known mistakes.
TRIES = (
    RIGHT,
    {"line": "return x @ w * (1 + 1e-4)", "slope": "return x.T @ (line(x, w) - y)"},
    {"line": "return x[:, :-1] @ w", "slope": RIGHT["slope"]},
    {"line": RIGHT["line"]},
    {"line": "x += 1; return x @ w", "slope": "return np.linalg.inv(x) @ y"},
)


@pytest.mark.parametrize("answers", TRIES, ids=range(len(TRIES)))
def test_a_replay_gives_the_verdict_to_the_bit_and_needs_no_secret(
    course: Course,
    here: Here,
    answers: dict[str, str],
) -> None:
    nbformat.write(course.answered(**answers), course.root / "tried.ipynb")
    graded = here("grade", "tried.ipynb", "--format", "json", "--student", "ada")
    (course.root / "verdict.json").write_text(graded.stdout)
    (course.settings.course / "secret").unlink()
    again = here("grade", "--replay", "verdict.json", "--format", "json")
    assert (again.returncode, again.stderr) == (0, "")
    assert not (course.settings.course / "secret").exists()
    assert without_times(json.loads(again.stdout)) == without_times(json.loads(graded.stdout))


def test_a_replay_says_what_is_not_as_it_was(course: Course, here: Here) -> None:
    path = course.root / "tried.ipynb"
    nbformat.write(course.answered(**RIGHT), path)
    told = here("grade", "tried.ipynb", "--format", "json").stdout
    (course.root / "verdict.json").write_text(told)
    verdicts = json.loads(told)
    # Another seed in it: other inputs, and so other notes than were told.
    changed = {**verdicts, "checks": [{**verdicts["checks"][0], "score": 1.0}, *verdicts["checks"][1:]]}
    (course.root / "changed.json").write_text(json.dumps(changed))
    other = here("grade", "--replay", "changed.json")
    assert other.returncode == 1
    assert "tried.ipynb is judged otherwise now (line): the chapter, the limits or" in other.stderr
    # A verdict of the journal does not say where its notebook is.
    (course.root / "journal.json").write_text(json.dumps({k: v for k, v in verdicts.items() if k != "file"}))
    assert "name it, as in" in here("grade", "--replay", "journal.json").stderr
    assert here("grade", "--replay", "journal.json", "tried.ipynb").returncode == 0
    path.write_text(path.read_text() + "\n")
    refused = here("grade", "--replay", "verdict.json")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert "tried.ipynb is not the file that verdict.json tells of" in refused.stderr
    (course.root / "none.json").write_text("[3]")
    assert "none.json holds no verdict" in here("grade", "--replay", "none.json").stderr
    with pytest.raises(ReplayError, match="holds 1 verdicts; 2 notebooks came"):
        replay(course.root / "verdict.json", course.settings, [path, path])


#: What tells numbers of its inputs in whatever is shown of it, and on what is right.
TELLING = {
    "raises them": "raise ValueError(str(x))",
    "raises them on many lines": "raise ValueError('\\n'.join(map(str, x.ravel())))",
    "raises none of our own": "raise np.linalg.LinAlgError(repr(w))",
    "is called after them": "raise type(f'E{x[0, 0]!r}'.replace('.', '_').replace('-', 'm'), (Exception,), {})()",
    "leaves": "raise SystemExit(str(x))",
    "is not written": "raise NotImplementedError(str(x))",
    "asserts": "assert False, x.tolist()",
    "looks up": "return {}[float(x[0, 0])]",
    "has lines of its own": "exec(compile(f'def f():\\n    return [{x[0, 0]}][1]\\nf()', str(w[0]), 'exec'), {})",
    "has a line that says so": (
        "import linecache; t = f'raise ValueError  # {x[0, 0]}'; linecache.cache['here'] = (1, None, [t], 'here'); "
        "exec(compile(t, 'here', 'exec'))"
    ),
    "has a name of its own": "n = int(abs(x[0, 0]) * 1e6); exec(f'def f{n}(): raise ValueError\\nf{n}()')",
    "returns one": "return x[0, 0]",
    "returns the first": "return np.full(len(x), x[0, 0])",
    "returns them": "return x",
    "returns text": "return str(x)",
    "returns a dictionary": "return {str(x[0, 0]): w}",
    "returns a list of texts": "return [str(value) for value in x[:, 0]]",
    "is off by one": "return x @ w + x[0, 0]",
    "is times one": "return x @ w * x[0, 0]",
    "is along one": "return x @ w + x[:, 0] * x[0, 1]",
    "is close": "return x @ w * (1 + 1e-5 * x[0, 0])",
    "is wrong by row": "return x @ w * np.arange(1, len(x) + 1)",
    "is wrong at one place": "r = x @ w; r[0] = x[0, 0]; return r",
    "is zero": "return 0 * (x @ w)",
    "is one": "return 0 * (x @ w) + 1",
    "is not a number": "r = x @ w; r[0] = np.nan; return r",
    "has another shape": "return (x @ w)[:, None]",
    "prints and warns": "import warnings; print(x); warnings.warn(str(x)); return None",
    "changes them": "x[:] = 0; return x @ w",
    "changes with each call": "line.n = getattr(line, 'n', 0) + 1; return x @ w + line.n * x[0, 0]",
    "returns its type": "return type(f'T{x[0, 0]!r}'.replace('.', '_').replace('-', 'm'), (), {})()",
}


def numbers(course: Course, asked: Asked) -> set[str]:
    """Each number of the hidden inputs, and of what is right on them, as it may be written: its first four digits."""
    found = set()
    for name, args in asked:
        for array in (*args, course.namespace.right(name)(*args)):
            found |= {f"{abs(value):.12f}"[:6] for value in np.ravel(array)}
            found |= {f"{abs(value):.3f}" for value in np.ravel(array)}
            found |= {f"{abs(value):.12f}"[:6].replace(".", "_") for value in np.ravel(array)}
            found |= {str(int(abs(value) * 1e6)) for value in np.ravel(array) if abs(value) > 0.01}
    return found


def shown(graded: Graded) -> Iterator[str]:
    """All that is shown of a grading: every report, and the page."""
    for format in FORMATS:
        told = write(format, [(Path("a.ipynb"), replace(graded, seed=0, digest="", verdicts=untimed(graded)))])
        yield f"{format}\n{told}"
    yield f"page\n{nbformat.writes(sanitise(graded.notebook))}"


def untimed(graded: Graded) -> Any:
    return tuple(replace(verdict, seed=0, elapsed_s=0.0) for verdict in graded.verdicts)


def leaks(course: Course, asked: Asked, graded: Graded) -> list[str]:
    visible = [part.to_json() for verdict in graded.verdicts for part in verdict.parts if not part.hidden]
    printed = [
        cell.get("outputs") for cell in graded.notebook.cells if not cell.metadata.get("nbgrader", {}).get("grade")
    ]
    public = nbformat.writes(course.release()) + json.dumps([visible, printed])
    hidden = {number for number in numbers(course, asked) if number not in public and number.strip("0._")}
    assert len(hidden) > 20
    return [
        f"{number} in {told.partition(' ')[0]}: …{told[max(told.index(number) - 60, 0) :][:120]}…"
        for told in shown(graded)
        for number in hidden
        if number in told
    ]


@pytest.mark.parametrize("line", TELLING.values(), ids=TELLING)
def test_no_number_of_a_hidden_input_is_told(course: Course, asked: Asked, line: str) -> None:
    graded = course.grade(course.answered(line=line, slope=RIGHT["slope"]))
    assert graded.score < 6
    assert leaks(course, asked, graded) == []
    assert all(verdict.finding for verdict in graded.verdicts if verdict.wrong)


@pytest.mark.parametrize(
    "kind", ["raises them", "is called after them", "returns the first", "is off by one", "returns text", "asserts"]
)
def test_it_would_be_where_hidden_parts_were_told_like_visible_ones(
    course: Course, asked: Asked, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_they_are(parts: list[Part], failures: dict[int, Failure], cells: Any) -> list[Part]:
        return parts

    monkeypatch.setattr(session, "of_parts", as_they_are)
    graded = course.grade(course.answered(line=TELLING[kind], slope=RIGHT["slope"]))
    assert leaks(course, asked, graded) or kind == "returns text"


def test_causes_are_told_of_hidden_inputs_as_ever(course: Course) -> None:
    def told(line: str = RIGHT["line"], slope: str = RIGHT["slope"]) -> str:
        graded = course.grade(course.answered(line=line, slope=slope))
        verdict = next(verdict for verdict in graded.verdicts if verdict.wrong)
        return next(part.message + "".join(part.detail) for part in verdict.parts if part.hidden)

    assert "The loss is a mean, so its gradient is one too" in told(slope="return x.T @ (line(x, w) - y)")
    assert "shape (7, 1); (7,) was expected" in told("return (x @ w)[:, None]")
    raised = told("if len(x) > 3:\n        raise ValueError(str(x))\n    return x @ w")
    assert raised.startswith("ValueError: its message is not shown")
    assert "of line: raise ValueError(str(x))" in raised
    # What is said of public inputs, too, is no secret.
    assert told("raise ValueError('one row is missing')").startswith("ValueError: one row is missing")
    assert "1.7 times the right one" in told("return 1.7 * (x @ w)")
    # Nor are the numbers of public inputs, where the same is wrong with them.
    assert re.search(r"by the same \d", told("return x @ w + np.abs(x).max()"))


def test_a_withheld_number_stays_one_in_json_and_in_every_language() -> None:
    from grader.text import WITHHELD, as_data, say

    text = say("Every entry of {tensor} is too large by the same {offset:.4g}.", tensor="W", offset=WITHHELD)
    assert render(text) == "Every entry of W is too large by the same …."
    again: Text = text_from(json.loads(json.dumps(as_data(text))))
    assert again == text


def test_sizes_stay_and_numbers_go() -> None:
    kept = "(7, 5), W1, float32, [0, 2], 1000 rows, layer.0"
    assert without_numbers(kept) == kept
    assert not re.search(r"\d{2}", without_numbers("-0.4967 1.5e-3 4e12 49671 .25 0,4967 array([0.4967, -1.22])"))


def test_a_message_of_the_chapter_s_own_tells_no_number_either(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    file = course.chapter.file
    wrong = "assert False, check.rng.normal()\ncheck.values(line, check.rng"
    file.write_text(file.read_text().replace("check.values(line, check.rng", wrong, 1))
    from grader.chapter.model import load_chapter
    from grader.chapter.namespace import load_namespace

    chapter = load_chapter(file.parent)
    graded = replace(course, chapter=chapter, namespace=load_namespace(chapter)).grade(course.answered(**RIGHT))
    assert graded.verdicts[0].diagnosis == "chapter_error"
    assert "AssertionError: …" in graded.verdicts[0].message.replace("-…", "…")
