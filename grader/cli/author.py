"""What the author of a chapter calls."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import Annotated

import typer

from grader.cli import stop
from grader.cli.completion import chapters as known
from grader.settings import load_settings

_CHAPTERS = typer.Argument(help="Chapters; all when none is named.", autocompletion=known)


new = typer.Typer(help="Begin a chapter: 'grader new chapter NN_name'.")


@new.command("chapter")
def new_chapter(
    name: Annotated[str, typer.Argument(help="Two digits and a name, as in 07_batch_norm.")],
    with_class: Annotated[bool, typer.Option("--class", help="With an exercise that is a class, too.")] = False,
) -> None:
    """Write a small whole chapter into solutions/, which builds and passes its audit: change it from there."""
    from grader.author.new import new_chapter as write

    for path in write(name, load_settings(), with_class=with_class):
        print(f"written: {path}")
    print(f"next: grader build {name}, and grader audit {name}")


def build(
    chapters: Annotated[list[str] | None, _CHAPTERS] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if assignments/ is stale.")] = False,
    locale: Annotated[str, typer.Option(help="The release's language. Default: the course's.")] = "",
) -> None:
    """Build chapters into course/source/ and assignments/."""
    from grader.author.build import build_chapter
    from grader.cli.progress import progress

    settings = load_settings()
    folders = [settings.chapter(name) for name in chapters or ()] or settings.chapters()
    if not folders:
        stop(f"there is no chapter in {settings.solutions}: a chapter is a folder with a chapter.py")
    stale = []
    with progress() as bar:
        task = bar.add_task("build", total=len(folders))
        for folder in folders:
            bar.update(task, description=folder.name)
            built = build_chapter(folder, settings, write=not check, locale=locale)
            word = ("stale" if check else "written") if built.changed else "up to date"
            bar.console.print(f"{built.chapter}: {word}")
            stale += [built.chapter] * built.changed
            bar.advance(task)
    if check and stale:
        raise typer.Exit(1)


def audit(
    chapters: Annotated[list[str] | None, _CHAPTERS] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures and trials as JSON.")] = False,
    jobs: Annotated[int, typer.Option(help="Processes at once.", min=1)] = os.cpu_count() or 1,
) -> None:
    """Put each check to known mistakes, right variants and mutants; print what it catches. Exit 1 if it errs."""
    from rich.console import Console

    from grader.author.audit import audit_chapter
    from grader.author.matrix import print_matrix, summary
    from grader.author.trial import Audit
    from grader.chapter.model import load_chapter
    from grader.chapter.roles import Role
    from grader.cli.progress import progress, shown

    audits: list[Audit] = []
    settings = load_settings()
    folders = [settings.chapter(name) for name in chapters or ()] or settings.chapters()
    with progress() as bar:
        for folder in folders:
            task = bar.add_task(folder.name, total=len(load_chapter(folder).of(Role.CHECK)))
            audits.append(audit_chapter(folder, jobs, shown(bar, task)))
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


def calibrate(
    chapter: Annotated[str, typer.Argument(help="A chapter with a trained check.", autocompletion=known)],
    jobs: Annotated[int, typer.Option(help="Processes at once.", min=1)] = os.cpu_count() or 1,
) -> None:
    """Measure how often right trainings fail their threshold and wrong ones pass; write calibration.json."""
    from grader.author.calibrate import FALSE_FAIL, FALSE_PASS, calibrate_chapter, write_calibration
    from grader.cli.progress import progress, shown

    folder = load_settings().chapter(chapter)
    with progress() as bar:
        task = bar.add_task(chapter, total=None)
        measured = calibrate_chapter(folder, jobs, shown(bar, task))
    for name, found in measured.items():
        print(f"{name}: at least {found['at_least']:.2f} in {found['tries']} tries; proposed {found['proposed']:.2f}")
        for answer, scores in found["answers"].items():
            print(
                f"  {answer:32} {scores['lowest']:.3f} .. {scores['median']:.3f} .. {scores['highest']:.3f}  "
                f"{scores['seeds']} seeds, bound {scores['bound_for_all_tries']:.2g}, {scores['median_seconds']:.2f} s"
            )
    print(f"written: {write_calibration(folder, measured)}")
    if any(found["false_fail"] > FALSE_FAIL or found["false_pass"] > FALSE_PASS for found in measured.values()):
        raise typer.Exit(1)
