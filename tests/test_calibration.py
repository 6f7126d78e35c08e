"""Every accuracy threshold stands on counted seeds, and they are of the chapter as it is."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from grader.author.calibrate import FALSE_FAIL, FALSE_PASS, digest, upper_bound
from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace

ROOT = Path(__file__).resolve().parents[1]
TRAINED = [
    path.parent
    for path in sorted((ROOT / "solutions").glob("*/chapter.py"))
    if "check.trained(" in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("folder", TRAINED, ids=lambda folder: folder.name)
def test_each_threshold_meets_its_bounds_on_fresh_seeds(folder: Path) -> None:
    chapter = load_chapter(folder)
    names = load_namespace(chapter)
    measured = json.loads((folder / "calibration.json").read_text())
    for check in chapter.of("check"):
        if "check.trained(" not in check.source:
            continue
        found = measured[check.name]
        assert found["digest"] == digest(chapter, names, check), "stale: run grader calibrate"
        assert found["false_fail"] <= FALSE_FAIL
        assert found["false_pass"] <= FALSE_PASS
        assert found["majority"] < found["at_least"]
        assert any(answer.startswith("variant") for answer in found["answers"])
        assert any(answer.startswith("mistake") for answer in found["answers"])


def test_the_bound_is_clopper_and_pearsons() -> None:
    assert math.isclose(upper_bound(0, 299), 1 - 0.05 ** (1 / 299), rel_tol=1e-9)
    # Clopper and Pearson (1934), one-sided 95 %: 1 of 10.
    assert math.isclose(upper_bound(1, 10), 0.39416, abs_tol=1e-5)
    assert upper_bound(10, 10) == 1


def test_a_change_of_code_makes_the_statistics_stale_and_a_comment_does_not() -> None:
    chapter = load_chapter(next(folder for folder in TRAINED if folder.name.startswith("05")))
    names = load_namespace(chapter)
    check = next(check for check in chapter.of("check") if "check.trained(" in check.source)
    before = digest(chapter, names, check)
    commented = [type(cell)(**{**vars(cell), "source": cell.source + "\n# a remark"}) for cell in chapter.cells]
    assert digest(type(chapter)(chapter.id, chapter.path, tuple(commented)), names, check) == before
    changed = [
        type(cell)(**{**vars(cell), "source": cell.source.replace("range(300)", "range(30)")}) for cell in chapter.cells
    ]
    assert digest(type(chapter)(chapter.id, chapter.path, tuple(changed)), names, check) != before
