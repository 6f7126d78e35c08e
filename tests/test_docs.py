"""README and docs: short, fresh, and every page, file and command that they name is there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, fields
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer.main
from nbgrader.apps import NbGraderApp

from grader.cli.app import app
from grader.limits import Limits
from grader.report import FORMATS
from grader.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "templates/*/README.md", "solutions/README.md", "datasets/*/DATASHEET.md")
    for path in ROOT.glob(pattern)
)
#: What stands for something that a reader names: `<student>`, FILE, NN_name, 07_batch_norm (of `grader new`).
PLACEHOLDER = re.compile(r"[<>*]|\bNN|\b[A-Z]{2,}\b|\.{3}|07_batch_norm")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.S | re.M)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def inline(page: Path) -> list[str]:
    return INLINE.findall(FENCED.sub("", text_of(page)))


def commands(page: Path) -> Iterator[list[str]]:
    """Each command line on the page, in its blocks and between its backticks, as words."""
    lines = [
        line
        for language, block in FENCED.findall(text_of(page))
        if language in ("", "bash")
        for line in block.split("\n")
    ]
    for line in [*lines, *inline(page)]:
        for single in re.split(r"\s*(?:&&|\|)\s*", line.partition(" #")[0].strip()):
            words = shlex.split(single) if single.count("'") % 2 == 0 else single.split()
            if words:
                yield [words[0].removeprefix(".venv/bin/"), *words[1:]]


def of(program: str) -> list[tuple[str, list[str]]]:
    """The commands of one program, each with the page that names it."""
    return [(name_of(page), words[1:]) for page in PAGES for words in commands(page) if words[0] == program]


def test_the_readme_is_short() -> None:
    words = [word for word in text_of(ROOT / "README.md").split() if re.search(r"\w", word)]
    assert len(words) <= 700


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCED.sub("", text_of(page))):
        if not re.match(r"\w+:", target):
            file, _, heading = target.partition("#")
            linked = page.parent / file if file else page
            assert linked.exists(), target
            assert not heading or heading in slugs(linked), target


def slugs(page: Path) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text_of(page)), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_reached_from_the_readme() -> None:
    reached, todo = set(), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page not in reached:
            reached.add(page)
            linked = [(page.parent / target).resolve() for target in re.findall(r"\]\(([^)\s:#]+\.md)", text_of(page))]
            todo += [path for path in linked if path.is_relative_to(ROOT)]
    assert {name_of(page) for page in PAGES if page.parent in (ROOT, ROOT / "docs")} <= set(map(name_of, reached))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_of_this_repository_that_a_page_names_is_there(page: Path) -> None:
    for named in inline(page):
        if re.fullmatch(r"(grader|tests|docs|solutions|templates|datasets|assignments|\.ci|\.github)/[\w./\-]*", named):
            assert PLACEHOLDER.search(named) or (ROOT / named).exists(), named


def test_every_grader_command_is_there_with_its_options_and_chapters() -> None:
    named = of("grader")
    assert len(named) > 20
    for page, words in named:
        command = typer.main.get_command(app)
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words[0]]
            words = words[1:]
        told = f"{page}: grader {' '.join(words)}"
        assert (
            not hasattr(command, "commands") or not words or words[0].startswith("-") or words == ["COMMAND", "--help"]
        ), told
        known = {option for param in command.params for option in param.opts} | {"--help"}
        assert {word for word in words if word.startswith("-")} <= known, told
        for word in words:
            if re.match(r"\d\d_", word) and not PLACEHOLDER.search(word):
                assert (ROOT / "solutions" / word).is_dir(), told


def test_every_make_target_nbgrader_command_test_and_extra_is_there() -> None:
    makefile = text_of(ROOT / "Makefile").replace("$(COLAB)", ".venv-colab")
    targets = set(re.findall(r"^([\w./\-]+):", makefile, re.M))
    assert {word for _, words in of("make") for word in words} <= targets
    assert {words[0] for _, words in of("nbgrader")} <= set(NbGraderApp().subcommands)
    for _, words in of("python"):
        module = words[1] if words[:1] == ["-m"] else ""
        assert not module.startswith(("grader", "tests")) or find_spec(module), module
    for page, words in [*of("pytest"), *of("python")]:
        for word in words:
            assert not word.startswith(("tests/", "docs/")) or (ROOT / word.partition("::")[0]).exists(), (page, word)
    extras = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]
    installed = [re.findall(r"\[([\w,]+)\]", word) for _, words in of("pip") for word in words]
    assert {extra for found in installed for names in found for extra in names.split(",")} <= set(extras)


def test_the_lecturers_page_names_every_setting_and_every_format() -> None:
    page = text_of(ROOT / "docs" / "lecturer.md")
    (block,) = (block for language, block in FENCED.findall(page) if language == "toml")
    told = tomllib.loads(block)["tool"]["grader"]
    assert set(told) == {field.name for field in fields(Settings)} - {"root"}
    assert told["limits"] == asdict(Limits())
    assert tuple(re.findall(r"^\| `(\w+)` \|", page, re.M)) == FORMATS


def test_what_follows_from_the_code_is_fresh() -> None:
    """README's map of the course, and the tables of commands, words and options."""
    made = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (made.returncode, made.stdout) == (0, ""), made.stderr
