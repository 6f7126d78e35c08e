"""What a chapter must hold before it is built, checked on its text alone: each slip is one line with file:line."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from grader.author.adapters import is_class, verify_adapter
from grader.chapter.checks import Asked, Check, compiled, parse
from grader.chapter.model import BEGIN_HIDDEN, BEGIN_SOLUTION, END_HIDDEN, END_SOLUTION, Cell, Chapter, hidden_lines
from grader.chapter.roles import Role
from grader.judge.words.word import Line
from grader.syntax.names import bound, defined, loaded

#: Macros that Jupyter renders and GitHub refuses.
NOT_ON_GITHUB = ("\\operatorname", "\\DeclareMathOperator")
HIDDEN_BECAUSE = "# hidden because"
_BUILTINS = {
    "range",
    "len",
    "zip",
    "enumerate",
    "float",
    "int",
    "list",
    "tuple",
    "dict",
    "abs",
    "max",
    "min",
    "sum",
    "True",
    "False",
    "None",
}


def verify(chapter: Chapter) -> None:
    """Raise ChapterError for the first rule that the chapter breaks."""
    exercises = {cell.name: cell for cell in chapter.of(Role.EXERCISE)}
    judged = {cell.judges for cell in chapter.of(Role.CHECK)}
    for cell in chapter.cells:
        _verify_markers(chapter, cell)
        for number, line in enumerate(cell.source.split("\n") if cell.cell_type == "markdown" else (), start=1):
            for macro in (macro for macro in NOT_ON_GITHUB if macro in line):
                raise chapter.error(cell, f"GitHub does not render {macro}: write \\mathrm", number)
    for name, cell in exercises.items():
        if BEGIN_SOLUTION not in cell.source:
            raise chapter.error(cell, f"exercise {name!r} has no {BEGIN_SOLUTION!r}: students would get the answer")
        if name not in judged:
            raise chapter.error(cell, f"exercise {name!r} has no check: add a cell '# %% check=\"{name}\" points=2'")
    known = defined_names(chapter)
    for hint in chapter.of(Role.HINTS):
        if hint.name not in exercises:
            raise chapter.error(hint, f"hints={hint.name!r}: there is no such exercise")
    for adapter in chapter.of(Role.ADAPTER):
        verify_adapter(chapter, adapter)
    for cell in chapter.of(Role.EXERCISE, Role.ADAPTER):
        _verify_declared(chapter, cell, known | set(exercises))
    for check in chapter.of(Role.CHECK):
        if check.judges not in exercises:
            raise chapter.error(check, f'check {check.name!r} judges no exercise: name one with of="..."')
        _verify_check(chapter, compiled(chapter, check.name), known)
    for cell in chapter.of(Role.GIVEN):
        for name, node in _loaded(chapter, cell):
            if name in exercises:
                raise chapter.error(
                    cell, f"a given cell uses the student's {name!r}: make it a figure or an adapter", node.lineno
                )


def defined_names(chapter: Chapter) -> set[str]:
    """Names that locked cells define, figures aside."""
    cells = chapter.of(Role.SETUP, Role.GIVEN, Role.PROBE, Role.ADAPTER)
    return {name for cell in cells for name in names_defined(chapter, cell)}


def names_defined(chapter: Chapter, cell: Cell) -> set[str]:
    """Names that a cell binds at its top level."""
    return defined(parse(chapter, cell))


def names_used(chapter: Chapter, cell: Cell) -> set[str]:
    """Names that a cell reads, at its top level or in its functions."""
    return {node.id for node in loaded(parse(chapter, cell))}


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


def _verify_check(chapter: Chapter, check: Check, known: set[str]) -> None:
    cell = check.cell
    if not any(call.hidden for call in check.calls):
        raise chapter.error(
            cell,
            f"check {cell.name!r} has no hidden part: public inputs alone earn nothing; add "
            f"{BEGIN_HIDDEN!r} with the same parts on inputs made with check.rng",
        )
    if all(call.hidden for call in check.calls):
        raise chapter.error(cell, f"check {cell.name!r} has no visible part: the student would learn nothing")
    hidden = hidden_lines(cell.source)
    allowed = known | set(check.handles) | _BUILTINS | bound(check.tree) | {"check"}
    for name, node in _loaded(chapter, cell):
        if name == "reference" and node.lineno in hidden:
            continue
        if name not in allowed:
            why = "stands in hidden lines only" if name == "reference" else "may not stand in a check"
            raise chapter.error(
                cell,
                f"{name!r} {why}: a check uses check, imports, given names, adapters, probes and exercises",
                node.lineno,
            )
    for call in check.calls:
        for problem in _problems(chapter, cell, call):
            raise chapter.error(cell, problem, call.line)
    _verify_parts(chapter, check)


def _problems(chapter: Chapter, check: Cell, call: Asked) -> Iterator[str]:
    """What is wrong with a judging call: what every word asks for, then what its own asks for."""
    if not call.subject:
        yield "the first argument of a judging call is the name of an exercise or of an adapter"
        return
    asked = next((cell for cell in chapter.of(Role.EXERCISE, Role.ADAPTER) if cell.name == call.subject), None)
    if asked is not None and is_class(chapter, asked):
        yield (
            f"{asked.name!r} is a class, and calls take and give plain data: ask it through an adapter, a cell "
            f'\'# %% adapter="run_{asked.name.lower()}" of="{asked.name}"\''
        )
    if asked is not None and asked.role is Role.ADAPTER and asked.judges != check.judges:
        yield (
            f"{asked.name!r} is an adapter of {asked.judges!r}, and this check judges {check.judges!r}: "
            "a check asks for its own exercise"
        )
    role, options = (asked.role.value, asked.options) if asked is not None else ("", {})
    yield from call.word.lint(Line(call.subject, role, options, call.node, call.hidden, call.fresh))


def _verify_parts(chapter: Chapter, check: Check) -> None:
    """Each part stands in visible and in hidden lines."""
    lines = check.cell.source.split("\n")
    shown = {call.part for call in check.calls if not call.hidden}
    for call in check.calls:
        if not call.hidden and call.part not in check.parts:
            raise chapter.error(
                check.cell,
                f"part {call.part!r} has no hidden lines: points come from those alone, so it would count for nothing",
                call.line,
            )
        if call.hidden and call.part not in shown and HIDDEN_BECAUSE not in lines[call.line - 2]:
            raise chapter.error(
                check.cell,
                f"part {call.part!r} stands in hidden lines only: show it on public inputs, "
                f"or give the reason in a line '{HIDDEN_BECAUSE} ...' above it",
                call.line,
            )


def _verify_declared(chapter: Chapter, cell: Cell, known: set[str]) -> None:
    own = {exercise.name for exercise in chapter.of(Role.EXERCISE)} & set(str(cell.options.get("bans", "")).split())
    if own:
        raise chapter.error(
            cell,
            f"bans={sorted(own)[0]!r} is an exercise of this chapter: bans name library "
            "functions, such as scipy.special.softmax",
        )
    forward, wrt = cell.options.get("gradient_of"), cell.options.get("wrt")
    if (forward is None) != (wrt is None):
        raise chapter.error(cell, 'gradient_of and wrt go together: gradient_of="loss" wrt="W b"')
    if forward is not None and forward not in known:
        raise chapter.error(cell, f"gradient_of={forward!r}: there is no such exercise or given function")


def _loaded(chapter: Chapter, cell: Cell) -> Iterator[tuple[str, ast.Name]]:
    for node in loaded(parse(chapter, cell)):
        if not (cell.role is Role.GIVEN and hasattr(builtins, node.id)):
            yield node.id, node
