"""What a chapter must hold before it is built, checked on its text alone: each slip is one line with file:line."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from grader.author.chapter import BEGIN_HIDDEN, BEGIN_SOLUTION, END_HIDDEN, END_SOLUTION, Cell, Chapter, hidden_lines

JUDGING = ("values", "gradients", "trained")
_BUILTINS = {"range", "len", "zip", "enumerate", "float", "int", "list", "tuple", "dict", "abs", "max", "min", "sum",
             "True", "False", "None"}


def verify(chapter: Chapter) -> None:
    """Raise ChapterError for the first rule that the chapter breaks."""
    exercises = {cell.name: cell for cell in chapter.of("exercise")}
    judged = {cell.judges for cell in chapter.of("check")}
    for cell in chapter.cells:
        _verify_markers(chapter, cell)
    for name, cell in exercises.items():
        if BEGIN_SOLUTION not in cell.source:
            raise chapter.error(cell, f"exercise {name!r} has no {BEGIN_SOLUTION!r}: students would get the answer")
        if name not in judged:
            raise chapter.error(cell, f"exercise {name!r} has no check: add a cell '# %% check=\"{name}\" points=2'")
    known = defined_names(chapter)
    for check in chapter.of("check"):
        if check.judges not in exercises:
            raise chapter.error(check, f"check {check.name!r} judges no exercise: name one with of=\"...\"")
        _verify_check(chapter, check, known, exercises)
    for cell in chapter.of("given"):
        for name, node in _loaded(chapter, cell):
            if name in exercises:
                raise chapter.error(cell, f"a given cell uses the student's {name!r}: make it a figure or a probe",
                                    node.lineno)


def defined_names(chapter: Chapter) -> set[str]:
    """Top-level names that setup, given and probe cells define."""
    names: set[str] = set()
    for cell in chapter.of("setup", "given", "probe"):
        names |= _bound(_parse(chapter, cell))
    return names


def _verify_markers(chapter: Chapter, cell: Cell) -> None:
    for begin, end in ((BEGIN_HIDDEN, END_HIDDEN), (BEGIN_SOLUTION, END_SOLUTION)):
        opened = 0
        for number, line in enumerate(cell.source.split("\n"), start=1):
            if line.strip() == begin:
                if opened:
                    raise chapter.error(cell, f"{begin!r} again before {end!r}", number)
                opened = number
            elif line.strip() == end:
                if not opened:
                    raise chapter.error(cell, f"{end!r} without {begin!r}", number)
                opened = 0
        if opened:
            raise chapter.error(cell, f"{begin!r} is never closed by {end!r}", opened)


def _verify_check(chapter: Chapter, check: Cell, known: set[str], exercises: dict[str, Cell]) -> None:
    tree = _parse(chapter, check)
    hidden = hidden_lines(check.source)
    calls = [call for node in ast.walk(tree) if (call := _judging(node)) is not None]
    if not any(node.lineno in hidden for node in calls):
        raise chapter.error(check, f"check {check.name!r} has no hidden part: public inputs alone earn nothing; add "
                            f"{BEGIN_HIDDEN!r} with the same parts on inputs made with check.rng")
    if not any(node.lineno not in hidden for node in calls):
        raise chapter.error(check, f"check {check.name!r} has no visible part: the student would learn nothing")
    allowed = known | set(exercises) | _BUILTINS | _bound(tree) | {"check"}
    for name, node in _loaded(chapter, check):
        if name == "reference" and node.lineno in hidden:
            continue
        if name not in allowed:
            why = "stands in hidden lines only" if name == "reference" else "may not stand in a check"
            raise chapter.error(check, f"{name!r} {why}: a check uses check, imports, given names, probes and "
                                "exercises", node.lineno)
    for call in calls:
        first = call.args[0] if call.args else None
        if not isinstance(first, ast.Name):
            raise chapter.error(check, "the first argument of a judging call is an exercise's name", call.lineno)
        if ast.unparse(call.func) != "check.trained" and first.id not in exercises:
            raise chapter.error(check, f"{first.id!r} is no exercise, so there is no reference to compare with",
                                call.lineno)


def _judging(node: ast.AST) -> ast.Call | None:
    """The node as a call of check.values, check.gradients or check.trained, else None."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"check.{word}" for word in JUDGING}:
        return node
    return None


def _parse(chapter: Chapter, cell: Cell) -> ast.Module:
    source = "\n".join("pass" if line.lstrip().startswith(("%", "!")) else line for line in cell.source.split("\n"))
    try:
        return ast.parse(source)
    except SyntaxError as error:
        raise chapter.error(cell, f"{error.msg}", error.lineno or 0) from None


def _loaded(chapter: Chapter, cell: Cell) -> Iterator[tuple[str, ast.Name]]:
    for node in ast.walk(_parse(chapter, cell)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if cell.role == "given" and hasattr(builtins, node.id):
                continue
            yield node.id, node


def _bound(tree: ast.Module) -> set[str]:
    """Names that the code binds: assignments, imports, definitions, loop and function variables."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return names
