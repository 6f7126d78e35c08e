"""Running a check's own code on the trusted side: exercises are only named in it, not called."""

from __future__ import annotations

from functools import lru_cache
from types import CodeType

from grader.chapter.model import BEGIN_HIDDEN, END_HIDDEN, Cell, Chapter, hidden_lines
from grader.chapter.namespace import Namespace
from grader.judge.lines import Lines
from grader.syntax.trees import functions


class Handle:
    """Stands for a student's function in a check: only its name; calling it is somebody else's business."""

    def __init__(self, name: str) -> None:
        self.__name__ = name


def run_check(chapter: Chapter, names: Namespace, check: Cell, lines: Lines, *, hidden: bool) -> None:
    """Run the lines of a check that has begun; with ``hidden`` those of the referee, too.

    Raises whatever the check's code raises: it is the author's.
    """
    code = _compiled(check.name, _switched(check.source) if hidden else visible_lines(check.source))
    handles = [cell.name for cell in chapter.of("exercise")]
    handles += [name for cell in chapter.of("probe") for name in functions_of(cell)]
    scope = dict(names.names) | {name: Handle(name) for name in handles} | {"check": lines}
    if hidden:
        scope["reference"] = names.reference
    try:
        exec(code, scope)
    finally:
        lines.hidden = False


def functions_of(cell: Cell) -> list[str]:
    """The names of the functions that a cell defines."""
    return list(functions(cell.source))


@lru_cache(maxsize=256)
def _compiled(name: str, source: str) -> CodeType:
    """A check's code: the same for every submission of a class."""
    return compile(source, f"<check {name}>", "exec")


def _switched(source: str) -> str:
    """The check's source with its markers turned into switches; line numbers stay."""
    switches = {BEGIN_HIDDEN: "check.hidden = True", END_HIDDEN: "check.hidden = False"}
    return "\n".join(
        line.replace(line.strip(), switches[line.strip()]) if line.strip() in switches else line
        for line in source.split("\n")
    )


def visible_lines(source: str) -> str:
    """The check's source with its hidden lines blank; line numbers stay."""
    hidden = hidden_lines(source)
    return "\n".join("" if number in hidden else line for number, line in enumerate(source.split("\n"), start=1))
