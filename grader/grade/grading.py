"""Grading one submission: read, repair, run the cells in a worker, judge the checks, mark the notebook."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.card import as_html, as_progress
from grader.chapter.checks import needed_by
from grader.chapter.model import Cell, Chapter
from grader.chapter.namespace import Namespace
from grader.chapter.release import nbgrader_metadata, visible_source
from grader.chapter.roles import Role
from grader.chapter.translate import in_language
from grader.escape import well_formed
from grader.finding import Code, Finding
from grader.grade.judging import Looks
from grader.grade.placed import Placed, Repaired
from grader.grade.referee import Referee
from grader.grade.repair import repair
from grader.grade.submission import MAX_CELL, File, SubmissionError, language_of, read_file, read_submission
from grader.judge.over import Answer
from grader.limits import Limits
from grader.result import Graded
from grader.sandbox.nursery import Nursery
from grader.sandbox.worker import Worker, stopped_output
from grader.syntax.names import imported
from grader.syntax.trees import authored
from grader.text import NO_TEXT, Catalogue, Text, mend_first, render, say
from grader.verdict import Status, Verdict

#: TensorFlow, Keras, and what the first fit would import.
TENSORFLOW = (
    "tensorflow",
    "keras",
    "keras.layers",
    "keras.losses",
    "keras.optimizers",
    *(f"tensorflow.python.data.ops.{name}_op" for name in ("concatenate", "flat_map", "from_tensors", "range", "zip")),
)


def grade_submission(
    file: File | Path,
    chapter: Chapter,
    namespace: Namespace,
    *,
    student: str,
    secret: bytes,
    limits: Limits | None = None,
    nursery: Nursery | None = None,
    locale: str = "",
    seeds: Mapping[str, int] = MappingProxyType({}),
) -> Graded:
    """Grade one file. What cannot be read is 0 with the reason in ``problem``; nothing raises for it.

    nursery: where workers come from (see `preload`); without one this submission has its own. locale: the language of
    the graded page, where the notebook names none. seeds: of an earlier verdict's checks, to replay it.
    """
    file = read_file(file) if isinstance(file, Path) else file
    try:
        submitted = read_submission(file)
    except SubmissionError as error:
        return _without_a_run(chapter, student, "error", Finding(Code.UNREADABLE, error.told), locale, file.digest)
    locale = language_of(submitted, locale)
    chapter, catalogue = in_language(chapter, locale)
    repaired = repair(submitted, chapter)
    with nursery_for(chapter, nursery) as place, Worker(limits, place, locale) as worker:
        sources: list[str] = []  # as far as the cells have run: what comes later explains no answer
        asked = asking(worker, namespace)
        referee = Referee(chapter, namespace, asked, secret, student, sources, digest=file.digest, replayed=seeds)
        looks = Looks(worker, referee, chapter, sources, repaired)
        outputs: list[list[dict[str, Any]]] = []
        notes = list(repaired.notes)
        totals: list[int] = []
        for placed in repaired.cells:
            if placed.role is Role.CHECK and placed.status == "again":
                notes += looks.again(placed)
                outputs.append([])
            elif placed.role is Role.CHECK:
                notes += looks.judge(placed)
                outputs.append([])  # filled in below: a second look may come
            elif placed.role is Role.FIGURE and (broken := _undrawable(chapter, placed, looks.verdicts.values())):
                outputs.append([_said(render(mend_first(broken), catalogue))])
            elif placed.source.strip() == "check.progress()":
                totals.append(len(outputs))
                outputs.append([])
            elif not placed.role.runs or placed.cell_type != "code" or placed.status == "unused":
                outputs.append([])
            elif len(placed.source) > MAX_CELL:
                notes.append(_too_large(placed))
                outputs.append([stopped_output(render(notes[-1], catalogue))])
            else:
                if not worker.spent:
                    sources.append(placed.source)
                outputs.append(worker.run_cell(placed.source).outputs)
        for position, placed in enumerate(repaired.cells):
            if placed.role is Role.CHECK:
                outputs[position] = [verdict_output(looks.verdicts[placed.name], catalogue)]
        verdicts = [looks.verdicts[check.name] for check in chapter.of(Role.CHECK)]
        for position in totals:  # the notebook's own checks were not run
            made = {verdict.check: verdict for verdict in verdicts}
            points = {verdict.check: verdict.points for verdict in verdicts}
            outputs[position] = [_said(as_progress(points, made, say("graded"), catalogue))]
        notebook = marked_notebook(chapter, repaired, outputs, locale)
        return Graded(
            chapter.id,
            student,
            tuple(verdicts),
            notebook,
            tuple(notes),
            NO_TEXT,
            worker.isolation,
            referee.seed(""),
            file.digest,
        )


def asking(worker: Worker, namespace: Namespace) -> Answer:
    """The student's process as the referee asks it; an adapter's exercise has to be there, too."""
    return lambda name, args, shielded=None: worker.call(name, args, namespace.exercise_of(name), shielded)


def preload(chapter: Chapter) -> tuple[str, ...]:
    """What a chapter's zygote imports beside the usual: TensorFlow, where a cell for the worker alone does."""
    roots = {
        dotted.split(".")[0]
        for cell in chapter.cells
        if cell.worker_only
        for node in ast.walk(authored(cell.source))
        for _, dotted in imported(node)
    }
    return TENSORFLOW if roots & {"tensorflow", "keras"} else ()


