"""Grading many submissions at once: a few trusted processes over one zygote."""

from __future__ import annotations

import ctypes
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.chapter.model import Chapter
from grader.chapter.namespace import Namespace
from grader.grade.grading import grade_submission, preload, ungradable
from grader.limits import Limits
from grader.result import Graded
from grader.sandbox.nursery import Nursery, NurseryError

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Task:
    """One submission to grade."""

    student: str
    path: Path


def grade_many(
    tasks: Sequence[Task],
    chapter: Chapter,
    namespace: Namespace,
    secret: bytes,
    limits: Limits,
    jobs: int = 1,
    locale: str = "",
) -> Iterator[tuple[Task, Graded]]:
    """Grade submissions in ``jobs`` processes, each as it is done. The same verdicts as one by one.

    locale: the language of a page whose notebook names none.

    A submission whose grading breaks off waits for a person, and the others go on.
    Raises NurseryError where workers cannot be made at all.
    """
    jobs = max(1, min(jobs, len(tasks)))
    with Nursery(preload(chapter)) as nursery:
        if jobs == 1:
            for task in tasks:
                yield task, _grade(task, chapter, namespace, secret, limits, nursery, locale)
            return
        context = multiprocessing.get_context("fork")
        nursery.start()  # before the fork: all grading processes share one zygote
        # What a process needs is there by the fork; namespaces of chapters cannot be sent.
        pool = ProcessPoolExecutor(jobs, context, _begin, (chapter, namespace, secret, limits, nursery, locale))
        try:
            waiting: dict[Future[Graded], Task] = {pool.submit(_grade_here, task): task for task in tasks}
            while waiting:
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    task = waiting.pop(future)
                    yield task, _go_on(future.result, chapter, task, locale)
        except BrokenProcessPool as error:
            raise NurseryError("a grading process has ended: run the command again to go on") from error
        except (KeyboardInterrupt, GeneratorExit):  # nobody waits for what is half graded; workers die with us
            for process in list(pool._processes.values()):
                process.kill()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_HERE: dict[str, Any] = {}


def _begin(*shared: Any) -> None:
    """A new grading process: it leaves Ctrl-C to its parent and dies with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _HERE["shared"] = shared


def _grade_here(task: Task) -> Graded:
    chapter, namespace, secret, limits, nursery, locale = _HERE["shared"]
    return _grade(task, chapter, namespace, secret, limits, nursery, locale)


def _grade(
    task: Task,
    chapter: Chapter,
    namespace: Namespace,
    secret: bytes,
    limits: Limits,
    nursery: Nursery,
    locale: str,
) -> Graded:
    def grade() -> Graded:
        return grade_submission(
            task.path,
            chapter,
            namespace,
            student=task.student,
            secret=secret,
            limits=limits,
            nursery=nursery,
            locale=locale,
        )

    return _go_on(grade, chapter, task, locale)


def _go_on(grade: Callable[[], Graded], chapter: Chapter, task: Task, locale: str) -> Graded:
    """What ``grade`` gives. An error of this one submission is a result too: it stops nobody else's grading."""
    try:
        return grade()
    except (NurseryError, BrokenProcessPool):  # no submission can be graded
        raise
    except Exception as error:
        return ungradable(chapter, task.student, error, locale)
