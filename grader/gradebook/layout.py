"""nbgrader's feedback pages, each laid out in a process that may die: what lays out Markdown takes the square of some
texts. A page that cannot be laid out is made without the student's own cells, and the others follow."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter, HTMLExporter
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_markdown_cell
from traitlets.config import Config

from grader.crew import Bounds, Crew
from grader.escape import one_line
from grader.locale import catalogue_of
from grader.text import render, say

#: Of one page; a large one takes two seconds and 300 MB.
BOUNDS = Bounds(computing_s=30, wall_s=120, memory_mb=1024)


class LaidOutElsewhere(HTMLExporter):  # type: ignore[misc]
    """Puts grades and comments into a page here, and lays it out in another process. It lives for one run."""

    def __init__(self, config: Any = None, **settings: Any) -> None:
        super().__init__(config=config, **settings)
        self._crew = Crew(1, begin, (dict(self.config),), BOUNDS)

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **settings: Any) -> tuple[str, Any]:
        marked, resources = Exporter.from_notebook_node(self, nb, resources)
        try:
            page = self._laid_out(marked, resources)
        except Exception as error:
            student = resources.get("nbgrader", {}).get("student", "")
            told = one_line(f"{type(error).__name__}: {error}")[:300]
            self.log.warning(
                "%s: the page cannot be laid out (%s): the student's own cells are left out", student, told
            )
            page = self._laid_out(without_own_cells(marked), resources)
        return page, resources

    def _init_resources(self, resources: Any) -> Any:
        return Exporter._init_resources(self, resources)  # what only a template asks for is made where it is laid out

    def _laid_out(self, notebook: NotebookNode, resources: Any) -> str:
        return str(self._crew.submit(lay_out, notebook, resources).result())


def without_own_cells(notebook: NotebookNode) -> NotebookNode:
    """The check cells with their cards, and one line that says what is missing."""
    made = from_dict(notebook)
    made.cells = [cell for cell in made.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    told = say("Your own cells are not shown here: a page with them cannot be laid out.")
    catalogue = catalogue_of(notebook.metadata.get("grader", {}).get("locale", ""))
    made.cells.insert(0, new_markdown_cell(render(told, catalogue), id="left-out"))
    return made


_exporter: HTMLExporter | None = None


def begin(config: dict[str, Any]) -> None:
    """Make this process one that `lay_out` can run in."""
    global _exporter
    _exporter = HTMLExporter(config=Config(config), default_preprocessors=[], preprocessors=[])


def lay_out(notebook: NotebookNode, resources: Any) -> str:
    """The page of a notebook whose grades are in it."""
    assert _exporter is not None, "this process has not begun"
    return str(_exporter.from_notebook_node(notebook, resources)[0])
