"""What a lecturer calls: grade a class or a file, publish, see a demo, try the locks."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grader.cli import stop
from grader.cli.completion import chapters as known
from grader.escape import one_line, printable
from grader.report import FORMATS, write
from grader.settings import load_secret, load_settings

Format = StrEnum("Format", list(FORMATS))  # type: ignore[misc]
_TEXT = Format("text")
Share = StrEnum("Share", {"NONE": "0", "HALF": "half", "FULL": "full"})


def grade(
    paths: Annotated[list[Path] | None, typer.Argument(help="Notebooks, or folders of them.")] = None,
    format: Annotated[Format, typer.Option(help="What is printed.")] = _TEXT,
    student: Annotated[str, typer.Option(help="Whose hidden inputs; default: a hash of the file.")] = "",
    chapter: Annotated[
        str, typer.Option(help="The chapter handed out. Default: each notebook's word.", autocompletion=known)
    ] = "",
    min_score: Annotated[float, typer.Option(help="Exit 1 if a submission scores below this.")] = 0.0,
    public_seed: Annotated[bool, typer.Option("--public-seed", help="Grade without a secret.")] = False,
    replayed: Annotated[
        Path | None,
        typer.Option("--replay", metavar="VERDICT.json", help="Judge once more on the very inputs of this verdict."),
    ] = None,
) -> None:
    """Grade submissions without a gradebook. One that cannot be graded is a row with 0 and the reason, and exit 1."""
    from grader.chapter.translate import catalogue_of_course
    from grader.grade.files import grade_files
    from grader.grade.replay import replay
    from grader.grade.submission import notebooks_in

    if not paths and replayed is None:
        stop("Missing argument 'paths' (see 'grader grade --help')")
    if format == "gradescope" and not chapter:
        stop("--format gradescope wants --chapter ID: without it the notebook itself says what it is graded as")
    settings = load_settings()
    differing: list[str] = []
    if replayed is None:
        secret = load_secret(settings, public_seed)
        results = grade_files(notebooks_in(paths or []), settings, secret, student, chapter)
    else:
        again = replay(replayed, settings, paths or [])
        results, differing = [(one.path, one.again) for one in again], [one.told for one in again if one.differing]
    try:
        page = write(format, results, catalogue_of_course(settings.chapters(), settings.locale))
    except ValueError as error:
        stop(str(error))
    print(page)
    for line in differing:
        typer.echo(f"grader: {one_line(line)}", err=True)
    if differing or any(graded.problem is not None or graded.score < min_score for _, graded in results):
        raise typer.Exit(1)


def autograde(
    chapter: Annotated[str, typer.Argument(help="The chapter that the class has handed in.", autocompletion=known)],
    jobs: Annotated[int, typer.Option(help="Submissions at once.", min=1)] = os.cpu_count() or 1,
    summary: Annotated[Path | None, typer.Option(help="A file to which the table is added, in Markdown.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade again what is graded and unchanged.")] = False,
) -> None:
    """Grade a class into nbgrader's gradebook. What is graded and unchanged is left alone; a killed run goes on."""
    from rich.console import Console

    from grader.chapter.translate import catalogue_of_course
    from grader.cli.progress import progress_with_rate, shown
    from grader.gradebook.classrun import run_class
    from grader.report.classtable import class_markdown, class_table, waiting_for
    from grader.sandbox.attempts import QUICK
    from grader.sandbox.doctor import examine
    from grader.sandbox.nursery import Nursery
    from grader.text import render

    console = Console()
    try:
        settings = load_settings()
        with Nursery() as nursery:
            locked = examine(nursery, QUICK)
        console.print(f"isolation: {locked.isolation}", soft_wrap=True)
        for finding in (finding for finding in locked.findings if not finding.holds):
            console.print(f"student code can {finding.attempt} here: see 'grader doctor'", soft_wrap=True)
        with progress_with_rate() as bar:
            task = bar.add_task(chapter, total=None, rate="")
            counted = run_class(settings, chapter, jobs, shown(bar, task), force)
    except KeyboardInterrupt:
        stop("stopped; what was graded is kept, and the same command goes on from there")
    catalogue = catalogue_of_course([settings.chapter(chapter)], settings.locale)
    console.print(class_table(counted.results, chapter, counted.held, catalogue))
    for told in waiting_for(counted.results, counted.held):
        console.print(one_line(render(told, catalogue)), soft_wrap=True, markup=False, highlight=False)
    if summary is not None:
        try:
            with summary.open("a", encoding="utf-8") as file:
                file.write(class_markdown(counted.results, chapter, counted.held, catalogue))
        except OSError as error:
            stop(f"graded, but the summary {summary} cannot be written: {error.strerror}")
    console.print(f"{counted.submissions} submissions, {counted.fresh} graded now")
    if counted.outdated:
        console.print(
            f"{len(counted.outdated)} feedback pages told of earlier grades and are removed: "
            f"run 'nbgrader generate_feedback {chapter}'",
            soft_wrap=True,
        )
    for line in (*counted.warnings, *(f"{who}: not kept: {reason}" for who, reason in counted.failed.items())):
        typer.echo(f"grader: {one_line(line)}", err=True)
    if counted.failed:
        raise typer.Exit(1)


