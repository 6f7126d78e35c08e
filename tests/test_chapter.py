"""A chapter's text: roles, options, anchors, and errors that say file and line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from grader.chapter.model import BEGIN_SOLUTION, END_SOLUTION, ChapterError, hidden_lines, load_chapter
from grader.chapter.release import anchor, read_anchor, without_region
from grader.chapter.roles import OPTIONS, Role

GOOD = """# %% [markdown]
# # A title

# %% exercise="double"
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% check="double" points=2
check.values(double, 1.0)
### BEGIN HIDDEN TESTS
check.values(double, check.rng.normal())
### END HIDDEN TESTS
"""


def write(folder: Path, text: str) -> Path:
    folder = folder / "01_double"
    folder.mkdir()
    (folder / "chapter.py").write_text(text, encoding="utf-8")
    return folder


def test_roles_points_and_lines_are_read(tmp_path: Path) -> None:
    chapter = load_chapter(write(tmp_path, GOOD))
    assert [(cell.role, cell.name, cell.line) for cell in chapter.cells] == [
        ("text", "text_1", 1),
        ("exercise", "double", 4),
        ("check", "double", 10),
    ]
    assert chapter.cell("check", "double").points == 2
    assert len({cell.id for cell in chapter.cells}) == 3


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('exercise="double"', "exercise", ":4: 'exercise' after '# %%' is no key=value pair"),
        (" points=2", "", ":10: this check has no points"),
        ("points=2", "points=0", ":10: points=0"),
        ('exercise="double"', 'exercise="2x"', ":4: exercise='2x'"),
        ('exercise="double"', 'exercise="double" colour="red"', ":4: a exercise cell takes no 'colour'"),
        ('exercise="double"', 'exercise="double" given="double"', ":4: a cell has one role"),
    ],
)
def test_a_slip_in_the_metadata_is_one_line_with_file_and_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(ChapterError) as caught:
        load_chapter(write(tmp_path, GOOD.replace(old, new)))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_name_used_twice_names_both_lines(tmp_path: Path) -> None:
    twice = GOOD + '\n# %% exercise="double"\npass\n'
    with pytest.raises(ChapterError, match="16: exercise 'double' stands already at line 4"):
        load_chapter(write(tmp_path, twice))


def test_every_option_of_a_cell_is_told_to_authors() -> None:
    assert {option for role in Role for option in role.options} == set(OPTIONS)
    assert all(option.usage.startswith(f"{key}=") for key, option in OPTIONS.items())


def test_an_anchor_survives_a_round_trip(tmp_path: Path) -> None:
    chapter = load_chapter(write(tmp_path, GOOD))
    for cell in chapter.of("exercise", "check"):
        line = anchor(chapter.id, cell)
        assert read_anchor(f"{line}\n{cell.source}") == ("01_double", cell.role, "double")
    assert read_anchor("# just a comment\nx = 1") is None


def test_a_line_without_end_is_read_at_once() -> None:
    started = time.process_time()
    assert read_anchor("# a · check: b" + " " * 100_000 + "x") is None
    assert time.process_time() - started < 2


def test_regions() -> None:
    source = f"def f(x):\n    {BEGIN_SOLUTION}\n    return x\n    {END_SOLUTION}"
    assert without_region(source, BEGIN_SOLUTION, END_SOLUTION, "pass") == "def f(x):\n    pass"
    assert hidden_lines("a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc") == {3}
