"""A verdict once more: from its own seeds, with the file that it was made of. No secret is needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.crew import Ended
from grader.grade.grading import ungradable
from grader.grade.jobs import Job, Prepared, begin, bounds_of, grade_job, prepare, why_lost
from grader.grade.submission import read_file
from grader.pool import mapped
from grader.refusal import Refusal
from grader.result import Graded
from grader.settings import Settings


class ReplayError(Refusal):
    """Why a verdict cannot be replayed, in one line."""


@dataclass(frozen=True)
class Replayed:
    """path: of the file that was graded; before, again: what came of it."""

    path: Path
    before: Graded
    again: Graded

    @property
    def differing(self) -> list[str]:
        """The checks whose verdicts are not the same to the bit, seconds aside."""
        before, again = (
            {verdict.check: replace(verdict, elapsed_s=0.0) for verdict in graded.verdicts}
            for graded in (self.before, self.again)
        )
        return [check for check in before | again if before.get(check) != again.get(check)]

    @property
    def told(self) -> str:
        """What is said where something differs, in one line."""
        return (
            f"{self.path} is judged otherwise now ({', '.join(self.differing)}): the chapter, the limits or the "
            "installed packages are not what they were"
        )


def replay(verdicts: Path, settings: Settings, notebooks: Sequence[Path] = ()) -> list[Replayed]:
    """Replay each verdict of a file: what ``grader grade --format json`` printed, or an entry of the journal.

    notebooks: the files that were graded; else they are where the JSON says. Raises ReplayError, and ChapterError,
    SettingsError or NurseryError for what is no verdict's doing.
    """
    known = _read(verdicts)
    if notebooks and len(notebooks) != len(known):
        raise ReplayError(f"{verdicts} holds {len(known)} verdicts; {len(notebooks)} notebooks came: name one for each")
    paths = notebooks or [_named(verdicts, path) for path, _ in known]
    prepared = {name: prepare(settings.chapter(name)) for name in {before.chapter for _, before in known}}
    jobs = [
        _job(verdicts, path, before, prepared[before.chapter], settings)
        for path, (_, before) in zip(paths, known, strict=True)
    ]

    def lost(number: str, ended: Ended) -> Graded:
        job, before = jobs[int(number)], known[int(number)][1]
        reason = why_lost(ended, job.limits)
        return ungradable(prepared[before.chapter].chapter, job.student, reason, job.file.digest, job.locale)

    results = mapped(
        grade_job,
        list(map(str, range(len(jobs)))),
        lambda number: (jobs[int(number)],),
        begin=begin,
        told=(b"",),
        bounds=bounds_of(settings.limits),
        lost=lost,
    )
    again = dict(results)
    # One number for the whole file is told, and draws nothing.
    return [
        Replayed(path, before, replace(again[str(number)], seed=before.seed))
        for number, (path, (_, before)) in enumerate(zip(paths, known, strict=True))
    ]


def _job(verdicts: Path, path: Path, before: Graded, prepared: Prepared, settings: Settings) -> Job:
    file = read_file(path)
    if file.digest != before.digest:
        raise ReplayError(
            f"{path} is not the file that {verdicts} tells of: its SHA-256 is {file.digest[:12]}…, and that one's "
            f"{before.digest[:12]}…: name the file that was graded"
        )
    seeds = {verdict.check: verdict.seed for verdict in before.verdicts if verdict.seed is not None}
    folder = prepared.chapter.path
    return Job(folder, prepared.digest, before.student, file, settings.limits, settings.locale, seeds)


def _read(verdicts: Path) -> list[tuple[str | None, Graded]]:
    """Each verdict, with the path that it names."""
    try:
        told = json.loads(verdicts.read_text(encoding="utf-8"))
        rows = told if isinstance(told, list) else [told]
        return [(row.get("file"), Graded.from_json(row)) for row in rows]
    except (AttributeError, ValueError, RecursionError) as error:
        raise ReplayError(
            f"{verdicts} holds no verdict ({error}): what 'grader grade --format json' printed is expected, or a file "
            "of course/verdicts/"
        ) from None


def _named(verdicts: Path, path: object) -> Path:
    if not isinstance(path, str):
        raise ReplayError(
            f"{verdicts} does not say where the notebook is: name it, as in 'grader grade --replay {verdicts} NOTEBOOK'"
        )
    return Path(path)
