"""A chapter in another language: its Markdown, hints and known mistakes' sentences, out to PO files and back.

A translation is ``locale/<language>.po`` beside ``chapter.py``. A message's context says where it stands: the id of its
cell, or ``mistake:<exercise>:<name>``. Code, formulas, links, ids, options and marks are the chapter's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from grader.chapter.answers import Answer
from grader.chapter.model import Cell, Chapter, ChapterError, ladder
from grader.chapter.prose import kept, messages_of, rewritten
from grader.chapter.roles import Role
from grader.judge.source import first_line
from grader.locale import catalogue_of
from grader.text import ENGLISH, Catalogue, Text, authored

#: The PO files of a chapter stand in this folder of it.
FOLDER = "locale"


@dataclass(frozen=True)
class Message:
    """Some words of a chapter. line: where they stand in ``file``, or nearly."""

    context: str
    text: str
    file: str
    line: int


@dataclass(frozen=True)
class ChapterCatalogue:
    """A language with a chapter's own sentences in it. translations: by context and English."""

    language: Catalogue
    translations: Mapping[tuple[str, str], str]

    def sentence(self, key: str, context: str = "") -> str:
        return self.translations.get((context, key), key) if context else self.language.sentence(key)

    def counted(self, one: str, many: str, count: int) -> str:
        return self.language.counted(one, many, count)


def catalogue_for(chapter: Chapter, language: str) -> Catalogue:
    """The catalogue in which the chapter's texts are rendered.

    Raises LocaleError for an unknown language, ChapterError for a translation that cannot be used.
    """
    return catalogue_of_course([chapter.path], language)


def catalogue_of_course(folders: Sequence[Path], language: str) -> Catalogue:
    """One catalogue for the texts of the chapters in these folders. Raises as `catalogue_for`."""
    words = catalogue_of(language)
    files = [] if words is ENGLISH else [folder / FOLDER / f"{language}.po" for folder in folders]
    translations: dict[tuple[str, str], str] = {}
    for path in files:
        if path.is_file():
            translations |= _read(path, path.stat().st_mtime_ns)
    return ChapterCatalogue(words, translations) if translations else words


def in_language(chapter: Chapter, language: str) -> tuple[Chapter, Catalogue]:
    """The chapter in a language, and the catalogue in which its texts are rendered. Raises as `catalogue_for`."""
    catalogue = catalogue_for(chapter, language)
    return (chapter if catalogue is ENGLISH else translated(chapter, catalogue)), catalogue


def translated(chapter: Chapter, catalogue: Catalogue) -> Chapter:
    """The chapter with its Markdown in other words. Hints and mistakes are rendered where they are told."""
    return replace(chapter, cells=tuple(_translated(cell, catalogue) for cell in chapter.cells))


def hints_of(chapter: Chapter, exercise: str) -> list[Text]:
    """An exercise's hints, easiest first. Raises ChapterError for other than three."""
    cell = next((cell for cell in chapter.of(Role.HINTS) if cell.name == exercise), None)
    return [authored(step, cell.id) for step in ladder(chapter, exercise)] if cell is not None else []


def messages(chapter: Chapter, mistakes: Sequence[Answer]) -> Iterator[Message]:
    """All that a translation of the chapter says, in the chapter's order."""
    for cell in chapter.cells:
        if cell.role is Role.HINTS:
            for step in ladder(chapter, cell.name):
                yield Message(cell.id, step, chapter.file.name, cell.line)
        elif cell.cell_type == "markdown":
            for text in messages_of(cell.source):
                yield Message(cell.id, text, chapter.file.name, cell.line)
    for mistake in mistakes:
        line = first_line(mistake.functions[0])
        yield Message(mistake.told.context, mistake.sentence, "mistakes.py", line)


def _translated(cell: Cell, catalogue: Catalogue) -> Cell:
    if cell.cell_type != "markdown" or cell.role is Role.HINTS:
        return cell
    return replace(cell, source=rewritten(cell.source, lambda text: catalogue.sentence(text, cell.id)))


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Mapping[tuple[str, str], str]:
    """What a PO file says; fuzzy and empty messages are left out. changed: when the file was written."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            found = read_po(file, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise ChapterError(path, 1, f"this is no PO file: {error}") from None
    told: dict[tuple[str, str], str] = {}
    for message in found:
        english, words = str(message.id), str(message.string)
        if not english or not words or message.fuzzy:
            continue
        wanted, came = kept(english), kept(words)
        if wanted != came:
            differs = next(iter((wanted - came) + (came - wanted)))
            raise ChapterError(
                path,
                message.lineno or 1,
                f"formulas, code, links and tags stay as they are in a translation; this one differs in {differs!r}",
            )
        told[message.context or "", english] = words
    return told
