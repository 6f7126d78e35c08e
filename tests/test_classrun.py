"""A class in parallel: the same grades as one by one, kept through kills, and nothing left behind."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course
from courses import run
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from grader.grade.grading import grade_submission
from grader.grade.jobs import Task, grade_many
from grader.gradebook import classrun
from grader.gradebook.assignment import ClassError
from grader.gradebook.classrun import run_class
from grader.gradebook.keeping import copy_beside, replace_file
from grader.gradebook.ours import Ours
from grader.settings import Settings

ANSWERS: list[dict[str, str]] = [
    RIGHT,
    {**RIGHT, "line": "return x @ w + 1"},
    {"line": RIGHT["line"]},
    {},
    {**RIGHT, "slope": "return x.T @ (line(x, w) - y)"},
    {**RIGHT, "slope": "raise ValueError('no')"},
]


def hand_in(course: Course, count: int) -> list[str]:
    students = [f"student{number:03d}" for number in range(count)]
    for number, student in enumerate(students):
        folder = course.settings.course / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        notebook = course.answered(**ANSWERS[number % len(ANSWERS)])
        if number % 4 == 0:  # a written answer, which waits for a person
            for cell in notebook.cells:
                if "written:" in cell.source:
                    cell.source += "\n\nBecause the residual is orthogonal."
        name = f"{CHAPTER}.ipynb" if number % 7 else f"my copy {number}.ipynb"
        nbformat.write(notebook, folder / name)
    return students


def generate(course: Course) -> None:
    scripts = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", CHAPTER],
        cwd=course.root,
        env=scripts,
        check=True,
        capture_output=True,
    )


def gradebook(course: Course) -> dict[tuple[str, str], Any]:
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as book:
        found: dict[tuple[str, str], Any] = {}
        for submission in book.assignment_submissions(CHAPTER):
            (notebook,) = submission.notebooks
            for grade in notebook.grades:
                found[submission.student.id, grade.name] = (
                    grade.auto_score,
                    grade.manual_score,
                    grade.needs_manual_grade,
                    grade.failed_tests,
                )
            for comment in notebook.comments:
                found[submission.student.id, f"comment {comment.name}"] = (comment.auto_comment, comment.manual_comment)
        return found


@pytest.fixture(autouse=True)
def private_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the test's own, so that what is left in it is the test's."""
    folder = tmp_path / "tmp"
    folder.mkdir(mode=0o755)
    for parent in folder.parents:  # workers of another user live below
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.delenv("CI", raising=False)  # where it is set, grading asks for a secret
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def leftovers(folder: Path) -> list[str]:
    """Folders below, and processes that live there."""
    running = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            place = os.readlink(process / "cwd")
        except OSError:
            continue
        running += [process.name] if place.startswith(str(folder)) else []
    return [*os.listdir(folder), *running]


def plain(graded: Any) -> Any:
    told = graded.to_json()
    return [{**check, "elapsed_s": 0} for check in told["checks"]], told["notes"]


def test_in_parallel_one_by_one_and_alone_give_the_same_verdicts(course: Course) -> None:
    students = hand_in(course, 12)
    tasks = [
        Task(student, next((course.settings.course / "submitted" / student / CHAPTER).glob("*.ipynb")))
        for student in students
    ]
    common = (course.prepared, b"secret", course.settings.limits)

    runs = [{task.student: plain(graded) for task, graded in grade_many(tasks, *common, jobs=jobs)} for jobs in (1, 3)]
    alone = {
        task.student: plain(
            grade_submission(
                task.path,
                course.chapter,
                course.namespace,
                student=task.student,
                secret=b"secret",
                limits=course.settings.limits,
            )
        )
        for task in tasks[:3]
    }
    assert runs[0] == runs[1]
    assert alone == {student: runs[0][student] for student in alone}


