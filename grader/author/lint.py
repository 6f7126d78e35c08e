"""What a chapter must hold before it is built, checked on its text alone: each slip is one line with file:line."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from grader.chapter.model import BEGIN_HIDDEN, BEGIN_SOLUTION, END_HIDDEN, END_SOLUTION, Cell, Chapter, hidden_lines
from grader.syntax.names import bound, defined, loaded, named
from grader.syntax.trees import authored

#: What a check may say of ``check``.
WORDS = ("rng",)
JUDGING = ("values", "gradients", "stateless", "scored", "sampled", "trained")
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
    exercises = {cell.name: cell for cell in chapter.of("exercise")}
    judged = {cell.judges for cell in chapter.of("check")}
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
    for hint in chapter.of("hints"):
        if hint.name not in exercises:
            raise chapter.error(hint, f"hints={hint.name!r}: there is no such exercise")
    for cell in exercises.values():
        _verify_declared(chapter, cell, known | set(exercises))
    for check in chapter.of("check"):
        if check.judges not in exercises:
            raise chapter.error(check, f'check {check.name!r} judges no exercise: name one with of="..."')
        _verify_check(chapter, check, known, exercises)
    for cell in chapter.of("given"):
        for name, node in _loaded(chapter, cell):
            if name in exercises:
                raise chapter.error(
                    cell, f"a given cell uses the student's {name!r}: make it a figure or a probe", node.lineno
                )


def defined_names(chapter: Chapter) -> set[str]:
    """Names that setup, given and probe cells define."""
    return {name for cell in chapter.of("setup", "given", "probe") for name in names_defined(chapter, cell)}


def names_defined(chapter: Chapter, cell: Cell) -> set[str]:
    """Names that a cell binds at its top level."""
    return defined(_parse(chapter, cell))


def names_used(chapter: Chapter, cell: Cell) -> set[str]:
    """Names that a cell reads, at its top level or in its functions."""
    return {node.id for node in loaded(_parse(chapter, cell))}


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
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "check"
            and (node.attr not in JUDGING + WORDS)
        ):
            raise chapter.error(
                check, f"check.{node.attr} is no word of a check; known: {', '.join(JUDGING + WORDS)}", node.lineno
            )
    calls = [call for node in ast.walk(tree) if (call := _judging(node)) is not None]
    if not any(node.lineno in hidden for node in calls):
        raise chapter.error(
            check,
            f"check {check.name!r} has no hidden part: public inputs alone earn nothing; add "
            f"{BEGIN_HIDDEN!r} with the same parts on inputs made with check.rng",
        )
    if not any(node.lineno not in hidden for node in calls):
        raise chapter.error(check, f"check {check.name!r} has no visible part: the student would learn nothing")
    allowed = known | set(exercises) | _BUILTINS | bound(tree) | {"check"}
    for name, node in _loaded(chapter, check):
        if name == "reference" and node.lineno in hidden:
            continue
        if name not in allowed:
            why = "stands in hidden lines only" if name == "reference" else "may not stand in a check"
            raise chapter.error(
                check, f"{name!r} {why}: a check uses check, imports, given names, probes and exercises", node.lineno
            )
    for call in calls:
        first = call.args[0] if call.args else None
        if not isinstance(first, ast.Name):
            raise chapter.error(check, "the first argument of a judging call is an exercise's name", call.lineno)
        word = _word(call)
        if word not in ("trained", "scored") and first.id not in exercises:
            raise chapter.error(
                check, f"{first.id!r} is no exercise, so there is no reference to compare with", call.lineno
            )
        if word == "gradients" and not {"gradient_of", "same_as"} & set(exercises[first.id].options):
            raise chapter.error(
                exercises[first.id],
                f"check.gradients judges {first.id!r}: say what it "
                'differentiates, for example gradient_of="loss" wrt="W b"',
            )
    drawn = _bound_in(tree, hidden)
    for call in calls:
        fresh = "check.rng" in ast.unparse(call) or named(call) & drawn
        if call.lineno in hidden and _word(call) not in ("trained", "sampled") and not fresh:
            raise chapter.error(
                check,
                "this hidden line judges on public inputs alone, which a lookup table answers: "
                "draw them with check.rng",
                call.lineno,
            )
    lines = check.source.split("\n")
    shown = {_part(call) for call in calls if call.lineno not in hidden}
    kept = {_part(call) for call in calls if call.lineno in hidden}
    for call in calls:
        if call.lineno not in hidden and _part(call) not in kept:
            raise chapter.error(
                check,
                f"part {_part(call)!r} has no hidden lines: points come from those alone, so it "
                "would count for nothing",
                call.lineno,
            )
        if call.lineno in hidden and _part(call) not in shown and HIDDEN_BECAUSE not in lines[call.lineno - 2]:
            raise chapter.error(
                check,
                f"part {_part(call)!r} stands in hidden lines only: show it on public inputs, "
                f"or give the reason in a line '{HIDDEN_BECAUSE} ...' above it",
                call.lineno,
            )


def _verify_declared(chapter: Chapter, cell: Cell, known: set[str]) -> None:
    own = {exercise.name for exercise in chapter.of("exercise")} & set(str(cell.options.get("bans", "")).split())
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


def _keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}


def _part(call: ast.Call) -> str:
    """The part that a judging call belongs to, by its part= or its word."""
    named = _keywords(call).get("part")
    if isinstance(named, ast.Constant):
        return str(named.value)
    return "distribution" if _word(call) == "sampled" else _word(call)


def _word(call: ast.Call) -> str:
    return ast.unparse(call.func).removeprefix("check.")


def line_of_part(check: Cell, part: str, *, hidden: bool) -> int:
    """The line in a check's source of the first call of a part, among its hidden or its visible lines; 0: none."""
    inside = hidden_lines(check.source)
    found = [
        call.lineno
        for node in ast.walk(ast.parse(check.source))
        if (call := _judging(node)) is not None and _part(call) == part and (call.lineno in inside) == hidden
    ]
    return min(found, default=0)


def _judging(node: ast.AST) -> ast.Call | None:
    """The node as a call of check.values, check.gradients or check.trained, else None."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"check.{word}" for word in JUDGING}:
        return node
    return None


def _parse(chapter: Chapter, cell: Cell) -> ast.Module:
    try:
        return authored(cell.source)
    except SyntaxError as error:
        raise chapter.error(cell, f"{error.msg}", error.lineno or 0) from None


def _loaded(chapter: Chapter, cell: Cell) -> Iterator[tuple[str, ast.Name]]:
    for node in loaded(_parse(chapter, cell)):
        if not (cell.role == "given" and hasattr(builtins, node.id)):
            yield node.id, node


def _bound_in(tree: ast.Module, lines: set[int]) -> set[str]:
    """Names that are assigned in these lines from something drawn, or from a name so assigned."""
    drawn: set[str] = set()
    for node in tree.body:
        if node.lineno in lines and ("check.rng" in ast.unparse(node) or drawn & named(node)):
            drawn |= bound(node)
    return drawn
