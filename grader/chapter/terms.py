"""What an exercise's own source is held against, as its chapter declares it."""

from __future__ import annotations

import ast

from grader.chapter.checks import visible_lines
from grader.chapter.model import Chapter
from grader.chapter.namespace import Namespace
from grader.judge.bans import Terms
from grader.judge.source import used_names
from grader.syntax.names import named


def terms_of(chapter: Chapter, names: Namespace, exercise: str) -> Terms:
    """bans= and same_as= as written; the functions whose differences are no derivation; the arrays of its check."""
    options = chapter.cell("exercise", exercise).options
    return Terms(
        tuple(str(options.get("bans", "")).split()),
        _forwards(names, exercise, str(options.get("gradient_of", ""))),
        str(options.get("same_as", "")),
        _data(chapter, names, exercise),
        tuple(str(options.get("uses", "")).split()),
    )


def _forwards(names: Namespace, exercise: str, forward: str) -> tuple[str, ...]:
    """The forward of a gradient exercise; where it is the exercise itself, also what that is computed with."""
    if forward != exercise:
        return (forward,) if forward else ()
    chapter = names.names["__name__"]
    called = {name: names.names.get(name) for name in used_names(names.names[exercise])}
    return forward, *(
        name
        for name, value in sorted(called.items())
        if callable(value) and getattr(value, "__module__", None) == chapter
    )


def _data(chapter: Chapter, names: Namespace, exercise: str) -> tuple[str, ...]:
    """The arrays that the visible lines of the exercise's checks hand over; what only scores an answer is not."""
    lines = "\n".join(visible_lines(check.source) for check in chapter.of("check") if check.judges == exercise)
    tree = ast.parse(lines)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != "score"]
    return tuple(name for name in names.arrays if name in named(tree))
