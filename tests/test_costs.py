"""The table at the end of `make test-all`: computing is counted in every process, a chapter's tests together."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from costs import BUDGET_S, REST, table

TESTS = """
import subprocess, sys, pytest
BURN = "import time\\nwhile time.process_time() < 1: pass"
LIVES = subprocess.Popen(
    [sys.executable, "-c", BURN + "\\nprint(flush=True)\\ninput()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
@pytest.mark.chapter("05_x")
def test_one(): subprocess.run([sys.executable, "-c", BURN])
@pytest.mark.chapter("05_x")
def test_two(): LIVES.stdout.readline()
def test_three(): pass
@pytest.fixture(scope="session")
def for_all(): subprocess.run([sys.executable, "-c", BURN])
@pytest.mark.chapter("06_y")
def test_four(for_all): subprocess.run([sys.executable, "-c", BURN])
"""
CONFTEST = """
from costs import Costs
def pytest_addoption(parser): parser.addoption("--costs", action="store_true")
def pytest_configure(config): config.pluginmanager.register(Costs())
"""


@pytest.mark.parametrize("cores", ["0", "2"])
def test_a_chapters_tests_count_together_with_the_processes_they_start(tmp_path: Path, cores: str) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text(f"[pytest]\nmarkers = chapter(name)\npythonpath = {Path(__file__).parent}\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--costs", "-n", cores, str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    found = {
        name: int(seconds)
        for name, seconds in re.findall(r"^(05_x|06_y|in all|everything else) +(\d+)$", done.stdout, re.M)
    }
    assert found["05_x"] >= 2
    assert found["06_y"] == 1
    assert 1 <= found["everything else"] <= 2  # the fixture of a session; a process that lives in each of two workers
    assert found["05_x"] + found["06_y"] < found["in all"]


def test_a_chapter_over_its_seconds_is_warned_of_and_the_rest_is_not() -> None:
    lines = table({"06_b": BUDGET_S + 1.0, "05_a": BUDGET_S - 1.0, REST: 900.0})
    assert [line.split()[0] for line in lines[:2]] == ["05_a", "06_b"]
    assert [line for line in lines if line.startswith("warning")] == [
        "warning: 06_b takes 121 s of computing; 120 s are meant for one chapter"
    ]


def test_tests_of_one_group_run_in_one_process(tmp_path: Path) -> None:
    """A chapter is built and graded once in a run: versions of pytest and xdist that lose the groups do it twice."""
    (tmp_path / "test_groups.py").write_text(
        "import pytest\n\n\n"
        "@pytest.mark.xdist_group('one')\n@pytest.mark.parametrize('n', range(4))\ndef test_a(n, worker_id):\n"
        f"    with open({str(tmp_path / 'seen')!r}, 'a') as file:\n        file.write(worker_id + '\\n')\n"
    )
    words = ["-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "test_groups.py"]
    made = subprocess.run([sys.executable, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout
    assert len(set((tmp_path / "seen").read_text().split())) == 1
