"""The bench's own bounds and averages: a limit in the settings of a worker, ratios of neighbouring turns, one page."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from courses import FIXTURES

from grader.limits import Limits
from grader.sandbox.nursery import Nursery
from grader.sandbox.worker import Worker
from tests.benchmarks.page import written
from tests.benchmarks.throughput import Class, bare, paired, recorded

#: What a process computes with: its environment but for its own folders, and its seeds.
SETTINGS = """
import json, os, random
import numpy as np
from pathlib import Path
folders = ("HOME", "TMPDIR", "IPYTHONDIR", "KERAS_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR", "PYTHONPATH")
found = {name: value for name, value in sorted(os.environ.items()) if name not in folders}
told = json.dumps([found, random.random(), np.random.rand()])
"""


def test_the_limit_computes_in_a_workers_settings(tmp_path: Path) -> None:
    with Nursery() as nursery, Worker(Limits(), nursery) as worker:
        (shown,) = worker.run_cell(f"{SETTINGS}\nprint(told)").outputs
    there = tmp_path / "told.json"
    plan = tmp_path / "plan.pickle"
    plan.write_bytes(pickle.dumps([[("cell", f"{SETTINGS}\nPath({str(there)!r}).write_text(told)")]]))
    with bare(tmp_path, FIXTURES / "01_scale", plan) as limit:
        assert limit(1) > 0
    assert json.loads(there.read_text()) == json.loads(shown["text"])


@pytest.mark.slow
def test_what_a_class_does_is_recorded_for_the_limit(tmp_path: Path) -> None:
    plan, split = recorded(Class(tmp_path, "01_scale", 2))
    assert [{kind for kind, _ in steps} for steps in pickle.loads(plan.read_bytes())] == [{"cell", "call"}] * 2
    assert "in all" in split


def test_the_ratio_is_the_median_of_neighbouring_turns() -> None:
    """A machine that is slow in one turn of three is so for both, and for no ratio."""
    ours, others = iter([1.0, 9.0, 1.0]), iter([2.0, 18.0, 2.5])
    assert paired(lambda: next(ours), lambda: next(others), 3) == (1.0, 2.5, 2.0)


def test_a_section_is_made_new_and_the_others_are_kept() -> None:
    order = ["One", "Two", "Three"]
    page = written(written("", order, "Three", "3"), order, "One", "| a |\n|---|\n| 1 |")
    assert page.index("## One") < page.index("## Three")
    assert "## Two" not in page
    again = written(page, order, "Three", "new")
    assert "| 1 |" in again
    assert again.count("\n3\n") == 0
    assert again.count("## Three") == 1
    assert written(again, order, "Three", "new") == again
