"""What is collected: no link is followed, no archive trusted, no file of the course's own graded, and nobody stopped.

Each attack is shown to succeed where nbgrader collects as it comes.
"""

from __future__ import annotations

import io
import os
import re
import runpy
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import CHAPTER, RIGHT, Course, nbgrader
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from setuptools.archive_util import UnrecognizedFormat
from traitlets.config import PyFileConfigLoader

from grader.gradebook import archives
from grader.gradebook.archives import REFUSED, ArchiveError, Extractor, Room, unpack
from grader.gradebook.classrun import find_tasks, run_class
from grader.gradebook.collector import PlatformCollector
from grader.gradebook.exchange import Collect
from grader.gradebook.ours import Ours

TIME = "2026-02-02 10:00:00 UTC"
SECRET = "a secret of the course, of which nobody knows"
#: Each in a file of its own, by the door that it comes through: what a student makes in the exchange, or uploads.
HOSTILE = {path.stem: path for path in sorted((Path(__file__).parent / "attacks" / "collecting").glob("*.py"))}
THROUGH = {
    door: [name for name, path in HOSTILE.items() if f"def {door}(" in path.read_text()]
    for door in ("exchange", "download")
}


@pytest.fixture
def inbound(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The exchange's folder to which students write, with one submission as nbgrader makes it."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")  # alembic is there
    folder = tmp_path / "exchange" / "nn-by-hand" / "inbound"
    folder.mkdir(parents=True)
    (course.settings.course / "secret").write_text(SECRET)
    submission(folder, "ann", nbformat.writes(course.answered(**RIGHT)))
    yield folder
    subprocess.run(["rm", "-rf", folder], check=True)  # Python's own stops at deep ones


def submission(inbound: Path, student: str, text: str = "", name: str = "") -> Path:
    folder = inbound / (name or f"{student}+{CHAPTER}+{TIME}+abc")
    folder.mkdir()
    (folder / "timestamp.txt").write_text(TIME)
    if text:
        (folder / f"{CHAPTER}.ipynb").write_text(text)
    return folder


def collect(course: Course, inbound: Path, kind: type[ExchangeCollect], **settings: bool) -> None:
    config = PyFileConfigLoader("nbgrader_config.py", str(course.root)).load_config()
    config.Exchange.root = str(inbound.parents[1])
    directory = CourseDirectory(config=config)
    directory.assignment_id = CHAPTER
    kind(coursedir=directory, config=config, **settings).start()


def collected(course: Course, student: str = "mallory") -> dict[str, str]:
    """What lies in a student's folder: names, and texts."""
    folder = course.settings.course / "submitted" / student / CHAPTER
    return {
        str(path.relative_to(folder)): path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file()
    }


def source(course: Course) -> Path:
    return course.settings.course / "source" / CHAPTER / f"{CHAPTER}.ipynb"


def is_ours(course: Course, texts: dict[str, str]) -> bool:
    return any(SECRET in text or text == source(course).read_text() for text in texts.values())


def test_each_has_a_door_and_says_what_stops_it() -> None:
    assert len(HOSTILE) >= 20
    assert sorted([*THROUGH["exchange"], *THROUGH["download"]]) == list(HOSTILE)
    assert [attack for attack in HOSTILE if not stopped_by(attack)] == []


def harm(course: Course, inbound: Path, kind: type[ExchangeCollect], *, update: bool = False) -> str:
    """What has come of collecting: nobody's work, a file of ours in a submission, a stranger's, or an odd name."""
    try:
        collect(course, inbound, kind, update=update)
    except Exception as error:  # whatever nbgrader's traceback is of
        return f"stopped: {type(error).__name__}"
    for folder in (course.settings.course / "submitted").iterdir():
        texts = collected(course, folder.name)
        if not folder.name.isalpha():
            return f"a student called {folder.name!r}"
        if is_ours(course, texts):
            return "a file of ours"
        if "forged" in texts.values():
            return "another student's work"
    return "" if f"{CHAPTER}.ipynb" in collected(course, "ann") else "ann's is lost"


def stopped_by(attack: str) -> str:
    told = re.search(r"Stopped by: ([^.]+)\.", HOSTILE[attack].read_text())
    return told[1] if told else ""


def attacked(course: Course, inbound: Path, attack: str) -> None:
    mine = submission(inbound, "mallory")
    runpy.run_path(str(HOSTILE[attack]))["exchange"](mine, course.settings.course)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes another account's folders")
@pytest.mark.parametrize("attack", THROUGH["exchange"])
def test_no_folder_of_the_exchange_harms_anyone(course: Course, inbound: Path, attack: str) -> None:
    attacked(course, inbound, attack)
    assert harm(course, inbound, Collect) == ""
    assert set(collected(course, "ann")) == {f"{CHAPTER}.ipynb", "timestamp.txt"}
    assert set(collected(course)) <= {REFUSED, "timestamp.txt"}
    if stopped_by(attack) in ("no link is followed", "our own bytes"):  # a row of the class, with the reason
        assert "hand in" in collected(course)[REFUSED]
        (_, task) = find_tasks(assignment(course))
        assert task.student == "mallory"
        assert str(task.refused).startswith("it was not collected: ")
    assert harm(course, inbound, Collect, update=True) == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes another account's folders")
@pytest.mark.parametrize("attack", THROUGH["exchange"])
def test_each_does_harm_where_nbgrader_collects_as_it_comes(course: Course, inbound: Path, attack: str) -> None:
    attacked(course, inbound, attack)
    assert harm(course, inbound, ExchangeCollect)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes another account's folders")
def test_the_owner_counts_where_the_student_has_an_account_and_nobody_says_otherwise(
    course: Course, inbound: Path
) -> None:
    attacked(course, inbound, "another_student")
    collect(course, inbound, Collect)
    assert collected(course, "daemon")[f"{CHAPTER}.ipynb"] == "theirs"
    # Nobody has an account that is called mallory: whoever owns the folder.
    os.chown(submission(inbound, "eve", "{}"), 65534, -1)
    collect(course, inbound, Collect)
    assert f"{CHAPTER}.ipynb" in collected(course, "eve")
    shutil.rmtree(course.settings.course / "submitted")
    collect(course, inbound, Collect, check_owner=False)
    assert collected(course, "daemon")[f"{CHAPTER}.ipynb"] == "forged"


def assignment(course: Course) -> Any:
    from grader.gradebook.assignment import load_assignment

    return load_assignment(course.settings, CHAPTER)


@pytest.mark.parametrize("time", ["whenever", "0001-01-01 00:00:00 +14:00", "1" * 500])
def test_a_time_that_is_none_does_not_stop_the_next_collect(course: Course, inbound: Path, time: str) -> None:
    (submission(inbound, "mallory", "{}") / "timestamp.txt").write_text(time)
    collect(course, inbound, Collect)
    assert collected(course)["timestamp.txt"] == "2026-02-02 10:00:00 UTC"
    collect(course, inbound, Collect, update=True)


# Downloads of a platform.


def unzipped(course: Course, kind: type[ExtractorPlugin], zips: dict[str, bytes]) -> Path:
    """Archives, and other files, as they lie in archive/, extracted by nbgrader's or by our plugin."""
    root = course.settings.course / "downloaded" / CHAPTER
    shutil.rmtree(root, ignore_errors=True)
    for name, data in zips.items():
        path = root / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    extracted = root / "extracted"
    extracted.mkdir()
    kind().extract(str(root / "archive"), str(extracted))
    return extracted


def zipped(*entries: tuple[str | zipfile.ZipInfo, str | bytes], level: int = 9) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return made.getvalue()


def tarred(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for member, data in members:
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


def students(course: Course, extracted: Path, collector: FileNameCollectorPlugin | None = None) -> Any:
    """Each student's files, as the collector sees them: ours, or another."""
    config = PyFileConfigLoader("nbgrader_config.py", str(course.root)).load_config()
    collector = collector or PlatformCollector(config=config)
    paths = sorted(str(path) for path in extracted.rglob("*") if path.is_file())
    found = [collector.collect(path) for path in paths]
    return sorted((one["student_id"], one["file_id"]) for one in found if one)


MOODLE = "Mo Odle_123456_assignsubmission_file_"
ANN = {f"ann_{CHAPTER}.ipynb": b"{}"}
ZEROS = bytes(230_000_000)


def test_a_broken_archive_is_a_row_and_the_others_are_collected(course: Course) -> None:
    zips = ANN | {f"{MOODLE}/homework.zip": b"PK\x03\x04garbage", f"bob_{CHAPTER}.tar.gz": b"\x1f\x8bgarbage"}
    for name in zips.keys() - ANN.keys():
        with pytest.raises((EOFError, UnrecognizedFormat)):
            unzipped(course, ExtractorPlugin, {name: zips[name]})
    extracted = unzipped(course, Extractor, zips)
    assert students(course, extracted) == [("Mo Odle", "refused"), ("ann", CHAPTER), ("bob", "refused")]
    told = (extracted / MOODLE / "homework" / REFUSED).read_text()
    assert told.startswith("homework.zip is not opened: it cannot be read as an archive (")
    assert len(told.splitlines()) == 1


@pytest.mark.slow
def test_the_refused_and_the_others_come_through_collection_and_grading(course: Course) -> None:
    right = nbformat.writes(course.answered(**RIGHT)).encode()
    zips = {
        f"{MOODLE}/homework.zip": b"PK\x03\x04garbage",
        f"ann_{CHAPTER}.zip": zipped((f"bob_{CHAPTER}.ipynb", right), ("a/solution.ipynb", right)),
        f"bob_{CHAPTER}.ipynb": right,
    }
    archive = course.settings.course / "downloaded" / CHAPTER / "archive"
    for name, data in zips.items():
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / name).write_bytes(data)
    assert nbgrader(course, "generate_assignment", CHAPTER).returncode == 0
    done = nbgrader(course, "zip_collect", CHAPTER)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    counted = run_class(course.settings, CHAPTER, 1)
    scores = {student: graded and graded.score for student, graded in counted.results.items()}
    assert scores == {"Mo Odle": 0, "ann": 6, "bob": 6}
    refused = counted.results["Mo Odle"]
    assert refused is not None
    assert "it was not collected: homework.zip is not opened" in str(refused.headline)


def test_one_sender_s_archive_is_theirs_whatever_is_in_it(course: Course) -> None:
    entries = [
        (f"bob_{CHAPTER}.ipynb", "{}"),
        (f"carol_123_456_{CHAPTER}.ipynb", "{}"),
        (f"deep/dora_{CHAPTER}/{CHAPTER}.ipynb", "{}"),
        (f"erin_{CHAPTER}.zip", zipped((f"{CHAPTER}.ipynb", "{}"))),
        ("Fay_123456_assignsubmission_file_/x.ipynb", "{}"),
    ]
    for name in (
        f"alice_{CHAPTER}.zip",
        f"{MOODLE}/{CHAPTER}.zip",
        f"all/alice_{CHAPTER}.zip",
        "alice_1234_5678_x.zip",
    ):
        extracted = unzipped(course, Extractor, {name: zipped(*entries)})
        owner = "Mo Odle" if MOODLE in name else "alice"
        assert {student for student, _ in students(course, extracted)} == {owner}
    # As nbgrader reads the names: the same archive is Bob's, Carol's and others'.
    plain = r".*/(?P<student_id>[a-z]+)_(?P<file_id>[^/]+)\.ipynb$"
    collector = FileNameCollectorPlugin(named_regexp=plain)
    assert collector.collect(f"{extracted}/alice_{CHAPTER}/bob_{CHAPTER}.ipynb")["student_id"] == "bob"


def test_a_platform_s_download_of_a_class_is_many_students(course: Course) -> None:
    inner = zipped((f"{CHAPTER}.ipynb", "{}"))
    download = zipped((f"ann_{CHAPTER}.ipynb", "{}"), (f"bob_{CHAPTER}.zip", inner), (f"{MOODLE}/x.ipynb", "{}"))
    found = students(course, unzipped(course, Extractor, {"submissions.zip": download}))
    assert found == [("Mo Odle", "x"), ("ann", CHAPTER), ("bob", CHAPTER)]


def test_a_student_s_two_notebooks_of_one_name_stop_nobody(course: Course) -> None:
    archive = zipped((f"a/{CHAPTER}.ipynb", "1"), (f"b/{CHAPTER}.ipynb", "2"), (f"c/{CHAPTER.upper()}.ipynb", "3"))
    extracted = unzipped(course, Extractor, {f"ann_{CHAPTER}.zip": archive})
    assert [student for student, _ in students(course, extracted)] == ["ann"] * 3
    assert len({name.lower() for _, name in students(course, extracted)}) == 3


def entry(name: str, mode: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.create_system, made.external_attr = 3, mode << 16
    return made


#: Other shapes of what lies in attacks/collecting.
BOMBS = {
    "in an archive": lambda: zipped(("inner.zip", zipped(("zeros.csv", ZEROS)))),
    "in many archives": lambda: zipped(*((f"{n}.zip", zipped(("z", bytes(19_000_000)))) for n in range(12))),
    "tar": lambda: tarred((tarfile.TarInfo("zeros.csv"), ZEROS)),
}


def size(folder: Path) -> tuple[int, int]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files)


@pytest.mark.parametrize("bomb", BOMBS)
def test_an_archive_opens_to_no_more_than_a_submission_takes(course: Course, bomb: str) -> None:
    data = BOMBS[bomb]()
    name = f"mallory_{CHAPTER}.tar.gz" if bomb == "tar" else f"mallory_{CHAPTER}.zip"
    extracted = unzipped(course, Extractor, ANN | {name: data})
    files, amount = size(extracted)
    assert files <= 520
    assert amount <= 210_000_000
    found = students(course, extracted)
    assert ("ann", CHAPTER) in found
    assert any(student == "mallory" and name.startswith("refused") for student, name in found)


def overreached(
    course: Course, zips: dict[str, bytes], kind: type[ExtractorPlugin], collector: FileNameCollectorPlugin | None
) -> str:
    """What has come of opening and collecting a download: nobody's work, too much on the disk, or another's grade."""
    try:
        extracted = unzipped(course, kind, ANN | zips)
    except (EOFError, UnrecognizedFormat) as error:
        return f"stopped: {type(error).__name__}"
    files, amount = size(extracted)
    if files > 520 or amount > 210_000_000:
        return f"{files} files of {amount / 1e6:.0f} MB"
    if list(extracted.rglob("a.txt")):
        return "opened to the last"
    found = [student for student, _ in students(course, extracted, collector)]
    return "" if found.count("ann") == 1 and set(found) <= {"ann", "mallory"} else f"collected: {found}"


@pytest.mark.parametrize("attack", THROUGH["download"])
def test_no_upload_harms_anyone(course: Course, attack: str) -> None:
    zips = runpy.run_path(str(HOSTILE[attack]))["download"]()
    assert overreached(course, zips, Extractor, None) == ""
    found = students(course, course.settings.course / "downloaded" / CHAPTER / "extracted")
    refused = [name for student, name in found if student == "mallory" and name.startswith("refused")]
    assert bool(refused) == (attack != "another_sender")


@pytest.mark.parametrize("attack", THROUGH["download"])
def test_each_does_harm_where_nbgrader_opens_it(course: Course, attack: str) -> None:
    zips = runpy.run_path(str(HOSTILE[attack]))["download"]()
    plain = FileNameCollectorPlugin(named_regexp=r".*/(?P<student_id>[a-z]+)_(?P<file_id>[^/]+)\.ipynb$")
    assert overreached(course, zips, ExtractorPlugin, plain)
    shutil.rmtree(course.settings.course / "downloaded")


def test_odd_names_and_links_are_left_out_and_the_rest_is_opened(
    course: Course, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, folder = tmp_path / "x.zip", tmp_path / "out"
    good = [(f"{CHAPTER}.ipynb", "mine"), (f"{CHAPTER.upper()}.ipynb", "other case"), ("sub\\b.txt", "b")]
    odd: list[tuple[str | zipfile.ZipInfo, str]] = [
        ("../up.txt", "x"),
        ("/etc/passwd", "x"),
        ("C:\\x.txt", "x"),
        ("a/../../up.txt", "x"),
        ("..\\up.txt", "x"),
        ("a//b", "x"),
        ("new\nline", "x"),
        ("\x1b[2J", "x"),
        ("x" * 300, "x"),
        ("sub/" * 30 + "x", "x"),
        (entry("link", stat.S_IFLNK | 0o777), "/etc/passwd"),
        (entry("pipe", stat.S_IFIFO | 0o777), ""),
        (REFUSED, "I was refused by nobody"),
        ("__MACOSX/._01_scale.ipynb", "x"),
        (".ipynb_checkpoints/01_scale-checkpoint.ipynb", "x"),
    ]
    path.write_bytes(zipped(*good, *odd))
    folder.mkdir()
    left_out = unpack(path, folder, Room(500, 10**8))
    texts = {str(one.relative_to(folder)): one.read_text() for one in folder.rglob("*") if one.is_file()}
    assert texts == {
        f"{CHAPTER}.ipynb": "mine",
        f"{CHAPTER.upper()}-2.ipynb": "other case",
        "sub/b.txt": "b",
    }
    assert len(left_out) == len(odd) - 2
    assert not list(tmp_path.glob("*.txt"))


def test_a_name_that_stands_twice_is_two_files_and_nothing_is_written_over(tmp_path: Path) -> None:
    path, folder = tmp_path / "x.zip", tmp_path / "out"
    with pytest.warns(UserWarning, match="Duplicate name"):
        path.write_bytes(zipped(("a.ipynb", "first"), ("a.ipynb", "second"), ("A.ipynb", "third"), ("a.ipynb/b", "x")))
    folder.mkdir()
    assert [name for name, _ in unpack(path, folder, Room(500, 10**8))] == ["a.ipynb/b"]
    assert sorted(one.read_text() for one in folder.rglob("*")) == ["first", "second", "third"]


def test_a_tar_with_links_writes_none(tmp_path: Path) -> None:
    path, folder = tmp_path / "x.tar.gz", tmp_path / "out"
    link, hard = tarfile.TarInfo("link"), tarfile.TarInfo("hard")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    hard.type, hard.linkname = tarfile.LNKTYPE, "a.txt"
    path.write_bytes(tarred((tarfile.TarInfo("a.txt"), b"a"), (link, b""), (hard, b"")))
    folder.mkdir()
    assert [name for name, _ in unpack(path, folder, Room(500, 10**8))] == ["link", "hard"]
    assert [one.name for one in folder.iterdir()] == ["a.txt"]


def test_a_locked_archive_and_one_of_lies_are_refused_in_one_line(tmp_path: Path) -> None:
    path, folder = tmp_path / "x.zip", tmp_path / "out"
    folder.mkdir()
    plain = zipped(("a.txt", "a" * 1000))
    for data in (
        plain.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),  # a password
        plain.replace(b"a.txt", b"b.txt", 1),  # two names for one file
        plain[:40] + b"\xff\xff\xff" + plain[43:],
        plain[:-10],
    ):
        assert data != plain
        path.write_bytes(data)
        with pytest.raises(ArchiveError, match="it cannot be read as an archive") as refused:
            unpack(path, folder, Room(500, 10**8))
        assert len(str(refused.value).splitlines()) == 1
        shutil.rmtree(folder)
        folder.mkdir()


# Plain copying into submitted/.


def copied(course: Course, student: str, path: Path, name: str = f"{CHAPTER}.ipynb") -> None:
    folder = course.settings.course / "submitted" / student / CHAPTER
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, folder / name)


