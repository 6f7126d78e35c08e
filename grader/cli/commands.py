"""The commands of ``grader``, each a few lines over the module that does the work."""

from __future__ import annotations

import json
import os
import time
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from grader.chapter.model import ChapterError, load_chapter
from grader.cli import stop
from grader.escape import printable
from grader.grade.files import grade_files, notebooks_in
from grader.report import formats as reports
from grader.sandbox.nursery import Nursery, NurseryError
from grader.settings import SettingsError, load_secret, load_settings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Neural Networks by Hand: build chapters, grade submissions.",
)


class Format(StrEnum):
    text = "text"
    json = "json"
    junit = "junit"
    markdown = "markdown"
    gradescope = "gradescope"


@app.command()
def build(
    chapters: Annotated[list[str] | None, typer.Argument(help="Chapters; all when none is named.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if assignments/ is stale.")] = False,
) -> None:
    """Build chapters into course/source/ and assignments/."""
    from grader.author.build import build_chapter

    settings = load_settings()
    folders = [settings.chapter(name) for name in chapters or ()] or settings.chapters()
    if not folders:
        stop(f"there is no chapter in {settings.solutions}: a chapter is a folder with a chapter.py")
    stale = []
    with _progress() as progress:
        task = progress.add_task("build", total=len(folders))
        for folder in folders:
            progress.update(task, description=folder.name)
            built = build_chapter(folder, settings, write=not check)
            word = ("stale" if check else "written") if built.changed else "up to date"
            progress.console.print(f"{built.chapter}: {word}")
            stale += [built.chapter] * built.changed
            progress.advance(task)
    if check and stale:
        raise typer.Exit(1)


@app.command()
def grade(
    paths: Annotated[list[Path], typer.Argument(help="Notebooks, or folders of them.")],
    format: Annotated[Format, typer.Option(help="What is printed.")] = Format.text,
    student: Annotated[str, typer.Option(help="Whose hidden inputs; default: a hash of the file.")] = "",
    chapter: Annotated[str, typer.Option(help="The chapter handed out. Default: each notebook's word.")] = "",
    min_score: Annotated[float, typer.Option(help="Exit 1 if a submission scores below this.")] = 0.0,
    public_seed: Annotated[bool, typer.Option("--public-seed", help="Grade without a secret.")] = False,
) -> None:
    """Grade submissions without a gradebook. One that cannot be graded is a row with 0 and the reason, and exit 1."""
    if format is Format.gradescope and not chapter:
        stop("--format gradescope wants --chapter ID: without it the notebook itself says what it is graded as")
    settings = load_settings()
    results = grade_files(notebooks_in(paths), settings, load_secret(settings, public_seed), student, chapter)
    write = {
        Format.text: reports.as_text,
        Format.json: reports.as_json,
        Format.junit: reports.as_junit,
        Format.markdown: reports.as_markdown,
        Format.gradescope: reports.as_gradescope,
    }[format]
    try:
        page = write(results)
    except ValueError as error:
        stop(str(error))
    print(page)
    if any(graded.problem is not None or graded.score < min_score for _, graded in results):
        raise typer.Exit(1)


@app.command()
def check(paths: Annotated[list[Path], typer.Argument(help="Your notebooks, or folders of them.")]) -> None:
    """Run your own notebooks and print their visible checks. Exit 1 if one is written and has not passed."""
    from grader.grade.visible import VisibleError, run_visible

    failed, unread = False, []
    limits = load_settings().limits
    for path in notebooks_in(paths):
        try:
            seen = run_visible(path, limits.submission_s)
        except VisibleError as error:
            unread.append(str(error))
            continue
        print(seen)
        failed = failed or not seen.holds
    if unread:
        stop(*unread)
    if failed:
        raise typer.Exit(1)


@app.command()
def autograde(
    chapter: Annotated[str, typer.Argument(help="The chapter that the class has handed in.")],
    jobs: Annotated[int, typer.Option(help="Submissions at once.", min=1)] = os.cpu_count() or 1,
    summary: Annotated[Path | None, typer.Option(help="A file to which the table is added, in Markdown.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade again what is graded and unchanged.")] = False,
) -> None:
    """Grade a class into nbgrader's gradebook. What is graded and unchanged is left alone; a killed run goes on."""
    from grader.gradebook.classrun import ClassError, run_class
    from grader.report.classtable import class_markdown, class_table
    from grader.sandbox.attempts import QUICK
    from grader.sandbox.doctor import examine

    console = Console()
    try:
        settings = load_settings()
        with Nursery() as nursery:
            locked = examine(nursery, QUICK)
        console.print(f"isolation: {locked.isolation}", soft_wrap=True)
        for finding in (finding for finding in locked.findings if not finding.holds):
            console.print(f"student code can {finding.attempt} here: see 'grader doctor'", soft_wrap=True)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(chapter, total=None, rate="")
            started = time.monotonic()

            def step(student: str, done: int, of: int) -> None:
                rate = done / (time.monotonic() - started)
                progress.update(task, completed=done, total=of, rate=f"{60 * rate:.0f} a minute")

            counted = run_class(settings, chapter, jobs, step, force)
    except (ChapterError, SettingsError, ClassError, NurseryError) as error:
        stop(str(error))
    except KeyboardInterrupt:
        stop("stopped; what was graded is kept, and the same command goes on from there")
    verdicts = settings.course / "verdicts" / chapter
    console.print(class_table(verdicts, counted.students, chapter, counted.held))
    if summary is not None:
        try:
            with summary.open("a", encoding="utf-8") as file:
                file.write(class_markdown(verdicts, counted.students, chapter, counted.held))
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
        typer.echo(f"grader: {printable(line)}", err=True)
    if counted.failed:
        raise typer.Exit(1)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="A new folder, or the last demo's.")] = Path("demo"),
    chapter: Annotated[str, typer.Option(help="A chapter with a sample class.")] = "05_softmax_cross_entropy",
) -> None:
    """Show the whole cycle on a sample class, in a course folder of its own."""
    from grader.cli.demo import DemoError, run_demo

    try:
        run_demo(load_settings(), folder.resolve(), chapter)
    except DemoError as error:
        stop(str(error))


