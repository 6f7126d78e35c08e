"""The standard of a chapter, as far as it can be counted, and that the counting counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from courses import FOLDERS, ROOT, each_chapter
from standard import broken_rules, signs, text_of, words_of

from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {folder.name[:2]: text_of(load_chapter(folder)) for folder in FOLDERS}


@each_chapter
def test_a_chapter_breaks_no_counted_rule(folder: Path, texts: dict[str, str]) -> None:
    chapter = load_chapter(folder)
    assert list(broken_rules(chapter, load_namespace(chapter), texts)) == []


def test_an_older_chapter_is_told_what_it_lacks(texts: dict[str, str]) -> None:
    chapter = load_chapter(ROOT / "tests" / "course" / "01_scale")
    broken = "\n".join(broken_rules(chapter, load_namespace(chapter), texts))
    for rule in (
        "exercises; 8 to 10",
        "headings",
        "minutes",
        "links",
        "no figure moves",
        "known mistakes",
        "New words",
    ):
        assert rule in broken, (rule, broken)


def test_prose_is_counted_without_formulas_code_and_addresses() -> None:
    prose = "Two words $a + b$ and `code` [a link](https://example.org/a-b) <b>bold</b>."
    text = f"{prose}\n\n$$x = y z$$\n\n```\nnot these\n```\n| a | b |"
    assert words_of(text) == ["Two", "words", "and", "a", "link", "bold"]


@pytest.mark.parametrize(
    ("formula", "width"),
    [
        ("a + b", 3),
        (r"\frac{1}{1 + e^{-z}}", 5),
        (r"\frac12 \sum_i x_i", 5),
        (r"\mathrm{lse}(z) = m", 8),
        (r"\log p \qquad q", 9),
        (r"\bigl(1 - \sigma(z)\bigr)", 8),
    ],
)
def test_the_width_of_a_formula_is_about_its_signs(formula: str, width: int) -> None:
    assert signs(formula) == width
