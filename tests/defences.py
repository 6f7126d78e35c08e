"""The defences of the trusted side, and how each is taken away in a process that is there to be exhausted.

Light to import: such a process dies once for each attack.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import nbformat

from grader.grade.jobs import Job, begin, grade_job
from grader.result import Graded
from grader.sandbox.nursery import Fork, Nursery

HUGE = 10**12


def without(module: str, **names: Any) -> Callable[[], None]:
    return lambda: import_module(module).__dict__.update(names)


OFF: dict[str, Callable[[], None]] = {
    "the length of a time": without("grader.gradebook.keeping", MAX_TIMESTAMP=10**7),
    "the number of keys": without("grader.wire", MAX_ODD_KEYS=HUGE),
    "the number of magics": without("grader.syntax.trees", MAX_MAGICS=500, MAX_CELL_WITH_MAGICS=HUGE),
    "the number of values": without("grader.grade.submission", MAX_VALUES=HUGE),
    "the pattern of texts": without("grader.wire", _STRING=re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)),
    "the room of an output": without("grader.sandbox.worker", PIECE=0),
    "the size of a text cell": without("grader.sanitise", MAX_MARKDOWN=HUGE),
    "the size of HTML": without("grader.sanitise", MAX_HTML=HUGE, MAX_HTML_TOGETHER=HUGE, MAX_HTML_MADE=HUGE),
    "the time to send": lambda: setattr(Fork, "send", lambda fork, message, _: fork.channel.send(message)),
}


def begin_without(defence: str, secret: bytes, nursery: Nursery) -> None:
    begin(secret, nursery)
    if defence:
        OFF[defence]()


def import_keeping() -> None:
    import_module("grader.gradebook.keeping")


def through(job: Job, kept: Path | None, shown: bool) -> Graded:
    """What is done with a submission: graded, the time beside it read and its page written and known again, laid out.

    kept: the submission's folder, where its grade is kept, too.
    """
    graded = grade_job(job)
    if kept is not None:
        keeping = import_module("grader.gradebook.keeping")
        keeping.timestamp_of(kept)
        keeping.digest_of_page(nbformat.writes(graded.notebook))
    if shown:
        layout = import_module("grader.gradebook.layout")
        layout.begin({})
        layout.lay_out(nbformat.from_dict(graded.notebook), {})
    return graded
