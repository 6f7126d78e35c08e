"""The one app of ``grader``: its commands by who reads them, each a few lines over the module that does the work.

A command imports inside of itself what does its work, so that ``grader --help`` and the completion of a word answer at
once, without NumPy or nbgrader. For no other reason is an import inside a function.
"""

from __future__ import annotations

from typing import Annotated

import typer

from grader import __version__
from grader.cli import author, lecturer, stop, student

app = typer.Typer(
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    help="Neural Networks by Hand: build chapters, grade submissions.",
)

_BY_READER = {
    "For students": (student.check,),
    "For lecturers": (
        lecturer.grade,
        lecturer.autograde,
        lecturer.settle,
        lecturer.publish,
        lecturer.demo,
        lecturer.doctor,
    ),
    "For authors": (author.build, author.audit, author.calibrate),
}
for _reader, _commands in _BY_READER.items():
    for _command in _commands:
        app.command(rich_help_panel=_reader)(_command)
app.add_typer(author.new, name="new", rich_help_panel="For authors")


def run() -> None:
    """Run the command that the words of the command line name. A word that it does not know is one line."""
    try:
        status = app(prog_name="grader", standalone_mode=False)
    except typer.TyperException as error:
        command = getattr(getattr(error, "ctx", None), "command_path", "grader")
        message = error.format_message().replace("Value error, ", "").rstrip(".")
        stop(f"{message} (see '{command} --help')")
    raise SystemExit(status or 0)


def _version(asked: bool) -> None:
    if asked:
        print(f"grader {__version__}")
        raise typer.Exit


@app.callback()
def _grader(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(2)
