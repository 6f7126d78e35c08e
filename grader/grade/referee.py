"""The trusted process's part: runs a chapter's checks and asks the worker for values."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from grader.calling import Outcome
from grader.chapter.checks import compiled
from grader.chapter.model import Cell, Chapter
from grader.chapter.namespace import Namespace
from grader.chapter.roles import Role
from grader.chapter.terms import terms_of
from grader.chapter.translate import hints_of
from grader.finding import Code, Finding
from grader.judge.bans import banned_use, from_outside
from grader.judge.differences import NearKink
from grader.judge.earlier import Earlier, earlier_of, leaning
from grader.judge.live import LiveOracle, Plan
from grader.judge.names import below_the_stub
from grader.judge.oracle import Expectation
from grader.judge.over import Answer
from grader.judge.session import Session
from grader.judge.withheld import without_numbers
from grader.sandbox.nursery import NurseryError
from grader.shield import Form
from grader.text import Text, say
from grader.verdict import Status, Verdict

#: By student and check: the draw of its hidden inputs, and what is right on them, by call.
Plans = dict[tuple[str, str], tuple[int, dict[int, Expectation]]]

#: How often a check's inputs are drawn anew before its chapter is called wrong.
MAX_DRAWS = 20


class Referee:
    """Judges the checks of one file of one student.

    digest: of the file that was handed in; replayed: the seeds of an earlier verdict, by check, in place of fresh ones;
    answer: the worker's call; sources: the submission's code cells as far as they have run; the caller adds to
    it. Banned uses are looked for there. plans: where many answers are put to one student's checks, what is right
    on their hidden inputs; kept there from one referee to the next. session: how answers are judged.
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
        *,
        digest: str = "",
        replayed: Mapping[str, int] = MappingProxyType({}),
        session: type[Session] = Session,
    ) -> None:
        self._chapter = chapter
        self._names = namespace
        self._answer = answer
        self._secret = secret
        self._student = student
        self._digest = digest
        self._replayed = replayed
        self._sources = sources
        self._plans = plans
        self._stopped: dict[str, Outcome] = {}
        self._earlier: dict[str, Earlier] = {}
        self._oracle = LiveOracle(self._ask, namespace, self._earlier, namespace.public)
        self._session = session(self._oracle, self._earlier)

    def judge(self, check: Cell, notes: Sequence[Text] = ()) -> Verdict:
        """Run one check, hidden lines included. A chapter that errs here costs nobody a point: not judged.

        notes: what is to be told beside it.
        """
        self._stopped.clear()
        try:
            draw = self._plan(check)
        except Exception as error:  # what the student does takes no part in it
            return self._without_parts(check, "not_judged", _of_the_chapter(error))
        try:
            self._session.begin(check.name, check.points, self.seed(check.name), draw=draw, **self._told(check, notes))
            compiled(self._chapter, check.name).run(self._names, self._session, hidden=True)
        except (NurseryError, MemoryError):  # an answer that takes the memory is no error of the chapter
            raise
        except Exception as error:
            if (own := self._error_of_its_own(check, draw)) is not None:
                return self._without_parts(check, "not_judged", _of_the_chapter(own))
            return self.heard(check, self._without_parts(check, "failed", _of_the_answer(error)))
        finally:
            self._oracle.planned = {}
        return self._session.verdict()

    def heard(self, check: Cell, verdict: Verdict) -> Verdict:
        """The verdict of a check that did not run, or not to its end: later work may use its exercise."""
        self._earlier[check.judges] = earlier_of(check.judges, verdict)
        return verdict

    def _without_parts(self, check: Cell, status: Status, why: Finding) -> Verdict:
        return Verdict(check.name, check.points, 0.0, status, why, seed=self.seed(check.name))

    def _error_of_its_own(self, check: Cell, draw: int) -> Exception | None:
        """What a check raises where the references themselves answer; None where they are judged in peace."""

        def right(name: str, args: tuple[Any, ...]) -> Outcome:
            return Outcome(self._names.right(name)(*args))

        session = Session(LiveOracle(right, self._names))
        session.begin(check.name, check.points, self.seed(check.name), draw=draw)
        try:
            compiled(self._chapter, check.name).run(self._names, session, hidden=True)
        except Exception as error:  # the check is the author's: this error is the chapter's, not the student's
            return error
        return None

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
            "exercise": name,
            "leans": leaning(self._sources, name, self._earlier),
            "notes": [*notes, *filter(None, [from_outside(self._sources, name, terms.data, exercises)])],
            "named": self._names.sentences(name),
            "unwritten": below_the_stub(self._sources, name),
            "cells": self._sources,
        }

    def seed(self, check: str) -> int:
        """The seed of a check's hidden inputs: another one for each student and each file, the same at every run of
        one file. What was learnt from one file is of no use for the next."""
        if check in self._replayed:
            return self._replayed[check]
        follows_from = "\0".join((self._chapter.id, self._student, check, self._digest))
        digest = hmac.new(self._secret, follows_from.encode(errors="surrogateescape"), hashlib.sha256).digest()
        return int.from_bytes(digest[:7], "big")

    def _ask(self, name: str, args: tuple[Any, ...], shielded: Mapping[str, Form] | None = None) -> Outcome:
        """One call; after a time-out or a death the same function is not waited for again in this check."""
        if name in self._stopped:
            return self._stopped[name]
        outcome = self._answer(name, args, *([shielded] if shielded else []))
        if outcome.failure is not None and outcome.failure.cause in ("timeout", "died"):
            self._stopped[name] = outcome
        return outcome


def _of_the_chapter(error: Exception) -> Finding:
    told = say(
        "The chapter's own check failed ({error}). Your instructor will grade this by hand.",
        error=without_numbers(f"{type(error).__name__}: {error}"),
    )
    return Finding(Code.CHAPTER_ERROR, told)


def _of_the_answer(error: Exception) -> Finding:
    told = say(
        "What your notebook gives here cannot be judged: on it the check itself stops with {error}. A plain function "
        "that returns arrays of numbers can be.",
        error=type(error).__name__,
    )
    return Finding(Code.UNREADABLE, told)
