"""The trusted process's part: runs a chapter's checks and asks the worker for values."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from grader.author.chapter import BEGIN_HIDDEN, END_HIDDEN, Cell, Chapter
from grader.author.namespace import Namespace
from grader.judge.calling import Outcome
from grader.judge.live import LiveOracle
from grader.judge.session import Session
from grader.verdict import Verdict

Answer = Callable[[str, tuple[Any, ...]], Outcome]


class Handle:
    """Stands for a student's function in a check: only its name; calling it is the session's business."""

    def __init__(self, name: str) -> None:
        self.__name__ = name


class Referee:
    """Judges the checks of one chapter for one student. ``answer``: the worker's call."""

    def __init__(self, chapter: Chapter, namespace: Namespace, answer: Answer, secret: bytes, student: str) -> None:
        self._chapter = chapter
        self._names = namespace
        self._answer = answer
        self._secret = secret
        self._student = student
        self._stopped: dict[str, Outcome] = {}
        mistakes = [(m.exercise, m.name, m.sentence, m.function) for m in namespace.mistakes]
        self._wrong: set[str] = set()
        self._session = Session(LiveOracle(self._ask, namespace.names, mistakes, self._wrong))

    def judge(self, check: Cell) -> Verdict:
        """Run one check, hidden lines included. A chapter that errs here costs nobody a point: not judged."""
        session, seed = self._session, self.seed(check.name)
        self._stopped.clear()
        session.begin(check.name, check.points, seed)
        try:
            exec(compile(_switched(check.source), f"<check {check.name}>", "exec"), self._scope())
        except Exception as error:  # the check is the author's: its error is the chapter's, not the student's
            return Verdict(check.name, check.points, 0.0, "not_judged", "chapter_error",
                           f"The chapter's own check failed ({type(error).__name__}: {error}). "
                           "Your instructor will grade this by hand.", (), seed)
        finally:
            session.hidden = False
        verdict = session.verdict()
        if verdict.status != "passed":
            self._wrong.add(check.judges)
        return verdict

    def seed(self, check: str) -> int:
        """The seed of a check's hidden inputs: fresh for every student, the same at every run."""
        text = f"{self._chapter.id}|{self._student}|{check}".encode()
        return int.from_bytes(hmac.new(self._secret, text, hashlib.sha256).digest()[:7], "big")

    def _ask(self, name: str, args: tuple[Any, ...]) -> Outcome:
        """One call; after a time-out or a death the same function is not waited for again in this check."""
        if name in self._stopped:
            return self._stopped[name]
        outcome = self._answer(name, args)
        if outcome.failure is not None and outcome.failure.cause in ("timeout", "died"):
            self._stopped[name] = outcome
        return outcome

    def _scope(self) -> dict[str, Any]:
        scope = dict(self._names.names)
        handles = [cell.name for cell in self._chapter.of("exercise")]
        handles += [name for cell in self._chapter.of("probe") for name in _functions(cell)]
        scope.update({name: Handle(name) for name in handles})
        return scope | {"check": self._session, "reference": self._names.reference}


def _switched(source: str) -> str:
    """The check's source with its markers turned into switches; line numbers stay."""
    switches = {BEGIN_HIDDEN: "check.hidden = True", END_HIDDEN: "check.hidden = False"}
    return "\n".join(
        line.replace(line.strip(), switches[line.strip()]) if line.strip() in switches else line
        for line in source.split("\n")
    )


def _functions(probe: Cell) -> list[str]:
    import ast

    return [node.name for node in ast.parse(probe.source).body if isinstance(node, ast.FunctionDef)]
