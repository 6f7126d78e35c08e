"""From a chapter's text to the source notebook, and through nbgrader to what students get."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from grader import __version__
from grader.author.facts import text_of, verify_numbers
from grader.author.inputs import verify_inputs
from grader.author.lint import verify
from grader.author.recorder import record_chapter
from grader.chapter.checks import compiled
from grader.chapter.model import Chapter, ChapterError, load_chapter
from grader.chapter.namespace import Namespace, load_namespace
from grader.chapter.release import FOLDED, notebook_cell
from grader.chapter.roles import Role
from grader.chapter.translate import in_language
from grader.escape import one_line
from grader.grade.grading import run_answers
from grader.notebook import check
from grader.settings import Settings, make_course
from grader.text import Catalogue, render, say
from grader.verdict import Verdict

#: A release's recorded values take at most this many characters.
MAX_RECORD = 150_000

_RECORDED = re.compile(r'check\.load\("[^"]*", "[^"]*", "(?P<text>[^"]*)"\)')


@dataclass(frozen=True)
class Built:
    """One chapter's release. ``changed``: whether it differs from what stood in ``assignments/``."""

    chapter: str
    path: Path
    changed: bool


def build_chapter(folder: Path, settings: Settings, *, write: bool = True, locale: str = "") -> Built:
    """Build one chapter. With ``write=False`` only compare with what is committed. locale: the release's language; ""
    is the course's.

    Raises ChapterError for a slip in the chapter or its translation, LocaleError for an unknown language; nothing is
    written then.
    """
    chapter = load_chapter(folder)
    verify(chapter)
    namespace = load_namespace(chapter)
    source = source_notebook(chapter, namespace, settings, locale or settings.locale)
    verify_answers(chapter, namespace, settings)
    verify_inputs(chapter, namespace)
    with tempfile.TemporaryDirectory() as scratch:
        release = _release(chapter, source, Path(scratch))
    target = settings.root / "assignments" / chapter.id / f"{chapter.id}.ipynb"
    changed = not target.is_file() or not _same(target.read_text(encoding="utf-8"), release)
    if write:
        make_course(settings.course)
        _write(settings.course / "source" / chapter.id / f"{chapter.id}.ipynb", _text(source))
        if changed:
            _write(target, release)
    return Built(chapter.id, target, changed)


def source_notebook(chapter: Chapter, namespace: Namespace, settings: Settings, locale: str = "") -> NotebookNode:
    """The instructor's notebook: solutions, hidden tests and marking guides still in it."""
    chapter, catalogue = in_language(chapter, locale)
    language = {"locale": locale} if locale else {}
    told = record_chapter(chapter, namespace, written=settings.written, catalogue=catalogue)
    record = check.pack(told | language)
    if len(record) > MAX_RECORD:
        raise ChapterError(
            chapter.file,
            1,
            f"the recorded values take {len(record):,} characters; at most "
            f"{MAX_RECORD:,} may: use smaller visible inputs",
        )
    notebook = new_notebook(
        metadata={
            "grader": {"chapter": chapter.id, "version": __version__} | language,
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
        }
    )
    placed = False
    for cell in chapter.cells:
        if cell.role is Role.HINTS or (cell.role is Role.WRITTEN and not settings.written):
            continue
        if cell.cell_type == "code" and not placed:
            notebook.cells.append(_setup_cell(chapter, record, settings, catalogue))
            placed = True
        notebook.cells.append(notebook_cell(chapter, cell))
    if settings.colab and notebook.cells:
        notebook.cells[0].source += f"\n\n{colab_badge(chapter.id, settings)}"
    return notebook


def verify_answers(chapter: Chapter, namespace: Namespace, settings: Settings) -> None:
    """The chapter's own answers, run through worker and referee: the references must earn every point of their own
    checks, and the numbers in the text must be those that its cells show."""
    shown: dict[str, str] = {}
    for cell, result in run_answers(chapter, namespace, settings.limits):
        if not isinstance(result, Verdict):
            shown[cell.id] = text_of(result)
        elif result.status != "passed":
            part = next((part for part in result.parts if part.status != "passed"), None)
            where = f" (part {part.name!r}{', hidden' if part.hidden else ''})" if part else ""
            detail = f" [{'; '.join(part.detail)}]" if part and part.detail else ""
            line = compiled(chapter, cell.name).line_of(part.name, hidden=part.hidden) if part else 0
            raise chapter.error(
                cell,
                f"the reference of {cell.judges!r} fails its own check{where}: "
                f"{result.message or result.status}{detail}",
                line,
            )
    verify_numbers(chapter, namespace, shown)


def _release(chapter: Chapter, source: NotebookNode, root: Path) -> str:
    """What nbgrader's own generate_assignment makes of the source notebook."""
    # Seconds, and a database: only a build waits for it.
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    _write(root / "source" / chapter.id / f"{chapter.id}.ipynb", _text(source))
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.assignment_id = chapter.id
    config.GenerateAssignment.no_database = True
    directory = CourseDirectory(config=config)
    converter = GenerateAssignment(coursedir=directory, config=config)
    kept = [step for step in converter.preprocessors if step.__name__ != "SaveCells"]
    converter.preprocessors = kept
    converter.log.setLevel("ERROR")
    converter.start()
    made = nbformat.read(root / "release" / chapter.id / f"{chapter.id}.ipynb", as_version=4)
    return _text(made)


