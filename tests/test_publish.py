"""`grader publish`: what the chapters make, and not what lies beside it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course

from grader.author.publish import PublishError, publish


@pytest.fixture
def said() -> list[str]:
    return []


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_publication_holds_releases_data_and_a_map_only(course: Course, said: list[str]) -> None:
    data = course.root / "datasets" / "points"
    data.mkdir(parents=True)
    for name in ("points.csv", "make.py", ".hidden"):
        (data / name).touch()
    folder = course.root / "new" / "deep"
    release = f"assignments/{CHAPTER}/{CHAPTER}.ipynb"
    for _ in range(2):
        publish(course.settings, folder, said.append)
        assert files(folder) == ["README.md", release, "datasets/points/points.csv"]
    assert (folder / release).read_bytes() == (course.root / release).read_bytes()
    assert f"| [Scale and slope]({release})" in (folder / "README.md").read_text()


def test_a_notebook_beside_a_release_is_left_out_and_told(course: Course, said: list[str]) -> None:
    copy = course.root / "assignments" / CHAPTER / f"{CHAPTER}-Copy1.ipynb"
    nbformat.write(course.answered(**RIGHT), copy)
    publish(course.settings, course.root / "public", said.append)
    assert files(course.root / "public") == ["README.md", f"assignments/{CHAPTER}/{CHAPTER}.ipynb"]
    assert f"left out: assignments/{CHAPTER}/{CHAPTER}-Copy1.ipynb, which no chapter makes" in said


@pytest.mark.parametrize("answers", [RIGHT, None], ids=["answered in place", "not there"])
def test_a_release_that_its_chapter_does_not_make_is_refused(
    course: Course, said: list[str], answers: dict[str, str] | None
) -> None:
    release = course.root / "assignments" / CHAPTER / f"{CHAPTER}.ipynb"
    if answers is None:
        release.unlink()
    else:
        nbformat.write(course.answered(**answers), release)
    with pytest.raises(PublishError, match=f"{CHAPTER}.ipynb is not what {CHAPTER} makes") as told:
        publish(course.settings, course.root / "public", said.append)
    assert "\n" not in str(told.value)
    assert not (course.root / "public").exists()


def test_a_folder_with_other_files_and_a_file_are_left_alone(course: Course, said: list[str]) -> None:
    (course.root / "other").mkdir()
    mine = course.root / "other" / "mine.txt"
    mine.write_text("keep")
    with pytest.raises(PublishError, match="holds other files"):
        publish(course.settings, mine.parent, said.append)
    with pytest.raises(PublishError, match=r"mine\.txt is a file"):
        publish(course.settings, mine, said.append)
    assert files(mine.parent) == ["mine.txt"]