def secrets_of(course: Course) -> list[str]:
    return ["residual_of_the_line", "one point for naming orthogonality", SECRET]


def test_a_file_of_ours_is_refused_however_it_came(course: Course) -> None:
    (course.settings.course / "secret").write_text(SECRET)
    mine = course.root / "mine.ipynb"
    mine.write_text(nbformat.writes(course.answered(**RIGHT)))
    copied(course, "ann", mine)
    copied(course, "released", course.root / "assignments" / CHAPTER / f"{CHAPTER}.ipynb")
    copied(course, "source", source(course))
    copied(course, "renamed", source(course), "homework/final.ipynb")
    for student, path in (("beside", course.settings.course / "secret"), ("chapter", course.chapter.file)):
        copied(course, student, mine)
        copied(course, student, path, "notes.txt")
    (course.settings.course / "submitted" / "linked").mkdir()
    (course.settings.course / "submitted" / "linked" / CHAPTER).symlink_to(source(course).parent)
    assert nbgrader(course, "generate_assignment", CHAPTER).returncode == 0
    counted = run_class(course.settings, CHAPTER, 1)
    refused = {student for student, graded in counted.results.items() if graded and graded.problem}
    assert refused == {"source", "renamed", "beside", "chapter", "linked"}
    told = counted.results["beside"]
    assert told is not None
    assert "notes.txt is byte for byte a file of the course's own" in str(told.headline)
    assert run_class(course.settings, CHAPTER, 1).fresh == 0
    kept = [path for path in (course.settings.course / "autograded").rglob("*") if path.is_file()]
    assert {path.name for path in kept} == {f"{CHAPTER}.ipynb"}
    for path in kept:
        assert not [secret for secret in secrets_of(course)[1:] if secret in path.read_text()]
    # What was in the way is taken out: the rest is graded.
    (course.settings.course / "submitted" / "beside" / CHAPTER / "notes.txt").unlink()
    assert run_class(course.settings, CHAPTER, 1).results["beside"].score == 6  # type: ignore[union-attr]


