"""The visible checks of one's own notebook, outside of Jupyter: run it as a student does, and read its verdicts.

Nothing is locked in and nothing is graded: this is for the student's own machine and repository.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from grader.card import SIGNS, notes_of
from grader.escape import printable
from grader.finding import Code
from grader.grade.submission import SubmissionError, language_of, read_submission
from grader.locale import catalogue_of
from grader.refusal import Refusal
from grader.syntax.notebook import anchored
from grader.syntax.taken import gives, needed
from grader.text import ENGLISH, Catalogue, render, say
from grader.verdict import Verdict

#: Runs last, in the notebook's own kernel.
_ASK = """from IPython.display import display
from grader.notebook import check
display({"application/json": {name: made and made.to_json() for name, made in check.results().items()}}, raw=True)"""


_BEGIN = re.compile(r'^check\.begin\("(?P<check>\w+)", [\d.e+]+, "(?P<exercise>\w+)"\)', re.M)


class VisibleError(Refusal):
    """Why no check could be read, in one line."""


@dataclass(frozen=True)
class Visible:
    """What the checks of a notebook said. checks: each verdict, or None where its cell did not run.
    raised: the errors of other cells, one line each. catalogue: in whose language they are printed. later: the checks
    that pass only with what stands further down."""

    path: Path
    checks: dict[str, Verdict | None]
    raised: tuple[str, ...]
    catalogue: Catalogue = ENGLISH
    later: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every check has passed whose exercise is written, and whose earlier work is."""
        return all(made is not None and _holds(made) for made in self.checks.values())

    def __str__(self) -> str:
        states = [made.status if made else "" for made in self.checks.values()]
        waiting = states.count("not_attempted")
        told = say("{passed} of {count} checks passed", passed=states.count("passed"), count=len(states))
        if waiting:
            told = say("{passed}, {count} not written yet", passed=told, count=waiting)
        lines = [f"{self.path}: {render(told, self.catalogue)}"]
        for name, made in self.checks.items():
            lines += [_line(name, made, self.catalogue), *_notes(made, self.catalogue)]
            if name in self.later:
                told = say("where it stands it does not pass, but with what stands further down")
                lines.append(f"    · {render(told, self.catalogue)}")
        return printable("\n".join([*lines, *(f"  · {raised}" for raised in self.raised)]))


def run_visible(path: Path, cell_s: float, locale: str = "") -> Visible:
    """Run the notebook from top to bottom, beside its file, and read its checks; the file is not changed.

    cell_s: what runs longer is interrupted. locale: the language, where the notebook names none. Raises VisibleError,
    one line with the whole path.
    """
    # Of the extra for students; a submission is read without it.
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        notebook = read_submission(path)
    except SubmissionError as error:
        raise VisibleError(f"{path}: {error}") from None
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    made = [nbformat.v4.new_code_cell(source) for source in (*sources, _ASK)]
    client = NotebookClient(
        nbformat.v4.new_notebook(),
        kernel_name="python3",
        timeout=cell_s,
        interrupt_on_timeout=True,
        allow_errors=True,
        resources={"metadata": {"path": str(path.resolve().parent)}},
    )
    try:
        with client.setup_kernel(stderr=subprocess.DEVNULL):  # a library's log is not the notebook's output
            _run(client, made)
            checks = _told(path, made)
            again = [nbformat.v4.new_code_cell(source) for source in (*_again(sources, checks), _ASK)]
            _run(client, again)
            later = _told(path, again)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise VisibleError(f"{path}: the notebook's Python died or did not stop: {_one_line(str(error))}") from None
    better: dict[str, Verdict | None] = {
        name: new for name, new in later.items() if new and (old := checks.get(name)) and new.score > old.score
    }
    catalogue = catalogue_of(language_of(notebook, locale))
    return Visible(path, checks | better, tuple(_raised(made)), catalogue, tuple(better))


def _run(client: Any, cells: Sequence[NotebookNode]) -> None:
    """Run cells in a notebook's kernel, after those that have run."""
    for cell in cells:
        client.nb.cells.append(cell)
        client.execute_cell(cell, len(client.nb.cells) - 1)


def _again(sources: Sequence[str], checks: dict[str, Verdict | None]) -> list[str]:
    """The cells of checks that have not passed, below which something changes that their exercises use."""
    found = []
    for index, source in enumerate(sources):
        begun = _BEGIN.search(source)
        if begun is None or (made := checks.get(begun["check"])) is None or made.status == "passed":
            continue
        used = needed(sources, begun["exercise"])
        later = [other for other in sources[index + 1 :] if (anchored(other) or ("", "exercise", ""))[1] == "exercise"]
        if any(gives(other) & used for other in later):
            found.append(source)
    return found


def _told(path: Path, cells: Sequence[NotebookNode]) -> dict[str, Verdict | None]:
    """What the checks have said, from the last cell. Raises VisibleError where that is nothing."""
    told = [data["application/json"] for o in cells[-1].outputs if "application/json" in (data := o.get("data", {}))]
    if not told or not told[-1]:
        raised = next(_raised(cells), "this is no notebook of a chapter")
        raise VisibleError(f"{path}: no check has run: {raised}")
    try:
        return {str(name): made and Verdict.from_json(made) for name, made in told[-1].items()}
    except ValueError as error:
        raise VisibleError(f"{path}: the notebook's verdicts cannot be read: {error}") from None


def _raised(cells: Sequence[NotebookNode]) -> Iterator[str]:
    """One line for each cell that raised an error."""
    for cell in cells:
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"{_first_line(cell.source)}: {_one_line(f'{output.ename}: {output.evalue}')}"


def _holds(made: Verdict) -> bool:
    unwritten = made.because and all(cause.diagnosis == Code.NOT_ATTEMPTED for cause in made.because)
    return made.status in ("passed", "not_attempted") or (made.status == "not_judged" and bool(unwritten))


def _line(name: str, made: Verdict | None, catalogue: Catalogue) -> str:
    if made is None:
        return f"! {name}: {render(say('its cell is missing, or did not run to its end'), catalogue)}"
    sign, word, _ = SIGNS[made.status]
    score = say("{word} ({score:g} of {points:g})", word=word, score=made.score, points=made.points)
    message = _one_line(render(made.finding.text, catalogue)) if made.finding.code is not Code.NOT_ATTEMPTED else ""
    return ": ".join(filter(None, [f"{sign} {name}", render(score, catalogue), message]))


def _notes(made: Verdict | None, catalogue: Catalogue) -> list[str]:
    """What is told of an answer beside its verdict, of a right one, too."""
    return [f"    · {_one_line(note)}" for note in notes_of(made, catalogue)] if made is not None else []


def _first_line(source: str) -> str:
    return next((line for line in source.split("\n") if line.strip()), "an empty cell")


def _one_line(text: str) -> str:
    return " ".join(text.split())
