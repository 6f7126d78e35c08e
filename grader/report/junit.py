"""Graded submissions as JUnit XML, which CI systems read.

Source: JUnit.xsd of github.com/windyroad/JUnit-Schema, the strictest in use; other readers ask for less.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from grader import card
from grader.escape import one_line, printable
from grader.result import Graded, Results
from grader.text import ENGLISH, Catalogue, render
from grader.verdict import Verdict

#: The element of a check that has not passed, and how the suite counts it.
_ELEMENTS = {"error": ("error", "errors"), "timeout": ("error", "errors"), "not_judged": ("skipped", "skipped")}
_FAILURE = ("failure", "failures")


def write(results: Results, catalogue: Catalogue = ENGLISH) -> str:
    """A testsuite a submission, a testcase a check. A check that has not passed is a failure; one that raised or
    ran out of time is an error; one that was not judged is skipped."""
    suites = ElementTree.Element("testsuites")
    for number, (path, graded) in enumerate(results):
        _add_suite(suites, number, path, graded, catalogue)
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True)


def _add_suite(suites: ElementTree.Element, number: int, path: Path, graded: Graded, catalogue: Catalogue) -> None:
    words = partial(render, catalogue=catalogue)
    suite = ElementTree.SubElement(
        suites,
        "testsuite",
        {
            "id": str(number),
            "name": printable(str(path)),
            "package": graded.chapter,
            "hostname": "localhost",
            "timestamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}",
            "tests": str(len(graded.verdicts) or 1),
            "time": f"{sum(verdict.elapsed_s for verdict in graded.verdicts):.3f}",
        },
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in (
        ("score", f"{graded.score:g}"),
        ("max_score", f"{graded.max_score:g}"),
        ("isolation", graded.isolation),
        ("headline", printable(words(graded.headline))),
    ):
        ElementTree.SubElement(properties, "property", name=name, value=value)
    counts = {"failures": 0, "errors": 0, "skipped": 0}
    for verdict in graded.verdicts:
        if counted := _add_case(suite, graded.chapter, verdict, catalogue):
            counts[counted] += 1
    if not graded.verdicts:  # no chapter is known: the file itself is the one case
        case = ElementTree.SubElement(suite, "testcase", classname=graded.chapter, name="notebook", time="0.000")
        ElementTree.SubElement(case, "error", type="unreadable", message=printable(words(graded.headline)))
        counts["errors"] += 1
    for name, count in counts.items():
        suite.set(name, str(count))
    ElementTree.SubElement(suite, "system-out").text = "\n".join(one_line(words(told)) for told in graded.remarks)
    ElementTree.SubElement(suite, "system-err").text = one_line(words(graded.reason))


def _add_case(suite: ElementTree.Element, chapter: str, verdict: Verdict, catalogue: Catalogue) -> str:
    """How the suite counts the check; "" for one that has passed."""
    case = ElementTree.SubElement(
        suite, "testcase", classname=chapter, name=verdict.check, time=f"{verdict.elapsed_s:.3f}"
    )
    if verdict.status == "passed":
        return ""
    kind, counted = _ELEMENTS.get(verdict.status, _FAILURE)
    element = ElementTree.SubElement(case, kind, message=printable(render(verdict.finding.text, catalogue)))
    if kind != "skipped":
        element.set("type", verdict.diagnosis or verdict.status)
        element.text = printable(card.as_text(verdict, catalogue))
    return counted
