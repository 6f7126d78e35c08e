"""The course's own settings: ``[tool.grader]`` of the nearest pyproject.toml."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from grader.run.limits import Limits


class SettingsError(Exception):
    """A setting that cannot be used, in one line."""


@dataclass(frozen=True)
class Settings:
    """root: the course's folder. install: what ``pip install`` takes in Colab. colab: the address in front of
    ``assignments/...`` in Colab's badge. written: whether written questions are kept."""

    root: Path
    solutions: Path
    install: str = ""
    colab: str = ""
    written: bool = True
    limits: Limits = field(default_factory=Limits)

    @property
    def course(self) -> Path:
        return self.root / "course"

    def chapters(self) -> list[Path]:
        """The folders of all chapters, in order."""
        return sorted(path.parent for path in self.solutions.glob("*/chapter.py"))

    def chapter(self, name: str) -> Path:
        """The folder of one chapter. Raises SettingsError, naming the known ones."""
        folder = self.solutions / name
        if not (folder / "chapter.py").is_file():
            known = ", ".join(path.name for path in self.chapters())
            raise SettingsError(f"no chapter {name!r} in {self.solutions}; " + (
                f"known: {known}" if known else "set [tool.grader] solutions in pyproject.toml to where they are"))
        return folder


def load_settings(start: Path | None = None) -> Settings:
    """The settings for a folder: from the nearest pyproject.toml with [tool.grader], else from the checkout."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            table = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {}).get("grader")
            if table is not None:
                return _settings(folder, table)
    checkout = Path(__file__).resolve().parents[1]
    return _settings(checkout if (checkout / "solutions").is_dir() else here, {})


def load_secret(settings: Settings, public: bool = False) -> bytes:
    """The key behind hidden inputs: GRADER_SECRET, or course/secret, made on first use.

    Raises SettingsError in CI without a secret, unless ``public``.
    """
    if public:
        return b"public"
    if os.environ.get("GRADER_SECRET"):
        return os.environ["GRADER_SECRET"].encode()
    path = settings.course / "secret"
    if path.is_file():
        return path.read_bytes()
    if os.environ.get("CI"):
        raise SettingsError("CI is set and there is no secret: set GRADER_SECRET, or pass --public-seed")
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_hex(32).encode())
    return path.read_bytes()


def _settings(root: Path, table: dict[str, Any]) -> Settings:
    known = {known.name for known in fields(Settings)} - {"root"}
    for key in table:
        if key not in known:
            raise SettingsError(f"[tool.grader] has no setting {key!r}; known: {', '.join(sorted(known))}")
    try:
        limits = Limits(**table.get("limits", {}))
    except TypeError as error:
        raise SettingsError(f"[tool.grader.limits]: {error}") from None
    return Settings(
        root, (root / table.get("solutions", "solutions")).resolve(), str(table.get("install", "")),
        str(table.get("colab", "")), bool(table.get("written", True)), limits,
    )
