"""Hostile notebooks: each gains nothing, reaches nothing and disturbs nobody; without its defences each succeeds."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course, nbgrader

from grader.grade.grading import grade_submission
from grader.limits import Limits
from grader.result import Graded
from grader.sandbox.locks import Locks
from grader.sandbox.nursery import Nursery

HERE = Path(__file__).parent / "attacks"
#: What a notebook does in its worker. Those on the trusted side's time and memory are tried in test_exhausting, those
#: on collection in test_collection.
KINDS = ("forging", "reading", "escaping", "stalling", "lying")
ATTACKS = sorted(path for kind in KINDS for path in (HERE / kind).glob("*.py"))
LOCKS = set(Locks.__dataclass_fields__)
#: Defences that are no lock: with them "off" a grader without them is attacked.
TIGHT = Limits(cell_s=0.5, call_s=0.5, submission_s=30, memory_mb=100, output_chars=5000)
LOOSE = Limits(cell_s=30, call_s=30, submission_s=90, memory_mb=2048, output_chars=20_000_000)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="locks of another user's processes need root"),
]


@dataclass(frozen=True)
class Arena:
    """A course with something to steal, a server to reach, and a neighbour."""

    course: Course
    port: int
    heard: list[bytes]
    neighbour: Path

    def notebook(self, attack: Path) -> nbformat.NotebookNode:
        code = attack.read_text(encoding="utf-8")
        for mark, value in {
            "@SOLUTIONS@": self.course.settings.solutions,
            "@COURSE@": self.course.settings.course,
            "@NEIGHBOUR@": self.neighbour,
            "@PORT@": self.port,
            "@NAME@": f"grader-test-{os.getpid()}",
        }.items():
            code = code.replace(mark, str(value))
        notebook = self.course.release()
        if "def line(" in code:
            cell = next(cell for cell in notebook.cells if "exercise: line" in cell.source)
            cell.source = f"# {CHAPTER} · exercise: line\n{code}"
        else:
            notebook.cells.insert(2, nbformat.v4.new_code_cell(code))
        return notebook

    def grade(self, notebook: nbformat.NotebookNode, nursery: Nursery, limits: Limits) -> Graded:
        path = self.course.root / "handed_in.ipynb"
        nbformat.write(notebook, path)
        return grade_submission(
            path,
            self.course.chapter,
            self.course.namespace,
            student="somebody",
            secret=b"secret",
            limits=limits,
            nursery=nursery,
        )


def defences(attack: Path) -> list[str]:
    told = re.search(r"Stopped by: ([^.]*)\.", ast.get_docstring(ast.parse(attack.read_text())) or "")
    assert told, f"{attack.name} does not say what stops it"
    return [word.strip() for word in told[1].split(",")]


def outputs(graded: Graded) -> str:
    return json.dumps([cell.get("outputs", []) for cell in graded.notebook.cells])


def reached(graded: Graded) -> bool:
    shown = [
        output
        for cell in graded.notebook.cells
        for output in cell.get("outputs", [])
        if output.get("output_type") in ("stream", "execute_result") and "grader" not in cell.metadata
    ]
    return any("REACHED" in str(output.get("text", "")) for output in shown)


@pytest.fixture
def arena(course: Course, monkeypatch: pytest.MonkeyPatch) -> Iterator[Arena]:
    monkeypatch.setenv("TREASURE", "an instructor's token")
    settings = course.settings
    (settings.course / "secret").write_text("the secret of the course")
    neighbour = settings.course / "submitted" / "neighbour" / CHAPTER
    neighbour.mkdir(parents=True)
    nbformat.write(course.answered(**RIGHT), neighbour / f"{CHAPTER}.ipynb")
    with sqlite3.connect(settings.course / "gradebook.db") as book:
        book.execute("create table grade (student text, points real)")
    private = Path(tempfile.mkdtemp(prefix="neighbour-"))  # as a worker's own folder is made, for its user alone
    (private / "notes.txt").write_text("a neighbour's notes")
    heard: list[bytes] = []
    server, datagrams = socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    port = server.getsockname()[1]
    datagrams.bind(("127.0.0.1", port))
    threading.Thread(target=_listen, args=(server, heard), daemon=True).start()
    yield Arena(course, port, heard, private)
    server.close()
    datagrams.close()
    shutil.rmtree(private)
    (Path("/dev/shm") / f"grader-test-{os.getpid()}").unlink(missing_ok=True)


def _listen(server: socket.socket, heard: list[bytes]) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            heard.append(connection.recv(100))


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as one:
        yield one


def test_there_are_enough_of_every_kind() -> None:
    kinds = [attack.parent.name for attack in ATTACKS]
    assert len(ATTACKS) >= 60
    assert {kind: kinds.count(kind) >= 6 for kind in set(kinds)} == dict.fromkeys(KINDS, True)
    assert len(list(HERE.glob("*/*.py"))) >= 95


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_attack_gains_and_reaches_nothing(arena: Arena, nursery: Nursery, attack: Path) -> None:
    book = (arena.course.settings.course / "gradebook.db").read_bytes()
    started = time.monotonic()
    graded = arena.grade(arena.notebook(attack), nursery, TIGHT)
    assert graded.score == 0
    assert not reached(graded)
    assert arena.heard == []
    assert time.monotonic() - started < 40  # a worker that only waits has four times its seconds
    assert (arena.course.settings.course / "gradebook.db").read_bytes() == book
    assert (arena.course.settings.course / "secret").read_text() == "the secret of the course"
    assert not (arena.course.settings.course / "planted.txt").exists()
    assert len(outputs(graded)) < 200_000
    # The next submission from the same zygote is graded as if nothing had been.
    assert arena.grade(arena.course.answered(**RIGHT), nursery, Limits()).score == 6


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_without_its_defences_it_succeeds(arena: Arena, attack: Path) -> None:
    off = defences(attack)
    notebook = arena.notebook(attack)
    if set(off) <= LOCKS:
        with Nursery(locks=Locks(**dict.fromkeys(off, False))) as nursery:
            graded = arena.grade(notebook, nursery, LOOSE if "limits" in off else TIGHT.__class__(memory_mb=100))
        assert reached(graded), outputs(graded)[-2000:]
        return
    if off in (["time limits"], ["output limit"]):
        with Nursery() as nursery:
            graded = arena.grade(notebook, nursery, LOOSE)
        assert reached(graded) or graded.score > 0, outputs(graded)[-2000:]
        return
    assert set(off) <= {"boundary", "comparison", "copies", "hidden inputs"}, f"unknown defence: {off}"
    path = arena.course.root / "handed_in.ipynb"
    nbformat.write(notebook, path)
    command = [sys.executable, str(HERE / "naive.py"), str(arena.course.chapter.path), str(path)]
    done = subprocess.run(
        [*command, *(["--public"] if off == ["hidden inputs"] else [])], capture_output=True, text=True, timeout=60
    )
    if not done.stdout.strip():  # the whole grading is gone
        assert attack.stem == "exit", done.stderr
        return
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["score"] > 0 or told["reached"], (told, done.stderr[-2000:])


def archive(folder: Path, escape: str) -> Path:
    """What a learning system hands over, with one member whose name leads out of the folder."""
    folder.mkdir(parents=True)
    path = folder / "submissions.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(f"somebody_{CHAPTER}.ipynb", "{}")
        made.writestr(escape, "planted")
    return path


@pytest.mark.parametrize("escape", ["../../../../planted.txt", "/tmp/../planted.txt", "..\\..\\planted.txt"])
def test_an_archive_writes_nothing_outside_its_folder_at_collection(course: Course, escape: str) -> None:
    where = course.settings.course / "downloaded" / CHAPTER / "archive"
    archive(where, escape)
    secret = course.settings.course / "secret"
    secret.write_text("the secret of the course")
    outside = {path for path in course.root.rglob("*") if where.parent not in path.parents}
    done = nbgrader(course, "zip_collect", CHAPTER)
    assert (course.settings.course / "submitted" / "somebody" / CHAPTER).is_dir(), done.stderr
    new = {path for path in course.root.rglob("*") if where.parent not in path.parents} - outside
    assert [path.name for path in new if "planted" in path.name] == []
    assert not list(course.root.parent.glob("planted.txt"))
    assert secret.read_text() == "the secret of the course"


def test_such_an_archive_does_write_outside_when_its_names_are_trusted(tmp_path: Path) -> None:
    where = tmp_path / "a" / "b"
    path = archive(where, "../../planted.txt")
    with zipfile.ZipFile(path) as opened:
        for name in opened.namelist():
            (where / name).write_bytes(opened.read(name))
    assert (tmp_path / "planted.txt").read_text() == "planted"
