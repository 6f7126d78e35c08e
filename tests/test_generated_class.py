"""A class of each real chapter through the command line: the right earn everything, every mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.classes import hand_in, outcomes
from tests.benchmarks.throughput import ROOT, _run

FOLDERS = sorted(path.parent for path in (ROOT / "solutions").glob("*/chapter.py"))


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_right_answers_earn_all_and_each_mistake_its_sentence(folder: Path, tmp_path: Path) -> None:
    told = hand_in(tmp_path, folder, 30)
    _run(tmp_path, "grader", "autograde", folder.name, "--jobs", "2")
    for student, seen in outcomes(tmp_path, folder.name, told).items():
        if seen.mistake is None:
            assert seen.score == seen.max_score, student
        else:
            assert seen.message.startswith(seen.mistake.sentence), (student, seen)
            assert seen.points < seen.check_points
    assert (tmp_path / "course" / "gradebook.db").is_file()
