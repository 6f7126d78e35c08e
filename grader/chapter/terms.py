"""What an exercise's own source is held against, as its chapter declares it."""

from __future__ import annotations

from collections.abc import Sequence

from grader.chapter.checks import checks_of
from grader.chapter.model import Cell, Chapter
from grader.chapter.namespace import Namespace
from grader.chapter.roles import Role
from grader.judge.bans import Terms
from grader.judge.source import used_names
from grader.syntax.names import attributes, outside
from grader.syntax.taken import gives
from grader.syntax.trees import authored, methods


def terms_of(chapter: Chapter, names: Namespace, exercise: str) -> Terms:
    """What the exercise and the adapters over it declare: bans= and same_as= as written; the functions whose
    differences are no derivation; the arrays of its check."""
    cell = chapter.cell(Role.EXERCISE, exercise)
    adapters = [adapter for adapter in chapter.of(Role.ADAPTER) if adapter.judges == exercise]
    twins = [str(one.options["same_as"]) for one in (cell, *adapters) if "same_as" in one.options]
    return Terms(
        tuple(str(cell.options.get("bans", "")).split()),
        (*_forwards(names, exercise, str(cell.options.get("gradient_of", ""))), *_adapted_forwards(cell, adapters)),
        " ".join(dict.fromkeys(twins)),
        _data(chapter, names, exercise),
        tuple(str(cell.options.get("uses", "")).split()),
    )


def _adapted_forwards(cell: Cell, adapters: Sequence[Cell]) -> tuple[str, ...]:
    """Where adapters ask a class for gradients: what those differentiate, and the methods that give values alone."""
    forwards = [str(adapter.options["gradient_of"]) for adapter in adapters if "gradient_of" in adapter.options]
    if not forwards:
        return ()
    asked = {name for one in adapters if "gradient_of" not in one.options for name in attributes(authored(one.source))}
    return *forwards, *(f"{cell.name}.{name}" for name in methods(authored(cell.source)) if name in asked)


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
    """The data that the visible lines of the exercise's checks hand over, and what the given cells keep to themselves
    (``_hidden``), which may be what there is to find out; but for what the chapter's own answer reads."""
    handed = {name for check in checks_of(chapter) if check.cell.judges == exercise for name in check.needs}
    private = {name for cell in chapter.of(Role.GIVEN) for name in gives(cell.source) if name.startswith("_")}
    told = (handed | private) - outside(authored(chapter.cell(Role.EXERCISE, exercise).source))
    return tuple(name for name in names.data if name in told)
