"""What translators get: the package's sentences, and a chapter's, as templates of PO files.

``python -m grader.author.messages`` writes ``grader/locale/grader.pot``; with chapters' names, the template of each
into its own ``locale`` folder. A translation of the package is compiled by ``pybabel compile`` into
``grader/locale/<language>/LC_MESSAGES/grader.mo``; one of a chapter is read as it is, from ``locale/<language>.po``.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from grader.chapter.answers import Answer
from grader.chapter.model import Chapter, load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.translate import FOLDER, messages
from grader.refusal import Refusal
from grader.settings import load_settings

PACKAGE = Path(__file__).resolve().parents[1]
TEMPLATE = PACKAGE / "locale" / "grader.pot"
#: The functions that make a sentence, and how many of their first arguments are keys.
_KEYS = {"say": 1, "say_counted": 2}


@dataclass(frozen=True)
class Sentence:
    """What one call says. many: its plural, "" where it has none; file, line: of the call."""

    one: str
    many: str
    file: str
    line: int


def extracted(package: Path = PACKAGE) -> Iterator[Sentence]:
    """Every sentence that is said in a package, call by call. Raises Refusal for a key that is no literal text."""
    for path in sorted(package.rglob("*.py")):
        name = str(path.relative_to(package.parent))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _KEYS:
                keys = [
                    key.value
                    for key in node.args[: _KEYS[node.func.id]]
                    if isinstance(key, ast.Constant) and isinstance(key.value, str)
                ]
                if len(keys) != _KEYS[node.func.id]:
                    raise Refusal(f"{name}:{node.lineno}: what {node.func.id} says is written out at the call")
                yield Sentence(keys[0], keys[1] if len(keys) > 1 else "", name, node.lineno)


def package_template() -> bytes:
    """The package's sentences as a POT file; without the lines of their calls, which move with every edit."""
    catalog = Catalog(fuzzy=False)
    for sentence in extracted():
        key = (sentence.one, sentence.many) if sentence.many else sentence.one
        catalog.add(key, locations=[(sentence.file, 0)])
    return _written(catalog)


def chapter_template(chapter: Chapter, mistakes: Sequence[Answer]) -> bytes:
    """A chapter's Markdown, hints and known mistakes' sentences as a POT file."""
    catalog = Catalog(fuzzy=False)
    for message in messages(chapter, mistakes):
        catalog.add(message.text, context=message.context, locations=[(message.file, message.line)])
    return _written(catalog)


def main(names: Sequence[str]) -> None:
    """Write the package's template, or those of the named chapters."""
    if not names:
        TEMPLATE.write_bytes(package_template())
        print(f"written: {TEMPLATE}")
    settings = load_settings()
    for name in names:
        chapter = load_chapter(settings.chapter(name))
        path = chapter.path / FOLDER / f"{chapter.id}.pot"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(chapter_template(chapter, load_namespace(chapter).mistakes))
        print(f"written: {path}")


def _written(catalog: Catalog) -> bytes:
    made = BytesIO()
    write_po(made, catalog, omit_header=True, width=0, include_lineno=False, sort_output=True)
    return made.getvalue()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refusal as refused:
        sys.exit(str(refused))
