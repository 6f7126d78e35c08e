"""Graded submissions for machines and pages: JSON, JUnit XML, Markdown, Gradescope's results.json."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from grader import card
from grader.escape import fenced, json_text, one_line, printable, table_cell
from grader.result import Graded

#: What was graded: where it came from, and what came of it.
Results = Sequence[tuple[Path, Graded]]


def as_text(results: Results) -> str:
    """For people at a terminal."""
    return "\n\n".join(_text(path, graded) for path, graded in results)


def as_json(results: Results) -> str:
    """One object for one submission, a list for several; docs/json.md names the fields."""
    rows = [{"file": str(path), **graded.to_json(with_notebook=False)} for path, graded in results]
    return json_text(rows[0] if len(rows) == 1 else rows)


def as_junit(results: Results) -> str:
    """A testsuite a submission, a testcase a check. A check that has not passed is a failure; one that raised or
    ran out of time is an error; one that was not judged is skipped.

    Source: JUnit.xsd of github.com/windyroad/JUnit-Schema, the strictest in use; other readers ask for less.
    """
    suites = ElementTree.Element("testsuites")
    for number, (path, graded) in enumerate(results):
        counts = {"failures": 0, "errors": 0, "skipped": 0}
        suite = ElementTree.SubElement(
            suites,
            "testsuite",
            {
                "id": str(number),
                "name": printable(str(path)),
                "package": graded.chapter,
                "hostname": "localhost",
                "timestamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}",
                "tests": str(len(graded.verdicts)),
                "time": f"{sum(verdict.elapsed_s for verdict in graded.verdicts):.3f}",
            },
        )
        properties = ElementTree.SubElement(suite, "properties")
        for name, value in (
            ("score", f"{graded.score:g}"),
            ("max_score", f"{graded.max_score:g}"),
            ("isolation", graded.isolation),
        ):
            ElementTree.SubElement(properties, "property", name=name, value=value)
        for verdict in graded.verdicts:
            case = ElementTree.SubElement(
                suite, "testcase", classname=graded.chapter, name=verdict.check, time=f"{verdict.elapsed_s:.3f}"
            )
            if verdict.status == "passed":
                continue
            kind, counted = {
                "error": ("error", "errors"),
                "timeout": ("error", "errors"),
                "not_judged": ("skipped", "skipped"),
            }.get(verdict.status, ("failure", "failures"))
            counts[counted] += 1
            element = ElementTree.SubElement(case, kind, message=printable(verdict.message))
            if kind != "skipped":
                element.set("type", verdict.diagnosis or verdict.status)
                element.text = printable(card.as_text(verdict))
        if graded.problem and not graded.verdicts:  # no chapter is known: the file itself is the one case
            case = ElementTree.SubElement(suite, "testcase", classname=graded.chapter, name="notebook", time="0.000")
            ElementTree.SubElement(case, "error", type="unreadable", message=printable(graded.problem))
            counts["errors"] += 1
            suite.set("tests", "1")
        for name, count in counts.items():
            suite.set(name, str(count))
        ElementTree.SubElement(suite, "system-out").text = printable("\n".join(graded.notes))
        ElementTree.SubElement(suite, "system-err").text = printable(graded.problem or "")
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True)


def as_markdown(results: Results) -> str:
    """A table of all submissions, and under it what each was told: a page for a CI run's summary."""
    lines = ["| submission | score | passed | first to mend |", "|---|---:|---:|---|"]
    for path, graded in results:
        passed = sum(verdict.status == "passed" for verdict in graded.verdicts)
        first = next((v for v in graded.verdicts if v.status != "passed"), None)
        told = graded.problem or (f"{first.check}: {first.message}" if first else "all right")
        lines.append(
            f"| {table_cell(str(path))} | {graded.score:g} of {graded.max_score:g} | {passed} of "
            f"{len(graded.verdicts)} | {table_cell(told)} |"
        )
    for path, graded in results:
        lines += ["", f"<details><summary>{escape(one_line(str(path)))}</summary>", ""]
        lines += [f"- note: {table_cell(note)}" for note in graded.notes]
        lines += [fenced(card.as_text(verdict)) for verdict in graded.verdicts]
        lines += ["", "</details>"]
    isolations = sorted({graded.isolation for _, graded in results})
    return "\n".join([*lines, "", *(f"Isolation: {isolation}." for isolation in isolations), ""])


def as_gradescope(results: Results) -> str:
    """Gradescope's ``results.json``, for one submission. Raises ValueError for several: Gradescope runs one at a time.

    Source: the "Autograder Specifications" of Gradescope's documentation.
    """
    if len(results) != 1:
        raise ValueError(f"--format gradescope takes one submission; {len(results)} came")
    _, graded = results[0]
    tests: list[dict[str, Any]] = [
        {
            "name": verdict.check,
            "score": verdict.score,
            "max_score": verdict.points,
            "status": "passed" if verdict.status == "passed" else "failed",
            "output": printable(card.as_text(verdict)),
            "output_format": "text",
            "visibility": "visible",
        }
        for verdict in graded.verdicts
    ]
    return json_text(
        {
            "score": graded.score,
            "execution_time": round(sum(v.elapsed_s for v in graded.verdicts)),
            "output": printable("\n".join([*([graded.problem] if graded.problem else []), *graded.notes])),
            "output_format": "text",
            "stdout_visibility": "hidden",
            "tests": tests,
        }
    )


#: Each format by the name that ``grader grade --format`` gives it.
FORMATS: Mapping[str, Callable[[Results], str]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
    "markdown": as_markdown,
    "gradescope": as_gradescope,
}


def _text(path: Path, graded: Graded) -> str:
    score = f"{graded.score:g} of {graded.max_score:g} ({graded.chapter}; isolation: {graded.isolation})"
    lines = [f"{one_line(str(path))}: {score}"]
    lines += [f"  {one_line(graded.problem)}"] if graded.problem else []
    lines += [f"  note: {one_line(note)}" for note in graded.notes]
    return printable("\n".join([*lines, *map(card.as_text, graded.verdicts)]))
