"""nbgrader's SaveCells, with one clear line where cells or points changed after submissions came in."""

from __future__ import annotations

from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import SaveCells as _SaveCells
from nbgrader.utils import is_grade


class SaveCells(_SaveCells):  # type: ignore[misc]
    """Refuses, before anything is written, what would make earlier grades mean something else."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        told = resources["nbgrader"]
        changed = self._changes(nb, told["assignment"], told["notebook"], told["db_url"])
        if changed:
            raise NbGraderException(
                f"{told['assignment']}: {changed}, but submissions are graded already. Release the new version under "
                "another chapter name, or remove the old submissions with "
                f"'nbgrader db assignment remove {told['assignment']} --force' and grade them again."
            )
        return super().preprocess(nb, resources)

    @staticmethod
    def _changes(nb: Any, assignment: str, notebook: str, db_url: str) -> str:
        with Gradebook(db_url) as gradebook:
            try:
                known = gradebook.find_notebook(notebook, assignment)
            except MissingEntry:
                return ""
            if not known.submissions:
                return ""
            before = {cell.name: float(cell.max_score) for cell in known.grade_cells}
        after = {cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
                 for cell in nb.cells if is_grade(cell)}
        if set(before) != set(after):
            return "graded cells were added or removed: " + ", ".join(sorted(set(before) ^ set(after)))
        moved = [f"{name} from {before[name]:g} to {after[name]:g}" for name in after if before[name] != after[name]]
        return "points changed: " + ", ".join(moved) if moved else ""
