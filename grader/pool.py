"""One function over many tasks: in this process, in processes of this machine, or on an executor that is handed in.

Processes are spawned: they import the package fresh and know what they are told, so that nothing depends on a fork.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from itertools import islice
from typing import Any, TypeVar

from grader.refusal import Refusal

R = TypeVar("R")
#: The progress of every long command: ``step(done, of, name)`` after each task.
Step = Callable[[int, int, str], None]


class PoolError(Refusal):
    """The processes of a run cannot go on, in one line."""


def silent(done: int, of: int, name: str) -> None:
    """A `Step` that tells nobody."""


def mapped(
    function: Callable[..., R],
    names: Sequence[str],
    task: Callable[[str], tuple[Any, ...]],
    jobs: int = 1,
    step: Step = silent,
    *,
    executor: Executor | None = None,
    begin: Callable[..., None] | None = None,
    told: tuple[Any, ...] = (),
) -> Generator[tuple[str, R], None, None]:
    """(name, ``function(*task(name))``) for each name, as it is done. A task is made shortly before it is run.

    jobs: how many at once; a single one runs in this process. executor: where to run instead of this machine's pool.
    begin(*told): what each process of the pool does first; what a process is told here is in no task.
    Who stops asking for results stops what runs. Raises what ``function`` raises, and PoolError where a process died.
    """
    jobs = min(jobs, len(names))
    if executor is None and jobs <= 1:
        results: Generator[tuple[str, R], None, None] = ((name, function(*task(name))) for name in names)
    else:
        place = _local_pool(jobs, begin, told) if executor is None else nullcontext(executor)
        results = _submitted(place, function, names, task, 2 * jobs)
    with closing(results):
        for done, (name, result) in enumerate(results, start=1):
            yield name, result
            step(done, len(names), name)


def _submitted(
    place: AbstractContextManager[Executor],
    function: Callable[..., R],
    names: Sequence[str],
    task: Callable[[str], tuple[Any, ...]],
    ahead: int,
) -> Generator[tuple[str, R], None, None]:
    """At most ``ahead`` tasks are made and not yet done."""
    waiting: dict[Future[R], str] = {}
    left = iter(names)
    try:
        with place as executor:
            while True:
                for name in islice(left, ahead - len(waiting)):
                    args = task(name)
                    with _no_interrupt():
                        waiting[executor.submit(function, *args)] = name
                if not waiting:
                    return
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    yield waiting.pop(future), future.result()
    except BrokenExecutor as error:
        raise PoolError("a process of this run has ended, perhaps for want of memory: run the command again") from error
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def _local_pool(jobs: int, begin: Callable[..., None] | None, told: tuple[Any, ...]) -> Iterator[Executor]:
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin, (begin, told))
    try:
        with _one_thread_each():
            yield pool
    except BaseException:  # nobody waits for what is half done
        for process in list(pool._processes.values()):
            process.kill()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(begin: Callable[..., None] | None, told: tuple[Any, ...]) -> None:
    """A new process of the pool: it leaves Ctrl-C to its parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if begin is not None:
        begin(*told)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes that are started here compute in one thread, unless the user has said how many: several processes of
    several threads wait for each other, and a large product takes many times as long."""
    added = [name for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS") if name not in os.environ]
    os.environ |= dict.fromkeys(added, "1")
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """A process that is started here begins with Ctrl-C held back: it would be told while it still imports."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