def test_a_second_run_does_nothing_and_a_changed_file_is_graded_alone(course: Course, private_tmp: Path) -> None:
    students = hand_in(course, 5)
    generate(course)
    assert run_class(course.settings, CHAPTER, 2).fresh == 5
    assert run_class(course.settings, CHAPTER, 2).fresh == 0
    file = course.settings.course / "submitted" / students[3] / CHAPTER / f"{CHAPTER}.ipynb"
    nbformat.write(course.answered(**RIGHT), file)
    heard: list[str] = []
    assert run_class(course.settings, CHAPTER, 2, lambda done, of, student: heard.append(student)).fresh == 1
    assert heard == [students[3]]
    verdict = json.loads((course.settings.course / "verdicts" / CHAPTER / f"{students[3]}.json").read_text())
    assert verdict["score"] == 6
    assert leftovers(private_tmp) == []


def test_a_manual_grade_is_kept(course: Course) -> None:
    students = hand_in(course, 1)
    generate(course)
    run_class(course.settings, CHAPTER, 1)
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as book:
        book.find_grade("written_least_squares", CHAPTER, CHAPTER, students[0]).manual_score = 0.5
        book.db.commit()
    for file in (course.settings.course / "verdicts" / CHAPTER).glob("*.json"):
        file.unlink()
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    assert gradebook(course)[students[0], "written_least_squares"][1] == 0.5


def answer(course: Course, student: str, name: str = f"{CHAPTER}.ipynb", **answers: str) -> Path:
    """One student's notebook, in ``submitted/``."""
    folder = course.settings.course / "submitted" / student / CHAPTER
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(course.answered(**answers), folder / name)
    return folder


