"""Answers by somebody who knew the exercises' texts alone: neither the known mistakes nor the checks.

``CHAPTER/wrong/*.py`` each replace one exercise's cell and say what is wrong with it; ``CHAPTER/right/*.py`` each make
a whole notebook of odd but right answers. They were kept before their first run, and are not edited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from grader.chapter.answers import Answer
from grader.chapter.model import Cell, Chapter
from grader.chapter.namespace import Namespace
from grader.chapter.release import answered
from grader.chapter.roles import Role

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Wrong:
    """One wrong answer. cause: what is really wrong, in its author's words."""

    path: Path
    exercise: str
    cause: str
    source: str

    def answer(self, names: Namespace) -> Answer:
        """As an audit puts it to its check, without a worker."""
        scope = dict(names.names)
        exec(compile(self.source, str(self.path), "exec", dont_inherit=True), scope)
        options = names.chapter.cell(Role.EXERCISE, self.exercise).options
        written = scope[self.exercise]
        return Answer(self.exercise, self.path.stem, "", written, real=written if "same_as" in options else None)

    def notebook(self, chapter: Chapter, release: NotebookNode) -> NotebookNode:
        """The release with this answer, all other exercises right."""
        made = answered(chapter, release)
        _replace(made, chapter.cell(Role.EXERCISE, self.exercise), self.source)
        return made


def wrong(chapter_id: str) -> list[Wrong]:
    made = []
    for path in sorted((FOLDER / chapter_id / "wrong").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        told = dict(re.findall(r"^# (exercise|cause): (.+)$", text, flags=re.MULTILINE))
        source = "\n".join(
            line for line in text.split("\n") if not re.match(r"# (exercise|cause|a good message)", line)
        )
        made.append(Wrong(path, told["exercise"].strip(), told["cause"], source.strip("\n")))
    return made


@dataclass(frozen=True)
class Right:
    """A whole notebook of right answers.

    Its file has sections. ``# %% NAME``: that exercise's cell; ``+NAME``: an own cell behind its check; ``-NAME``: one
    before its cell; ``^setup`` or ``^GIVEN``: lines at the end of a locked cell.
    """

    path: Path

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The name that begins a section, with its sign, and its code."""
        parts = re.split(r"^# %% *(\S+).*$", self.path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        return [(name, text.strip("\n")) for name, text in zip(parts[::2], parts[1::2], strict=True)]

    def notebook(self, chapter: Chapter, release: NotebookNode) -> NotebookNode:
        """The release with these answers; exercises that the file leaves out are answered by their references."""
        made = answered(chapter, release)
        for name, source in self.sections:
            if name[0] == "+":
                at = _place(made, _check_of(chapter, name[1:])) + 1
                while at < len(made.cells) and made.cells[at].metadata.get("own"):
                    at += 1
                made.cells.insert(at, _own(source))
            elif name[0] == "-":
                made.cells.insert(_place(made, chapter.cell(Role.EXERCISE, name[1:])), _own(source))
            elif name[0] == "^":
                made.cells[_place(made, _locked(chapter, name[1:]))].source += "\n" + source
            else:
                _replace(made, chapter.cell(Role.EXERCISE, name), source)
        return made


def right(chapter_id: str) -> list[Right]:
    return [Right(path) for path in sorted((FOLDER / chapter_id / "right").glob("*.py"))]


def _replace(notebook: NotebookNode, exercise: Cell, source: str) -> None:
    cell = notebook.cells[_place(notebook, exercise)]
    anchor = cell.source.split("\n", 1)[0]
    cell.source = f"{anchor}\n{source}"


def _locked(chapter: Chapter, name: str) -> Cell:
    """``setup`` is the cell of the imports."""
    return next(c for c in chapter.of(Role.SETUP, Role.GIVEN) if c.name == ("imports" if name == "setup" else name))


def _check_of(chapter: Chapter, exercise: str) -> Cell:
    return next(check for check in chapter.of(Role.CHECK) if check.judges == exercise)


def _place(notebook: NotebookNode, known: Cell) -> int:
    return next(place for place, cell in enumerate(notebook.cells) if cell.id == known.id)


def _own(source: str) -> NotebookNode:
    return new_code_cell(source, metadata={"own": True})
