"""What the shell offers where a chapter is asked for."""

from __future__ import annotations

from grader.settings import SettingsError, load_settings


def chapters(typed: str) -> list[str]:
    """The names of the course's chapters that begin with what was typed; none where the settings cannot be read."""
    try:
        folders = load_settings().chapters()
    except SettingsError:
        return []
    return [folder.name for folder in folders if folder.name.startswith(typed)]
