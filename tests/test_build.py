"""The build: slips are one line with file:line, two builds are one, and the release works in a notebook."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import nbformat
import numpy as np
import pytest
from conftest import CHAPTER, RIGHT, Course

from grader.author.build import build_chapter, same_values
from grader.chapter.model import ChapterError
from grader.settings import load_settings


def edit(course: Course, old: str, new: str) -> None:
    path = course.chapter.file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('# %% check="line" points=2', "# %%", "exercise 'line' has no check"),
        ("check.values(line, check.rng.normal(size=(N, 5)), check.rng.normal(size=5))", "pass", "has no hidden part"),
        ("### END HIDDEN TESTS\n\n# %% figure", "\n# %% figure", "is never closed"),
        ("check.values(line, x, w)\n", "check.values(line, x, w, open('f'))\n", "'open' may not stand in a check"),
        ("check.values(line, x, w)\n", "reference.line\ncheck.values(line, x, w)\n", "stands in hidden lines only"),
        ("    return x @ w\n", "    return x @ w + np.random.rand()\n", "fails its own check"),
        ("### BEGIN SOLUTION\n    return x @ w\n    ### END SOLUTION", "return x @ w", "students would get the answer"),
        ("x = np.array", "x = np.aray", "AttributeError"),
        (
            "check.values(line, x, w)\n",
            "check.value(line, x, w)\n",
            "check.value is no word of a check; known: values,",
        ),
        ("check.values(line, x, w)\n", "check.values(line, x, w, names=['a', 'b'])\n", "names= has 2 names; 'line'"),
        (
            "check.values(line, check.rng.normal(size=(N, 5)), check.rng.normal(size=5))",
            "check.values(line, x, w)",
            "judges on public inputs alone",
        ),
        ("    return x @ w\n", "    return x @ w * np.nan\n", "the reference of 'line' returns nan"),
        ('exercise="line"', 'exercise="line" bans="slope"', "bans='slope' is an exercise of this chapter"),
        ('check="line" points=2', "check=line points=2", "cannot be read: names stand in quotes"),
        ("Two small exercises", "Two $\\operatorname{small}$ exercises", "GitHub does not render \\operatorname"),
        ("Two small exercises", "Two exercises worth 0.75", "0.75 is shown by no cell beside this text"),
    ],
)
def test_a_slip_is_one_line_with_file_and_line(course: Course, old: str, new: str, says: str) -> None:
    edit(course, old, new)
    with pytest.raises(ChapterError) as caught:
        build_chapter(course.chapter.path, course.settings)
    assert says in str(caught.value)
    assert str(caught.value).split(":")[0].endswith("chapter.py")
    assert int(str(caught.value).split(":")[1]) > 1
    assert "\n" not in str(caught.value)


def test_a_failing_reference_is_told_at_the_line_of_its_call(course: Course) -> None:
    edit(course, "    return x @ w\n", "    return x @ w + (len(x) > 3) * np.random.rand()\n")
    with pytest.raises(ChapterError) as caught:
        build_chapter(course.chapter.path, course.settings)
    line = int(str(caught.value).split(":")[1])
    assert "normal" in course.chapter.file.read_text().splitlines()[line - 1]


@pytest.mark.parametrize(
    ("text", "facts", "says"),
    [
        ("The mean of x is 0.96.", 'fact("0.96", np.mean(x))', ""),
        (
            "The mean of x is 0.97.",
            'fact("0.97", np.mean(x))',
            "facts.py:1: the text says 0.97; its expression gives 0.95",
        ),
        ("Half of them, 50.0 %.", 'fact("50.0 %", 1 / 2)', ""),
        ("A weight of -2.0 stands beside.", "", ""),
        ("The [paper](https://arxiv.org/abs/1502.01852) says it.", "", ""),
        ("The [paper](https://arxiv.org/abs/1502.01852) says 0.74.", "", "0.74 is shown by no cell"),
        ("About $4.5\\cdot10^{-3}$.", "", "is shown by no cell beside this text"),
        ("About $4.5\\cdot10^{-3}$.", 'fact("4.5\\\\cdot10^{-3}", 0.0045)', ""),
        ("Measured: 0.74.", 'fact("0.74", source="100 seeds")', ""),
        ("Measured: 0.74.", 'fact("0.74")', "give its value, or its source="),
        ("Nothing.", 'fact("0.74", source="100 seeds")', "facts.py:1: '0.74' stands nowhere in the text"),
        ("Nothing.", 'fact("0.74", 1 / 0)', "facts.py:1: ZeroDivisionError"),
    ],
)
def test_a_number_in_the_text_is_shown_beside_it_or_a_fact_that_holds(
    course: Course, text: str, facts: str, says: str
) -> None:
    edit(course, "Two small exercises: a line and the gradient of its squared error.", text)
    (course.chapter.path / "facts.py").write_text(facts)
    if not says:
        build_chapter(course.chapter.path, course.settings)
        return
    with pytest.raises(ChapterError) as caught:
        build_chapter(course.chapter.path, course.settings)
    assert says in str(caught.value)


def test_two_builds_are_byte_for_byte_one(course: Course) -> None:
    path = course.root / "assignments" / CHAPTER / f"{CHAPTER}.ipynb"
    before = path.read_bytes()
    path.unlink()
    build_chapter(course.chapter.path, course.settings)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ("# Scale and slope", "# Slope and scale", True),
        ("points=2", "points=3", True),
        ("check.values(line, x, w)\n", "check.values(line, x, 2 * w)\n", True),
        ("You sum over the batch.", "You add up the batch.", True),
        ("    return x @ w\n", "    return np.einsum('nd,d->n', x, w)\n", False),
    ],
)
def test_check_notices_what_students_would_see(course: Course, old: str, new: str, stale: bool) -> None:
    if old.startswith("You"):
        path = course.chapter.path / "mistakes.py"
        path.write_text(path.read_text().replace(old, new))
    else:
        edit(course, old, new)
    assert build_chapter(course.chapter.path, course.settings, write=False).changed is stale


def test_no_answer_hidden_test_or_guide_is_in_the_release(course: Course) -> None:
    text = nbformat.writes(course.release())
    for secret in ("residual_of_the_line", "return x @ w", "check.rng", "orthogonal to every column"):
        assert secret not in text


def test_given_code_that_judges_is_folded_where_its_author_says_so(course: Course) -> None:
    edit(course, '# %% given="batch"', '# %% given="batch" folded="it judges"')
    edit(course, '# %% figure="predictions"', '# %% figure="predictions" folded="it draws"')
    build_chapter(course.chapter.path, course.settings)
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in course.release().cells if "nbgrader" in cell.metadata}
    assert cells["given_batch"].metadata.jupyter.source_hidden
    assert cells["given_batch"].metadata.nbgrader.locked
    assert cells["figure_predictions"].metadata.jupyter.source_hidden
    assert "jupyter" not in cells["setup_imports"].metadata


def test_every_cell_has_one_id_twice_and_an_anchor(course: Course) -> None:
    cells = course.release().cells
    assert len({cell.id for cell in cells}) == len(cells)
    assert all(cell.metadata.id == cell.id for cell in cells)


def run_notebook(notebook: nbformat.NotebookNode) -> tuple[dict[str, Any], str]:
    """The code cells in one namespace, as a kernel would; the printed text."""
    names: dict[str, Any] = {}
    verdicts: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                body, _, last = cell.source.rpartition("\n")
                exec(body if last == "check.verdict()" else cell.source, names)
                if last == "check.verdict()":
                    made = eval(last, names).verdict
                    verdicts[made.check] = made
    return verdicts, printed.getvalue()


def test_the_notebook_judges_as_grading_does(course: Course) -> None:
    verdicts, _ = run_notebook(course.answered(**RIGHT))
    assert {name: verdict.status for name, verdict in verdicts.items()} == {"line": "passed", "slope": "passed"}
    verdicts, _ = run_notebook(course.answered(line=RIGHT["line"], slope="return x.T @ (line(x, w) - y)"))
    assert verdicts["slope"].diagnosis == "mistake:sum_for_mean"


def test_the_unanswered_release_runs_quietly(course: Course) -> None:
    verdicts, printed = run_notebook(course.release())
    assert {verdict.status for verdict in verdicts.values()} == {"not_attempted"}
    assert printed == "Write line first; then run this cell again.\n"


def test_written_questions_can_be_switched_off(course: Course) -> None:
    settings = course.root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("[tool.grader]\n", "[tool.grader]\nwritten = false\n", 1))
    build_chapter(course.chapter.path, load_settings(course.root))
    graded = [cell for cell in course.release().cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert [cell.metadata.nbgrader.grade_id for cell in graded] == ["check_line", "check_slope"]


def test_the_course_can_name_what_colab_installs_and_else_asks_the_instructor(course: Course) -> None:
    first = next(cell for cell in course.release().cells if cell.id == "setup-recorded")
    assert "ask your instructor" in first.source
    assert "pip" not in first.source
    settings = course.root / "pyproject.toml"
    named = '[tool.grader]\ninstall = "https://example.org/x.whl"\ncolab = "https://example.org/c"\n'
    settings.write_text(settings.read_text().replace("[tool.grader]\n", named, 1))
    build_chapter(course.chapter.path, load_settings(course.root))
    cells = course.release().cells
    first = next(cell for cell in cells if cell.id == "setup-recorded")
    assert '%pip install --quiet "https://example.org/x.whl"' in first.source
    assert f"(https://example.org/c/assignments/{CHAPTER}/{CHAPTER}.ipynb)" in cells[0].source


def test_other_answers_are_compared_to_what_is_kept_of_them_and_one_on_an_edge_may_differ() -> None:
    def kept(digests: list[float], text: str = "a sum where a mean belongs") -> dict[str, object]:
        places = np.arange(len(digests), dtype=np.uint16)
        return {"alternatives": [[[text, 0]], places, 0 * places, np.array(digests, dtype=np.float32)]}

    digests = [float(n) for n in range(1, 41)]
    assert same_values(kept(digests), kept([one * (1 + 1e-6) for one in digests]))
    assert same_values(kept(digests), kept([-7.0, *digests[1:]]))
    assert not same_values(kept(digests), kept([one + 1 for one in digests]))
    assert not same_values(kept(digests), kept(digests[:30]))
    assert not same_values(kept(digests), kept(digests, "a mean where a sum belongs"))
    assert not same_values(kept(digests), {"alternatives": []})
