"""What anyone can download, the wheel and the sdist, holds no answer of any chapter."""

from __future__ import annotations

import ast
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from courses import FIXTURES, FOLDERS

from grader.chapter.model import load_chapter
from grader.chapter.release import released_source

#: Shorter lines stand in any program.
LEAST = 12
#: What the scaffold of a new chapter shows its author.
SHOWN = {"rng = check.rng"}
#: What the package says on its own account, and answers as well: it tells nothing of any of them.
COMMON = {"return function", "return found", "while waiting:", "for _ in range(2):", 'with np.errstate(all="ignore"):'}
CHAPTERS = [*FOLDERS, *(path.parent for path in sorted(FIXTURES.glob("*/chapter.py")))]


def files(archive: Path) -> dict[str, str]:
    """Every file of a wheel or an sdist, by its name there, read as text."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            held = {name: wheel.read(name) for name in wheel.namelist()}
    else:
        with tarfile.open(archive) as sdist:
            members = {member.name: sdist.extractfile(member) for member in sdist.getmembers()}
            held = {name.split("/", 1)[-1]: file.read() for name, file in members.items() if file}
    return {name: data.decode(errors="replace") for name, data in held.items()}


def secrets(folder: Path) -> set[str]:
    """The lines of a chapter's references, hidden tests, marking guides, mistakes and variants that its release
    does not have."""
    chapter = load_chapter(folder)
    told, secret = set(), set()
    for cell in chapter.cells:
        inside = cell.role == "hints"
        for line in map(str.strip, released_source(chapter, cell).split("\n")):
            if line.startswith("### "):
                inside = line.startswith("### BEGIN")
            else:
                (secret if inside else told).add(line)
    for name in ("mistakes.py", "variants.py"):
        path = folder / name
        if path.is_file():
            secret |= {line.strip() for line in path.read_text(encoding="utf-8").split("\n")}
            told |= {line.strip() for line in _head(path)}
    return {line for line in secret - told - SHOWN - COMMON if len(line) >= LEAST}


def _head(path: Path) -> list[str]:
    """What stands above the first answer in a file of answers: its docstring and imports."""
    source = path.read_text(encoding="utf-8")
    first = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    above = min([first.lineno, *(mark.lineno for mark in first.decorator_list)]) - 1
    return source.split("\n")[:above]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_neither_wheel_nor_sdist_holds_an_answer(distributions: Path, kind: str) -> None:
    (archive,) = distributions.glob(kind)
    held = files(archive)
    assert {"grader/__init__.py", "grader/py.typed", "grader/notebook/check.py"} <= set(held)
    assert any(name.endswith("datasets/digits/digits.csv") for name in held)
    text = "\n".join(held.values())
    assert [name for name in held if name.endswith((".ipynb", "chapter.py", "mistakes.py", "variants.py"))] == []
    for folder in CHAPTERS:
        found = secrets(folder)
        assert len(found) > (40 if folder in FOLDERS else 4), folder.name
        assert [line for line in sorted(found) if line in text or json.dumps(line)[1:-1] in text] == [], folder.name