def verdict_of(course: Course, student: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((course.settings.course / "verdicts" / CHAPTER / f"{student}.json").read_text())
    return found


def test_what_the_gradebook_has_lost_is_graded_again(course: Course) -> None:
    answer(course, "ann", **RIGHT)
    generate(course)
    run_class(course.settings, CHAPTER, 1)
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as book:
        book.find_grade("check_line", CHAPTER, CHAPTER, "ann").auto_score = 1.0
        book.db.commit()
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    assert gradebook(course)["ann", "check_line"][0] == 2
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as book:
        book.remove_submission(CHAPTER, "ann")
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    assert gradebook(course)["ann", "check_line"][0] == 2
    assert run_class(course.settings, CHAPTER, 1).fresh == 0
    assert run_class(course.settings, CHAPTER, 1, force=True).fresh == 1


def test_new_words_in_a_chapter_grade_nobody_anew_and_new_mistakes_do(course: Course) -> None:
    (student,) = hand_in(course, 1)
    generate(course)
    run_class(course.settings, CHAPTER, 1)
    page = course.settings.course / "feedback" / student / CHAPTER / f"{CHAPTER}.html"
    page.parent.mkdir(parents=True)
    page.touch()
    folder = course.settings.chapter(CHAPTER)
    chapter, mistakes = folder / "chapter.py", folder / "mistakes.py"
    chapter.write_text(chapter.read_text().replace("Two small exercises", "Two exercises"))
    counted = run_class(course.settings, CHAPTER, 1)
    assert (counted.fresh, counted.outdated, page.is_file()) == (0, [], True)
    mistakes.write_text(mistakes.read_text() + "\n")
    counted = run_class(course.settings, CHAPTER, 1)
    assert (counted.fresh, counted.outdated, page.exists()) == (1, [student], False)
    assert counted.held[student].max_score == 7


def test_a_chapter_that_differs_from_the_gradebook_is_refused(course: Course) -> None:
    answer(course, "ann", **RIGHT)
    generate(course)
    file, text = course.chapter.file, course.chapter.file.read_text()
    file.write_text(text.replace('check="line" points=2', 'check="line" points=3'))
    with pytest.raises(ClassError, match="points changed: check_line from 2 to 3"):
        run_class(course.settings, CHAPTER, 1)
    file.write_text(text.replace('check="line" points=2', 'check="other" of="line" points=2'))
    with pytest.raises(ClassError, match="cells were added or removed: check_line, check_other"):
        run_class(course.settings, CHAPTER, 1)
    assert not (course.settings.course / "verdicts").exists()


def test_odd_folders_are_told_and_stop_nobody(course: Course) -> None:
    submitted = course.settings.course / "submitted"
    right = answer(course, "ann", **RIGHT) / f"{CHAPTER}.ipynb"
    for student in ("pdf", "folder", "broken", "neighbour"):
        (submitted / student / CHAPTER).mkdir(parents=True)
    (submitted / "pdf" / CHAPTER / "homework.pdf").write_text("x")
    (submitted / "folder" / CHAPTER / f"{CHAPTER}.ipynb").mkdir()
    (submitted / "broken" / CHAPTER / "a.ipynb").symlink_to("/nowhere")
    (submitted / "neighbour" / CHAPTER / f"{CHAPTER}.ipynb").symlink_to(right)
    answer(course, "x" * 252, **RIGHT)
    (submitted / "typo" / CHAPTER.upper()).mkdir(parents=True)
    generate(course)
    counted = run_class(course.settings, CHAPTER, 1)
    assert (counted.submissions, counted.fresh) == (6, 5)
    assert list(counted.results) == ["ann", "broken", "folder", "neighbour", "pdf"]
    assert "252 bytes" in counted.failed.pop("x" * 252)
    assert counted.failed == {}
    assert f"typo/{CHAPTER.upper()} is not graded" in counted.warnings[0]
    assert verdict_of(course, "ann")["score"] == 6
    for student, reason in (
        ("pdf", "only: homework.pdf"),
        ("folder", f"only: {CHAPTER}.ipynb"),
        ("broken", "a.ipynb (a link)"),
        ("neighbour", f"{CHAPTER}.ipynb (a link)"),
    ):
        found = verdict_of(course, student)
        assert found["score"] == 0
        assert reason in found["problem"]
    assert run_class(course.settings, CHAPTER, 1).fresh == 0


def test_a_grade_that_cannot_be_kept_is_told_and_the_others_are(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    for student in ("ann", "bob"):
        answer(course, student, **RIGHT)
    generate(course)

    def keep(assignment: Any, gradebook: Any, folder: Path, student: str, *more: Any) -> None:
        if student == "ann":
            raise UnicodeEncodeError("utf-8", "x", 0, 1, "surrogates not allowed")
        real_keep(assignment, gradebook, folder, student, *more)

    real_keep = classrun.keep
    with monkeypatch.context() as patched:
        patched.setattr(classrun, "keep", keep)
        counted = run_class(course.settings, CHAPTER, 1)
    assert list(counted.failed) == ["ann"]
    assert verdict_of(course, "bob")["score"] == 6
    again = run_class(course.settings, CHAPTER, 1)
    assert (again.fresh, again.failed) == (1, {})


def test_of_two_notebooks_the_answered_one_is_graded_and_the_other_named(course: Course) -> None:
    answer(course, "two")
    folder = answer(course, "two", name=f"Copy of {CHAPTER}.ipynb", **RIGHT)
    (folder / "data").write_text("a file")
    generate(course)
    run_class(course.settings, CHAPTER, 1)
    found = verdict_of(course, "two")
    assert found["score"] == 6
    assert found["notes"] == [
        f"It was handed in as Copy of {CHAPTER}.ipynb.",
        f"Not graded, beside Copy of {CHAPTER}.ipynb: {CHAPTER}.ipynb.",
    ]
    # A new grade: the feedback of the old one goes, and what was a file may be a folder now.
    feedback = course.settings.course / "feedback" / "two" / CHAPTER
    feedback.mkdir(parents=True)
    (feedback / f"{CHAPTER}.html").write_text("old")
    (folder / "data").unlink()
    (folder / "data").mkdir()
    (folder / "data" / "numbers.csv").write_text("1")
    answer(course, "two", name=f"Copy of {CHAPTER}.ipynb", line=RIGHT["line"])
    counted = run_class(course.settings, CHAPTER, 1)
    assert (counted.fresh, counted.failed) == (1, {})
    assert not feedback.exists()
    assert (course.settings.course / "autograded" / "two" / CHAPTER / "data" / "numbers.csv").is_file()


def test_a_notebook_counts_in_whatever_folder_and_letters_it_lies(course: Course) -> None:
    deep = answer(course, "deep", name="notes.txt", **RIGHT)
    for student, place in (
        ("deep", "homework 1/final/01_scale.ipynb"),
        ("loud", "01_SCALE.IPYNB"),
        ("mac", "01_scale/01_scale.ipynb"),
        ("several", "final/01_scale.ipynb"),
    ):
        path = course.settings.course / "submitted" / student / CHAPTER / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((deep / "notes.txt").read_bytes())
    (deep / "notes.txt").unlink()
    mac = course.settings.course / "submitted" / "mac" / CHAPTER
    for junk in ("__MACOSX/01_scale/._01_scale.ipynb", "01_scale/.ipynb_checkpoints/01_scale-checkpoint.ipynb"):
        (mac / junk).parent.mkdir(parents=True)
        (mac / junk).write_text("junk")
    answer(course, "several")  # unanswered, at the top
    (course.settings.course / "submitted" / "linked" / CHAPTER).mkdir(parents=True)
    (course.settings.course / "submitted" / "linked" / CHAPTER / "mine").symlink_to(deep)
    generate(course)
    counted = run_class(course.settings, CHAPTER, 1)
    assert counted.failed == {}
    for student, score, notes in (
        ("deep", 6, ["It was handed in as homework 1/final/01_scale.ipynb."]),
        ("loud", 6, ["It was handed in as 01_SCALE.IPYNB."]),
        ("mac", 6, ["It was handed in as 01_scale/01_scale.ipynb."]),
        (
            "several",
            6,
            [
                "It was handed in as final/01_scale.ipynb.",
                "Not graded, beside final/01_scale.ipynb: 01_scale.ipynb.",
            ],
        ),
        ("linked", 0, []),
    ):
        found = verdict_of(course, student)
        assert (found["score"], found["notes"]) == (score, notes), student
    assert run_class(course.settings, CHAPTER, 1).fresh == 0
    alone = run(course.root, "grader", "grade", str(deep), str(mac), "--format", "json")
    assert [one["score"] for one in json.loads(alone.stdout)] == [6, 6]


def test_one_run_at_a_time_grades_a_course(course: Course) -> None:
    generate(course)
    hold = (
        "import sys\nfrom grader.gradebook.assignment import only_one\nfrom grader.settings import load_settings\n"
        "with only_one(load_settings()):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], cwd=course.root, stdin=subprocess.PIPE, text=True, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ClassError, match="another run is grading this course"):
            run_class(course.settings, CHAPTER, 1)
        other.communicate()
    assert run_class(course.settings, CHAPTER, 1).fresh == 0


def test_the_gradebook_is_where_nbgraders_configuration_says(course: Course) -> None:
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + f"\nc.CourseDirectory.db_url = 'sqlite:///{course.root}/elsewhere.db'\n")
    answer(course, "ann", **RIGHT)
    generate(course)
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    with Gradebook(f"sqlite:///{course.root}/elsewhere.db") as book:
        assert book.find_submission(CHAPTER, "ann").score == 6
    assert not (course.settings.course / "gradebook.db").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become an ordinary user")
def test_an_ordinary_user_writes_over_what_nbgrader_made_read_only(private_tmp: Path) -> None:
    source, target = private_tmp / "submitted", private_tmp / "autograded"
    for folder in (source, target):
        folder.mkdir()
        (folder / "timestamp.txt").write_text("now")
        (folder / "timestamp.txt").chmod(0o444)
        for path in (folder, folder / "timestamp.txt"):
            os.chown(path, 65534, 65534)
    os.chown(private_tmp, 65534, 65534)
    os.seteuid(65534)
    try:
        copy_beside(source, target, Ours(Settings(private_tmp, private_tmp)), refused=False)
        replace_file(target / "timestamp.txt", "again")
    finally:
        os.seteuid(0)
    assert (target / "timestamp.txt").read_text() == "again"


@pytest.mark.slow
def test_a_class_killed_ten_times_ends_as_if_undisturbed(course: Course, private_tmp: Path) -> None:
    students = hand_in(course, 200)
    generate(course)
    (course.settings.course / "secret").write_text("one secret for the class")
    chance = random.Random(5)
    moments = sorted(chance.sample(range(1, 180), 10))
    journal = course.settings.course / "verdicts" / CHAPTER
    command = [sys.executable, "-m", "grader", "autograde", CHAPTER, "--jobs", "2"]
    kills = 0
    for moment in moments:
        process = subprocess.Popen(command, cwd=course.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and len(list(journal.glob("[!.]*.json"))) < moment:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.03)
        kills += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert kills >= 9
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "200 submissions" in done.stdout
    disturbed = gradebook(course)

    for name in ("gradebook.db", "verdicts", "autograded"):
        path = course.settings.course / name
        path.unlink() if path.is_file() else subprocess.run(["rm", "-rf", str(path)], check=True)
    generate(course)
    subprocess.run(command, cwd=course.root, capture_output=True, check=True)
    assert gradebook(course) == disturbed
    assert {student for student, _ in disturbed} == set(students)
    assert leftovers(private_tmp) == []


@pytest.mark.slow
def test_memory_stays_flat_over_200_submissions_and_ten_kills_change_no_result(course: Course) -> None:
    tasks = []
    for number in range(200):
        path = course.root / f"answered{number % len(ANSWERS)}.ipynb"
        nbformat.write(course.answered(**ANSWERS[number % len(ANSWERS)]), path)
        tasks.append(Task(f"student{number:03d}", path))
    common = (tasks, course.prepared, b"secret", course.settings.limits, 2)
    ours: list[float] = []
    theirs: list[float] = []
    undisturbed = {}
    for task, graded in grade_many(*common):
        undisturbed[task.student] = plain(graded)
        ours.append(held_mb("self"))
        theirs.append(max(held_mb(str(process.pid)) for process in multiprocessing.active_children()))
    assert ours[-1] - ours[49] < 20, f"{ours[49]:.0f} MB after 50, {ours[-1]:.0f} MB after 200"
    assert theirs[-1] - theirs[49] < 20, f"{theirs[49]:.0f} MB after 50, {theirs[-1]:.0f} MB after 200"

    chance, kills = random.Random(7), 0
    moments = set(chance.sample(range(1, 190), 10))
    disturbed = {}
    for number, (task, graded) in enumerate(grade_many(*common)):
        disturbed[task.student] = plain(graded)
        if number in moments:
            victims = workers() if kills % 2 else [process.pid or 0 for process in multiprocessing.active_children()]
            while not killed(victims, chance):  # between two submissions, or at their ends
                victims = workers()
            kills += 1
    assert kills == 10
    assert disturbed == undisturbed


def killed(victims: list[int], chance: random.Random) -> bool:
    """Whether one of them was still there to be killed."""
    try:
        os.kill(chance.choice(victims), signal.SIGKILL)
    except (IndexError, ProcessLookupError):
        return False
    return True


def held_mb(process: str) -> float:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096 / 2**20


def workers() -> list[int]:
    """The processes that run students' code now: children of this process's child, the zygote."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            pid, rest = stat.read_text().split(" ", 1)
            parents.setdefault(int(rest.rsplit(")", 1)[1].split()[1]), []).append(int(pid))
    zygotes = []
    for pid in parents.get(os.getpid(), []):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if b"grader.sandbox.zygote" in Path(f"/proc/{pid}/cmdline").read_bytes():
                zygotes.append(pid)
    return [pid for zygote in zygotes for pid in parents.get(zygote, [])]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_submission_that_takes_too_much_of_the_trusted_side_waits_and_the_class_goes_on(
    course: Course, jobs: int
) -> None:
    hostile = course.answered(**RIGHT)
    hostile.cells += [new_code_cell(f"# {number}\n" + "x = !a\n" * 2500) for number in range(50)]
    for student in ("ann", "bob", "cyd", "dan"):
        folder = course.settings.course / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        nbformat.write(hostile if student == "bob" else course.answered(**RIGHT), folder / f"{CHAPTER}.ipynb")
    generate(course)
    settings = replace(course.settings, limits=replace(course.settings.limits, referee_s=4))
    started = time.monotonic()
    counted = run_class(settings, CHAPTER, jobs)
    assert time.monotonic() - started < 120
    results = {student: graded for student, graded in counted.results.items() if graded is not None}
    assert {student: graded.score for student, graded in results.items()} == {"ann": 6, "bob": 0, "cyd": 6, "dan": 6}
    assert results["bob"].problem == "could not be graded: reading, judging and showing it takes more than 4 s"
    assert all(verdict.waits for verdict in results["bob"].verdicts)
    assert counted.held["bob"].waits


def page_of(course: Course, student: str) -> Path:
    return course.settings.course / "autograded" / student / CHAPTER / f"{CHAPTER}.ipynb"


def with_hidden_tests(page: Path) -> None:
    """What another nbgrader keeps: the cells of the source in place of the released ones."""
    notebook = nbformat.read(page, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "check_line")
    cell.source += "\ncheck.values(line, check.rng.normal(size=(7, 5)), check.rng.normal(size=5))"
    page.chmod(0o644)
    nbformat.write(notebook, page)


def test_a_page_that_another_nbgrader_left_beside_equal_scores_is_mended(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(course, "ann", **RIGHT)
    generate(course)
    run_class(course.settings, CHAPTER, 1)
    page, kept = page_of(course, "ann"), page_of(course, "ann").read_text()
    with_hidden_tests(page)
    # Where scores alone were compared, it stayed.
    with monkeypatch.context() as scores_alone:
        scores_alone.setattr(classrun, "_digest", lambda page: verdict_of(course, "ann")["page"])
        assert run_class(course.settings, CHAPTER, 1).fresh == 0
    assert "check.rng" in page.read_text()
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    assert page.read_text() == kept
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as book:
        book.find_grade("check_line", CHAPTER, CHAPTER, "ann").needs_manual_grade = True
        book.db.commit()
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    page.write_text("no notebook")
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    assert run_class(course.settings, CHAPTER, 1).fresh == 0


def in_course(course: Course, *words: str) -> subprocess.CompletedProcess[str]:
    return run(course.settings.course, "nbgrader", *words, GRADER_SECRET="a secret for tests")


@pytest.mark.slow
def test_a_bare_nbgrader_below_the_root_says_where_to_go_and_does_nothing(course: Course) -> None:
    answer(course, "ann", **RIGHT)
    generate(course)
    run_class(course.settings, CHAPTER, 1)
    before = {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()}
    for words in (("autograde", CHAPTER), ("db", "student", "add", "eve")):
        done = in_course(course, *words)
        assert done.returncode != 0
        assert done.stderr.splitlines()[-1].startswith("nbgrader: nothing runs in this folder")
        assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()} == before


@pytest.mark.slow
def test_without_that_line_it_grades_unlocked_and_the_next_run_mends_it(course: Course) -> None:
    answer(course, "ann", **RIGHT)
    generate(course)
    run_class(course.settings, CHAPTER, 1)
    guard = course.settings.course / "nbgrader_config.py"
    text = guard.read_text()
    guard.unlink()
    done = in_course(course, "autograde", CHAPTER, "--force")
    assert "check.rng" in page_of(course, "ann").read_text(), done.stderr
    assert run_class(course.settings, CHAPTER, 1).fresh == 1
    assert "check.rng" not in page_of(course, "ann").read_text()
    assert gradebook(course)["ann", "check_line"][0] == 2
    assert guard.read_text() == text


@pytest.mark.slow
def test_feedback_names_the_exercises_and_tells_what_was_graded_by_hand(course: Course) -> None:
    answer(course, "ann", line="return x @ w + 1", slope=RIGHT["slope"])
    answer(course, "bob", **RIGHT)
    generate(course)
    run_class(course.settings, CHAPTER, 1)
    with Gradebook(f"sqlite:///{course.settings.course / 'gradebook.db'}") as book:
        grade = book.find_grade("check_slope", CHAPTER, CHAPTER, "ann")
        assert grade.needs_manual_grade
        grade.manual_score, grade.needs_manual_grade = 3.5, False
        book.db.commit()
    done = run(course.root, "nbgrader", "generate_feedback", CHAPTER)
    assert done.returncode == 0, done.stderr
    ann, bob = (
        (course.settings.course / "feedback" / student / CHAPTER / f"{CHAPTER}.html").read_text()
        for student in ("ann", "bob")
    )
    for page in (ann, bob):
        index = page[page.index('id="toc"') : page.index('id="notebook"')]
        names = re.findall(r'<li><a href="#\w+">(.*?)</a> \(Score', index)
        assert names == ["line", "slope", "least_squares"]
        assert "The loss" not in index
    assert "slope</b>: graded by hand" in ann
    assert "(3.5 of 4)" in ann
    assert "slope</b>: not judged" not in ann
    assert "graded by hand" not in bob
    assert "slope</b>: passed" in bob
