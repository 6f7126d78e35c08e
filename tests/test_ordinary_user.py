"""An ordinary user of the machine grades with the wheel, in an environment of the system's own Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv-ordinary" / "bin" / "python"
NOBODY = 65534


def _why_not() -> str:
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only root can become an ordinary user"
    if not PYTHON.exists():
        return "needs .venv-ordinary, which `make test-all` makes where the system has Python 3.11 or newer"
    seen = subprocess.run(
        [PYTHON, "-c", "import nbgrader"],
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if seen.returncode == 0 else "an ordinary user cannot read this checkout's .venv-ordinary"


@pytest.fixture
def ordinary(course: Course, distributions: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A course that belongs to an ordinary user, and their environment, which finds the package from the wheel."""
    reason = _why_not()
    if reason:
        pytest.skip(reason)
    home = Path(tempfile.mkdtemp(prefix="ordinary-"))
    try:
        (wheel,) = distributions.glob("*.whl")
        subprocess.run(
            [PYTHON, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", home / "package", wheel],
            check=True,
        )
        shutil.copytree(course.root, home / "course")
        for path in (home, *home.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        yield home, {"PATH": f"{PYTHON.parent}:/usr/bin:/bin", "HOME": str(home), "PYTHONPATH": str(home / "package")}
    finally:
        shutil.rmtree(home)


@pytest.mark.slow
def test_an_ordinary_user_grades_right_and_wrong_and_is_told_what_is_missing(
    course: Course, ordinary: tuple[Path, dict[str, str]]
) -> None:
    home, environment = ordinary

    def grader(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PYTHON, "-m", "grader", *words],
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            cwd=home / "course",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    for name, notebook in (("right", course.answered(**RIGHT)), ("wrong", course.answered(line="return x @ w + 1"))):
        nbformat.write(notebook, home / "course" / f"{name}.ipynb")
    done = grader("grade", "--format", "json", "--public-seed", "right.ipynb", "wrong.ipynb")
    assert done.returncode == 0, done.stderr
    right, wrong = json.loads(done.stdout)
    assert (right["chapter"], right["score"]) == (CHAPTER, right["max_score"])
    assert wrong["score"] < right["score"]
    assert "landlock" in right["isolation"].lower()
    assert "own user (needs root)" in right["isolation"]
    doctor = grader("doctor")
    assert "Traceback" not in doctor.stdout + doctor.stderr
    assert doctor.returncode in (0, 1)


#: What Docker leaves to root in a container, if nothing else is said.
DOCKERS = (
    *("chown", "dac_override", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "net_bind_service"),
    *("net_raw", "sys_chroot", "mknod", "audit_write", "setfcap"),
)
IN_A_CONTAINER = """
from grader.sandbox.attempts import ATTEMPTS
from grader.sandbox.doctor import examine
from grader.sandbox.locks import Locks
from grader.sandbox.nursery import Nursery

of_users = [attempt for attempt in ATTEMPTS if "own_uid" in attempt.locks]
for locks, attempts in ((Locks(), ATTEMPTS), (Locks(landlock=False), of_users)):
    with Nursery(locks=locks) as nursery:
        found = examine(nursery, attempts)
    print(found.isolation)
    print([finding.attempt for finding in found.findings if not finding.holds])
"""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv takes root's other rights away")
def test_root_of_a_container_gives_each_worker_a_user_of_its_own(
    course: Course, ordinary: tuple[Path, dict[str, str]]
) -> None:
    home, environment = ordinary
    home.chmod(0o755)  # where an image has the package, anyone may read it
    roots = home / "root"  # its home is root's alone, and has no library in it that Python would search
    roots.mkdir(mode=0o700)
    nbformat.write(course.answered(**RIGHT), home / "course" / "right.ipynb")

    def contained(*words: str) -> str:
        rights = ",".join(("-all", *(f"+{right}" for right in DOCKERS)))
        done = subprocess.run(
            ["setpriv", f"--bounding-set={rights}", "--inh-caps=-all", PYTHON, *words],
            cwd=home / "course",
            env=environment | {"HOME": str(roots)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    locked, open_, users, open_to_users = contained("-c", IN_A_CONTAINER).strip().split("\n")
    assert locked == (
        "process, limits, Landlock, own user, seccomp, no network; missing: own disk (Operation not permitted)"
    )
    assert open_ == "['fill the disk with files']"
    assert "own user, seccomp, no network; missing: own disk" in users
    assert open_to_users == "[]"  # that user alone keeps the secret, where a kernel has no Landlock
    graded = json.loads(contained("-m", "grader", "grade", "right.ipynb", "--format", "json", "--public-seed"))
    assert graded["score"] == graded["max_score"]
    assert graded["isolation"] == locked
