"""A class of a real chapter, graded once by the command line: generated, by odd hands, and from Colab."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from colab import Colab, release, saved_by_colab
from courses import run
from held_out import right
from nbformat import NotebookNode

from grader.chapter.answers import Answer
from grader.chapter.model import Cell, Chapter, load_chapter
from grader.chapter.release import answered
from grader.chapter.roles import Role
from tests.benchmarks.classes import Outcome, hand_in, in_keras, outcomes

#: Students with a generated answer.
COUNT = 30
#: Who answered in Colab; the notebook comes by an archive.
FROM_COLAB = "ada"


@dataclass(frozen=True)
class OneClass:
    """told: each generated student's mistake; from_colab: the notebook as it ran there, where there is a Colab."""

    root: Path
    chapter: str
    told: dict[str, Answer | None]
    from_colab: NotebookNode | None

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """What the generated students were told."""
        return outcomes(self.root, self.chapter, self.told)

    def verdict(self, student: str) -> dict[str, Any]:
        """What was kept of one student."""
        path = self.root / "course" / "verdicts" / self.chapter / f"{student}.json"
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return kept


def graded_class(course: Path, folder: Path, root: Path, colab: Colab | None) -> OneClass:
    """Hand in, collect and grade in ``root``, a copy of the chapter's course."""
    shutil.copytree(course, root)
    chapter = load_chapter(folder)
    told = hand_in(root, chapter.id, COUNT, brief=True)
    for student, (notebook, _) in odd_ones(chapter).items():
        place = root / "course" / "submitted" / student / chapter.id
        place.mkdir(parents=True)
        nbformat.write(notebook, place / f"{chapter.id}.ipynb")
    done = _from_colab(colab, chapter, root) if colab else None
    graded = run(root, "grader", "autograde", chapter.id, "--jobs", "1")
    assert graded.returncode == 0, graded.stderr
    return OneClass(root, chapter.id, told, done)


def odd_ones(chapter: Chapter) -> dict[str, tuple[NotebookNode, list[Cell]]]:
    """The right notebooks by other hands: student -> the notebook, and the checks of what it answers. The first is
    whole; the others leave out the figures, and Keras where they do not answer there."""
    drawn = {cell.id for cell in chapter.of(Role.FIGURE)}
    keras = [cell for cell in chapter.of(Role.EXERCISE) if in_keras(chapter, cell)]
    made = {}
    for number, answer in enumerate(right(chapter.id)):
        notebook = answer.notebook(chapter, release(chapter.id))
        answers = {name.lstrip("+-^") for name, _ in answer.sections}
        foreign = [cell for cell in keras if number and answers.isdisjoint({cell.name, "setup"})]
        left_out = {cell.id for cell in foreign} | (drawn if number else set())
        notebook.cells = [cell for cell in notebook.cells if cell.id not in left_out]
        unasked = {cell.name for cell in foreign}
        made[answer.path.stem] = notebook, [one for one in chapter.of(Role.CHECK) if one.judges not in unasked]
    return made


def _from_colab(colab: Colab, chapter: Chapter, root: Path) -> NotebookNode:
    """Answer all in a copy there, and collect it from an archive."""
    full = answered(chapter, release(chapter.id))
    full.cells.append(nbformat.v4.new_code_cell("import grader\nprint(grader.__file__)"))
    archive = root / "course" / "downloaded" / chapter.id / "archive"
    archive.mkdir(parents=True)
    copy = archive / f"{FROM_COLAB}_Copy of {chapter.id}.ipynb"
    done = colab.run(saved_by_colab(full), root / copy.name)
    copy.write_text(json.dumps(saved_by_colab(done)))
    collected = run(root, "nbgrader", "zip_collect", chapter.id)
    assert collected.returncode == 0, collected.stderr
    return done
