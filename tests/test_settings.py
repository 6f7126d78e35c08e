"""[tool.grader] and the secret: what is taken, what is refused in one line, and that a name is never a path."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from grader.limits import Limits
from grader.settings import Settings, SettingsError, load_secret, load_settings

LONG = b"a secret of more than 16 bytes"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A course with one chapter, where neither CI nor a secret is set."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("GRADER_SECRET", raising=False)
    for name in ("solutions/01_scale", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "chapter.py").touch()
    return Settings(tmp_path, tmp_path / "solutions")


def test_a_chapter_is_a_name_in_solutions_and_never_a_path(settings: Settings) -> None:
    assert settings.chapter("01_scale") == settings.root / "solutions" / "01_scale"
    for name in (
        "../elsewhere",
        str(settings.root / "elsewhere"),
        "../solutions/01_scale",
        "01_scale/",
        ".",
        "",
        "x" * 400,
        "01_scale\0",
    ):
        with pytest.raises(SettingsError, match="known: 01_scale") as told:
            settings.chapter(name)
        assert "\n" not in str(told.value)
        assert len(str(told.value)) < 300 + len(str(settings.root))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[tool.grader\n", "is no TOML"),
        ("\udcff", "is no TOML"),
        ("[tool]\ngrader = 3\n", "[tool.grader] is 3; a table is expected"),
        ("[tool.grader]\nlimits = 5\n", "[tool.grader.limits] is 5; a table is expected"),
        ("[tool.grader]\nsolutions = 5\n", "solutions = 5: a text is expected"),
        ("[tool.grader]\nwritten = 'false'\n", "written = 'false': true or false is expected"),
        (
            "[tool.grader]\ncolour = 1\n",
            "no setting 'colour'; known: colab, install, limits, locale, solutions, written",
        ),
        ("[tool.grader]\nlocale = 'yy'\n", "locale: there is no language 'yy'; known: en, xx"),
        ("[tool.grader.limits]\ncell_s = '60'\n", "cell_s = '60': a number above 0 is expected"),
        ("[tool.grader.limits]\ncall_s = -1\n", "call_s = -1: a number above 0"),
        ("[tool.grader.limits]\ncall_s = nan\n", "call_s = nan: a number above 0"),
        ("[tool.grader.limits]\nsubmission_s = inf\n", "submission_s = inf: a number above 0"),
        ("[tool.grader.limits]\nmemory_mb = 0\n", "memory_mb = 0: a whole number above 0"),
        ("[tool.grader.limits]\nmemory_mb = true\n", "memory_mb = True: a whole number above 0"),
        ("[tool.grader.limits]\ndisk_mb = 1.5\n", "disk_mb = 1.5: a whole number above 0"),
        ("[tool.grader.limits]\nspeed = 1\n", "no setting 'speed'; known: call_s, cell_s"),
    ],
)
def test_a_slip_in_the_settings_is_one_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(SettingsError) as told:
        load_settings(tmp_path)
    assert says in str(told.value)
    assert "\n" not in str(told.value)


def test_settings_are_read_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.grader]\nsolutions = 'mine'\ncolab = 'https://c'\nwritten = false\n[tool.grader.limits]\ncall_s = 3\n"
    )
    assert load_settings(tmp_path) == Settings(
        tmp_path, tmp_path / "mine", colab="https://c", written=False, limits=Limits(call_s=3)
    )


def test_a_pyproject_of_another_tool_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.grader]\n")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "pyproject.toml").write_text("tool = 3\n")
    assert load_settings(tmp_path / "inner").root == tmp_path


def test_a_short_secret_is_refused_wherever_it_stands(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = settings.course / "secret"
    path.parent.mkdir()
    for short in (b"", b"\n", b"fifteen bytes..\n"):
        path.write_bytes(short)
        with pytest.raises(SettingsError, match="at least 16 are expected"):
            load_secret(settings)
        assert path.read_bytes() == short
    monkeypatch.setenv("GRADER_SECRET", "short")
    with pytest.raises(SettingsError, match="GRADER_SECRET has 5 bytes"):
        load_secret(settings)


def test_an_editors_newline_is_no_part_of_the_secret(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.course.mkdir()
    for ending in (b"", b"\n", b"\r\n"):
        (settings.course / "secret").write_bytes(LONG + ending)
        assert load_secret(settings) == LONG
        monkeypatch.setenv("GRADER_SECRET", (LONG + ending).decode())
        assert load_secret(settings) == LONG
        monkeypatch.delenv("GRADER_SECRET")


def test_a_folder_in_the_secrets_place_is_told(settings: Settings) -> None:
    (settings.course / "secret").mkdir(parents=True)
    with pytest.raises(SettingsError, match="secret is no file"):
        load_secret(settings)


def test_a_full_disk_leaves_no_secret_behind(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("grader.settings.secrets.token_hex", full)
    with pytest.raises(OSError, match="No space left"):
        load_secret(settings)
    assert [path.name for path in settings.course.iterdir()] == ["nbgrader_config.py"]  # it stops a bare nbgrader


def test_first_runs_at_once_have_one_secret(settings: Settings) -> None:
    found: list[bytes] = []
    together = threading.Barrier(8)

    def first() -> None:
        together.wait()
        found.append(load_secret(settings))

    threads = [threading.Thread(target=first) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert sorted(path.name for path in settings.course.iterdir()) == ["nbgrader_config.py", "secret"]
    assert (settings.course / "secret").stat().st_mode & 0o777 == 0o600


def test_a_folder_of_no_course_is_not_taken_for_the_one_the_package_came_from(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert settings.solutions == tmp_path / "solutions"
    with pytest.raises(SettingsError, match=r"set \[tool.grader\] solutions in pyproject.toml"):
        settings.chapter("05_softmax_cross_entropy")
