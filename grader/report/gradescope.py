"""A graded submission as Gradescope's ``results.json``.

Source: the "Autograder Specifications" of Gradescope's documentation.
"""

from __future__ import annotations

from typing import Any

from grader import card
from grader.escape import json_text, one_line, printable
from grader.result import Results
from grader.text import ENGLISH, Catalogue, render


def write(results: Results, catalogue: Catalogue = ENGLISH) -> str:
    """For one submission. Raises ValueError for several: Gradescope runs one at a time."""
    if len(results) != 1:
        raise ValueError(f"--format gradescope takes one submission; {len(results)} came")
    _, graded = results[0]
    tests: list[dict[str, Any]] = [
        {
            "name": verdict.check,
            "score": verdict.score,
            "max_score": verdict.points,
            "status": "passed" if verdict.status == "passed" else "failed",
            "output": printable(card.as_text(verdict, catalogue)),
            "output_format": "text",
            "visibility": "visible",
        }
        for verdict in graded.verdicts
    ]
    return json_text(
        {
            "score": graded.score,
            "execution_time": round(sum(v.elapsed_s for v in graded.verdicts)),
            "output": "\n".join(one_line(render(told, catalogue)) for told in (graded.headline, *graded.remarks)),
            "output_format": "text",
            "stdout_visibility": "hidden",
            "tests": tests,
        }
    )
