"""Jobs: all that one submission's grade follows from, as plain data, and the process that makes a result of it.

A job may be sent anywhere that has the chapters: it names the chapter's folder and the digest of what it must hold.
The secret is in no job: a process is told it when it begins.
"""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.chapter.model import Chapter, ChapterError, load_chapter
from grader.chapter.namespace import Namespace, load_namespace
from grader.chapter.roles import Role
from grader.crew import Bounds, Ended
from grader.grade.grading import broken_off, grade_submission, preload, ungradable
from grader.grade.submission import File, read_file
from grader.limits import Limits
from grader.pool import Step, mapped, silent
from grader.result import Graded
from grader.sandbox.allowance import BACKSTOP
from grader.sandbox.nursery import Nursery, NurseryError
from grader.sanitise import sanitise
from grader.text import NO_TEXT, Text, say


@dataclass(frozen=True)
class Prepared:
    """A chapter to grade by. digest: of what its grades follow from: its code, points and mistakes, not its text."""

    chapter: Chapter
    namespace: Namespace
    digest: str


@dataclass(frozen=True)
class Job:
    """One submission to grade. folder: the chapter's; digest: what it must hold. locale: the language of a page whose
    notebook names none. seeds: of an earlier verdict's checks, to replay it."""

    folder: Path
    digest: str
    student: str
    file: File
    limits: Limits
    locale: str = ""
    seeds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """A student, and the file that was handed in. refused: why it is not to be read."""

    student: str
    path: Path
    refused: Text = NO_TEXT

    @property
    def file(self) -> File:
        return File(self.path.name, unread=self.refused) if self.refused else read_file(self.path)


def prepare(folder: Path) -> Prepared:
    """Load a chapter. Raises ChapterError."""
    # Before the chapter is loaded: a file that changes meanwhile makes another digest the next time.
    mistakes = [file.read_bytes() for file in [folder / "mistakes.py"] if file.is_file()]
    chapter = load_chapter(folder)
    digest = hashlib.sha256(b"".join(mistakes))
    for cell in chapter.cells:
        if cell.role not in (Role.TEXT, Role.HINTS):
            digest.update(repr((cell.role, cell.name, cell.source, sorted(cell.options.items()))).encode())
    return Prepared(chapter, load_namespace(chapter), digest.hexdigest())


class Desk:
    """What a grading process keeps from one job to the next: the secret, chapters, and where workers come from.

    nursery: a running one that this process shares; otherwise it has its own, as long as it lives.
    """

    def __init__(self, secret: bytes, nursery: Nursery | None = None) -> None:
        self._secret, self._shared = secret, nursery
        self._prepared: dict[Path, Prepared] = {}
        self._nurseries: dict[tuple[str, ...], Nursery] = {}

    def prepare(self, folder: Path) -> Prepared:
        """A chapter, loaded once. Raises ChapterError."""
        if folder not in self._prepared:
            self._prepared[folder] = prepare(folder)
        return self._prepared[folder]

    def grade(self, job: Job) -> Graded:
        """The result, its notebook made harmless; where the grading breaks off it waits for a person.

        Raises ChapterError for a chapter that is another one by now, NurseryError where no submission can be graded.
        """
        prepared = self.prepare(job.folder)
        if prepared.digest != job.digest:
            raise ChapterError(
                prepared.chapter.file, 1, "the chapter was changed while submissions are graded: run the command again"
            )
        try:
            graded = grade_submission(
                job.file,
                prepared.chapter,
                prepared.namespace,
                student=job.student,
                secret=self._secret,
                limits=job.limits,
                nursery=self._nursery(prepared.chapter),
                locale=job.locale,
                seeds=job.seeds,
            )
            return replace(graded, notebook=sanitise(graded.notebook))
        except (ChapterError, NurseryError):
            raise
        except MemoryError:
            return ungradable(prepared.chapter, job.student, _too_large(job.limits), job.file.digest, job.locale)
        except Exception as error:  # an error of this one submission stops nobody else's grading
            graded = ungradable(prepared.chapter, job.student, broken_off(error), job.file.digest, job.locale)
            return replace(graded, notebook=sanitise(graded.notebook))

    def _nursery(self, chapter: Chapter) -> Nursery:
        """Chapters whose workers import the same share a zygote."""
        if self._shared is not None:
            return self._shared
        modules = preload(chapter)
        if modules not in self._nurseries:
            self._nurseries[modules] = Nursery(modules)
        return self._nurseries[modules]


_desk: Desk | None = None


def begin(secret: bytes, nursery: Nursery | None = None) -> None:
    """Make this process one that `grade_job` can run in: the initializer of every executor that is handed in."""
    global _desk
    _desk = Desk(secret, nursery)


def desk() -> Desk:
    """What this process began with."""
    if _desk is None:
        raise NurseryError("this process does not know the course's secret: start it with grader.grade.jobs.begin")
    return _desk


def grade_job(job: Job) -> Graded:
    """`Desk.grade`, in a process that has begun."""
    return desk().grade(job)


def bounds_of(limits: Limits) -> Bounds:
    """What one submission may take of the process that grades it; by the clock, while its worker computes, too."""
    return Bounds(limits.referee_s, BACKSTOP * (limits.submission_s + limits.referee_s), limits.referee_mb)


def why_lost(ended: Ended, limits: Limits) -> Text:
    """Why a submission has no result: the process that graded it has ended."""
    if ended.code in (-signal.SIGPROF, -signal.SIGALRM):
        return say(
            "could not be graded: reading, judging and showing it takes more than {seconds:g} s",
            seconds=limits.referee_s,
        )
    if ended.code in (-signal.SIGABRT, -signal.SIGKILL):  # a library that gets no memory aborts
        return _too_large(limits)
    return say("could not be graded: the process that grades it has ended ({code})", code=ended.code)


def grade_many(
    tasks: Sequence[Task],
    prepared: Prepared,
    secret: bytes,
    limits: Limits,
    jobs: int = 1,
    step: Step = silent,
    locale: str = "",
    executor: Executor | None = None,
) -> Generator[tuple[Task, Graded], None, None]:
    """Grade submissions of one chapter, ``jobs`` at once, each as it is done. The same verdicts as one by one.

    executor: whose processes grade instead of our own; each has begun (`begin`) and finds the chapter's folder.
    Our own have bounds (`bounds_of`); whoever hands in an executor sets them there.
    A submission whose grading breaks off waits for a person, and the others go on.
    Raises NurseryError where workers cannot be made at all, PoolError where processes of ours cannot.
    """
    by_student = {task.student: task for task in tasks}
    folder = prepared.chapter.path

    def job(student: str) -> tuple[Job]:
        return (Job(folder, prepared.digest, student, by_student[student].file, limits, locale),)

    def lost(student: str, ended: Ended) -> Graded:
        return ungradable(prepared.chapter, student, why_lost(ended, limits), by_student[student].file.digest, locale)

    with Nursery(preload(prepared.chapter)) as nursery:
        if executor is None and tasks:
            nursery.start()  # all grading processes share it
        results = mapped(
            grade_job,
            list(by_student),
            job,
            jobs,
            step,
            executor=executor,
            begin=begin,
            told=(secret, nursery),
            bounds=bounds_of(limits),
            lost=lost,
        )
        with closing(results):
            for student, graded in results:
                yield by_student[student], graded


def _too_large(limits: Limits) -> Text:
    return say(
        "could not be graded: reading, judging and showing it takes more than {most:,} MB of memory",
        most=limits.referee_mb,
    )
