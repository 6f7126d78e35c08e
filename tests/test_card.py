"""The card: nothing but text and inline styles, legible on light and dark, never by colour alone."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from grader.card import SIGNS, as_html, as_text
from grader.finding import Code, Finding
from grader.judge.compare import Mismatch
from grader.judge.comparison import compared
from grader.text import NO_TEXT, raw
from grader.verdict import Part, Status, Verdict

NASTY = "<script>alert(1)</script><img src=x onerror=y>\"'&"
RNG = np.random.default_rng(0)


def card(status: Status = "failed", shape: tuple[int, ...] = (3, 4)) -> Verdict:
    want = RNG.normal(size=shape)
    got = want.copy()
    got[0] += 0.5
    part = Part(
        "values",
        1,
        status,
        Finding(Code.VALUE, raw(f"It is `wrong` {NASTY}"), (raw(NASTY),)),
        notes=(raw(NASTY),),
        comparison=compared(Mismatch(Code.VALUE, NO_TEXT, NASTY, got, want)),
    )
    return Verdict(NASTY, 3, 0, status, parts=(part, part), hints=(raw(NASTY), raw("Look at `axis`."), raw("$a_i$")))


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize("status", SIGNS)
@pytest.mark.parametrize("shape", [(3, 4), (40, 50), (5,)])
def test_a_card_holds_text_and_inline_styles_only(status: Status, shape: tuple[int, ...]) -> None:
    html = as_html(card(status, shape))
    reader = read(html)
    assert {tag for tag, _ in reader.tags} <= {
        "div",
        "span",
        "b",
        "pre",
        "code",
        "details",
        "summary",
        "table",
        "tr",
        "td",
    }
    assert {name for _, attrs in reader.tags for name in attrs} == {"style"}
    assert "url(" not in html
    assert len(html) < 60_000
    assert NASTY in reader.text.replace("\n", "")


@pytest.mark.parametrize("status", SIGNS)
def test_a_status_is_told_by_a_sign_and_a_word_as_well_as_by_colour(status: Status) -> None:
    sign, word, _ = SIGNS[status]
    verdict = card(status)
    assert sign in read(as_html(verdict)).text
    assert str(word) in read(as_html(verdict)).text
    assert f"{sign} " in as_text(verdict)
    assert str(word) in as_text(verdict)
    assert "\x1b" not in as_text(verdict)


@pytest.mark.parametrize("background", ["#ffffff", "#1e1e1e"])
@pytest.mark.parametrize("status", SIGNS)
def test_its_colours_can_be_seen_on_light_and_on_dark(status: Status, background: str) -> None:
    assert contrast(SIGNS[status][2], background) >= 3


def test_text_has_the_colour_of_its_page() -> None:
    """Only signs have a colour of their own; numbers on a shade stay legible, because shades are translucent."""
    html = as_html(card())
    signs = {colour for _, _, colour in SIGNS.values()}
    assert set(re.findall(r"[;\"]color:([^;\"]+)", html)) <= {"inherit", *signs}
    for shade in re.findall(r"background:rgba\((\d+),(\d+),(\d+),([.\d]+)\)", html):
        for page, text in (((255, 255, 255), (0, 0, 0)), ((30, 30, 30), (221, 221, 221))):
            mixed = [float(shade[3]) * int(c) + (1 - float(shade[3])) * p for c, p in zip(shade[:3], page, strict=True)]
            assert luminance_ratio(mixed, text) >= 4.5


def test_wrong_numbers_are_marked_by_their_type_too() -> None:
    html = as_html(card())
    marked = re.findall(r"<td style=\"([^\"]*)\">", html)
    shaded = [style for style in marked if "transparent" not in style]
    assert shaded
    assert all("underline" in style for style in shaded)


def test_a_large_tensor_is_a_map_with_marks_and_a_legend() -> None:
    text = read(as_html(card(shape=(400, 300)))).text
    assert "✗" in text
    assert "off by more than 10 %" in text


def test_the_same_message_of_two_parts_is_told_once() -> None:
    seen = Finding(Code.RAISED, raw("ValueError: no"), (raw("line 3: x"),))
    part, other = Part("values", 1, "error", seen), Part("stable", 1, "error", seen)
    told = as_text(Verdict("f", 2, 0, "error", parts=(part, other)))
    assert told.count("ValueError") == 1
    assert "values, stable" in told


def contrast(colour: str, background: str) -> float:
    return luminance_ratio(*([int(text[i : i + 2], 16) for i in (1, 3, 5)] for text in (colour, background)))


def luminance_ratio(a: list[float] | tuple[int, ...], b: list[float] | tuple[int, ...]) -> float:
    """The contrast ratio of WCAG 2.1."""

    def luminance(rgb: list[float] | tuple[int, ...]) -> float:
        linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_code_in_a_remark_is_code() -> None:
    part = Part("values", 1, "passed", notes=(raw("It uses `softmax`."),))
    assert "<code>softmax</code>" in as_html(Verdict("loss", 1, 1, "passed", parts=(part,)))


def test_a_map_says_where_a_mark_is_more_than_one_entry() -> None:
    assert "a block" in as_html(card(shape=(40, 50)))
    assert "a block" not in as_html(card(shape=(16, 30)))


def test_what_is_a_persons_to_judge_has_no_points_and_what_was_not_read_raised_no_error() -> None:
    waiting = Verdict("loss", 3, 0, "not_judged")
    assert as_text(waiting) == "? loss: not judged"
    assert "of 3" not in as_html(waiting)
    assert "could not be read (0 of 3)" in as_text(
        Verdict("loss", 3, 0, "error", Finding(Code.UNREADABLE, raw("It is a picture.")))
    )


def test_the_text_of_an_exception_makes_no_link_of_mathjax() -> None:
    seen = Finding(Code.RAISED, raw(r"ValueError: $\href{javascript:alert(1)}{x}$ and $\frac12$"))
    html = as_html(Verdict("loss", 2, 0, "error", seen, (Part("values", 1, "error", seen),)))
    assert r"\href" not in html
    assert r"\frac12" in html


def test_an_exception_of_several_lines_forges_no_row_and_no_command() -> None:
    forged = "no\n✓ softmax: passed (3 of 3)\n  ✓ values: right\n::set-output name=score::3"
    seen = Finding(Code.RAISED, raw(forged), (raw("x = 1"), raw(forged)))
    part = Part("values", 1, "error", seen, notes=(raw(forged),))
    lines = as_text(Verdict("softmax", 3, 0, "error", parts=(part,))).split("\n")
    assert len(lines) == 1 + 4 + 1 + 4 + 4
    for line in lines[1:]:
        assert line.startswith(("    │ ", "      ", "  ! values: no", "  · no"))


@pytest.mark.parametrize(
    "macro", [r"\href{javascript:x}{y}", r'\mmlToken{mi}[href="javascript:x"]{y}', r"\bbox[background:url(//e)]{y}"]
)
def test_no_formula_of_a_student_s_is_a_link_or_a_style(macro: str) -> None:
    part = Part("values", 1, "error", Finding(Code.RAISED, raw(f"${macro}$")), comparison=None)
    told = as_html(Verdict("softmax", 3, 0, "error", parts=(part,)))
    assert macro[:5] not in told
    assert f"$\\ {macro[1:5]}" in told


def test_a_part_that_only_waits_for_another_is_grey() -> None:
    wrong = Part("values", 1, "failed", Finding(Code.VALUE, raw("Wrong values.")))
    waits = Part("stable", 1, "failed", Finding(Code.NEEDS, raw("Counts only together with 'values'.")))
    verdict = Verdict("f", 2, 0, "failed", parts=(wrong, waits))
    assert "✗ stable" not in as_text(verdict)
    assert "– stable: Counts only" in as_text(verdict)
    row = as_html(verdict).split("Counts only")[0].rsplit("<div", 1)[1]
    assert "#808080" in row
    assert "✗" not in row
