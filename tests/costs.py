"""What each chapter's tests cost, in seconds of computing; `make test-all` prints it as a table.

A test belongs to the chapter of its mark, ``pytest.mark.chapter("05_...")``. Counted is the processor time of its
process and of all processes that it started, its fixtures included, so that a run on all cores adds up alike. What is
there for all tests, the start of a run and fixtures of a whole session, is no chapter's.
"""

from __future__ import annotations

import contextlib
import os
import resource
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest

#: Seconds of computing that one chapter may take, so that fourteen of them fit into CI.
BUDGET_S = 120
REST = "everything else"


class Costs:
    """A pytest plugin: workers measure, the controlling process adds up."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._counted = self._for_all = 0.0

    def pytest_collection_finish(self) -> None:
        self._counted = _spent()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        before = _spent() if fixturedef.scope == "session" else None
        try:
            return (yield)
        finally:
            if before is not None:
                self._for_all += _spent() - before

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        mark, now = item.get_closest_marker("chapter"), _spent()
        own = now - self._counted - self._for_all
        report.user_properties.append(("computed", (str(mark.args[0]) if mark else REST, own)))
        report.user_properties.append(("computed", (REST, self._for_all)))
        self._counted, self._for_all = now, 0.0
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, told in report.user_properties:
            if name == "computed":
                chapter, seconds = told
                self.seconds[chapter] += seconds

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if terminalreporter.config.getoption("costs"):
            terminalreporter.section("seconds of computing")
            for line in table(self.seconds):
                terminalreporter.line(line)


def table(seconds: dict[str, float]) -> list[str]:
    """A line a chapter, and a warning for each that takes too long.

    No failure: a second of computing is longer on an old machine, and on one that others use, too.
    """
    chapters = sorted(name for name in seconds if name != REST)
    lines = [f"{name:<28}{seconds[name]:>7.0f}" for name in (*chapters, *([REST] if REST in seconds else []))]
    lines.append(f"{'in all':<28}{sum(seconds.values()):>7.0f}")
    return lines + [
        f"warning: {name} takes {seconds[name]:.0f} s of computing; {BUDGET_S} s are meant for one chapter"
        for name in chapters
        if seconds[name] > BUDGET_S
    ]


def _spent() -> float:
    """Seconds of processor time of this process and of all that it started, ended or not."""
    ended = sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
    return ended + _of_living(os.getpid())


def _of_living(ancestor: int) -> float:
    """Of the processes under this one that still run, with those that they waited for."""
    parent, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            fields = stat.read_text().rpartition(")")[2].split()
            process = int(stat.parent.name)
            parent[process], spent[process] = int(fields[1]), sum(map(int, fields[11:15]))
    below = {ancestor}
    while more := {process for process, of in parent.items() if of in below} - below:
        below |= more
    return sum(spent.get(process, 0) for process in below - {ancestor}) / os.sysconf("SC_CLK_TCK")
