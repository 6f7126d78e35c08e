"""Jobs run anywhere: in spawned processes that know only what they are told, with the verdicts of this process."""

from __future__ import annotations

import json
import os
import pickle
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import RIGHT, Course

from grader.chapter.model import ChapterError
from grader.crew import Bounds, Crew, Ended
from grader.grade.jobs import Job, Task, begin, grade_job, grade_many
from grader.grade.submission import read_file
from grader.limits import Limits
from grader.pool import PoolError, mapped
from grader.result import Graded
from grader.sandbox.nursery import Nursery, NurseryError

SECRET = b"a secret of sixteen bytes"


@pytest.fixture
def tasks(course: Course) -> list[Task]:
    answers = {
        "ada": RIGHT,
        "bob": {**RIGHT, "slope": "return x.T @ (line(x, w) - y)"},
        "cyd": {"line": "return x @ w * 1.5", "slope": "return w"},
        "dan": {},
    }
    found = []
    for student, bodies in answers.items():
        path = course.root / f"{student}.ipynb"
        nbformat.write(course.answered(**bodies), path)
        found.append(Task(student, path))
    return [*found, Task("eve", course.root / "nothing.ipynb")]


def text_of(graded: Graded) -> str:
    """All of it but the times."""
    still = tuple(replace(verdict, elapsed_s=0.0) for verdict in graded.verdicts)
    return json.dumps(replace(graded, verdicts=still).to_json())


def test_spawned_processes_of_any_executor_give_the_same_results_to_the_bit(course: Course, tasks: list[Task]) -> None:
    common = (tasks, course.prepared, SECRET, course.settings.limits)
    here = {task.student: text_of(graded) for task, graded in grade_many(*common, jobs=1)}
    with ProcessPoolExecutor(2, get_context("spawn"), begin, (SECRET,)) as executor:
        elsewhere = {task.student: text_of(graded) for task, graded in grade_many(*common, executor=executor)}
    pooled = {task.student: text_of(graded) for task, graded in grade_many(*common, jobs=2)}
    assert here == elsewhere
    assert here == pooled
    assert '"score": 6' in here["ada"]
    assert "not there; a notebook is expected" in here["eve"]


def test_no_job_holds_the_secret_and_a_process_that_was_not_told_it_refuses(course: Course, tasks: list[Task]) -> None:
    job = Job(course.chapter.path, course.prepared.digest, "ada", read_file(tasks[0].path), course.settings.limits)
    assert pickle.loads(pickle.dumps(job)) == job
    assert SECRET not in pickle.dumps(job)
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        refused = executor.submit(grade_job, job)
        with pytest.raises(NurseryError, match="does not know the course's secret"):
            refused.result()


@pytest.mark.parametrize(("jobs", "file"), [(2, "chapter.py"), (2, "mistakes.py")])
def test_a_chapter_that_changed_meanwhile_is_refused_in_one_line(
    course: Course, tasks: list[Task], jobs: int, file: str
) -> None:
    prepared = course.prepared
    path = course.chapter.path / file
    path.write_text(path.read_text().replace("return x @ w\n", "return x @ w + 0\n").replace("You sum", "You add"))
    with pytest.raises(ChapterError, match=r"\A.*the chapter was changed while submissions are graded: run.*\Z"):
        list(grade_many(tasks, prepared, SECRET, course.settings.limits, jobs))


def halves(number: int, divisor: int) -> float:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number / divisor


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_task_is_told_when_its_result_is_taken(jobs: int) -> None:
    heard: list[tuple[int, int, str]] = []
    made: list[str] = []

    def task(name: str) -> tuple[int, int]:
        made.append(name)
        return int(name), 2

    names = [str(number) for number in range(10)]
    running = mapped(halves, names, task, jobs, lambda *told: heard.append(told))
    first = next(running)
    assert heard == []
    assert len(made) <= 2 * jobs  # a class's notebooks are not all in memory at once
    assert dict([first, *running]) == {name: int(name) / 2 for name in names}
    assert [told[:2] for told in heard] == [(done, 10) for done in range(1, 11)]
    assert sorted(told[2] for told in heard) == names


def test_what_a_task_raises_and_a_dead_process_end_the_run() -> None:
    with pytest.raises(ZeroDivisionError):
        list(mapped(halves, ["1", "2"], lambda name: (int(name), 0), 2))
    with pytest.raises(PoolError, match=r"\Aa process of this run has ended.*run the command again\Z"):
        list(mapped(halves, ["1", "13"], lambda name: (int(name), 2), 2))


_shared: list[Nursery] = []


def keep(nursery: Nursery) -> None:
    _shared.append(nursery)


def zygotes(kill: bool) -> list[int]:
    """The process that made a worker for this process, before and after it was killed."""
    pids = []
    for _ in range(2):
        fork = _shared[0].fork(Limits())
        pids.append(int(Path(f"/proc/{fork.pid}/stat").read_text().rsplit(")", 1)[1].split()[1]))
        fork.end()
        if kill:
            os.kill(pids[-1], signal.SIGKILL)
    return pids


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    with Nursery() as running:
        running.start()
        yield running


