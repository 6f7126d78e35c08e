"""The locks of a worker, with real processes: each attempt is stopped, by each lock alone that is said to stop it."""

from __future__ import annotations

import inspect
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path

import nbformat
import pytest
from conftest import RIGHT, Course

from grader.grade.grading import grade_submission
from grader.limits import Limits
from grader.sandbox import landlock, locks, seccomp
from grader.sandbox.attempts import ATTEMPTS, Attempt, signal_by_event
from grader.sandbox.doctor import examine, examine_bounds
from grader.sandbox.locks import Locks
from grader.sandbox.nursery import Nursery
from grader.sandbox.worker import Worker

ROOT = Path(__file__).resolve().parents[1]
ALL = [field.name for field in fields(Locks)]
NONE = replace(Locks(), **dict.fromkeys(ALL, False))
AS_ROOT = ("own_uid", "network", "disk")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these locks are Linux's")


@pytest.fixture(scope="module")
def nurseries() -> Iterator[Callable[[Locks], Nursery]]:
    """One zygote for each set of locks."""
    made: dict[Locks, Nursery] = {}

    def nursery(locks: Locks) -> Nursery:
        return made.setdefault(locks, Nursery(locks=locks))

    yield nursery
    for one in made.values():
        one.close()


def here(lock: str) -> None:
    """Skip where this machine lacks a lock."""
    if lock in AS_ROOT and os.geteuid() != 0:
        pytest.skip(f"{lock} needs root")
    if lock == "landlock" and landlock.version() < 6:
        pytest.skip(f"this kernel's Landlock is version {landlock.version()}")
    if lock == "seccomp" and not seccomp.available():
        pytest.skip("no seccomp filter for this machine")


def named(attempt: Attempt) -> str:
    return attempt.function.__name__


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=named)
def test_every_attempt_succeeds_without_locks(attempt: Attempt, nurseries: Callable[[Locks], Nursery]) -> None:
    if os.geteuid() != 0:
        pytest.skip("an ordinary user lacks some of these rights anyway")
    found = examine(nurseries(NONE), [attempt])
    assert found.findings[0].how == "it succeeded"


@pytest.mark.parametrize(
    ("attempt", "lock"),
    [(a, lock) for a in ATTEMPTS for lock in a.locks],
    ids=lambda value: value if isinstance(value, str) else named(value),
)
def test_each_lock_stops_it_alone(attempt: Attempt, lock: str, nurseries: Callable[[Locks], Nursery]) -> None:
    here(lock)
    # A user of its own needs Python where that user can read it: a view of the disk shows it there.
    alone = {"own_uid": ("own_uid", "disk")}.get(lock, (lock,))
    found = examine(nurseries(replace(NONE, **dict.fromkeys(alone, True))), [attempt])
    assert found.findings[0].holds, found.findings[0].how


def test_all_locks_together_stop_all(nurseries: Callable[[Locks], Nursery]) -> None:
    for lock in ALL:
        here(lock)
    found = examine(nurseries(Locks()))
    assert [finding for finding in found.findings if not finding.holds] == []
    assert found.isolation == "process, own disk, no network, limits, Landlock, own user, seccomp"


@pytest.mark.parametrize(
    ("lock", "arrives"), [(None, True), ("seccomp", False), ("own_uid", False), ("landlock", False)]
)
def test_no_event_signals_the_grader(lock: str | None, arrives: bool, nurseries: Callable[[Locks], Nursery]) -> None:
    """The kernel refuses some of it without an error: what counts is whether the signal comes."""
    if lock is not None:
        here(lock)
    elif os.geteuid() != 0:
        pytest.skip("an ordinary user lacks some of these rights anyway")
    alone = {None: (), "own_uid": ("own_uid", "disk")}.get(lock, (lock,))
    came: list[int] = []
    before = signal.signal(signal.SIGURG, lambda number, frame: came.append(number))
    try:
        with Worker(Limits(), nurseries(replace(NONE, **dict.fromkeys(alone, True)))) as worker:
            worker.run_cell("from __future__ import annotations\n" + inspect.getsource(signal_by_event))
            worker.call("signal_by_event", ({"pid": os.getpid()},))
    finally:
        signal.signal(signal.SIGURG, before)
    assert bool(came) == arrives


