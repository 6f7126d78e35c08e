"""`grader new`: what it writes is a chapter that builds and whose check is good."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.author.audit import audit_chapter
from grader.author.build import build_chapter
from grader.author.coursemap import course_map, minutes
from grader.author.new import NewError, new_chapter
from grader.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, tmp_path / "solutions")


@pytest.mark.parametrize(("with_class", "mistakes", "points"), [(False, 3, 4), (True, 5, 8)])
def test_a_new_chapter_builds_and_passes_its_audit(
    settings: Settings, with_class: bool, mistakes: int, points: int
) -> None:
    files = new_chapter("07_batch_norm", settings, with_class=with_class)
    assert {file.name for file in files} == {"chapter.py", "mistakes.py", "variants.py", "facts.py"}
    (folder,) = {file.parent for file in files}
    assert folder == settings.chapter("07_batch_norm")
    assert build_chapter(folder, settings).path.is_file()
    audit = audit_chapter(folder)
    assert audit.problems == []
    assert (audit.count("mistake"), audit.count("variant")) == (mistakes, 3 + with_class)
    assert [t.name for t in audit.trials if t.general in t.expected_general] == ["rows_for_columns"]
    assert "| [7 · Batch norm](assignments/07_batch_norm/07_batch_norm.ipynb) | columns" in course_map(settings)
    assert f"15 to 25 | {points} |" in course_map(settings)
    told = folder / "chapter.py"
    told.write_text(told.read_text().replace("**You build:** ", "**You build:** what counts; then the rest of ", 1))
    assert "| what counts | 15 to 25 |" in course_map(settings)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("95 to 120 minutes", "95 to 120"),
        ("95 to 120 minutes for quick readers, 140 to 165 with time to think: a break after 5.4", "140 to 165"),
        ("90 to 120 minutes. A ★ (3.3, 3.8) may wait: 46 minutes more, 12 of the 42 points", "90 to 120"),
        ("20 minutes", "20"),
    ],
)
def test_the_course_map_shows_the_time_of_who_reads_all_of_a_chapter(told: str, shown: str) -> None:
    assert minutes(told) == shown


@pytest.mark.parametrize("name", ["7", "07", "07_", "7_norm", "07_Norm", "07-norm", "07_norm/..", "07_" + "x" * 60, ""])
def test_a_name_that_is_no_chapters_is_refused(settings: Settings, name: str) -> None:
    with pytest.raises(NewError, match=r"^[^\n]*is no chapter's name: [^\n]*as in 07_batch_norm$"):
        new_chapter(name, settings)
    assert not settings.solutions.exists()


def test_what_is_there_already_is_left_alone(settings: Settings) -> None:
    (first, *_) = new_chapter("07_batch_norm", settings)
    first.write_text("mine")
    (settings.solutions / "08_link").symlink_to(settings.root / "nowhere")
    for name in ("07_batch_norm", "08_link"):
        with pytest.raises(NewError, match="is there already"):
            new_chapter(name, settings)
    assert first.read_text() == "mine"
