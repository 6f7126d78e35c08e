"""Other answers of a chapter's exercises, as code: known mistakes and right variants.

In ``mistakes.py`` and ``variants.py`` the decorators ``mistake`` and ``variant``, and the chapter's names, are simply
there. ``@mistake("softmax")`` marks another answer of an exercise: a function, or a class where the exercise is one.
Where checks ask an exercise through an adapter that needs TensorFlow, ``@mistake("run_model")`` marks a NumPy function
that gives what the adapter gives for the mistake of the same name. ``@mistake("softmax", told_as=other)`` tells the
sentence of another mistake, where the slip is the same. A mistake of a Keras exercise is a NumPy function,
too; ``@real(EXERCISE, MISTAKE)`` marks the same slip written with Keras, against which the audit holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.chapter.model import Chapter, ChapterError
from grader.chapter.roles import Role
from grader.finding import GENERAL
from grader.judge.references import Function
from grader.judge.source import first_line
from grader.text import Text, authored

#: Runs one of the chapter's files in a scope; the text is told to an author whose file raises.
RunFile = Callable[[Path, dict[str, Any], str], None]


@dataclass(frozen=True)
class Answer:
    """Another answer of an exercise: a known mistake or a right variant.

    function: the answer itself, None where it is known only by what adapters show; shown: by adapter, a NumPy function
    that gives what the adapter gives for it. keeps: why a mistake may keep more than half of its check; general: the
    codes, one of which is true and expected where the mistake itself is not known; trains: whether a wrong answer
    trains well all the same; real: the same slip with Keras, where ``function`` says in NumPy what that gives.
    """

    exercise: str
    name: str
    sentence: str
    function: Function | None
    keeps: str = ""
    general: tuple[str, ...] = ()
    trains: bool = False
    shown: Mapping[str, Function] = field(default_factory=dict)
    real: Function | None = None

    @property
    def told(self) -> Text:
        """Its sentence, which a translation of the chapter knows by its place."""
        return authored(self.sentence, f"mistake:{self.exercise}:{self.name}")

    @property
    def functions(self) -> tuple[Function, ...]:
        """The answer itself, and what adapters show of it; one of them at least."""
        return (*([self.function] if self.function is not None else []), *self.shown.values())


def read_answers(
    chapter: Chapter, filename: str, decorator: str, names: dict[str, Any], run_file: RunFile
) -> tuple[Answer, ...]:
    """The answers of a file; none where there is no file. Raises ChapterError with its line."""
    path = chapter.path / filename
    if not path.is_file():
        return ()
    found = _Found(path, {cell.name: cell.judges for cell in chapter.of(Role.ADAPTER)}, names, decorator)
    run_file(
        path,
        dict(names) | {decorator: found.mark, "real": found.mark_real, "__name__": f"{decorator}s_{chapter.id}"},
        f"`{decorator}` and the chapter's names are simply there: import nothing from grader",
    )
    return tuple(found.answers())


class _Found:
    """The answers that a file marks, as it is run."""

    def __init__(self, path: Path, adapters: Mapping[str, str], names: Mapping[str, Any], decorator: str) -> None:
        self._path, self._adapters, self._names, self._decorator = path, adapters, names, decorator
        self._answers: dict[tuple[str, str], Answer] = {}
        self._lines: dict[tuple[str, str], int] = {}

    def mark(
        self,
        exercise: str,
        keeps: str = "",
        general: str = "",
        trains: bool = False,
        told_as: Function | None = None,
    ) -> Callable[[Function], Function]:
        """told_as: the mistake whose sentence is told, where the slip is the same or nobody can tell the two apart."""

        def keep(function: Function) -> Function:
            name, line = function.__name__, first_line(function)
            if told_as is not None and function.__doc__:
                raise ChapterError(self._path, line, f"{name} has a docstring and told_as=: say it once")
            unknown = sorted(set(general.split()) - GENERAL)
            if unknown:
                raise ChapterError(
                    self._path, line, f"general={unknown[0]!r} is no code; known: {', '.join(sorted(GENERAL))}"
                )
            if not callable(self._names.get(exercise)):
                raise ChapterError(self._path, line, f"there is no exercise {exercise!r}")
            sentence = " ".join(((told_as or function).__doc__ or "").split())
            answer = Answer(exercise, name, sentence, function, keeps, tuple(general.split()), trains)
            if exercise in self._adapters:
                answer = replace(answer, exercise=self._adapters[exercise], function=None, shown={exercise: function})
            self._add(answer, line)
            return function

        return keep

    def mark_real(self, exercise: str, name: str) -> Callable[[Function], Function]:
        """Marks what a known answer of a Keras exercise is with Keras."""

        def keep(function: Function) -> Function:
            known = self._answers.get((exercise, name))
            if known is None:
                raise ChapterError(
                    self._path,
                    first_line(function),
                    f"{name} is no {self._decorator} of {exercise!r} yet: write above what it gives in NumPy, under "
                    f'@{self._decorator}("{exercise}")',
                )
            if any(function.__name__ == other for _, other in self._answers):
                raise ChapterError(
                    self._path,
                    first_line(function),
                    f"{function.__name__} is a {self._decorator}'s name already, and who calls that would get this: "
                    "take another one",
                )
            self._answers[exercise, name] = replace(known, real=function)
            return function

        return keep

    def answers(self) -> list[Answer]:
        for key, answer in self._answers.items():
            if self._decorator == "mistake" and not answer.sentence:
                raise ChapterError(
                    self._path, self._lines[key], f"{answer.name} has no docstring: it is what the student reads"
                )
        return list(self._answers.values())

    def _add(self, answer: Answer, line: int) -> None:
        """An answer, or another form of one that is known already."""
        key = answer.exercise, answer.name
        known = self._answers.get(key)
        if known is None:
            self._answers[key], self._lines[key] = answer, line
            return
        if (answer.function and known.function) or set(answer.shown) & set(known.shown):
            raise ChapterError(self._path, line, f"{answer.name} stands twice for {answer.exercise!r}: rename one")
        if answer.sentence and known.sentence:
            raise ChapterError(self._path, line, f"{answer.name} has a docstring already: say it once")
        self._answers[key] = Answer(
            answer.exercise,
            answer.name,
            known.sentence or answer.sentence,
            known.function or answer.function,
            known.keeps or answer.keeps,
            known.general or answer.general,
            known.trains or answer.trains,
            {**known.shown, **answer.shown},
            known.real,
        )
