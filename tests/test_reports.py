"""What machines read of a grading has the shape that they expect, whatever a student wrote into it."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pytest
from conftest import RIGHT, Course
from nbformat.v4 import new_notebook
from rich.console import Console

from grader import card
from grader.escape import printable
from grader.finding import Code, Finding
from grader.grade.files import grade_files
from grader.report import FORMATS, write
from grader.report.classtable import class_markdown, class_table
from grader.result import Graded, Held
from grader.text import NO_TEXT, as_data, authored, raw, say_counted
from grader.verdict import Part, Status, Verdict

NASTY = r"raise ValueError('</failure> | ``` \x00 \ud800 <script> & [x](javascript:1)')"


@pytest.fixture
def results(course: Course) -> list[tuple[Path, Graded]]:
    return [
        (Path("right.ipynb"), course.grade(course.answered(**RIGHT))),
        (Path("odd | na_me.ipynb"), course.grade(course.answered(line=NASTY, slope=RIGHT["slope"]))),
        (Path("broken.ipynb"), course.grade(b"{")),
    ]


def test_junit_counts_every_check_and_parses(results: list[tuple[Path, Graded]]) -> None:
    suites = list(ElementTree.fromstring(write("junit", results)))
    assert [suite.get("tests") for suite in suites] == ["2", "2", "2"]
    for suite, (path, graded) in zip(suites, results, strict=True):
        assert suite.get("name") == str(path)
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(name, "-1")) == len(suite.findall(f"testcase/{tag}"))
        passed = sum(len(case) == 0 for case in suite.findall("testcase"))
        assert passed == sum(verdict.status == "passed" for verdict in graded.verdicts)
    assert "ValueError" in (suites[1].find("testcase/error").get("message") or "")  # type: ignore[union-attr]


#: Of JUnit.xsd: each element's required attributes, and its children in their order ("*": any number).
JUNIT = {
    "testsuites": ((), ["testsuite*"]),
    "testsuite": (
        ("id", "package", "name", "timestamp", "hostname", "tests", "failures", "errors", "time"),
        ["properties", "testcase*", "system-out", "system-err"],
    ),
    "properties": ((), ["property*"]),
    "property": (("name", "value"), []),
    "testcase": (("name", "classname", "time"), ["skipped*", "error*", "failure*"]),
    "failure": (("type",), []),
    "error": (("type",), []),
    "skipped": ((), []),
    "system-out": ((), []),
    "system-err": ((), []),
}
JUNIT_TYPES = {
    "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    "time": r"\d+\.\d+",
    "hostname": r".+",
    "name": r"\S(.*\S)?",
    **dict.fromkeys(("id", "tests", "failures", "errors", "skipped"), r"\d+"),
}


def test_junit_has_what_its_schema_requires(results: list[tuple[Path, Graded]]) -> None:
    for element in ElementTree.fromstring(write("junit", results)).iter():
        required, children = JUNIT[element.tag]
        assert set(required) <= set(element.attrib), element.tag
        for name, value in element.attrib.items():
            assert re.fullmatch(JUNIT_TYPES.get(name, r"(?s).*"), value), (name, value)
        told = " ".join(child.tag for child in element)
        order = "".join(f"({tag.rstrip('*')} ?){'*' if '*' in tag else ''}" for tag in children)
        assert re.fullmatch(order, told), (element.tag, told)
    suites = list(ElementTree.fromstring(write("junit", results)))
    assert [suite.find("properties/property[@name='score']").get("value") for suite in suites] == [  # type: ignore[union-attr]
        f"{graded.score:g}" for _, graded in results
    ]
    assert "not valid JSON" in (suites[2].findtext("system-err") or "")


def test_markdown_is_one_table_row_a_submission_and_holds_no_markup_of_a_students(
    results: list[tuple[Path, Graded]],
) -> None:
    text = write("markdown", results)
    table = [line for line in text.split("\n") if line.startswith("| ")]
    assert len(table) == 1 + len(results)
    for line in table:
        assert line.replace("\\|", "").count("|") == 5
        assert "<script" not in line
        assert "](javascript" not in line.replace("\\]", "")
    assert "6 of 6" in table[1]
    assert "all right" in table[1]
    assert "Isolation: " in text
    assert "<details><summary>odd | na_me.ipynb</summary>" in text  # HTML, in which a backslash would show


#: Of Gradescope's "Autograder Specifications": every field that is known, with its type, of the whole and of a test.
VISIBILITY, FORMAT = (
    {"hidden", "after_due_date", "after_published", "visible"},
    {"text", "html", "simple_format", "md", "ansi"},
)
GRADESCOPE = {
    "score": (int, float),
    "execution_time": int,
    "output": str,
    "output_format": FORMAT,
    "visibility": VISIBILITY,
    "stdout_visibility": VISIBILITY,
    "tests": list,
}
GRADESCOPE_TEST = {
    "score": (int, float),
    "max_score": (int, float),
    "status": {"passed", "failed"},
    "name": str,
    "name_format": FORMAT,
    "number": str,
    "output": str,
    "output_format": FORMAT,
    "visibility": VISIBILITY,
}


def fits(told: dict[str, Any], shape: dict[str, Any]) -> bool:
    return all(
        value in shape[name] if isinstance(shape[name], set) else isinstance(value, shape[name])
        for name, value in told.items()
    )


def test_gradescope_reads_one_submission(results: list[tuple[Path, Graded]]) -> None:
    for path, graded in results:
        told = json.loads(write("gradescope", [(path, graded)]))
        assert fits(told, GRADESCOPE)
        assert {"score", "execution_time", "output", "stdout_visibility", "tests"} <= set(told)
        assert told["stdout_visibility"] == "hidden"  # what grading prints is the instructor's
        assert told["score"] == graded.score == sum(test["score"] for test in told["tests"])
        assert [test["name"] for test in told["tests"]] == ["line", "slope"]
        for test in told["tests"]:
            assert fits(test, GRADESCOPE_TEST)
            assert {"name", "score", "max_score", "status", "output", "visibility"} <= set(test)
            assert 0 <= test["score"] <= test["max_score"]
            assert test["status"] == ("passed" if test["score"] == test["max_score"] else "failed")
            assert test["visibility"] == "visible"
        assert "seed" not in json.dumps(told)
    assert "not valid JSON" in told["output"]
    with pytest.raises(ValueError, match="takes one submission; 3 came"):
        write("gradescope", results)


def test_a_file_of_no_known_chapter_is_an_error_of_its_own_in_junit(course: Course) -> None:
    (course.root / "unknown.ipynb").write_text("no notebook")
    results = grade_files([course.root / "unknown.ipynb"], course.settings, b"secret")
    (suite,) = ElementTree.fromstring(write("junit", results))
    assert (suite.get("tests"), suite.get("errors")) == ("1", "1")
    assert "not valid JSON" in (suite.find("testcase/error").get("message") or "")  # type: ignore[union-attr]
    assert "not valid JSON" in write("text", results)


#: Commands for a terminal, an override of the writing direction, half a pair, and what rich would read as markup.
HOSTILE = "\x1b]0;owned\x07 \x9b2J \u202e \ud800 [/b] [red]x[/red] [link=https://evil]y[/link]"


#: What begins lines of its own: forged scores, and commands to those who run a CI log.
FORGED = (
    "no\n✓ line: passed (2 of 2)\neve.ipynb: 4 of 4\n::set-output name=score::4\n ::add-mask::4\n##vso[task.x]\n##[x]y"
)


def test_a_newline_of_a_student_s_forges_no_row_and_no_command(course: Course) -> None:
    graded = course.grade(course.answered(line=f"raise ValueError({FORGED!r})", slope=RIGHT["slope"]))
    results = [(Path(f"{FORGED}.ipynb"), graded)]
    text = write("text", results)
    assert [line for line in text.split("\n") if not line.startswith("  ")] == [
        line for line in text.split("\n") if "isolation: " in line or line.startswith(("! line: ", "? slope: "))
    ]
    assert not [line for line in text.split("\n") if re.match(r"\s{0,5}(✓|eve)", line)]
    for report in (text, write("markdown", results), write("junit", results), write("json", results)):
        assert not re.search(r"^\s*::|##\w*\[", report, re.M)
        assert "set-output" in report
    assert FORGED in json.loads(write("json", results))["checks"][0]["message"]
    summary = write("markdown", results).split("\n")
    assert len([line for line in summary if line.startswith("|")]) == 3
    assert [line.endswith("</summary>") for line in summary if line.startswith("<details>")] == [True]


def test_whatever_a_student_writes_is_printable_text(course: Course, tmp_path: Path) -> None:
    graded = course.grade(course.answered(line=f"raise ValueError({HOSTILE!a})", slope=RIGHT["slope"]))
    results = [(Path(f"{HOSTILE}.ipynb"), graded)]
    console = Console(file=io.StringIO(), width=400)
    console.print(class_table({"eve": graded, "[/b]": None}, "a class"))
    table = console.file.getvalue()  # type: ignore[attr-defined]
    told = json.loads(write("gradescope", results))
    for text in (
        table,
        write("text", results),
        write("markdown", results),
        write("junit", results),
        class_markdown({"eve": graded}, "a class"),
        told["output"],
        *(t["output"] for t in told["tests"]),
    ):
        assert not set("\x1b\x07\x9b\u202e\ud800") & set(text)
        text.encode()
    assert "[/b] [red]x[/red] [link=https://evil]y[/link]" in table


def test_the_class_table_tells_what_the_gradebook_holds_and_what_waits(course: Course, tmp_path: Path) -> None:
    graded = course.grade(course.answered(line="return x @ w + 1", slope=RIGHT["slope"]))
    told = class_markdown({"ann": graded, "bob": None}, "a class", {"ann": Held(4.5, 7, 1.25, waits=True)})
    ann, bob = told.splitlines()[4:6]
    assert ann.startswith("| ann | 0 of 6 | 3.25 of 7, 1.25 off: late, to grade | line: ")
    assert "1 to judge by hand." in ann
    assert bob == "| bob | 0 | – | nothing handed in |"


def test_printable_leaves_words_of_any_language_as_they_are() -> None:
    plain = "naïve\tΔ ≤ 1e-6\n日本語 עברית 👩‍🔬"
    assert printable(plain) == plain
    assert printable("a\x1b[2J\r\x85\u2028\u2066\ufffe") == "a?[2J?????"


def test_json_is_an_object_for_one_and_a_list_for_several(results: list[tuple[Path, Graded]]) -> None:
    one, several = json.loads(write("json", results[:1])), json.loads(write("json", results))
    assert one["file"] == "right.ipynb"
    assert [row["score"] for row in several] == [6, results[1][1].score, 0]


def test_the_page_names_every_field_and_status(course: Course) -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "json.md").read_text(encoding="utf-8")
    told = {
        title: set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| ((?:`\w+` ?)+)\|", section, re.M))))
        for title, section in re.findall(r"^## (?:An? )?(.+?)$(.*?)(?=^## |\Z)", page, re.M | re.S)
    }
    wrong = course.grade(course.answered(line=RIGHT["line"], slope="return x.T @ (line(x, w) - y)"))
    one = json.loads(write("json", [(Path("wrong.ipynb"), wrong)]))
    check = one["checks"][1]
    part = next(part for part in check["parts"] if part["comparison"])
    for title, found in {
        "submission": one,
        "check": check,
        "part": part,
        "finding": part["finding"],
        "comparison": part["comparison"],
    }.items():
        assert told[title] == set(found), title
    assert told["Status"] == set(get_args(Status))
    texts = (say_counted("{count} row", "{count} rows", 2), authored("Mend it.", "softmax"), raw("x"))
    assert told["text"] == {field for text in texts for field in as_data(text)}


def test_every_report_tells_the_one_headline(results: list[tuple[Path, Graded]]) -> None:
    told = [str(graded.headline) for _, graded in results]
    assert told[0] == "all right"
    assert told[1].startswith("line: ")
    assert "not valid JSON" in told[2]
    for one, headline in zip(results, told, strict=True):
        for format in FORMATS:
            text = write(format, [one]).replace("\\", "").replace("&amp;", "&").replace("&lt;", "<")
            assert headline[:17] in text, format
        assert headline[:17] in class_markdown({"ann": one[1]}, "a class").replace("\\", "")


#: What begins a new line somewhere: in a terminal, a log, an editor, a browser.
BREAKS = [
    "\n",
    "\r",
    "\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\x1b[1E",
    "\x1b[2K\r",
]


def forging(text: str) -> list[tuple[Path, Graded]]:
    """A result in every place of which a student's text stands."""
    told = Finding(Code.RAISED, raw(f"ValueError: {text}"), (raw(text),))
    part = Part("values", 1, "error", told, True, (raw(text),))
    verdict = Verdict("line", 2, 0.0, "error", told, (part,))
    graded = Graded("01_scale", text, (verdict,), new_notebook(), (raw(text),), NO_TEXT, "none", 0, "")
    unread = replace(graded, verdicts=(), reason=raw(text))
    return [(Path(f"{text}.ipynb"), graded), (Path("b.ipynb"), unread)]


@pytest.mark.parametrize("between", BREAKS, ids=ascii)
@pytest.mark.parametrize("row", ["✓ slope: passed (4 of 4)", "::error::x", "##[error]x", "eve.ipynb: 4 of 4 (x)"])
def test_no_line_of_a_report_is_a_student_s(between: str, row: str) -> None:
    results = forging(f"no{between}{row}{between}{row}")
    reports = [write(format, results) for format in ("text", "markdown", "junit", "json")]
    reports += [json.loads(write("gradescope", [one]))["output"] for one in results]
    reports += [class_markdown({"a": graded}, "a class") for _, graded in results]
    for report in reports:
        lines = [line.strip() for line in re.split("[" + "".join(BREAKS[:11]) + "]", report)]
        assert not [line for line in lines if line.startswith(row)]
        assert not re.search("[\x0b\x0c\x1b\x1c-\x1e\x85\u2028\u2029\r]", report)


def test_a_row_was_forged_where_later_lines_only_stood_further_to_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    row = "✓ slope: passed (4 of 4)"
    monkeypatch.setattr(card, "hanging", lambda text, indent: text.replace("\n", "\n" + " " * indent))
    text = write("text", forging(f"no\n{row}"))
    assert [line for line in text.split("\n") if line.strip() == row]
