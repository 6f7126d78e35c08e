"""Jobs: all that one submission's grade follows from, as plain data, and the process that makes a result of it.

A job may be sent anywhere that has the chapters: it names the chapter's folder and the digest of what it must hold.
The secret is in no job: a process is told it when it begins.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from grader.chapter.model import Chapter, ChapterError, load_chapter
from grader.chapter.namespace import Namespace, load_namespace
from grader.chapter.roles import Role
from grader.grade.grading import grade_submission, preload, ungradable
from grader.grade.submission import File, read_file
from grader.limits import Limits
from grader.pool import Step, mapped, silent
from grader.result import Graded
from grader.sandbox.nursery import Nursery, NurseryError
from grader.text import NO_TEXT, Text


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

    nursery: a running one that this process shares; otherwise it has its own. Use as a context manager, or `begin`.
    """

    def __init__(self, secret: bytes, nursery: Nursery | None = None) -> None:
        self._secret, self._shared = secret, nursery
        self._prepared: dict[Path, Prepared] = {}
        self._nurseries: dict[tuple[str, ...], Nursery] = {}
        self._opened = ExitStack()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def prepare(self, folder: Path) -> Prepared:
        """A chapter, loaded once. Raises ChapterError."""
        if folder not in self._prepared:
            self._prepared[folder] = prepare(folder)
        return self._prepared[folder]

    def keep(self, prepared: Prepared) -> None:
        """A chapter that is loaded already."""
        self._prepared[prepared.chapter.path] = prepared

    def grade(self, job: Job) -> Graded:
        """The result; where the grading breaks off it waits for a person.

        Raises ChapterError for a chapter that is another one by now, NurseryError where no submission can be graded.
        """
        prepared = self.prepare(job.folder)
        if prepared.digest != job.digest:
            raise ChapterError(
                prepared.chapter.file, 1, "the chapter was changed while submissions are graded: run the command again"
            )
        try:
            return grade_submission(
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
        except (ChapterError, NurseryError):
            raise
        except Exception as error:  # an error of this one submission stops nobody else's grading
            return ungradable(prepared.chapter, job.student, error, job.file.digest, job.locale)

    def _nursery(self, chapter: Chapter) -> Nursery:
        """Chapters whose workers import the same share a zygote."""
        if self._shared is not None:
            return self._shared
        modules = preload(chapter)
        if modules not in self._nurseries:
            self._nurseries[modules] = self._opened.enter_context(Nursery(modules))
        return self._nurseries[modules]


_desk: Desk | None = None


def begin(secret: bytes, nursery: Nursery | None = None) -> None:
    """Make this process one that `grade_job` can run in: the initializer of every executor that is handed in."""
    global _desk
    _desk = Desk(secret, nursery)


def grade_job(job: Job) -> Graded:
    """`Desk.grade`, in a process that has begun."""
    if _desk is None:
        raise NurseryError("this process does not know the course's secret: start it with grader.grade.jobs.begin")
    return _desk.grade(job)


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

    executor: whose processes grade instead of this machine's; each has begun (`begin`) and finds the chapter's folder.
    A submission whose grading breaks off waits for a person, and the others go on.
    Raises NurseryError where workers cannot be made at all, PoolError where a process of ours dies.
    """
    by_student = {task.student: task for task in tasks}
    folder = prepared.chapter.path

    def job(student: str) -> tuple[Job]:
        return (Job(folder, prepared.digest, student, by_student[student].file, limits, locale),)

    here = executor is None and min(jobs, len(tasks)) <= 1
    with Nursery(preload(prepared.chapter)) as nursery, Desk(secret, nursery) as desk:
        desk.keep(prepared)
        if executor is None and not here:
            nursery.start()  # all grading processes share it
        results = mapped(
            desk.grade if here else grade_job,
            list(by_student),
            job,
            jobs,
            step,
            executor=executor,
            begin=begin,
            told=(secret, nursery),
        )
        with closing(results):
            for student, graded in results:
                yield by_student[student], graded
