"""A check cell, compiled once: what it asks, which parts that makes, and how it is run on the trusted side.

Exercises are only named in it, not called: a `Handle` stands for each.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import CodeType

from grader.chapter.model import BEGIN_HIDDEN, END_HIDDEN, Cell, Chapter, hidden_lines
from grader.chapter.namespace import Namespace
from grader.chapter.roles import Role
from grader.judge.lines import Lines
from grader.judge.words import WORDS
from grader.judge.words.word import Call, unfinished
from grader.syntax.names import bound, named
from grader.syntax.trees import authored, functions

#: What a check says of ``check`` beside its words.
NO_WORDS = ("rng",)


class Handle:
    """Stands for a student's function in a check: only its name; calling it is somebody else's business."""

    def __init__(self, name: str) -> None:
        self.__name__ = name


@dataclass(frozen=True)
class Asked:
    """A judging call as it stands in a check. fresh: whether it uses inputs that are drawn for each student."""

    word: type[Call]
    node: ast.Call
    hidden: bool
    fresh: bool

    @property
    def line(self) -> int:
        """Its line in the check's source."""
        return self.node.lineno

    @property
    def subject(self) -> str:
        """The name of what it calls; "" where its first argument is no name."""
        first = self.node.args[0] if self.node.args else None
        return first.id if isinstance(first, ast.Name) else ""

    @property
    def part(self) -> str:
        """The part that it belongs to."""
        given = {keyword.arg: keyword.value for keyword in self.node.keywords}.get("part")
        return str(given.value) if isinstance(given, ast.Constant) else self.word.default_part


@dataclass(frozen=True)
class Check:
    """A check of a chapter. handles: the names that a check may ask for, whether or not this one does."""

    cell: Cell
    tree: ast.Module
    calls: tuple[Asked, ...]
    handles: tuple[str, ...]

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts that count: those of its hidden lines."""
        return tuple(dict.fromkeys(call.part for call in self.calls if call.hidden))

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """What its calls ask: exercises, adapters and probes, each once."""
        return tuple(dict.fromkeys(call.subject for call in self.calls))

    @cached_property
    def needs(self) -> frozenset[str]:
        """The names that its visible calls hand over: given data, and what only scores an answer is not among it."""
        kept = [keyword for call in self._visible_calls for keyword in call.node.keywords if keyword.arg != "score"]
        given = [argument for call in self._visible_calls for argument in call.node.args]
        return frozenset(name for node in (*given, *(keyword.value for keyword in kept)) for name in named(node))

    def line_of(self, part: str, *, hidden: bool) -> int:
        """The line in its source of the first call of a part; 0 where there is none."""
        return min((call.line for call in self.calls if call.part == part and call.hidden == hidden), default=0)

    def run(self, names: Namespace, lines: Lines, *, hidden: bool) -> None:
        """Run its lines; with ``hidden`` those of the referee, too. What they raise is the author's."""
        scope = dict(names.names) | {name: Handle(name) for name in self.handles} | {"check": lines}
        if hidden:
            scope["reference"] = names.reference
        try:
            exec(self._whole if hidden else self._visible, scope)
        finally:
            lines.hidden = False

    @cached_property
    def _visible_calls(self) -> list[Asked]:
        return [call for call in self.calls if not call.hidden]

    @cached_property
    def _whole(self) -> CodeType:
        return compile(switched(self.cell.source), f"<check {self.cell.name}>", "exec", dont_inherit=True)

    @cached_property
    def _visible(self) -> CodeType:
        return compile(visible_lines(self.cell.source), f"<check {self.cell.name}>", "exec", dont_inherit=True)


@lru_cache(maxsize=512)
def compiled(chapter: Chapter, name: str) -> Check:
    """A check of a chapter. Raises ChapterError for what is no Python, and for a word that is unknown or half made."""
    cell = chapter.cell(Role.CHECK, name)
    tree = parse(chapter, cell)
    hidden, known = hidden_lines(cell.source), {word.word: word for word in WORDS if hasattr(word, "word")}
    drawn = _drawn(tree, hidden)
    calls = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _is_check(node.value) and node.attr not in (*known, *NO_WORDS):
            raise chapter.error(
                cell,
                f"check.{node.attr} is no word of a check; known: {', '.join((*known, *NO_WORDS))}",
                node.lineno,
            )
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not _is_check(node.func.value):
            continue
        word = known.get(node.func.attr)
        if word is None:
            continue
        if lacking := unfinished(word):
            raise chapter.error(
                cell, f"check.{node.func.attr} is half made: {word.__name__} has no {', '.join(lacking)}", node.lineno
            )
        fresh = "check.rng" in ast.unparse(node) or bool(named(node) & drawn)
        calls.append(Asked(word, node, node.lineno in hidden, fresh))
    return Check(cell, tree, tuple(calls), tuple(handles(chapter)))


def checks_of(chapter: Chapter) -> list[Check]:
    """All checks of a chapter, in order."""
    return [compiled(chapter, cell.name) for cell in chapter.of(Role.CHECK)]


def handles(chapter: Chapter) -> list[str]:
    """What a check may ask the student's process for."""
    asked = [cell.name for cell in chapter.of(Role.EXERCISE, Role.ADAPTER)]
    return asked + [name for cell in chapter.of(Role.PROBE) for name in functions(cell.source)]


@lru_cache(maxsize=512)
def needed_by(source: str) -> tuple[str, ...]:
    """The exercises that a cell names in ``check.needs(...)``."""
    return tuple(
        argument.id
        for node in ast.walk(authored(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "check.needs"
        for argument in node.args
        if isinstance(argument, ast.Name)
    )


def parse(chapter: Chapter, cell: Cell) -> ast.Module:
    """A cell's tree, magics left out. Raises ChapterError for what is no Python."""
    try:
        return authored(cell.source)
    except SyntaxError as error:
        raise chapter.error(cell, f"{error.msg}", error.lineno or 0) from None


def visible_lines(source: str) -> str:
    """The check's source with its hidden lines blank; line numbers stay."""
    hidden = hidden_lines(source)
    return "\n".join("" if number in hidden else line for number, line in enumerate(source.split("\n"), start=1))


def switched(source: str) -> str:
    """The check's source with its markers turned into switches; line numbers stay."""
    switches = {BEGIN_HIDDEN: "check.hidden = True", END_HIDDEN: "check.hidden = False"}
    return "\n".join(
        line.replace(line.strip(), switches[line.strip()]) if line.strip() in switches else line
        for line in source.split("\n")
    )


def _is_check(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "check"


def _drawn(tree: ast.Module, lines: set[int]) -> set[str]:
    """Names that are assigned in these lines from something drawn, or from a name so assigned."""
    drawn: set[str] = set()
    for node in tree.body:
        if node.lineno in lines and ("check.rng" in ast.unparse(node) or drawn & named(node)):
            drawn |= bound(node)
    return drawn
