"""What a public course repository may hold: the releases, the data and a map of the course. Nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from grader.author.build import build_chapter
from grader.author.coursemap import course_map
from grader.refusal import Refusal
from grader.settings import Settings


class PublishError(Refusal):
    """Why nothing is published, in one line."""


def publish(settings: Settings, target: Path, tell: Callable[[str], None]) -> None:
    """Copy the releases and the data, and write a README with the map of the course where there is none.

    Raises PublishError, before anything is written, where the folder holds something that was not published from
    here, and where a release is not what its chapter makes: somebody may have answered it in place.
    """
    _verify_target(target)
    releases = [_release(folder, settings) for folder in settings.chapters()]
    if not releases:
        raise PublishError(f"there is no chapter in {settings.solutions}: a chapter is a folder with a chapter.py")
    for name in ("assignments", "datasets"):
        shutil.rmtree(target / name, ignore_errors=True)
    for release in releases:
        place = target / release.relative_to(settings.root)
        place.parent.mkdir(parents=True)
        shutil.copyfile(release, place)
    tell(f"assignments/: {len(releases)} releases")
    for file in sorted((settings.root / "assignments").rglob("*")):
        if file.is_file() and file not in releases:
            tell(f"left out: {file.relative_to(settings.root)}, which no chapter makes")
    if (settings.root / "datasets").is_dir():
        shutil.copytree(
            settings.root / "datasets", target / "datasets", ignore=shutil.ignore_patterns(".*", "__pycache__", "*.py")
        )
        tell(f"datasets/: {sum(path.is_file() for path in (target / 'datasets').rglob('*'))} files")
    readme = target / "README.md"
    if not readme.exists():
        readme.parent.mkdir(parents=True, exist_ok=True)
        readme.write_text(f"# Neural Networks by Hand\n\n{course_map(settings)}\n", encoding="utf-8")
        tell("README.md: the map of the course")


def _verify_target(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise PublishError(f"{target} is a file: publish into an empty folder or an earlier publication")
    if target.exists() and any(
        path.name not in ("assignments", "datasets", ".git", "README.md") for path in target.iterdir()
    ):
        raise PublishError(f"{target} holds other files: publish into an empty folder or an earlier publication")


def _release(folder: Path, settings: Settings) -> Path:
    """The chapter's release, which is what the chapter makes."""
    built = build_chapter(folder, settings, write=False)
    if built.changed:
        raise PublishError(
            f"{built.path} is not what {folder.name} makes: look at it, then run "
            f"'grader build {folder.name}', which writes it anew"
        )
    return built.path