@contextmanager
def nursery_for(chapter: Chapter, nursery: Nursery | None = None) -> Iterator[Nursery]:
    """The nursery, or one of this chapter's own for as long as the block lasts."""
    if nursery is not None:
        yield nursery
    else:
        with Nursery(preload(chapter)) as own:
            yield own


def run_answers(
    chapter: Chapter, namespace: Namespace, limits: Limits, secret: bytes = b"reference"
) -> Iterator[tuple[Cell, Verdict | list[dict[str, Any]]]]:
    """Every code cell run as authored, in a worker: a check's verdict, any other cell's outputs."""
    with nursery_for(chapter) as place, Worker(limits, place) as worker:
        sources: list[str] = []
        referee = Referee(chapter, namespace, asking(worker, namespace), secret, "reference", sources)
        for cell in chapter.cells:
            if cell.role is Role.CHECK:
                yield cell, referee.judge(cell)
            elif cell.role.runs:
                sources.append(cell.source)
                result = worker.run_cell(cell.source)
                error = next((item for item in result.outputs if item["output_type"] == "error"), None)
                if error is not None:
                    raise chapter.error(cell, f"{error['ename']}: {error['evalue']}")
                yield cell, result.outputs


def marked_notebook(
    chapter: Chapter, repaired: Repaired, outputs: Sequence[list[dict[str, Any]]], locale: str = ""
) -> NotebookNode:
    """The submission as it came, in repaired order, with the outputs and verdicts of this grading.

    Check cells show their visible lines only. Every grade id stands on exactly one cell.
    """
    notebook = new_notebook(
        metadata={
            "grader": _metadata(chapter, locale),
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        }
    )
    for number, (placed, shown) in enumerate(zip(repaired.cells, outputs, strict=True), start=1):
        if placed.status == "again":
            continue
        cell = _authored(chapter, placed)
        source = visible_source(chapter, cell) if placed.role is Role.CHECK and cell else placed.source
        make = new_markdown_cell if placed.cell_type == "markdown" else new_code_cell
        unique = cell is not None and placed.status != "copy"
        made = make(source, id=cell.id if cell and unique else f"own-{number}")
        if cell is not None and unique:
            made.metadata = from_dict(nbgrader_metadata(cell))
        if placed.cell_type == "code":
            made.outputs = [NotebookNode(item) for item in shown]
        notebook.cells.append(made)
    return notebook


def _metadata(chapter: Chapter, locale: str) -> dict[str, str]:
    return {"chapter": chapter.id} | ({"locale": locale} if locale else {})


def verdict_output(verdict: Verdict, catalogue: Catalogue) -> dict[str, Any]:
    """The verdict as the one result of its cell: the plain score for nbgrader, the card for people."""
    data = {"text/plain": repr(verdict), "text/html": as_html(verdict, catalogue)}
    return {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": data}


def _undrawable(chapter: Chapter, placed: Placed, verdicts: Collection[Verdict]) -> list[str]:
    """The exercises that a figure needs and that cannot be drawn: what took too long once is not waited for again."""
    needed = needed_by(chapter.cell(Role.FIGURE, placed.name).source)
    broken = {chapter.cell(Role.CHECK, verdict.check).judges for verdict in verdicts if verdict.undrawable}
    return [name for name in needed if name in broken]


def _too_large(placed: Placed) -> Text:
    return say(
        "A cell with {size:,} characters was not run; at most {most:,} are.", size=len(placed.source), most=MAX_CELL
    )


def _said(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text + "\n"}


def _authored(chapter: Chapter, placed: Placed) -> Cell | None:
    if not placed.role.has_grade_id:
        return None
    try:
        return chapter.cell(placed.role, placed.name)
    except KeyError:
        return None


def broken_off(error: Exception) -> Text:
    """Why a submission could not be graded, by what was raised."""
    told = " ".join(well_formed(str(error)).split())[:300]
    return say("could not be graded: {error}", error=f"{type(error).__name__}: {told}")


def ungradable(chapter: Chapter, student: str, reason: Text, digest: str, locale: str = "") -> Graded:
    """What stands for a submission whose grading broke off: every check waits for a person."""
    return _without_a_run(chapter, student, "not_judged", Finding(Code.NOT_GRADED, reason), locale, digest)


def _without_a_run(chapter: Chapter, student: str, status: Status, why: Finding, locale: str, digest: str) -> Graded:
    """0 points for every check, and a notebook that says why."""
    chapter, catalogue = in_language(chapter, locale)
    checks = chapter.of(Role.CHECK)
    verdicts = tuple(Verdict(check.name, check.points, 0.0, status, why) for check in checks)
    lacking = (
        say("This submission could not be read.")
        if why.code is Code.UNREADABLE
        else say("This submission could not be graded.")
    )
    words = f"**{render(lacking, catalogue)}** {render(why.text, catalogue)}"
    notebook = new_notebook(metadata={"grader": _metadata(chapter, locale)})
    notebook.cells.append(new_markdown_cell(words, id="problem"))
    for check, verdict in zip(checks, verdicts, strict=True):
        cell = new_code_cell(visible_source(chapter, check), id=check.id)
        cell.outputs = [NotebookNode(verdict_output(verdict, catalogue))]
        cell.metadata = from_dict(nbgrader_metadata(check))
        notebook.cells.append(cell)
    return Graded(chapter.id, student, verdicts, notebook, (), why.text, "none: nothing was run", 0, digest)
