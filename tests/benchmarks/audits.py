"""What the audits of all chapters count, and what they cost."""

from __future__ import annotations

import os
import resource

from grader.author.audit import audit_chapter
from grader.author.matrix import summary
from tests.courses import FOLDERS


def measure(short: bool) -> str:
    """A table, as Markdown."""
    lines = [
        "| chapter | mistakes | told their own sentence | also in the notebook | mutants | variants | problems | "
        "seconds of computing |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for folder in FOLDERS[:1] if short else FOLDERS:
        before = _spent()
        found = summary(audit_chapter(folder, jobs=max(2, os.cpu_count() or 1)))
        counted = [
            found[name]
            for name in (
                "mistakes",
                "told_by_their_own_sentence",
                "also_in_the_notebook",
                "mutants",
                "variants",
                "problems",
            )
        ]
        lines.append(f"| {folder.name} | {' | '.join(map(str, counted))} | {_spent() - before:.0f} |")
    return "\n".join(lines)


def _spent() -> float:
    """Seconds of processor time of the processes that have ended: the audit's own."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