@app.command()
def doctor() -> None:
    """Try each lock from inside a worker, and say what holds on this machine. Exit 1 where one does not."""
    from rich.table import Table
    from rich.text import Text

    from grader.sandbox.doctor import examine

    with Nursery() as nursery:
        found = examine(nursery)
    table = Table("a student's code tries to", "", "because")
    for finding in found.findings:
        stopped = Text("stopped") if finding.holds else Text("NOT STOPPED", "bold red")
        table.add_row(Text(finding.attempt), stopped, Text(printable(finding.how)))
    console = Console()
    console.print(table)
    console.print(f"isolation: {found.isolation}", markup=False)
    if not found.holds:
        raise typer.Exit(1)


@app.command()
def publish(folder: Annotated[Path, typer.Argument(help="An empty folder, or an earlier publication.")]) -> None:
    """Copy what a public course repository may hold: assignments and data, nothing else."""
    from grader.author.publish import PublishError
    from grader.author.publish import publish as copy

    try:
        copy(load_settings(), folder, print)
    except PublishError as error:
        stop(str(error))


@app.command()
def audit(
    chapters: Annotated[list[str] | None, typer.Argument(help="Chapters; all when none is named.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures and trials as JSON.")] = False,
    jobs: Annotated[int, typer.Option(help="Processes at once.", min=1)] = os.cpu_count() or 1,
) -> None:
    """Put each check to known mistakes, right variants and mutants; print what it catches. Exit 1 if it errs."""
    from dataclasses import asdict

    from grader.author.audit import Audit, audit_chapter
    from grader.author.matrix import print_matrix, summary

    audits: list[Audit] = []
    settings = load_settings()
    folders = [settings.chapter(name) for name in chapters or ()] or settings.chapters()
    with _progress() as progress:
        for folder in folders:
            task = progress.add_task(folder.name, total=len(load_chapter(folder).of("check")))
            audits.append(audit_chapter(folder, jobs, partial(_advance, progress, task)))
    if as_json:
        print(
            json.dumps(
                [
                    {"chapter": found.chapter, **summary(found), "trials": [asdict(t) for t in found.trials]}
                    for found in audits
                ],
                indent=2,
            )
        )
    else:
        for found in audits:
            print_matrix(found, Console())
    if any(found.problems for found in audits):
        raise typer.Exit(1)


@app.command()
def calibrate(
    chapter: Annotated[str, typer.Argument(help="A chapter with a trained check.")],
    jobs: Annotated[int, typer.Option(help="Processes at once.", min=1)] = os.cpu_count() or 1,
) -> None:
    """Measure how often right trainings fail their threshold and wrong ones pass; write calibration.json."""
    from grader.author.calibrate import FALSE_FAIL, FALSE_PASS, calibrate_chapter, write_calibration

    folder = load_settings().chapter(chapter)
    with _progress() as progress:
        task = progress.add_task(chapter, total=None)
        measured = calibrate_chapter(
            folder, jobs, lambda done, total: progress.update(task, completed=done, total=total)
        )
    for name, found in measured.items():
        print(f"{name}: at least {found['at_least']:.2f} in {found['tries']} tries; proposed {found['proposed']:.2f}")
        for answer, told in found["answers"].items():
            print(
                f"  {answer:32} {told['lowest']:.3f} .. {told['median']:.3f} .. {told['highest']:.3f}  "
                f"{told['seeds']} seeds, bound {told['bound_for_all_tries']:.2g}, {told['median_seconds']:.2f} s"
            )
    print(f"written: {write_calibration(folder, measured)}")
    if any(found["false_fail"] > FALSE_FAIL or found["false_pass"] > FALSE_PASS for found in measured.values()):
        raise typer.Exit(1)


def _advance(progress: Progress, task: TaskID, done: str) -> None:
    progress.advance(task)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
