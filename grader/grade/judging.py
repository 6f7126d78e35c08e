"""The looks of a submission's checks at its functions: when one is judged, and by which names."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from grader.chapter.checks import compiled
from grader.chapter.model import Chapter
from grader.chapter.roles import Role
from grader.finding import Code, Finding
from grader.grade.placed import Placed, Repaired
from grader.grade.referee import Referee
from grader.judge.names import given_back
from grader.sandbox.worker import Worker
from grader.syntax.taken import definition, makes, taken, used
from grader.syntax.trees import functions
from grader.text import Names, Text, say
from grader.verdict import Verdict


class Looks:
    """What the checks of one submission have said so far: ``verdicts``, by their names.

    sources: the cells that have run; what is run here to give names back is added.
    """

    def __init__(
        self, worker: Worker, referee: Referee, chapter: Chapter, sources: list[str], repaired: Repaired
    ) -> None:
        self._worker, self._referee, self._chapter, self._sources = worker, referee, chapter, sources
        self._repaired = repaired
        self._given = frozenset().union(*(makes(cell.source) for cell in chapter.of(Role.SETUP, Role.GIVEN)))
        self._passed: dict[str, str] = {}
        self.verdicts: dict[str, Verdict] = {}

    def judge(self, placed: Placed) -> list[Text]:
        """The referee's verdict where the check stands; a note where that takes earlier functions as they passed."""
        exercise = self._chapter.cell(Role.CHECK, placed.name).judges
        verdict = self.verdicts[placed.name] = self._look(placed)
        if verdict.status in ("passed", "not_attempted") or not (changed := self._changed_since(exercise)):
            return []
        for name in changed:
            self._sources.append(self._passed[name])
            self._worker.run_cell(self._passed[name])
        if not self._better(placed):
            return []
        names = Names(tuple(f"`{name}`" for name in changed))
        return [say("The check {name} takes {names} as its check passed.", name=placed.name, names=names)]

    def again(self, placed: Placed) -> list[Text]:
        """A second look where the first has not found all right; the better one counts."""
        if self.verdicts[placed.name].status == "passed":
            return []
        if placed.before:
            self._sources.append(placed.before)
            self._worker.run_cell(placed.before)
        if not self._better(placed):
            return []
        if placed.before:
            return [say("The check {name} takes the copy that had run last before it.", name=placed.name)]
        return [say("The check {name} takes what stands further down in the notebook.", name=placed.name)]

    def _better(self, placed: Placed) -> bool:
        """Whether one more look gives another verdict; it counts where it is the better one."""
        first = self.verdicts[placed.name]
        if self._worker.spent:
            return False
        second = self._look(placed)
        nothing = first.status == "not_attempted" or first.finding.code is Code.UNDEFINED
        if second.score < first.score or (second.score == first.score and not nothing):
            return False
        self.verdicts[placed.name] = second
        return True

    def _changed_since(self, exercise: str) -> list[str]:
        """The earlier exercises that one uses and that were defined anew after their checks had passed."""
        return [
            name
            for name in used(self._sources, exercise)
            if name != exercise and self._passed.get(name, "") not in ("", definition(self._sources, name))
        ]

    def _look(self, placed: Placed) -> Verdict:
        """The verdict; without a call where the exercise is as it was released."""
        check = self._chapter.cell(Role.CHECK, placed.name)
        cells = [cell for cell in self._repaired.cells if cell.role is Role.EXERCISE and cell.name == check.judges]
        if cells and not any(cell.changed or cell.status == "unused" for cell in cells):
            unwritten = Verdict(
                check.name,
                check.points,
                0.0,
                "not_attempted",
                Finding(Code.NOT_ATTEMPTED, say("Not written yet.")),
                seed=self._referee.seed(check.name),
            )
            return self._referee.heard(check, unwritten)
        notes = self._give_back(check.judges)
        self._restore(placed)
        verdict = self._referee.judge(check, notes)
        if verdict.status == "passed":
            self._passed[check.judges] = definition(self._sources, check.judges)
        return verdict

    def _give_back(self, exercise: str) -> list[Text]:
        """Functions whose names a loop, a value or an import has taken get them back."""
        notes = []
        for one in taken(self._sources, exercise, self._given | self._passed.keys()):
            told = self._worker.run_cell(f"if {one.lost}:\n{textwrap.indent(one.back, '    ')}\n    print('back')")
            if told.failure is None and told.outputs:
                self._sources.append(one.back)
                notes.append(given_back(one))
        return notes

    def _restore(self, placed: Placed) -> None:
        """Run the adapters and probes that a check calls once more: a cell of the student's may have taken their
        names."""
        subjects: Sequence[str] = compiled(self._chapter, placed.name).subjects
        for cell in self._chapter.of(Role.ADAPTER, Role.PROBE):
            if set(functions(cell.source)) & set(subjects):
                self._worker.run_cell(cell.source)
