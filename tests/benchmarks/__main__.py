"""``make bench``: the figures of ``docs/measured.md``, measured on this machine.

``python -m tests.benchmarks [NAME...]`` measures these sections and writes each into the page as it is done;
``--short`` is a quick look that writes nothing. ``python -m tests.benchmarks beside CHECKOUT`` compares this
checkout's throughput with another one's, and writes nothing either.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.courses import ROOT

from . import audits, classes, facts, gradients, soundness, starting, throughput
from .page import written

PAGE = ROOT / "docs" / "measured.md"


@dataclass(frozen=True)
class Section:
    """A title, how it is measured, and what measures it: from a scratch folder and whether to be short, Markdown."""

    title: str
    how: str
    measure: Callable[[Path, bool], str]


SECTIONS = {
    "starting": Section(
        "Starting",
        "Milliseconds of computing, the median of 10 fresh processes that have NumPy already.",
        lambda scratch, short: starting.measure(2 if short else 10),
    ),
    "gradients": Section(
        "Gradients: the judge beside scipy.optimize.check_grad",
        "Eleven operations, forward and backward, with inputs drawn in seven regimes (`tests/benchmarks/bank.py`).",
        lambda scratch, short: gradients.measure(5 if short else 40),
    ),
    "right": Section(
        "Right answers",
        "Chapter 05: its references and variants, put to its checks again and again; what loses a point is counted.",
        lambda scratch, short: "\n".join(
            f"- {line}"
            for line in (
                soundness.notebook_checks(20 if short else 1000),
                soundness.right_gradients(500 if short else 10_000),
                soundness.whole_gradings(2 if short else 30, scratch),
            )
        ),
    ),
    "audit": Section(
        "Wrong answers",
        "`grader audit`: each check put to known mistakes, mutants and right variants, as graded and in the notebook.",
        lambda scratch, short: audits.measure(short),
    ),
    "throughput": Section(
        "A class, and the limit",
        "Wall-clock seconds; every second submission has one mistake.",
        lambda scratch, short: throughput.measure(scratch, 1 if short else 5, 2 if short else 5),
    ),
    "classes": Section(
        "A class of each chapter",
        "Wall-clock seconds, the start included; every sixth student is right, each of the others has one mistake.",
        lambda scratch, short: classes.measure(scratch, 6 if short else 30, 2 if short else 5),
    ),
    "facts": Section(
        "Facts of the texts",
        "Figures of the chapters that are too costly to compute at every build.",
        lambda scratch, short: facts.xor_success(10 if short else 100),
    ),
}


def main() -> None:
    warnings.simplefilter("ignore", RuntimeWarning)
    if sys.argv[1:2] == ["beside"]:
        _beside(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"sections, all unless named: {', '.join(SECTIONS)}")
    parser.add_argument("--short", action="store_true", help="a quick look, which writes nothing")
    told = parser.parse_args()
    for name in told.names:
        if name not in SECTIONS:
            parser.error(f"no section {name!r}; known: {', '.join(SECTIONS)}")
    order = [section.title for section in SECTIONS.values()]
    for section in (SECTIONS[name] for name in told.names or SECTIONS):
        with tempfile.TemporaryDirectory() as scratch:
            body = f"{section.how}\n\n{section.measure(Path(scratch), told.short)}"
        print(f"## {section.title}\n\n{body}\n")
        if not told.short:
            page = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
            PAGE.write_text(written(page, order, section.title, body), encoding="utf-8")


def _beside(words: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks beside")
    parser.add_argument("checkout", type=Path, help="the folder of another checkout; its .venv is used if it has one")
    parser.add_argument("--turns", type=int, default=5)
    told = parser.parse_args(words)
    if not (told.checkout / "grader").is_dir():
        parser.error(f"{told.checkout} is no checkout: it has no folder grader")
    with tempfile.TemporaryDirectory() as scratch:
        print(throughput.beside(Path(scratch), told.checkout.resolve(), told.turns))


main()