@pytest.mark.parametrize(
    "call",
    [
        "fcntl.fcntl(s, 8, os.getpid())",
        "fcntl.fcntl(s, 10, 0)",
        "fcntl.fcntl(s, 15, bytes(8))",
        "fcntl.ioctl(s, 0x8901, bytes(4))",
        "fcntl.ioctl(s, 0x8902, bytes(4))",
    ],
)
def test_no_descriptor_gets_an_owner(call: str, nurseries: Callable[[Locks], Nursery]) -> None:
    here("seccomp")
    with Worker(Limits(), nurseries(replace(NONE, seccomp=True))) as worker:
        worker.run_cell("import fcntl, os, socket\ns, t = socket.socketpair()")
        assert not [item for item in worker.run_cell("fcntl.fcntl(s, fcntl.F_GETFL)").outputs if "ename" in item]
        assert worker.run_cell(call).outputs[-1].get("ename") == "PermissionError"


@pytest.mark.parametrize("lock", ["landlock", "seccomp", "own_uid"])
def test_grading_works_without_a_lock_and_says_what_is_missing(
    lock: str, course: Course, nurseries: Callable[[Locks], Nursery]
) -> None:
    here(lock)
    path = course.root / "in.ipynb"
    nbformat.write(course.answered(**RIGHT), path)
    graded = grade_submission(
        path,
        course.chapter,
        course.namespace,
        student="a",
        secret=b"s",
        limits=course.settings.limits,
        nursery=nurseries(replace(Locks(), **{lock: False})),
    )
    assert graded.score == 6
    assert "switched off" in graded.isolation.split("missing: ")[1]


def test_a_worker_reads_the_package_and_the_libraries_and_nothing_beside(
    nurseries: Callable[[Locks], Nursery], monkeypatch: pytest.MonkeyPatch
) -> None:
    here("landlock")
    with Worker(Limits(), nurseries(Locks())) as worker:
        for source in (
            "import statistics, sqlite3, doctest",
            "from grader import check, data; data.load('digits')",
            "import numpy as np; np.save('mine.npy', np.ones(3)); np.load('mine.npy')",
            "import tempfile; tempfile.TemporaryFile().write(b'x')",
            "import threading; t = threading.Thread(target=print); t.start(); t.join()",
            "import asyncio; asyncio.run(asyncio.sleep(0))",
            "from concurrent.futures import ThreadPoolExecutor as T; list(T(2).map(abs, [1, 2]))",
        ):
            assert not [item for item in worker.run_cell(source).outputs if item["output_type"] == "error"], source
        for path in (
            ROOT / "pyproject.toml",
            ROOT / "tests" / "conftest.py",
            ROOT / "solutions",
            Path("/etc/passwd"),
            Path(f"/proc/{os.getpid()}/cmdline"),
            Path("/tmp"),
        ):
            shown = worker.run_cell(
                f"import os\nos.listdir({str(path)!r}) if os.path.isdir({str(path)!r}) else open({str(path)!r}).read()"
            ).outputs
            assert shown[-1].get("ename") == "PermissionError", path


