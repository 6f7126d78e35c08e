"""``python -m tests.held_out [CHAPTER...]``: what is told of each answer, as a table, and what the right ones lose."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import nbformat

from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.grade.grading import grade_submission, preload
from grader.grade.visible import run_visible
from grader.sandbox.nursery import Nursery
from tests.courses import ROOT

from . import FOLDER, right, wrong


def main(chapter_ids: list[str]) -> None:
    causes: Counter[str] = Counter()
    lost = 0
    for chapter_id in chapter_ids or sorted(path.name for path in FOLDER.glob("*_*") if path.is_dir()):
        chapter = load_chapter(ROOT / "solutions" / chapter_id)
        names = load_namespace(chapter)
        release = nbformat.read(ROOT / "assignments" / chapter_id / f"{chapter_id}.ipynb", as_version=4)
        with tempfile.TemporaryDirectory() as folder, Nursery(preload(chapter)) as nursery:
            path = Path(folder) / f"{chapter_id}.ipynb"
            for answer in wrong(chapter_id):
                nbformat.write(answer.notebook(chapter, release), path)
                graded = grade_submission(path, chapter, names, student="held", secret=b"held", nursery=nursery)
                (made,) = (one for one in graded.verdicts if chapter.cell("check", one.check).judges == answer.exercise)
                causes[made.diagnosis] += 1
                lost += made.score == made.points
                print(f"- {chapter_id} {answer.path.stem}: {made.score:g} of {made.points:g}, {made.diagnosis}")
                print(f"  cause: {answer.cause}\n  told:  {made.message}")
            for notebook in right(chapter_id):
                nbformat.write(notebook.notebook(chapter, release), path)
                seen = run_visible(path, cell_s=120)
                graded = grade_submission(path, chapter, names, student="held", secret=b"held", nursery=nursery)
                print(
                    f"- {chapter_id} {notebook.path.stem}: {graded.score:g} of {graded.max_score:g}",
                    *graded.notes,
                    sep="\n  ",
                )
                for one in graded.verdicts:
                    shown = seen.checks.get(one.check)
                    if one.status != "passed" or shown is None or shown.status != "passed":
                        status = shown.status if shown else "did not run"
                        print(f"  {one.check}: notebook {status}; graded {one.status} {one.score:g}: {one.message}")
    print(f"\n{causes.total()} wrong answers, {lost} with all points:", causes.most_common())


main(sys.argv[1:])
