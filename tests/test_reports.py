"""What machines read of a grading has the shape that they expect, whatever a student wrote into it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import RIGHT, Course

from grader import reports
from grader.run.grading import Graded

NASTY = r"raise ValueError('</failure> | ``` \x00 \ud800 <script> & [x](javascript:1)')"


@pytest.fixture
def results(course: Course) -> list[tuple[Path, Graded]]:
    return [
        (Path("right.ipynb"), course.grade(course.answered(**RIGHT))),
        (Path("odd | name.ipynb"), course.grade(course.answered(line=NASTY, slope=RIGHT["slope"]))),
        (Path("broken.ipynb"), course.grade(b"{")),
    ]


def test_junit_counts_every_check_and_parses(results: list[tuple[Path, Graded]]) -> None:
    suites = list(ElementTree.fromstring(reports.as_junit(results)))
    assert [suite.get("tests") for suite in suites] == ["2", "2", "2"]
    for suite, (path, graded) in zip(suites, results, strict=True):
        assert suite.get("name") == str(path)
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(name, "-1")) == len(suite.findall(f"testcase/{tag}"))
        passed = sum(len(case) == 0 for case in suite.findall("testcase"))
        assert passed == sum(verdict.status == "passed" for verdict in graded.verdicts)
    assert "ValueError" in (suites[1].find("testcase/error").get("message") or "")  # type: ignore[union-attr]


def test_markdown_is_one_table_row_a_submission_and_holds_no_markup_of_a_students(
    results: list[tuple[Path, Graded]]
) -> None:
    text = reports.as_markdown(results)
    table = [line for line in text.split("\n") if line.startswith("| ")]
    assert len(table) == 1 + len(results)
    for line in table:
        assert line.replace("\\|", "").count("|") == 5
        assert "<script" not in line
        assert "](javascript" not in line.replace("\\]", "")
    assert "6 of 6" in table[1]
    assert "all right" in table[1]
    assert "Isolation: " in text


def test_gradescope_reads_one_submission(results: list[tuple[Path, Graded]]) -> None:
    told = json.loads(reports.as_gradescope(results[1:2]))
    assert told["score"] == results[1][1].score
    assert {test["name"] for test in told["tests"]} == {"line", "slope"}
    for test in told["tests"]:
        assert 0 <= test["score"] <= test["max_score"]
        assert test["status"] in ("passed", "failed")
        assert test["visibility"] == "visible"
    assert "seed" not in json.dumps(told)
    with pytest.raises(ValueError, match="takes one submission; 3 came"):
        reports.as_gradescope(results)


def test_json_is_an_object_for_one_and_a_list_for_several(results: list[tuple[Path, Graded]]) -> None:
    one, several = json.loads(reports.as_json(results[:1])), json.loads(reports.as_json(results))
    assert one["file"] == "right.ipynb"
    assert [row["score"] for row in several] == [6, results[1][1].score, 0]
    assert set(one) == {"file", "chapter", "student", "score", "max_score", "isolation", "seed", "problem", "notes",
                        "checks"}
