"""Graded submissions for people at a terminal."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from grader import card
from grader.escape import one_line, printable
from grader.result import Graded, Results, out_of
from grader.text import ENGLISH, Catalogue, render, say


def write(results: Results, catalogue: Catalogue = ENGLISH) -> str:
    """A head and the headline of each submission, what was repaired, and each check as on its card."""
    return "\n\n".join(_one(path, graded, catalogue) for path, graded in results)


def _one(path: Path, graded: Graded, catalogue: Catalogue) -> str:
    words = partial(render, catalogue=catalogue)
    head = say(
        "{score} ({chapter}; isolation: {isolation})",
        score=out_of(graded.score, graded.max_score),
        chapter=graded.chapter,
        isolation=graded.isolation,
    )
    lines = [f"{one_line(str(path))}: {words(head)}", f"  {one_line(words(graded.headline))}"]
    lines += [f"  {one_line(words(say('note: {note}', note=note)))}" for note in graded.remarks]
    return printable("\n".join([*lines, *(card.as_text(verdict, catalogue) for verdict in graded.verdicts)]))
