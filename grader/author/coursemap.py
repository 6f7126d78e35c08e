"""The course at a glance: a Markdown table of its chapters, read from their texts."""

from __future__ import annotations

import re

from grader.author.build import colab_badge
from grader.chapter.model import Chapter, load_chapter
from grader.chapter.roles import Role
from grader.settings import Settings


def course_map(settings: Settings) -> str:
    """One row a chapter: its notebook, what is built, how long it takes, its points; a Colab badge where one is set.

    What stands behind a semicolon in "You build" is left out: each chapter ends with the same in Keras.
    """
    head = ["chapter", "you build", "minutes", "points", *(["Colab"] if settings.colab else [])]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for folder in settings.chapters():
        chapter = load_chapter(folder)
        row = [
            f"[{_title(chapter)}](assignments/{chapter.id}/{chapter.id}.ipynb)",
            _told(chapter, "You build").split(";")[0],
            minutes(_told(chapter, "Time")),
            f"{_points(chapter, settings):g}",
        ]
        lines.append(f"| {' | '.join(row + ([colab_badge(chapter.id, settings)] if settings.colab else []))} |")
    return "\n".join(lines)


def minutes(told: str) -> str:
    """Of what a chapter tells of its time, the last range: that of who reads everything, and at leisure."""
    ranges = re.findall(r"(\d+) to (\d+)", told)
    return " to ".join(ranges[-1]) if ranges else told.split(" minutes")[0]


def _title(chapter: Chapter) -> str:
    found = re.search(r"^# (.+)$", chapter.cells[0].source, re.M)
    return found[1].strip() if found else chapter.id


def _told(chapter: Chapter, word: str) -> str:
    """What stands after ``**word:**`` in the chapter's first text; "" where it says nothing."""
    found = re.search(rf"\*\*{word}:\*\*\s*(.+?)(?=\n\n|\*\*|\Z)", chapter.cells[0].source, re.S)
    return " ".join(found[1].split()).rstrip(".") if found else ""


def _points(chapter: Chapter, settings: Settings) -> float:
    return sum(cell.points for cell in chapter.of(Role.CHECK, *(("written",) if settings.written else ())))