def settle(
    chapter: Annotated[str, typer.Argument(help="The chapter, as it was graded.", autocompletion=known)],
    exercise: Annotated[str, typer.Argument(help="The exercise whose checks wait.")],
    credit: Annotated[Share | None, typer.Option(help="How much of what waits is given.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was settled: it waits again.")] = False,
) -> None:
    """Grade at once what waits because of earlier work, as manual grades. What a person has graded is left alone."""
    from grader.gradebook.settle import Credit
    from grader.gradebook.settle import settle as give
    from grader.gradebook.settle import undo as take_back

    if (credit is None) != undo:
        stop("say --credit 0, --credit half or --credit full, or --undo")
    settings = load_settings()
    if credit is None:
        settled, told = take_back(settings, chapter, exercise), "wait again"
    else:
        settled, told = give(settings, chapter, exercise, Credit(credit.value)), f"settled: {credit.value}"
    names = f" ({', '.join(settled.done)})" if settled.done else ""
    print(one_line(f"{exercise}: {len(settled.done)} {told}{names}"))
    if settled.by_hand:
        print(one_line(f"left alone, graded by hand: {', '.join(settled.by_hand)}"))
    if settled.done:
        print(f"'nbgrader generate_feedback {chapter} --force' tells it to them")


def publish(folder: Annotated[Path, typer.Argument(help="An empty folder, or an earlier publication.")]) -> None:
    """Copy what a public course repository may hold: assignments and data, nothing else."""
    from grader.author.publish import publish as copy

    copy(load_settings(), folder, print)


def demo(
    folder: Annotated[Path, typer.Argument(help="A new folder, or the last demo's.")] = Path("demo"),
    chapter: Annotated[
        str, typer.Option(help="A chapter with a sample class.", autocompletion=known)
    ] = "05_softmax_cross_entropy",
) -> None:
    """Show the whole cycle on a sample class, in a course folder of its own."""
    from grader.cli.demo import run_demo

    run_demo(load_settings(), folder.resolve(), chapter)


def doctor() -> None:
    """Try each lock from inside a worker, and say what holds on this machine. Exit 1 where one does not."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from grader.sandbox.doctor import examine, examine_bounds
    from grader.sandbox.nursery import Nursery

    with Nursery() as nursery:
        found = examine(nursery)
        findings = [*found.findings, *examine_bounds(nursery)]
    table = Table("a student's code tries to", "", "because")
    for finding in findings:
        stopped = Text("stopped") if finding.holds else Text("NOT STOPPED", "bold red")
        table.add_row(Text(finding.attempt), stopped, Text(printable(finding.how)))
    console = Console()
    console.print(table)
    console.print(f"isolation: {found.isolation}", markup=False)
    if not all(finding.holds for finding in findings):
        raise typer.Exit(1)