def test_the_workers_memory_holds_nothing_of_the_trusted_side(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked for from outside, in all memory of a worker that has just been graded."""
    if os.geteuid() != 0:
        pytest.skip("only root may read another process's memory")
    monkeypatch.setenv("GRADER_SECRET", "the environment's secret")
    never = {
        "secret": b"the environment's secret",
        "key": b"the key of hidden inputs",
        "answer": b"residual_of_the_line",
        "hidden test": b"rng.normal(size=(7, 5))",
        "other submission": b"what an earlier student wrote",
    }
    memories: list[bytes] = []
    end = Worker.close

    def look_and_end(worker: Worker) -> None:
        shown = printed(
            worker,
            "import os, sys\nprint(os.getpid())\nprint([name for name in sys.modules if name.startswith('grader.')])",
        )
        memories.append(memory_of(int(shown.split()[0])) + shown.encode())
        end(worker)

    monkeypatch.setattr(Worker, "close", look_and_end)
    path = course.root / "in.ipynb"
    with Nursery() as nursery:
        for line in ("return 'what an earlier student wrote'", "return 'what this student wrote'"):
            nbformat.write(course.answered(line=line), path)
            grade_submission(path, course.chapter, course.namespace, student="a", secret=never["key"], nursery=nursery)
    assert b"what an earlier student wrote" in memories[0]
    assert b"what this student wrote" in memories[1]
    assert [what for what, text in never.items() if text in memories[1]] == []
    trusted = (
        "author",
        "course",
        "commands",
        "settings",
        "judge.live",
        "run.referee",
        "run.grading",
        "run.nursery",
        "run.worker",
        "run.repair",
        "run.doctor",
    )
    assert [name for name in trusted if f"'grader.{name}".encode() in memories[1]] == []


def test_live_workers_have_users_and_folders_of_their_own() -> None:
    here("own_uid")
    with (
        Nursery() as one,
        Nursery() as two,
        Worker(Limits(), one) as a,
        Worker(Limits(), one) as b,
        Worker(Limits(), two) as c,
    ):
        shown = [
            json.loads(
                worker.run_cell("import os, json\nprint(json.dumps([os.getuid(), os.getcwd()]))").outputs[0]["text"]
            )
            for worker in (a, b, c)
        ]
        assert len({uid for uid, _ in shown}) == 3
        assert len({folder for _, folder in shown}) == 3
        other = shown[0][1]
        assert b.run_cell(f"import os\nos.listdir({other!r})").outputs[0]["ename"] == "PermissionError"


def test_threads_and_forked_processes_share_a_nursery() -> None:
    with Nursery() as nursery:

        def ask(number: int) -> object:
            with Worker(Limits(), nursery) as worker:
                worker.run_cell("def f(x):\n    return x + 1")
                return worker.call("f", (number,)).value

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(ask, range(12))) == list(range(1, 13))
        pids = []
        for number in (1, 2):
            pid = os.fork()
            if pid == 0:
                os._exit(0 if ask(number) == number + 1 else 1)
            pids.append(pid)
        assert [os.waitpid(pid, 0)[1] for pid in pids] == [0, 0]
        assert ask(5) == 6


def test_a_dead_zygote_is_started_again_and_the_notebook_replayed() -> None:
    with Nursery() as nursery, Worker(Limits(), nursery) as worker:
        pid = int(printed(worker, "import os\ny = 3\ndef f(x):\n    return x + y\nprint(os.getpid())"))
        assert nursery.pid is not None
        os.kill(nursery.pid, signal.SIGKILL)
        wait_until(lambda: not alive(pid))
        assert worker.call("f", (1,)).value == 4


def test_what_student_code_started_ends_with_it(tmp_path: Path) -> None:
    with Nursery(locks=replace(Locks(), seccomp=False)) as nursery:
        with Worker(Limits(), nursery) as worker:
            shown = worker.run_cell(
                "import os, time\npids = []\nfor detach in (False, True):\n    pid = os.fork()\n    if pid == 0:\n"
                "        if detach:\n            os.setsid()\n        time.sleep(600)\n        os._exit(0)\n"
                "    pids.append(pid)\nprint(pids)"
            ).outputs
            pids = json.loads(shown[0]["text"])
            assert all(alive(pid) for pid in pids)
        wait_until(lambda: not any(alive(pid) for pid in pids))


@pytest.mark.parametrize("locks", [Locks(), replace(Locks(), disk=False)], ids=["own disk", "plain folder"])
def test_nothing_is_left_of_a_folder(locks: Locks) -> None:
    with Nursery(locks=locks) as nursery:
        with Worker(Limits(), nursery) as worker:
            folder = Path(
                worker.run_cell(
                    "import os\nos.makedirs('a/b')\nopen('a/b/c', 'w').write('x')\nos.mkdir('closed', 0)\n"
                    "print(os.getcwd())"
                )
                .outputs[0]["text"]
                .strip()
            )
            assert folder.parent.is_dir()
        assert not folder.exists()
    assert not folder.parent.exists()


def test_nothing_is_left_when_the_grader_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom grader.sandbox.worker import Worker\nw = Worker()\nw.__enter__()\n"
        "print(w.run_cell('import os; print(os.getpid(), os.getppid(), os.getcwd())').outputs[0]['text'],"
        " flush=True)\ntime.sleep(600)"
    )
    grader = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert grader.stdout is not None
    worker, zygote, folder = grader.stdout.readline().split()
    grader.kill()
    grader.wait()
    wait_until(lambda: not alive(int(worker)) and not alive(int(zygote)) and not Path(folder).parent.exists())


def test_a_library_that_is_not_there_keeps_no_user_of_its_own_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """As root's own library in the folder of root's alone, which the system's Python would search."""
    with tempfile.TemporaryDirectory() as name:
        public, home = Path(name), Path(name, "root")
        public.chmod(0o755)
        home.mkdir(0o700)
        monkeypatch.setattr(locks, "readable", lambda: iter([public, home / "lib"]))
        locks.closed_to_others.cache_clear()
        assert locks.closed_to_others(str(public)) is None
        (home / "lib").mkdir()
        locks.closed_to_others.cache_clear()
        assert locks.closed_to_others(str(public)) == home
    locks.closed_to_others.cache_clear()


@pytest.mark.parametrize("lock", ["landlock", "seccomp"])
def test_the_report_says_what_the_limit_of_memory_leaves_out(lock: str, nurseries: Callable[[Locks], Nursery]) -> None:
    needed = {"landlock": "Landlock", "seccomp": "seccomp"}[lock]
    with Worker(Limits(), nurseries(replace(Locks(), **{lock: False}))) as worker:
        worker.run_cell("1")
        assert f"limit of shared memory (needs {needed})" in worker.isolation.split("missing: ")[1]


def test_the_trusted_side_is_stopped_in_whatever_it_is_made_to_do() -> None:
    with Nursery() as nursery:
        found = list(examine_bounds(nursery))
    assert [finding.attempt for finding in found if not finding.holds] == []
    assert len(found) == 4


def test_an_ordinary_user_has_what_needs_no_root(tmp_path: Path) -> None:
    """As nobody. Where the interpreter is root's alone, nobody is given the right to read it."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("needs root and setpriv, to become an ordinary user")
    script = (
        "from grader.sandbox.doctor import examine\nfrom grader.sandbox.nursery import Nursery\n"
        "with Nursery() as nursery:\n    found = examine(nursery)\n"
        "print(found.isolation)\nprint([f.attempt for f in found.findings if not f.holds])"
    )
    done = subprocess.run(
        [
            "setpriv",
            "--reuid",
            "65534",
            "--regid",
            "65534",
            "--clear-groups",
            "--inh-caps",
            "+dac_read_search",
            "--ambient-caps",
            "+dac_read_search",
            sys.executable,
            "-c",
            script,
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "HOME": "/nonexistent", "TMPDIR": "/tmp"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    isolation, open_ = done.stdout.strip().split("\n")
    assert isolation == (
        "process, limits, Landlock, seccomp, no network; missing: own disk (needs root), own user (needs root)"
    )
    assert open_ == "['fill the disk with files']"


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come true in time"
        threading.Event().wait(0.02)


def printed(worker: Worker, source: str) -> str:
    return str(worker.run_cell(source).outputs[0]["text"])


def memory_of(pid: int) -> bytes:
    """All memory of a process that can be read."""
    held = []
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
        for line in maps:
            start, end = (int(number, 16) for number in line.split()[0].split("-"))
            try:
                memory.seek(start)
                held.append(memory.read(end - start))
            except (OSError, OverflowError, ValueError):  # not readable: the kernel's own pages
                continue
    return b"\0".join(held)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