def test_spawned_processes_share_one_zygote_and_start_their_own_where_it_dies(nursery: Nursery) -> None:
    def seen(kill: bool) -> Any:
        return mapped(zygotes, ["a", "b"], lambda name: (kill,), 2, begin=keep, told=(nursery,))

    assert dict(seen(kill=False)) == {"a": [nursery.pid] * 2, "b": [nursery.pid] * 2}
    killed = [pids for _, pids in seen(kill=True)]
    assert any(len(set(pids)) == 2 for pids in killed)


@pytest.mark.parametrize(("said", "threads"), [(None, "1"), ("3", "3")])
def test_processes_of_a_pool_compute_in_one_thread_unless_the_user_says(
    monkeypatch: pytest.MonkeyPatch, said: str | None, threads: str
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if said is not None:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", said)
    found = dict(mapped(os.getenv, ["a", "b"], lambda name: ("OPENBLAS_NUM_THREADS",), 2))
    assert found == {"a": threads, "b": threads}
    assert os.environ.get("OPENBLAS_NUM_THREADS") == said


LONG = Bounds(computing_s=60, wall_s=60, memory_mb=1000)


def misbehave(how: str) -> str:
    if how == "computes":
        while True:
            pass
    if how == "waits":
        time.sleep(60)
    if how == "holds":
        return str(len(bytearray(2**30)))
    if how == "dies":
        os.kill(os.getpid(), signal.SIGSEGV)
    if how == "is killed":
        os.kill(os.getpid(), signal.SIGKILL)
    return how


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_task_out_of_its_bounds_is_lost_and_the_others_go_on(jobs: int) -> None:
    names = ["a", "computes", "b", "waits", "c", "dies", "d", "is killed", "e"]
    codes: dict[str, int] = {}

    def lost(name: str, ended: Ended) -> str:
        codes[name] = ended.code
        return "lost"

    bounds = Bounds(computing_s=0.5, wall_s=3, memory_mb=200)
    done = dict(mapped(misbehave, names, lambda name: (name,), jobs, bounds=bounds, lost=lost))
    assert done == {name: name if len(name) == 1 else "lost" for name in names}
    assert codes == {
        "computes": -signal.SIGPROF,
        "waits": -signal.SIGALRM,
        "dies": -signal.SIGSEGV,
        "is killed": -signal.SIGKILL,
    }
    with pytest.raises(MemoryError):
        list(mapped(misbehave, ["holds"], lambda name: (name,), bounds=bounds))


def die_once(path: Path) -> str:
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def test_a_task_whose_process_was_killed_from_outside_is_done_again(tmp_path: Path) -> None:
    assert dict(mapped(die_once, ["a", "b"], lambda name: (tmp_path / name,), 2)) == {"a": "done", "b": "done"}


def die_at_birth(folder: Path, times: int) -> None:
    """The first processes are killed from outside while they start, as where memory is short."""
    born = len(list(folder.iterdir()))
    (folder / str(born)).touch()
    if born < times:
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_is_killed_before_its_task_counts_for_no_task(tmp_path: Path) -> None:
    done = mapped(misbehave, ["a", "b"], lambda name: (name,), 1, begin=die_at_birth, told=(tmp_path, 5), bounds=LONG)
    assert dict(done) == {"a": "a", "b": "b"}


def die_twice(folder: Path) -> str:
    if (born := len(list(folder.iterdir()))) < 2:
        (folder / str(born)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def test_a_process_that_is_killed_while_it_waits_counts_for_no_task(tmp_path: Path) -> None:
    with Crew(1, None, (), None) as crew:
        pid = crew.submit(os.getpid).result()
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # until all of its threads have ended, and not collected
        assert crew.submit(die_twice, tmp_path).result() == "done"


def test_processes_that_are_killed_each_time_end_the_run_in_one_line(tmp_path: Path) -> None:
    told = (tmp_path, 100)
    with pytest.raises(PoolError, match=r"does not start: it is killed each time, perhaps for want of memory\Z"):
        list(mapped(misbehave, ["a"], lambda name: (name,), 1, begin=die_at_birth, told=told, bounds=LONG))


def give_up() -> None:
    os._exit(7)


def test_processes_that_do_not_start_end_the_run_in_one_line() -> None:
    with pytest.raises(PoolError, match=r"\Aa process of this run does not start: it ended with 7\Z"):
        list(mapped(misbehave, ["a", "b"], lambda name: (name,), 2, begin=give_up))


def unsendable(name: str) -> Any:
    return lambda: name


def test_a_result_that_cannot_be_sent_is_told() -> None:
    with pytest.raises(Exception, match="pickle"):
        list(mapped(unsendable, ["a", "b"], lambda name: (name,), 2))
