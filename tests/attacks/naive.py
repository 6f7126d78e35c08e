"""A grader without a boundary, as most are: student cells and checks in one process, points read from what is printed.

Only here to show that an attack is one. ``python naive.py CHAPTER_FOLDER NOTEBOOK [--public]`` prints a JSON line.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbgrader.utils import determine_grade

from grader.chapter.model import load_chapter
from grader.chapter.checks import switched, visible_lines
from grader.chapter.namespace import load_namespace
from grader.grade.repair import repair
from grader.sandbox.shell import make_shell
from grader.grade.submission import read_submission
from grader.verdict import Verdict


class NaiveCheck:
    """Compares as it is often done: on the arrays that the student's function had, and with ``>``."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names, self.hidden, self.points, self.failed = names, False, 0.0, []
        self.rng = np.random.default_rng(0)

    def begin(self, points: float) -> None:
        self.points, self.failed = points, []

    def values(self, fn: Any, *args: Any, **rule: Any) -> None:
        try:
            got = fn(*args)
            want = self.names[fn.__name__](*args)
            if np.max(np.abs(got - want)) > 1e-6:
                self.failed = ["values"]
        except Exception:
            self.failed = ["values"]

    gradients = values

    def verdict(self) -> Verdict:
        return Verdict("check", self.points, 0.0 if any(self.failed) else self.points, "failed")


def main() -> None:
    chapter = load_chapter(Path(sys.argv[1]))
    names = load_namespace(chapter)
    shell = make_shell()
    shell.user_ns["reference"] = names.reference
    check = NaiveCheck(names.names)
    score, outputs = 0.0, []
    for placed in repair(read_submission(Path(sys.argv[2])), chapter).cells:
        if placed.role == "check":
            shell.user_ns["check"] = check
            known = chapter.cell("check", placed.name)
            source = visible_lines(known.source) if "--public" in sys.argv else switched(known.source)
            shell.history_manager.input_hist_raw.append(known.source)
            check.begin(known.points)
            shown = shell.run(f"{source}\ncheck.verdict()", 100_000)
            cell = nbformat.v4.new_code_cell(source, outputs=[nbformat.from_dict(item) for item in shown], metadata={
                "nbgrader": {"grade": True, "points": known.points, "grade_id": placed.name, "solution": False}})
            score += determine_grade(cell)[0] or 0.0
            outputs += shown
        elif placed.role.runs and placed.cell_type == "code":
            outputs += shell.run(placed.source, 100_000)
    told = {"score": score, "reached": "REACHED" in json.dumps(outputs), "outputs": json.dumps(outputs)[-3000:]}
    sys.__stdout__.write(json.dumps(told) + "\n")
    sys.__stdout__.flush()


if __name__ == "__main__":
    main()
