"""What an exercise's own source is held against, as its chapter declares it."""

from __future__ import annotations

from grader.chapter.checks import checks_of
from grader.chapter.model import Chapter
from grader.chapter.namespace import Namespace
from grader.chapter.roles import Role
from grader.judge.bans import Terms
from grader.judge.source import used_names


def terms_of(chapter: Chapter, names: Namespace, exercise: str) -> Terms:
    """bans= and same_as= as written; the functions whose differences are no derivation; the arrays of its check."""
    options = chapter.cell(Role.EXERCISE, exercise).options
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
    """The arrays that the visible lines of the exercise's checks hand over."""
    handed = {name for check in checks_of(chapter) if check.cell.judges == exercise for name in check.needs}
    return tuple(name for name in names.arrays if name in handed)
