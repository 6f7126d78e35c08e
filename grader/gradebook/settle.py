"""Settling at once what waits because of earlier work: a manual grade for each, with its reason as a comment.

The comment stands at the exercise, where nbgrader shows comments, and ends with a mark of what was given. A score
without its mark, or another score than the mark says, is a person's: it is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy.exc import SQLAlchemyError

from grader.chapter.model import Cell, Chapter
from grader.chapter.roles import Role
from grader.chapter.translate import catalogue_for
from grader.gradebook.assignment import Assignment, ClassError, load_assignment, only_one, refuse_changed
from grader.settings import Settings
from grader.text import Catalogue, Names, render, say
from grader.verdict import Verdict, as_score, shown


class Credit(StrEnum):
    """How much of what waits is given."""

    NONE = "0"
    HALF = "half"
    FULL = "full"

    @property
    def share(self) -> float:
        return {Credit.NONE: 0.0, Credit.HALF: 0.5, Credit.FULL: 1.0}[self]


@dataclass
class Settled:
    """done: whose grade was set or taken back; by_hand: whose is a person's and was left alone."""

    done: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)


def settle(settings: Settings, chapter_id: str, exercise: str, credit: Credit) -> Settled:
    """Give ``credit`` for what waits because of earlier work in the checks of ``exercise``, in all submissions.

    Raises ClassError, ChapterError, SettingsError, one line each.
    """
    return _each(settings, chapter_id, exercise, credit)


def undo(settings: Settings, chapter_id: str, exercise: str) -> Settled:
    """Take back what `settle` gave: the checks wait again."""
    return _each(settings, chapter_id, exercise, None)


def renew(notebook: Any, chapter: Chapter, verdicts: Sequence[Verdict], catalogue: Catalogue) -> None:
    """After a new grading: what was settled is settled alike where it still waits so, and else taken back."""
    for check in chapter.of(Role.CHECK):
        row = _Row.of(notebook, chapter, check)
        if row is None or (credit := row.settled) is None:
            continue
        verdict = next((one for one in verdicts if one.check == check.name), None)
        row.take_back()
        if verdict is not None and verdict.because:
            row.give(verdict, credit, catalogue)
        else:
            row.grade.needs_manual_grade = verdict is not None and verdict.waits


def _each(settings: Settings, chapter_id: str, exercise: str, credit: Credit | None) -> Settled:
    assignment = load_assignment(settings, chapter_id)
    checks = [check for check in assignment.chapter.of(Role.CHECK) if check.judges == exercise]
    if not checks:
        known = dict.fromkeys(check.judges for check in assignment.chapter.of(Role.CHECK))
        raise ClassError(f"no check of {chapter_id} judges {exercise!r}; known: {', '.join(known)}")
    settled = Settled()
    try:
        with only_one(settings), Gradebook(assignment.db_url, assignment.directory.course_id) as gradebook:
            refuse_changed(assignment, gradebook)
            for student, row, verdict in _waiting(assignment, gradebook, checks):
                if row.grade.manual_score is not None and row.settled is None:
                    settled.by_hand.append(student)
                elif credit is not None:
                    row.give(verdict, credit, catalogue_for(assignment.chapter, settings.locale))
                    settled.done.append(student)
                elif row.settled is not None:
                    row.take_back()
                    settled.done.append(student)
            gradebook.db.commit()
    except (OSError, SQLAlchemyError) as error:
        raise ClassError(f"nothing was settled: {' '.join(str(error).split())[:300]}") from error
    return settled


def _waiting(
    assignment: Assignment, gradebook: Gradebook, checks: Sequence[Cell]
) -> Iterator[tuple[str, _Row, Verdict]]:
    """(student, row, verdict) of each check that waits because of earlier work."""
    chapter = assignment.chapter
    for submission in gradebook.assignment_submissions(chapter.id):
        entry = assignment.journal_of(submission.student_id)
        verdicts = {verdict.check: verdict for verdict in entry.graded.verdicts} if entry is not None else {}
        for check in checks:
            verdict = verdicts.get(check.name)
            if verdict is None or not verdict.because:
                continue
            try:
                notebook = gradebook.find_submission_notebook(chapter.id, chapter.id, submission.student_id)
            except MissingEntry:
                continue
            if (row := _Row.of(notebook, chapter, check)) is not None:
                yield submission.student_id, row, verdict


@dataclass(frozen=True)
class _Row:
    """A check's grade in the gradebook, and the comment at its exercise."""

    grade: Any
    comment: Any

    @classmethod
    def of(cls, notebook: Any, chapter: Chapter, check: Cell) -> _Row | None:
        place = chapter.cell(Role.EXERCISE, check.judges).grade_id
        grade = next((one for one in notebook.grades if one.name == check.grade_id), None)
        comment = next((one for one in notebook.comments if one.name == place), None)
        return cls(grade, comment) if grade is not None and comment is not None else None

    @property
    def settled(self) -> Credit | None:
        """What was given; None where nothing was, or where a person has given another score since."""
        found = self._mark.search(self.comment.manual_comment or "")
        if found is None or self.grade.manual_score is None:
            return None
        given = abs(self.grade.manual_score - float(found["points"])) < 1e-6
        return Credit(found["credit"]) if given else None

    def give(self, verdict: Verdict, credit: Credit, catalogue: Catalogue) -> None:
        """Credit for the parts that wait, beside what the others have earned."""
        self._unsay()
        counting = [part for part in verdict.parts if part.hidden] or list(verdict.parts)
        total = sum(part.weight for part in counting)
        waiting = sum(part.weight for part in counting if part.status == "not_judged") / total if total else 0.0
        points = as_score(verdict.score + credit.share * waiting * verdict.points, verdict.points)
        told = say(
            "{check} waited because of {causes}. All that wait so were settled alike: {given} of {most:g} points.",
            check=verdict.check,
            causes=Names(tuple(dict.fromkeys(f"{cause.exercise} ({cause.name})" for cause in verdict.because))),
            given=shown(points),
            most=verdict.points,
        )
        line = f"{render(told, catalogue)} [settled {self.grade.name} {credit} {points}]"
        before = self.comment.manual_comment
        self.comment.manual_comment = f"{before}\n{line}" if before else line
        self.grade.manual_score = points
        self.grade.needs_manual_grade = False

    def take_back(self) -> None:
        """As if nothing had been settled: it waits again."""
        self._unsay()
        self.grade.manual_score = None
        self.grade.needs_manual_grade = True

    def _unsay(self) -> None:
        kept = [line for line in (self.comment.manual_comment or "").split("\n") if not self._mark.search(line)]
        self.comment.manual_comment = "\n".join(kept) or None

    @property
    def _mark(self) -> re.Pattern[str]:
        return re.compile(
            rf"\[settled {re.escape(self.grade.name)} (?P<credit>0|half|full) (?P<points>[\d.e-]+)\]$", re.M
        )
