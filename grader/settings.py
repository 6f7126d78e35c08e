"""The course's own settings: ``[tool.grader]`` of the nearest pyproject.toml."""

from __future__ import annotations

import contextlib
import math
import os
import secrets
import tempfile
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from grader.limits import Limits
from grader.locale import LocaleError, catalogue_of
from grader.refusal import Refusal

#: Bytes of a secret that nobody guesses.
MIN_SECRET = 16


class SettingsError(Refusal):
    """A setting that cannot be used, in one line."""


@dataclass(frozen=True)
class Settings:
    """root: the course's folder. install: what ``pip install`` takes in Colab. colab: the address in front of
    ``assignments/...`` in Colab's badge. written: whether written questions are kept. locale: the course's language."""

    root: Path
    solutions: Path
    install: str = ""
    colab: str = ""
    written: bool = True
    locale: str = ""
    limits: Limits = field(default_factory=Limits)

    @property
    def course(self) -> Path:
        return self.root / "course"

    def chapters(self) -> list[Path]:
        """The folders of all chapters, in order."""
        return sorted(path.parent for path in self.solutions.glob("*/chapter.py"))

    def chapter(self, name: str) -> Path:
        """The folder of one chapter. Raises SettingsError, naming the known ones.

        ``name`` may be a student's text: it is looked up among the known names, and is never a path.
        """
        known = {path.name: path for path in self.chapters()}
        if name not in known:
            raise SettingsError(
                f"no chapter {name[:100]!r} in {self.solutions}; "
                + (
                    f"known: {', '.join(known)}"
                    if known
                    else "set [tool.grader] solutions in pyproject.toml to where they are"
                )
            )
        return known[name]


#: In the course's folder nbgrader's own default names lead to real submissions and grades.
_GUARD = '''"""Nothing runs here: nbgrader would find this course by its default names, and grade it unlocked."""

raise SystemExit("nbgrader: nothing runs in this folder: go to the course's own, one above, and run it there")
'''


def make_course(course: Path) -> None:
    """Make the folder of submissions and grades, in which a bare nbgrader does nothing but say where to go."""
    course.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError), (course / "nbgrader_config.py").open("x", encoding="utf-8") as file:
        file.write(_GUARD)


def load_settings(start: Path | None = None) -> Settings:
    """The settings for a folder: from the nearest pyproject.toml with [tool.grader].

    Raises SettingsError for a file that is no TOML and for a setting of the wrong type or out of range.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            tool = _read(file).get("tool", {})
            if isinstance(tool, dict) and "grader" in tool:
                return _settings(file, tool["grader"])
    return Settings(here, here / "solutions")


def load_secret(settings: Settings, public: bool = False) -> bytes:
    """The key behind hidden inputs: GRADER_SECRET, or course/secret, made on first use.

    Raises SettingsError for a short secret, and in CI without one, unless ``public``.
    """
    if public:
        return b"public"
    if os.environ.get("GRADER_SECRET"):
        return _long_enough(os.environ["GRADER_SECRET"].encode(errors="surrogateescape"), "GRADER_SECRET")
    path = settings.course / "secret"
    if not path.exists():
        if os.environ.get("CI"):
            raise SettingsError("CI is set and there is no secret: set GRADER_SECRET, or pass --public-seed")
        _make_secret(path)
    if not path.is_file():
        raise SettingsError(f"{path} is no file: move it away, and a secret is made at the next run")
    return _long_enough(path.read_bytes(), str(path))


def _make_secret(path: Path) -> None:
    """A new secret, whole or not at all; where another run has made one meanwhile, that one stands."""
    make_course(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=".secret-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)


def _long_enough(secret: bytes, where: str) -> bytes:
    """The secret without the newline that an editor adds."""
    secret = secret.rstrip(b"\r\n")
    if len(secret) < MIN_SECRET:
        raise SettingsError(
            f"{where} has {len(secret)} bytes; at least {MIN_SECRET} are expected: "
            "put the course's secret there, or a new long random text"
        )
    return secret


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:  # no UTF-8, or no TOML
        raise SettingsError(f"{file} is no TOML: {error}") from None


def _settings(file: Path, table: Any) -> Settings:
    known = _known("[tool.grader]", table, Settings)
    values = {name: _text(name, known[name]) for name in ("install", "colab", "solutions", "locale") if name in known}
    solutions = (file.parent / values.pop("solutions", "solutions")).resolve()
    try:
        catalogue_of(values.get("locale", ""))
    except LocaleError as error:
        raise SettingsError(f"[tool.grader] locale: {error}") from None
    written = known.get("written", True)
    if not isinstance(written, bool):
        raise SettingsError(f"[tool.grader] written = {written!r}: true or false is expected")
    return Settings(file.parent, solutions, **values, written=written, limits=_limits(known.get("limits", {})))


def _limits(table: Any) -> Limits:
    """Whole numbers where the default is one, else numbers; all above 0."""
    known = _known("[tool.grader.limits]", table, Limits)
    for name, value in known.items():
        whole = isinstance(getattr(Limits, name), int)
        kind = int if whole else int | float
        if isinstance(value, bool) or not isinstance(value, kind) or not 0 < value < math.inf:
            raise SettingsError(
                f"[tool.grader.limits] {name} = {value!r}: "
                f"a {'whole number' if whole else 'number'} above 0 is expected"
            )
    return Limits(**known)


def _known(title: str, table: Any, shape: type[Settings] | type[Limits]) -> dict[str, Any]:
    """The table, where it is one and holds known settings only."""
    known = sorted({known.name for known in fields(shape)} - {"root"})
    if not isinstance(table, dict):
        raise SettingsError(f"{title} is {table!r}; a table is expected, with: {', '.join(known)}")
    for key in table:
        if key not in known:
            raise SettingsError(f"{title} has no setting {key!r}; known: {', '.join(known)}")
    return table


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"[tool.grader] {name} = {value!r}: a text is expected")
    return value
