"""The trusted process's part: runs a chapter's checks and asks the worker for values."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from typing import Any

from grader.calling import Outcome
from grader.chapter.checks import compiled
from grader.chapter.model import Cell, Chapter
from grader.chapter.namespace import Namespace
from grader.chapter.roles import Role
from grader.chapter.terms import terms_of
from grader.chapter.translate import hints_of
from grader.finding import Code, Finding
from grader.judge.bans import banned_use, from_outside, leaning
from grader.judge.differences import NearKink
from grader.judge.live import LiveOracle, Plan
from grader.judge.names import below_the_stub
from grader.judge.oracle import Expectation
from grader.judge.session import Session
from grader.sandbox.nursery import NurseryError
from grader.text import Text, say
from grader.verdict import Verdict

Answer = Callable[[str, tuple[Any, ...]], Outcome]
#: By student and check: the draw of its hidden inputs, and what is right on them, by call.
Plans = dict[tuple[str, str], tuple[int, dict[int, Expectation]]]

#: How often a check's inputs are drawn anew before its chapter is called wrong.
MAX_DRAWS = 20


class Referee:
    """Judges the checks of one chapter for one student.

    answer: the worker's call; sources: the submission's code cells as far as they have run; the caller adds to
    it. Banned uses are looked for there. plans: where many answers are put to one student's checks, what is right
    on their hidden inputs; kept there from one referee to the next.
    """

    def __init__(
        self,
        chapter: Chapter,
        namespace: Namespace,
        answer: Answer,
        secret: bytes,
        student: str,
        sources: Sequence[str] = (),
        plans: Plans | None = None,
    ) -> None:
        self._chapter = chapter
        self._names = namespace
        self._answer = answer
        self._secret = secret
        self._student = student
        self._sources = sources
        self._plans = plans
        self._stopped: dict[str, Outcome] = {}
        self._failed: dict[str, str] = {}
        self._wrong: dict[str, None] = {}
        self._oracle = LiveOracle(self._ask, namespace, self._wrong, namespace.public)
        self._session = Session(self._oracle)

    def judge(self, check: Cell, notes: Sequence[Text] = ()) -> Verdict:
        """Run one check, hidden lines included. A chapter that errs here costs nobody a point: not judged.

        notes: what is to be told beside it.
        """
        self._stopped.clear()
        try:
            draw = self._plan(check)
            self._session.begin(check.name, check.points, self.seed(check.name), draw=draw, **self._told(check, notes))
            compiled(self._chapter, check.name).run(self._names, self._session, hidden=True)
        except NurseryError:
            raise
        except Exception as error:  # the check is the author's: its error is the chapter's, not the student's
            return Verdict(
                check.name,
                check.points,
                0.0,
                "not_judged",
                Finding(
                    Code.CHAPTER_ERROR,
                    say(
                        "The chapter's own check failed ({error}). Your instructor will grade this by hand.",
                        error=f"{type(error).__name__}: {error}",
                    ),
                ),
                seed=self.seed(check.name),
            )
        finally:
            self._oracle.planned = {}
        verdict = self._session.verdict()
        self._failed.pop(check.name, None)  # a check may be judged once more
        if not verdict.trusted or verdict.status == "not_judged":
            self._failed[check.name] = check.judges
        self._wrong.clear()
        self._wrong.update(dict.fromkeys(self._failed.values()))
        return verdict

    def _plan(self, check: Cell) -> int:
        """The draw of hidden inputs that the check is judged on; what is right on it is handed to the oracle."""
        kept: Plans = {} if self._plans is None else self._plans
        key = self._student, check.name
        if key not in kept:
            kept[key] = self._clear_draw(check)
        draw, self._oracle.planned = kept[key]
        return draw

    def _clear_draw(self, check: Cell) -> tuple[int, dict[int, Expectation]]:
        """The first draw of hidden inputs that is clear of kinks, and what is right on it.

        Raises WrongReference where a reference is not the gradient of its forward, NearKink where no draw is clear.
        """
        for draw in range(MAX_DRAWS):
            self._oracle.planned = {}
            try:
                plan = Plan(self._oracle, check.name)
                plan.start(self.seed(check.name), draw)
                compiled(self._chapter, check.name).run(self._names, plan, hidden=True)
            except NearKink:
                continue
            return draw, self._oracle.planned
        raise NearKink(f"none of {MAX_DRAWS} draws of inputs is clear of kinks: draw them apart, or say kink=True")

    def _told(self, check: Cell, notes: Sequence[Text]) -> dict[str, Any]:
        """What the submission's own source says of a check's exercise, and the hints."""
        name, terms = check.judges, terms_of(self._chapter, self._names, check.judges)
        exercises = [cell.name for cell in self._chapter.of(Role.EXERCISE)]
        return {
            "banned": banned_use(self._sources, name, terms, exercises),
            "hints": hints_of(self._chapter, name),
            "leans": leaning(self._sources, name, self._wrong),
            "notes": [*notes, *filter(None, [from_outside(self._sources, name, terms.data, exercises)])],
            "named": self._names.sentences(name),
            "unwritten": below_the_stub(self._sources, name),
        }

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
