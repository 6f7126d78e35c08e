"""One function over many tasks: in this process, in processes of our own, or on an executor that is handed in."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from itertools import islice
from typing import Any, TypeVar

from grader.crew import Bounds, Crew, Ended, NoStart
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
    bounds: Bounds | None = None,
    lost: Callable[[str, Ended], R] | None = None,
) -> Generator[tuple[str, R], None, None]:
    """(name, ``function(*task(name))``) for each name, as it is done. A task is made shortly before it is run.

    jobs: how many at once; a single one without bounds runs in this process. executor: where to run instead of
    processes of ours. begin(*told): what each of them does first; what a process is told here is in no task.
    bounds: what a task may use; a process that needs more dies, and another goes on with the next task.
    lost: the result of a task whose process died; without it that ends the run.
    Who stops asking for results stops what runs. Raises what ``function`` raises, and PoolError where a process died.
    """
    jobs = max(1, min(jobs, len(names)))
    if executor is None and jobs == 1 and bounds is None:
        results: Generator[tuple[str, R], None, None] = ((name, function(*task(name))) for name in names)
    else:
        place = _own(Crew(jobs, begin, told, bounds)) if executor is None else nullcontext(executor)
        results = _submitted(place, function, names, task, 2 * jobs, lost)
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
    lost: Callable[[str, Ended], R] | None,
) -> Generator[tuple[str, R], None, None]:
    """At most ``ahead`` tasks are made and not yet done."""
    waiting: dict[Future[R], str] = {}
    left = iter(names)
    try:
        with place as executor:
            while True:
                for name in islice(left, ahead - len(waiting)):
                    waiting[executor.submit(function, *task(name))] = name
                if not waiting:
                    return
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    name = waiting.pop(future)
                    try:
                        result = future.result()
                    except Ended as ended:
                        if lost is None:
                            raise
                        result = lost(name, ended)
                    yield name, result
    except NoStart as error:
        raise PoolError(f"a process of this run does not start: {error}") from error
    except (BrokenExecutor, Ended) as error:
        raise PoolError("a process of this run has ended, perhaps for want of memory: run the command again") from error
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def _own(crew: Crew) -> Iterator[Executor]:
    """A crew for as long as somebody waits for it."""
    try:
        with _one_thread_each():
            yield crew
    except BaseException:
        crew.kill()
        raise
    finally:
        crew.shutdown(cancel_futures=True)


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
