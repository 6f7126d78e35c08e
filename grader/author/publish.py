"""What a public course repository may hold: the releases, the data and a map of the course. Nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from grader.author.coursemap import course_map
from grader.settings import Settings


def publish(settings: Settings, target: Path, say: Callable[[str], None]) -> None:
    """Copy the releases and the data, and write a README with the map of the course where there is none.

    Raises FileExistsError where the folder holds something that was not published from here.
    """
    if target.exists() and any(path.name not in ("assignments", "datasets", ".git", "README.md")
                               for path in target.iterdir()):
        raise FileExistsError(f"{target} holds other files: publish into an empty folder or an earlier publication")
    for name in ("assignments", "datasets"):
        if (settings.root / name).is_dir():
            shutil.rmtree(target / name, ignore_errors=True)
            shutil.copytree(settings.root / name, target / name,
                            ignore=shutil.ignore_patterns(".*", "__pycache__", "*.py"))
            say(f"{name}/: {sum(path.is_file() for path in (target / name).rglob('*'))} files")
    readme = target / "README.md"
    if not readme.exists():
        readme.write_text(f"# Neural Networks by Hand\n\n{course_map(settings)}\n", encoding="utf-8")
        say("README.md: the map of the course")