def test_without_knowing_its_own_files_the_course_would_show_them(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(course, "source", source(course))
    assert nbgrader(course, "generate_assignment", CHAPTER).returncode == 0
    monkeypatch.setattr(Ours, "holds", lambda self, path: False)
    run_class(course.settings, CHAPTER, 1)
    page = course.settings.course / "autograded" / "source" / CHAPTER / f"{CHAPTER}.ipynb"
    assert secrets_of(course)[0] in page.read_text()


@pytest.mark.slow
def test_nbgrader_s_own_autograde_keeps_nothing_of_ours_either(course: Course) -> None:
    (course.settings.course / "secret").write_text(SECRET)
    mine = course.root / "mine.ipynb"
    mine.write_text(nbformat.writes(course.answered(**RIGHT)))
    copied(course, "beside", mine)
    (course.settings.course / "submitted" / "beside" / CHAPTER / "notes.txt").symlink_to(
        course.settings.course / "secret"
    )
    copied(course, "source", source(course))
    for command in ("generate_assignment", "autograde", "generate_feedback"):
        done = nbgrader(course, command, CHAPTER)
        assert done.returncode == 0, done.stderr
    for step in ("autograded", "feedback"):
        for path in (course.settings.course / step).rglob("*"):
            assert not path.is_file() or not [one for one in secrets_of(course) if one in path.read_text()], path


def test_the_limits_of_archives_are_stated_in_the_guide() -> None:
    guide = (Path(__file__).parents[1] / "docs" / "lecturer.md").read_text()
    room = archives.room_of("ann")
    assert f"{room.files} files" in guide
    assert f"{room.size // 2**20} MB" in guide
