"""What an answer may not use, proved by its own source: a library that does the exercise, differences as a backward.

Only what the syntax tree shows counts: the functions, classes and assignments that an exercise's name stands for, and
the student's own ones that those use. Names built at run time are a known limit.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import takewhile

from grader.judge.quotient import differenced
from grader.syntax.names import attributes, imported, libraries, named, outside
from grader.syntax.notebook import Source, reached, read
from grader.syntax.trees import DEFINITIONS
from grader.text import NO_TEXT, Names, Text, raw, say

#: What everybody imports under another name.
_SHORT_NAMES = {"tensorflow": "tf"}


@dataclass(frozen=True)
class Terms:
    """What an exercise's source is held against.

    bans: dotted names (``scipy.special.softmax``, or a whole ``tensorflow``); forwards: the functions whose gradient
    it is, a method as ``Layer.forward``: taking their differences is no derivation; twins: the functions that it
    is to do again by other means, as one text; data: the arrays that its check hands over, which it is not to read
    beside its arguments; uses: names of which its source must hold one.
    """

    bans: Sequence[str] = ()
    forwards: Sequence[str] = ()
    twins: str = ""
    data: Sequence[str] = ()
    uses: Sequence[str] = ()


def banned_use(cells: Sequence[str], exercise: str, terms: Terms, others: Sequence[str] = ()) -> Text:
    """One sentence on the first banned thing that an exercise uses; none where it uses none.

    cells: the sources of the code cells that have run, in order; others: the chapter's exercises in order, of which
    earlier ones answer for themselves.
    """
    source = read(tuple(cells))
    if _is_banned(source.imports.get(exercise, ""), terms.bans):
        return _by_hand(source.imports[exercise])
    meanings = list(reached(source, exercise, set(takewhile(lambda name: name != exercise, others))))
    for meaning in meanings:
        for used in libraries(meaning, source.imports):
            if _is_banned(used, terms.bans):
                return _by_hand(used)
        for twin in terms.twins.split():
            if twin in outside(meaning):
                library = "TensorFlow" if _is_banned("keras", terms.bans) else "Keras"
                return say(
                    "Here {library} is to compute what your `{twin}` computes: do not call `{twin}`.",
                    library=library,
                    twin=twin,
                )
    if terms.uses and meanings and not any(_is_done_with(meaning, terms.uses, source.imports) for meaning in meanings):
        wanted = raw(terms.uses[0])
        for other in terms.uses[1:]:
            wanted = say("{one} or {other}", one=wanted, other=other)
        return say("This is to be done with {wanted}, and your function does not use it.", wanted=wanted)
    if terms.forwards and any(map(_is_complex, meanings)):
        return say(
            "Your backward steps into the complex numbers: good for checking a gradient. Write the derivative itself."
        )
    forward = differenced(meanings, terms.forwards)
    if forward:
        return say(
            "Your backward takes differences of {forward}: good for checking a gradient. Write the derivative itself.",
            forward=forward,
        )
    return NO_TEXT


def from_outside(cells: Sequence[str], exercise: str, data: Collection[str], others: Collection[str] = ()) -> Text:
    """One sentence where an exercise, or a helper of its own, reads given data of the notebook (``data``) beside its
    arguments; else none. others: the chapter's exercises, which answer for themselves."""
    source = read(tuple(cells))
    own = reached(source, exercise, set(data) | set(others))
    taken = {name for meaning in own for name in outside(meaning)} & set(data) - _redefined(source, data)
    found = [f"`{name}`" for name in sorted(taken)]
    if not found:
        return NO_TEXT
    return say(
        "Your function reads {names} from outside. Grading calls it with other data: use its arguments.",
        names=Names(tuple(found)),
    )


def _redefined(source: Source, data: Collection[str]) -> set[str]:
    """Names of the chapter's arrays that stand for a function of the student's."""
    return {name for name in data if isinstance(source.meanings.get(name), (*DEFINITIONS, ast.Lambda))}


def _speaks_of(node: ast.AST, names: Collection[str]) -> bool:
    """Whether one of these names stands in a piece of source, alone or after a dot."""
    return bool((named(node) | attributes(node)) & set(names))


def _is_done_with(node: ast.AST, names: Collection[str], imports: dict[str, str]) -> bool:
    """Whether a piece of source speaks of one of these names, or of something that was imported from it."""
    if _speaks_of(node, names):
        return True
    imports = imports | {name: dotted for inner in ast.walk(node) for name, dotted in imported(inner)}
    origins = {part for name in named(node) for part in imports.get(name, "").split(".")}
    origins |= {_SHORT_NAMES.get(part, part) for part in origins}
    return bool(origins & set(names))


def _is_banned(used: str, bans: Sequence[str]) -> bool:
    return any(used == ban or used.startswith(ban + ".") for ban in bans)


def _by_hand(used: str) -> Text:
    return say("This exercise is to be written by hand: it may not use {used}.", used=used)


def _is_complex(node: ast.AST) -> bool:
    """Whether a piece of source works with complex numbers: ``f(x + 1e-20j).imag`` is a derivative, too."""
    return _speaks_of(node, ("imag", "complex", "complex64", "complex128")) or any(
        isinstance(inner, ast.Constant) and isinstance(inner.value, complex) for inner in ast.walk(node)
    )