def _setup_cell(chapter: Chapter, record: str, settings: Settings, catalogue: Catalogue) -> NotebookNode:
    if settings.install:
        install = (
            "import importlib.util\n\n"
            'if importlib.util.find_spec("grader") is None:\n'
            f'    %pip install --quiet "{settings.install}"\n\n'
        )
        load = "from grader import check\n\n"
    else:
        install = ""
        missing = render(say("The package nn-by-hand is not installed: ask your instructor."), catalogue)
        load = (
            "try:\n    from grader import check\nexcept ImportError:\n"
            f"    raise SystemExit({json.dumps(missing, ensure_ascii=False)}) from None\n\n"
        )
    title = say("Set-up: run this cell first. It holds recorded values for the checks; nothing to read here.")
    source = (
        f"# @title {one_line(render(title, catalogue))}\n"
        f'{install}{load}check.load("{chapter.id}", "{__version__}", "{record}")'
    )
    cell = new_code_cell(source, id="setup-recorded")
    cell.metadata = NotebookNode(
        {
            "id": "setup-recorded",
            **FOLDED,
            "nbgrader": {
                "grade": False,
                "grade_id": "setup_recorded",
                "locked": True,
                "schema_version": 3,
                "solution": False,
                "task": False,
            },
        }
    )
    return cell


def colab_badge(chapter_id: str, settings: Settings) -> str:
    """A badge, as Markdown, that opens the chapter's release in Colab."""
    address = f"{settings.colab.rstrip('/')}/assignments/{chapter_id}/{chapter_id}.ipynb"
    return f"[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({address})"


def _same(committed: str, release: str) -> bool:
    """Equal byte by byte but for the recorded values, which are equal to 1e-9 after decoding."""
    try:
        nbformat.reads(committed, 4)
    except ValueError:  # no notebook, as after a merge that left its marks
        return False
    return _RECORDED.sub("", _unescaped(committed)) == _RECORDED.sub("", _unescaped(release)) and same_values(
        recorded_in(committed), recorded_in(release)
    )


def _unescaped(text: str) -> str:
    return "\n".join("".join(cell.source) for cell in nbformat.reads(text, 4).cells) + _skeleton(text)


def _skeleton(text: str) -> str:
    """The notebook without the sources of its set-up cell and the checksum over it."""
    notebook = nbformat.reads(text, 4)
    for cell in notebook.cells:
        if cell.id == "setup-recorded":
            cell.source = ""
            cell.metadata.nbgrader.pop("checksum", None)
    return _text(notebook)


def recorded_in(text: str) -> Any:
    """The record that a released notebook carries, unpacked; None where it has none."""
    for cell in nbformat.reads(text, 4).cells:
        match = _RECORDED.search(cell.source)
        if match:
            return check.unpack(match["text"])
    return None


#: The share of the other answers of a call that are the same on every CPU.
_ALIKE = 0.95


def same_values(a: Any, b: Any) -> bool:
    """Whether two records are the same to 1e-9, which is as far as CPUs agree."""
    if isinstance(a, dict) and isinstance(b, dict):
        # Bands measure float32 rounding, which is another on every CPU; all else they follow from is compared.
        other = {"bands": lambda one, two: True, "alternatives": _same_alternatives}
        return list(a) == list(b) and all(other.get(key, same_values)(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(same_values, a, b))
    if isinstance(a, np.ndarray | np.generic | float) and isinstance(b, np.ndarray | np.generic | float):
        left, right = np.asarray(a), np.asarray(b)
        if left.shape != right.shape or left.dtype != right.dtype:
            return False
        if left.dtype.kind not in "fc":
            return bool(np.array_equal(left, right))
        scale = float(np.max(np.abs(right[np.isfinite(right)]), initial=0.0))
        return bool(np.allclose(left, right, rtol=1e-9, atol=1e-9 * min(scale, 1.0), equal_nan=True))
    return bool(a == b)


def _same_alternatives(a: Sequence[Any], b: Sequence[Any]) -> bool:
    """Whether nearly all other answers are the same, to what is kept of a digest. One whose numbers lie on an edge is
    another on another CPU: there it is not told, and no more."""
    left, right = _alternatives(a), _alternatives(b)
    alike = [
        left[n][0] == right[n][0] and np.isclose(left[n][1], right[n][1], rtol=1e-4, atol=1e-4)
        for n in left.keys() & right.keys()
    ]
    return bool(sum(alike) >= _ALIKE * max(len(left), len(right)))


def _alternatives(kept: Sequence[Any]) -> dict[int, tuple[Any, float]]:
    """What is told of each, and its digest, by its number."""
    if not kept:
        return {}
    texts, numbers, which, digests = kept
    return {int(n): (texts[place], float(told)) for n, place, told in zip(numbers, which, digests, strict=True)}


def _text(notebook: NotebookNode) -> str:
    return str(nbformat.writes(notebook, version=4)) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
