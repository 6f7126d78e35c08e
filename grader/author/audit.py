"""Each check of a chapter against wrong and right answers: what a verdict is worth, measured.

Known mistakes and automatic mutants must lose every part that they break, variants must lose none. What a
part's calls show of an answer is worked out here anew, by plain comparison, and held against the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.author.bench import Answering, Bench, load_bench
from grader.author.inputs import said
from grader.author.mutants import (
    CUT,
    EARN_NOTHING,
    Answered,
    Mutant,
    Mutate,
    cut_off,
    from_lookup,
    mutants,
    that_stop,
    with_sizes,
)
from grader.author.trial import Audit, Trial, equal, lost_parts
from grader.calling import Outcome, call
from grader.chapter.answers import Answer
from grader.chapter.model import load_chapter
from grader.chapter.roles import Role
from grader.judge.alternatives import argument_names
from grader.judge.over import copies, quiet
from grader.judge.scoring import Scoring
from grader.judge.tensors import tensors
from grader.judge.words.sampled import Sampled
from grader.judge.words.scored import Scored
from grader.pool import Step, mapped, silent
from grader.verdict import Verdict

#: How many students' hidden inputs a variant is put to.
VARIANT_SEEDS = 20


def audit_chapter(folder: Path, jobs: int = 1, step: Step = silent) -> Audit:
    """Audit all checks of a chapter, in ``jobs`` processes. ``step`` hears of each check that is finished.

    Raises ChapterError for a chapter that cannot be loaded.
    """
    names = [check.name for check in load_chapter(folder).of(Role.CHECK)]
    # The last checks of a chapter are the Keras ones, which take longest: they start first.
    found = dict(mapped(audit_check, names[::-1], lambda name: (folder, name), jobs, step))
    audit = Audit(folder.name)
    for name in names:
        audit.parts |= found[name].parts
        audit.trials += found[name].trials
    return audit


def audit_check(folder: Path, name: str) -> Audit:
    """Audit one check of a chapter."""
    bench = load_bench(folder, name)
    return Audit(bench.chapter.id, {name: bench.check.parts}, _Trials(bench).all())


class _Trials:
    """The trials of one check."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._trace = bench.trace()
        self._right = bench.answers(bench.reference)

    def all(self) -> list[Trial]:
        names, exercise = self._bench.names, self._bench.exercise
        made = [self._mistake(mistake) for mistake in names.mistakes if mistake.exercise == exercise]
        made += [self._variant(variant) for variant in names.variants if variant.exercise == exercise]
        n_tensors = max(len(list(tensors(self._right(one.name, one.args).value))) for one in self._trace)
        sizes = max((_sizes(one.args) for one in self._trace), key=len)
        first = self._right(self._trace[0].name, self._trace[0].args).value
        for mutant in (*mutants(n_tensors, sizes, first), *self._mutants_of_calls()):
            trial = None if said(self._bench.check.cell.source, mutant.unless) else self._mutant(mutant)
            made += [trial] if trial is not None else []
        return made

    def _mutants_of_calls(self) -> Iterator[Mutant]:
        """Those that follow from what the check's calls are."""
        if self._lawless:
            yield cut_off()
        for name in dict.fromkeys(traced.name for traced in self._trace if not traced.open_ended):
            mine = [traced for traced in self._trace if traced.name == name and not traced.open_ended]
            rights = [(traced, self._right(name, traced.args)) for traced in mine]
            calls = [Answered(name, traced.args, right.value) for traced, right in rights if right.failure is None]
            shown = [Answered(name, traced.args, right.value) for traced, right in rights if not traced.hidden]
            function = self._bench.names.right(name)
            yield from with_sizes(calls, argument_names(function))
            yield from that_stop(calls, argument_names(function), function)
            yield from_lookup(shown)

    @cached_property
    def _lawless(self) -> set[str]:
        """The hidden parts that a normal law which is cut off must lose: those that ask for its form, by their word or
        by a score of many drawn numbers."""
        cut, parts = cut_off().mutate, set()
        for made in self._bench.calls():
            formed = isinstance(made, Scored) or (isinstance(made, Sampled) and made.law == "normal")
            if made.hidden and formed:
                for traced in made.trace():
                    right = self._right(traced.name, traced.args)
                    if right.failure is None and cut(Answered(traced.name, traced.args, right.value), []) is not None:
                        parts.add(traced.part)
        return parts

    def _mistake(self, mistake: Answer) -> Trial:
        answer = self._bench.answers(mistake)
        verdict, shown = self._bench.judge(answer), self._bench.in_notebook(answer)
        broken, lost = self._broken(answer), lost_parts(verdict)
        share = verdict.score / verdict.points
        general = self._bench.judge(answer, without=mistake.name).diagnosis
        its_own = self._same_sentence(mistake)
        problems = list(self._untrue_forms(mistake))
        if not broken and not lost:
            problems.append("breaks no part: its values are right on these inputs")
        if set(broken) - set(lost):
            problems.append(f"keeps {', '.join(sorted(set(broken) - set(lost)))}, which it breaks")
        if share > 0.5 and not mistake.keeps:
            problems.append(f'keeps {share:.0%} of the check: say keeps="why", or weigh the parts anew')
        for place, diagnosis in (
            ("graded", verdict.diagnosis),
            ("the notebook", shown.diagnosis),
            ("graded without its entry", general),
        ):
            if diagnosis.startswith("mistake:") and diagnosis not in its_own:
                problems.append(f"{place} says {diagnosis}")
        if not self._tells(verdict, mistake):
            problems.append(f"its sentence is not told when graded, but {verdict.diagnosis!r}: {verdict.message}")
        return Trial(
            self._bench.check.cell.name,
            self._bench.exercise,
            "mistake",
            mistake.name,
            broken,
            lost,
            share,
            verdict.status,
            verdict.diagnosis,
            shown.diagnosis,
            self._tells(verdict, mistake),
            self._tells(shown, mistake),
            shown.status,
            general,
            mistake.general,
            mistake.keeps,
            problems=tuple(problems),
        )

    def _variant(self, variant: Answer) -> Trial:
        answer = self._bench.answers(variant)
        verdicts = [self._bench.judge(answer, str(student)) for student in range(self._seeds())]
        shown = self._bench.in_notebook(answer)
        failing = next((v for v in [*verdicts, shown] if v.status != "passed"), None)
        problems = (
            tuple(
                f"loses {'hidden' if part.hidden else 'visible'} part {part.name!r}: "
                f"{part.message} {' '.join(part.detail)}"
                for part in failing.parts
                if part.status != "passed"
            )[:1]
            if failing
            else ()
        )
        return Trial(
            self._bench.check.cell.name,
            self._bench.exercise,
            "variant",
            variant.name,
            (),
            lost_parts(verdicts[0]),
            min(v.score / v.points for v in verdicts),
            verdicts[0].status,
            verdicts[0].diagnosis,
            shown.diagnosis,
            status_in_notebook=shown.status,
            problems=problems,
        )

    def _tells(self, verdict: Verdict, mistake: Answer) -> bool:
        """Whether a mistake is told its sentence: by its code, or by a score that says the same."""
        return verdict.diagnosis in self._same_sentence(mistake) or verdict.finding.text == mistake.told

    def _same_sentence(self, mistake: Answer) -> set[str]:
        """The diagnoses that tell a mistake's sentence: its own, and those of mistakes that are told alike."""
        return {
            f"mistake:{other.name}"
            for other in self._bench.names.mistakes
            if (other.exercise, other.sentence) == (mistake.exercise, mistake.sentence)
        }

    def _untrue_forms(self, mistake: Answer) -> Iterator[str]:
        """What is known of a mistake in NumPy must be what it gives really: a Keras exercise's with Keras, and what an
        adapter shows of it through the adapter. Where NumPy cannot know (`fit` shuffles), its form raises."""
        if self._bench.is_keras and mistake.real is None:
            yield (
                "nobody knows that Keras gives this: write the same slip with Keras, under "
                f'@real("{mistake.exercise}", "{mistake.name}")'
            )
        if mistake.function is None:
            return
        forms = {**mistake.shown, **({mistake.exercise: mistake.function} if mistake.real else {})}
        real = self._bench.answers(mistake)
        for name, form in forms.items():
            found = [traced for traced in self._trace if traced.name == name]
            with quiet():
                told = [call(form, copies(traced.args)) for traced in found]
            if found and all(one.failure is not None for one in told):
                yield f"its form for {name} raises in every call: nothing is held against it"
            for traced, one in zip(found, told, strict=True):
                if one.failure is None and not equal(real(name, copies(traced.args)), one):
                    yield f"its form for {name} gives other values than {name} gives for it"
                    break

    def _mutant(self, mutant: Mutant) -> Trial | None:
        spared = set() if mutant.open_ended else {traced.name for traced in self._trace if traced.open_ended}
        if not self._can_be_made(mutant.mutate, spared):
            return None
        broken = {*self._broken(self._mutated(mutant.mutate, spared)), *(self._lawless if mutant.name == CUT else ())}
        verdict = self._bench.judge(self._mutated(mutant.mutate, spared), session=Scoring)
        lost, share = lost_parts(verdict), verdict.score / verdict.points
        problems = [] if broken or lost else ["loses nothing: it is equivalent on these inputs"]
        if broken - set(lost):
            problems.append(f"keeps {', '.join(sorted(broken - set(lost)))}, which it breaks")
        if mutant.name in EARN_NOTHING and verdict.score > 0:
            problems.append(f"earns {verdict.score:g} of {verdict.points:g}")
        shown = self._bench.in_notebook(self._mutated(mutant.mutate, spared), Scoring) if mutant.shows else None
        if shown is not None and shown.status == "passed":
            problems.append("is green in the notebook: add a visible call of another size")
        return Trial(
            self._bench.check.cell.name,
            self._bench.exercise,
            "mutant",
            mutant.name,
            tuple(sorted(broken)),
            lost,
            share,
            verdict.status,
            verdict.diagnosis,
            in_notebook="" if shown is None else shown.diagnosis,
            status_in_notebook="" if shown is None else shown.status,
            problems=tuple(problems),
        )

    def _can_be_made(self, mutate: Mutate, spared: set[str]) -> bool:
        """Whether the mutant can be made for any of the check's calls."""
        return any(
            mutate(Answered(traced.name, traced.args, right.value), []) is not None
            for traced in self._trace
            if traced.name not in spared and (right := self._right(traced.name, traced.args)).failure is None
        )

    def _broken(self, answer: Answering) -> tuple[str, ...]:
        """The hidden parts in which this answer is wrong by plain comparison (or scores too low)."""
        broken = set()
        for traced in self._trace:
            wrong = not traced.open_ended and not equal(
                answer(traced.name, copies(traced.args)), self._right(traced.name, traced.args)
            )
            if wrong and traced.hidden:
                broken.add(traced.part)
        return tuple(sorted(broken))

    def _mutated(self, mutate: Mutate, spared: set[str]) -> Answering:
        """A worker whose answers are mutants: each sees the calls before it, in their real order."""
        before: list[Answered] = []

        def answer(name: str, args: tuple[Any, ...]) -> Outcome:
            outcome = self._right(name, args)
            if name in spared or name not in self._bench.asked or outcome.failure is not None:
                return outcome  # an error that is expected has no value to break
            made = Answered(name, args, outcome.value)
            with quiet():
                wrong = mutate(made, before)
            before.append(made)
            return outcome if wrong is None else call(lambda *ignored: wrong, args)

        return answer

    def _seeds(self) -> int:
        return VARIANT_SEEDS if not any(traced.open_ended for traced in self._trace) else 2


def _sizes(args: tuple[Any, ...]) -> list[int]:
    """The lengths above 1 of a call's arrays; none where one of them is long: such a call is there for its size."""
    found = {n for arg in args if not callable(arg) for _, leaf in tensors(arg) for n in leaf.shape if n > 1}
    return sorted(found) if max(found, default=0) < 100 else []
