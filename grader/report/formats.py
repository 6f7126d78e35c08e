"""Graded submissions for machines and pages: JSON, JUnit XML, Markdown, Gradescope's results.json.

What is for people is in the language of the catalogue; names and codes are the same in every one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from grader import card
from grader.escape import fenced, json_text, one_line, printable, table_cell
from grader.result import Graded
from grader.text import ENGLISH, Catalogue, Text, render, say

#: What was graded: where it came from, and what came of it.
Results = Sequence[tuple[Path, Graded]]


def as_text(results: Results, catalogue: Catalogue = ENGLISH) -> str:
    """For people at a terminal."""
    return "\n\n".join(_text(path, graded, catalogue) for path, graded in results)


def as_json(results: Results, catalogue: Catalogue = ENGLISH) -> str:
    """One object for one submission, a list for several; docs/json.md names the fields."""
    rows = [{"file": str(path), **graded.to_json(with_notebook=False)} for path, graded in results]
    return json_text(rows[0] if len(rows) == 1 else rows)


def as_junit(results: Results, catalogue: Catalogue = ENGLISH) -> str:
    """A testsuite a submission, a testcase a check. A check that has not passed is a failure; one that raised or
    ran out of time is an error; one that was not judged is skipped.

    Source: JUnit.xsd of github.com/windyroad/JUnit-Schema, the strictest in use; other readers ask for less.
    """
    words = partial(render, catalogue=catalogue)
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
            element = ElementTree.SubElement(case, kind, message=printable(words(verdict.finding.text)))
            if kind != "skipped":
                element.set("type", verdict.diagnosis or verdict.status)
                element.text = printable(card.as_text(verdict, catalogue))
        if graded.reason and not graded.verdicts:  # no chapter is known: the file itself is the one case
            case = ElementTree.SubElement(suite, "testcase", classname=graded.chapter, name="notebook", time="0.000")
            ElementTree.SubElement(case, "error", type="unreadable", message=printable(words(graded.reason)))
            counts["errors"] += 1
            suite.set("tests", "1")
        for name, count in counts.items():
            suite.set(name, str(count))
        ElementTree.SubElement(suite, "system-out").text = printable("\n".join(map(words, graded.remarks)))
        ElementTree.SubElement(suite, "system-err").text = printable(words(graded.reason))
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True)


def as_markdown(results: Results, catalogue: Catalogue = ENGLISH) -> str:
    """A table of all submissions, and under it what each was told: a page for a CI run's summary."""
    words = partial(render, catalogue=catalogue)
    columns = (say("submission"), say("score"), say("passed"), say("first to mend"))
    lines = [f"| {' | '.join(map(words, columns))} |", "|---|---:|---:|---|"]
    for path, graded in results:
        passed = sum(verdict.status == "passed" for verdict in graded.verdicts)
        row = (str(path), words(_score(graded)), words(_of(passed, len(graded.verdicts))), words(_first(graded)))
        lines.append(f"| {' | '.join(map(table_cell, row))} |")
    for path, graded in results:
        lines += ["", f"<details><summary>{escape(one_line(str(path)))}</summary>", ""]
        lines += [f"- {table_cell(words(_note(note)))}" for note in graded.remarks]
        lines += [fenced(card.as_text(verdict, catalogue)) for verdict in graded.verdicts]
        lines += ["", "</details>"]
    isolations = sorted({graded.isolation for _, graded in results})
    told = [words(say("Isolation: {isolation}.", isolation=isolation)) for isolation in isolations]
    return "\n".join([*lines, "", *told, ""])


def as_gradescope(results: Results, catalogue: Catalogue = ENGLISH) -> str:
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
            "output": printable(card.as_text(verdict, catalogue)),
            "output_format": "text",
            "visibility": "visible",
        }
        for verdict in graded.verdicts
    ]
    return json_text(
        {
            "score": graded.score,
            "execution_time": round(sum(v.elapsed_s for v in graded.verdicts)),
            "output": printable(
                "\n".join(render(text, catalogue) for text in (graded.reason, *graded.remarks) if text)
            ),
            "output_format": "text",
            "stdout_visibility": "hidden",
            "tests": tests,
        }
    )


#: Each format by the name that ``grader grade --format`` gives it.
FORMATS: Mapping[str, Callable[[Results, Catalogue], str]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
    "markdown": as_markdown,
    "gradescope": as_gradescope,
}


def _text(path: Path, graded: Graded, catalogue: Catalogue) -> str:
    words = partial(render, catalogue=catalogue)
    head = say(
        "{score} ({chapter}; isolation: {isolation})",
        score=_score(graded),
        chapter=graded.chapter,
        isolation=graded.isolation,
    )
    lines = [f"{one_line(str(path))}: {words(head)}"]
    lines += [f"  {one_line(words(graded.reason))}"] if graded.reason else []
    lines += [f"  {one_line(words(_note(note)))}" for note in graded.remarks]
    return printable("\n".join([*lines, *(card.as_text(verdict, catalogue) for verdict in graded.verdicts)]))


def _score(graded: Graded) -> Text:
    return _of(graded.score, graded.max_score)


def _of(some: float, of: float) -> Text:
    return say("{some:g} of {of:g}", some=some, of=of)


def _first(graded: Graded) -> Text:
    """The first thing to mend."""
    if graded.reason:
        return graded.reason
    first = next((verdict for verdict in graded.verdicts if verdict.status != "passed"), None)
    return say("{check}: {message}", check=first.check, message=first.finding.text) if first else say("all right")


def _note(text: Text) -> Text:
    return say("note: {note}", note=text)
