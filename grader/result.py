"""The result of grading one submission: what every report, the journal and the gradebook are made of.

It is plain data. ``to_json`` and ``from_json`` are each other's inverse; the names in the JSON are stable, and
`SCHEMA` grows when one of them changes its meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook

from grader.plain import Fields
from grader.text import NO_TEXT, Text, as_data, joined, say, text_from
from grader.verdict import Verdict, shown

#: Of the JSON. 1: the first with a number; every text is there for people (in English) and for programs.
SCHEMA = 1


@dataclass(frozen=True)
class Graded:
    """One graded submission. ``notebook`` is what instructor and student may see: no hidden test in it.

    remarks: what was repaired, a sentence each. reason: why the submission could not be read or graded at all.
    digest: of the file that was handed in, as SHA-256.
    """

    chapter: str
    student: str
    verdicts: tuple[Verdict, ...]
    notebook: NotebookNode
    remarks: tuple[Text, ...]
    reason: Text
    isolation: str
    seed: int
    digest: str

    @property
    def score(self) -> float:
        return round(sum(verdict.score for verdict in self.verdicts), 6)

    @property
    def max_score(self) -> float:
        return sum(verdict.points for verdict in self.verdicts)

    @property
    def problem(self) -> str | None:
        """The reason in English; None where the submission was graded."""
        return str(self.reason) if self.reason else None

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks in English."""
        return tuple(map(str, self.remarks))

    @property
    def waits(self) -> bool:
        """Whether a check, or a part of one, waits for a person."""
        return any(verdict.waits for verdict in self.verdicts)

    @property
    def headline(self) -> Text:
        """The first thing to tell, in one line: why it was not graded, else the first wrong check, and what else there
        is to do."""
        if self.reason:
            return self.reason
        wrong = [verdict for verdict in self.verdicts if verdict.wrong]
        told = [say("{check}: {message}", check=wrong[0].check, message=wrong[0].finding.text)] if wrong else []
        if len(wrong) > 1:
            told.append(say("({count} more).", count=len(wrong) - 1))
        if waiting := sum(verdict.waits for verdict in self.verdicts):
            told.append(say("{count} to judge by hand.", count=waiting))
        if unwritten := sum(verdict.status == "not_attempted" for verdict in self.verdicts):
            told.append(say("{count} of {of} not written.", count=unwritten, of=len(self.verdicts)))
        if self.remarks:
            told.append(self.remarks[0] if len(self.remarks) == 1 else say("{count} repairs.", count=len(self.remarks)))
        return joined(told) or say("all right")

    def to_json(self, *, with_notebook: bool = True) -> dict[str, Any]:
        """As plain data. Without the notebook where that is kept elsewhere. The seed is for instructors only."""
        return {
            "schema": SCHEMA,
            "chapter": self.chapter,
            "student": self.student,
            "score": self.score,
            "max_score": self.max_score,
            "headline": str(self.headline),
            "waits": self.waits,
            "isolation": self.isolation,
            "seed": self.seed,
            "digest": self.digest,
            "problem": self.problem,
            "notes": list(self.notes),
            "checks": [verdict.to_json() for verdict in self.verdicts],
            "reason": as_data(self.reason),
            "remarks": list(map(as_data, self.remarks)),
            **({"notebook": self.notebook} if with_notebook else {}),
        }

    @classmethod
    def from_json(cls, data: object) -> Graded:
        """The result that `to_json` wrote; where it left the notebook out, with an empty one.

        Raises ValueError, one line, for anything else, and for the JSON of a later version.
        """
        told = Fields(data)
        if (schema := told.whole("schema")) != SCHEMA:
            raise ValueError(f"schema is {schema}; {SCHEMA} is expected: read it with the version that wrote it")
        return cls(
            told.text("chapter"),
            told.text("student"),
            told.each("checks", Verdict.from_json),
            told.maybe("notebook", _notebook) or new_notebook(),
            told.each("remarks", text_from),
            told.read("reason", text_from),
            told.text("isolation"),
            told.whole("seed"),
            told.text("digest"),
        )


@dataclass(frozen=True)
class Held:
    """What the gradebook holds of a submission: points with what people gave, the late penalty, and whether something
    waits for a person. by_hand: the checks that a person has graded, or that were settled."""

    score: float
    max_score: float
    late: float = 0.0
    waits: bool = False
    by_hand: frozenset[str] = frozenset()

    @property
    def text(self) -> Text:
        points = say("{score} of {most:g}", score=shown(self.score - self.late), most=self.max_score)
        late = say("{points} off: late", points=shown(self.late)) if self.late else NO_TEXT
        return joined([points, late, say("to grade") if self.waits else NO_TEXT], ", ")


#: What was graded: where it came from, and what came of it.
Results = Sequence[tuple[Path, Graded]]


def out_of(some: float, of: float) -> Text:
    """Points, or a count, of how many."""
    return say("{some:g} of {of:g}", some=some, of=of)


def _notebook(data: Any) -> NotebookNode:
    if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
        raise ValueError("a notebook is expected")
    return from_dict(data)
