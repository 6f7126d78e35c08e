"""Graded submissions as JSON; docs/json.md names the fields."""

from __future__ import annotations

from grader.escape import json_text
from grader.result import Results
from grader.text import ENGLISH, Catalogue


def write(results: Results, catalogue: Catalogue = ENGLISH) -> str:
    """One object for one submission, a list for several: in English, and as texts in no language."""
    rows = [{"file": str(path), **graded.to_json(with_notebook=False)} for path, graded in results]
    return json_text(rows[0] if len(rows) == 1 else rows)
