"""Colab, imitated: its packages, the notebook as it saves one, the wheel from the set-up cell, and then the class."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from colab import Colab, errors, release, saved_by_colab, text_under
from courses import COLAB, each_chapter, needs_colab
from nbgrader.api import Gradebook
from one_class import FROM_COLAB, OneClass

from grader.chapter.model import load_chapter

PROGRESS = "check.progress()"

pytestmark = [pytest.mark.slow, needs_colab]


def test_the_setup_cell_installs_quickly_and_leaves_every_other_package_alone(colab: Colab) -> None:
    assert errors(colab.installed) == []
    assert float(colab.installed.cells[-1].outputs[-1].text) < 10
    assert {"numpy", "tensorflow"} <= set(colab.before)
    assert "nn-by-hand" not in colab.before
    assert {name: version for name, version in colab.after.items() if name != "nn-by-hand"} == colab.before
    assert "nn-by-hand" in colab.after


@each_chapter
def test_an_unanswered_copy_runs_quietly_and_says_what_to_hand_in(folder: Path, colab: Colab, tmp_path: Path) -> None:
    done = colab.run(saved_by_colab(release(folder.name)), tmp_path / f"Copy of {folder.name}.ipynb")
    assert errors(done) == []
    assert "Traceback" not in json.dumps(done)
    checks = load_chapter(folder).of("check")
    told = text_under(done, PROGRESS)
    assert [check.name for check in checks if f"\n{check.name} " not in told] == []
    assert f"0 of {len(checks)} checks passed. Next: {checks[0].name}." in told
    assert f"To hand in: save this notebook; the file is {folder.name}.ipynb" in told


@each_chapter
def test_a_copy_answered_there_is_collected_and_graded_to_full_points(
    folder: Path, class_of: Callable[[Path], OneClass]
) -> None:
    graded, checks = class_of(folder), load_chapter(folder).of("check")
    done = graded.from_colab
    assert done is not None
    assert errors(done) == []
    assert f"{len(checks)} of {len(checks)} checks passed." in text_under(done, PROGRESS)
    assert Path(done.cells[-1].outputs[-1].text.strip()).is_relative_to(COLAB)
    verdict = graded.verdict(FROM_COLAB)
    assert [check["check"] for check in verdict["checks"] if check["status"] != "passed"] == []
    assert verdict["score"] == verdict["max_score"] == sum(check.points for check in checks)
    with Gradebook(f"sqlite:///{graded.root / 'course' / 'gradebook.db'}") as book:
        assert book.find_submission(folder.name, FROM_COLAB).score == verdict["max_score"]
