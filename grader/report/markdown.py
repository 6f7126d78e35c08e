"""Graded submissions in Markdown: a page for a CI run's summary."""

from __future__ import annotations

from functools import partial
from html import escape

from grader import card
from grader.escape import fenced, one_line, table_cell
from grader.result import Results, out_of
from grader.text import ENGLISH, Catalogue, render, say


def write(results: Results, catalogue: Catalogue = ENGLISH) -> str:
    """A table of all submissions, and under it what each was told."""
    words = partial(render, catalogue=catalogue)
    columns = (say("submission"), say("score"), say("passed"), say("first to mend"))
    lines = [f"| {' | '.join(map(words, columns))} |", "|---|---:|---:|---|"]
    for path, graded in results:
        passed = sum(verdict.status == "passed" for verdict in graded.verdicts)
        told = (out_of(graded.score, graded.max_score), out_of(passed, len(graded.verdicts)), graded.headline)
        lines.append(f"| {' | '.join(map(table_cell, (str(path), *map(words, told))))} |")
    for path, graded in results:
        lines += ["", f"<details><summary>{escape(one_line(str(path)))}</summary>", ""]
        lines += [f"- {table_cell(words(say('note: {note}', note=note)))}" for note in graded.remarks]
        lines += [fenced(card.as_text(verdict, catalogue)) for verdict in graded.verdicts]
        lines += ["", "</details>"]
    isolations = sorted({graded.isolation for _, graded in results})
    told_once = [words(say("Isolation: {isolation}.", isolation=isolation)) for isolation in isolations]
    return "\n".join([*lines, "", *told_once, ""])
