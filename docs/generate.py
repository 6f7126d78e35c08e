"""The parts of README and docs that follow from the code: ``make docs`` writes each between its two marks.

``python docs/generate.py --check`` writes nothing, names each page that is stale, and exits 1 where one is.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer.main

from grader.author.coursemap import course_map
from grader.chapter.roles import NAMED, OPTIONS
from grader.cli.app import app
from grader.finding import GENERAL
from grader.judge.words import WORDS
from grader.judge.words.word import signature_of
from grader.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]


def course() -> str:
    return course_map(load_settings(ROOT))


def commands(reader: str) -> str:
    """One row a command: how it is called, what it does, what each of its options says."""
    group = typer.main.get_command(app)
    rows = ["| command | does |", "|---|---|"]
    for path, command in _leaves(group):
        if _panel(group, path[0]) == reader:
            arguments = [_argument(param) for param in command.params if param.param_type_name == "argument"]
            options = [
                f"`{param.opts[0]}`: {param.help}"
                for param in command.params
                if param.param_type_name == "option" and "--help" not in param.opts
            ]
            usage = " ".join(("grader", *path, *arguments))
            rows.append(f"| `{usage}` | {'<br>'.join((' '.join(command.help.split()), *options))} |")
    return "\n".join(rows)


def words() -> str:
    """One row a word of a check; what it takes beside its usage is read from its signature."""
    rows = ["| in a check | judges | also takes |", "|---|---|---|"]
    for word in WORDS:
        also = [
            f"`{name}=`"
            for name, param in signature_of(word).parameters.items()
            if param.kind is param.KEYWORD_ONLY and f"{name}=" not in word.usage
        ]
        rows.append(f"| `{word.usage}` | {word.meaning} | {' '.join(also)} |")
    return "\n".join(rows)


def cells() -> str:
    """One row a kind of cell that an author names; those that mean the same share one."""
    rows = ["| cell | what it is |", "|---|---|"]
    for meaning in dict.fromkeys(role.meaning for role in NAMED):
        keys = " ".join(f"`{role}=`" for role in NAMED if role.meaning == meaning)
        rows.append(f"| {keys} | {meaning} |")
    return "\n".join(rows)


def options() -> str:
    """One row an option: where it may stand, and what it says."""
    rows = ["| option | of | says |", "|---|---|---|"]
    for key, option in OPTIONS.items():
        where = " ".join(f"`{role}=`" for role in NAMED if key in role.options)
        rows.append(f"| `{option.usage}` | {where} | {option.meaning} |")
    return "\n".join(rows)


def codes() -> str:
    """The codes that ``general=`` may name."""
    return f"The codes: {', '.join(f'`{code}`' for code in sorted(GENERAL))}."


def arrows() -> str:
    """The layers of the package, as the contract of import-linter has them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    return "\n".join(("```", *layers, "```"))


#: The page, the name in its marks, and what writes it.
PARTS: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("README.md", "course", course),
    ("docs/student.md", "commands for students", lambda: commands("For students")),
    ("docs/lecturer.md", "commands for lecturers", lambda: commands("For lecturers")),
    ("docs/author.md", "commands for authors", lambda: commands("For authors")),
    ("docs/author.md", "cells", cells),
    ("docs/author.md", "options", options),
    ("docs/author.md", "words of a check", words),
    ("docs/author.md", "codes", codes),
    ("docs/design.md", "arrows", arrows),
)


def filled(text: str, name: str, made: str) -> str:
    """The page with a part between its marks. Raises ValueError for a page without them."""
    begin, end = f"<!-- {name}: written by make docs -->", f"<!-- end of {name} -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"the marks {begin!r} and {end!r} are expected, once each")
    return re.sub(f"({re.escape(begin)}\n).*?({re.escape(end)})", lambda m: f"{m[1]}{made}\n{m[2]}", text, flags=re.S)


def main(check: bool) -> int:
    stale = 0
    for page in dict.fromkeys(page for page, _, _ in PARTS):
        old = new = (ROOT / page).read_text(encoding="utf-8")
        for _, name, make in (part for part in PARTS if part[0] == page):
            new = filled(new, name, make())
        if new != old:
            stale += 1
            print(f"{page}: {'stale: run make docs' if check else 'written'}")
            if not check:
                (ROOT / page).write_text(new, encoding="utf-8")
    return int(check and stale > 0)


def _leaves(group: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    found = []
    for name, command in group.commands.items():
        inner = hasattr(command, "commands")
        found += _leaves(command, (*path, name)) if inner else [((*path, name), command)]
    return found


def _panel(group: Any, name: str) -> str:
    return str(group.commands[name].rich_help_panel)


def _argument(param: Any) -> str:
    word = param.name.upper() + ("..." if param.nargs == -1 else "")
    return word if param.required else f"[{word}]"


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
