"""A generated class of one chapter: some answer all as the references do, each of the others has one known mistake."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader.chapter.checks import parse
from grader.chapter.model import Cell, Chapter, load_chapter
from grader.chapter.namespace import Answer, Namespace, load_namespace
from grader.chapter.release import answered
from grader.chapter.roles import Role
from grader.syntax.names import outside
from tests.courses import FOLDERS, make_course

from .throughput import seconds, stock_nbgrader

#: Every so many students one is right in everything.
RIGHT_EVERY = 6


@dataclass(frozen=True)
class Outcome:
    """What grading said of one student: their mistake (None: all is right), its check's verdict, the whole score.

    lost: the checks that did not pass.
    """

    mistake: Answer | None
    message: str
    points: float
    check_points: float
    score: float
    max_score: float
    lost: tuple[str, ...]


def hand_in(root: Path, chapter_id: str, count: int, *, brief: bool = False) -> dict[str, Answer | None]:
    """Hand in ``count`` notebooks in the course ``root``, where the chapter is generated. Returns each one's mistake.

    brief: all but the first leave out the cells of the figures, which take most of a worker's time, and whoever has a
    mistake in NumPy the exercises in Keras too.
    """
    chapter = load_chapter(root / "solutions" / chapter_id)
    names = load_namespace(chapter)
    release = root / "assignments" / chapter_id / f"{chapter_id}.ipynb"
    told: dict[str, Answer | None] = {}
    wrong = [number for number in range(count) if number % RIGHT_EVERY]
    for number in range(count):
        notebook = answered(chapter, nbformat.read(release, as_version=4))
        mistake = None
        if number in wrong:
            known = [mistake for mistake in names.mistakes if mistake.function is not None]
            mistake = known[wrong.index(number) * len(known) // len(wrong) % len(known)]
            put_in(notebook, chapter, names, mistake)
        if brief and number:
            left_out = {cell.id for cell in chapter.of(Role.FIGURE)}
            if mistake and not in_keras(chapter, chapter.cell(Role.EXERCISE, mistake.exercise)):
                left_out |= {cell.id for cell in chapter.of(Role.EXERCISE) if in_keras(chapter, cell)}
            notebook.cells = [cell for cell in notebook.cells if cell.id not in left_out]
        student = f"student{number:02d}"
        told[student] = mistake
        folder = root / "course" / "submitted" / student / chapter_id
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{chapter_id}.ipynb")
    return told


def put_in(notebook: NotebookNode, chapter: Chapter, names: Namespace, mistake: Answer) -> None:
    """Answer one exercise wrongly. The right answer stays under another name, where the mistake builds on it.

    Mistakes are written in NumPy, those of a Keras twin too: one of an exercise that must use something names it. Those
    of a Keras model are code of Keras.
    """
    name, exercise = mistake.exercise, chapter.cell("exercise", mistake.exercise)
    sources = {cell.id: cell.source for cell in notebook.cells}
    first = sources[exercise.id].split("\n", 1)[0]
    own = "\n\n\n".join(_written(chapter.path / "mistakes.py", mistake))
    own = re.sub(rf"(?<![\w.]){mistake.name}(?=\()|(?<=^class ){mistake.name}\b", "_answer_", own, flags=re.MULTILINE)
    for used in str(exercise.options.get("uses", "")).split():
        own = re.sub(r"^(def _answer_\(.*\):)$", rf"\1\n    {used} = None", own, flags=re.MULTILINE)
    kept = []
    for right in chapter.of("exercise"):
        if right.name not in (name, exercise.options.get("same_as")):  # a twin may not be called by its name
            continue
        called = rf"(?<![\w.]){right.name}(?=\()|(?<=\(){right.name}(?=\):$)"  # the last: what a class inherits from
        own, uses = re.subn(called, f"right_{right.name}", own, flags=re.MULTILINE)
        if uses:
            _, written = sources[right.id].split("\n", 1)
            kept += [re.sub(rf"\b(def|class) {right.name}\b", rf"\1 right_{right.name}", written), "", ""]
    cell = next(cell for cell in notebook.cells if cell.id == exercise.id)
    cell.source = "\n".join([first, *kept, own.replace("_answer_", name)])


def in_keras(chapter: Chapter, cell: Cell) -> bool:
    """Whether a cell's code names TensorFlow or Keras."""
    return not {"tf", "keras"}.isdisjoint(outside(parse(chapter, cell)))


def outcomes(root: Path, chapter_id: str, told: dict[str, Answer | None]) -> dict[str, Outcome]:
    """What the course's own records say of each student."""
    chapter = load_chapter(root / "solutions" / chapter_id)
    found = {}
    for student, mistake in told.items():
        data = json.loads((root / "course" / "verdicts" / chapter_id / f"{student}.json").read_text())
        check = next((check.name for check in chapter.of("check") if mistake and check.judges == mistake.exercise), "")
        nothing = {"message": "", "score": 0, "points": 0}
        verdict = next((one for one in data["checks"] if one["check"] == check), nothing)
        found[student] = Outcome(
            mistake,
            verdict["message"],
            verdict["score"],
            verdict["points"],
            data["score"],
            data["max_score"],
            tuple(one["check"] for one in data["checks"] if one["status"] != "passed"),
        )
    return found


def measure(scratch: Path, count: int = 30, stock: int = 5) -> str:
    """A table, as Markdown: a class of each chapter through ``grader autograde --jobs 2``, beside stock nbgrader."""
    lines = [
        "| chapter | students | right: full points | mistakes: own sentence | seconds a student, 2 jobs | "
        "stock nbgrader | ratio |",
        "|---|---|---|---|---|---|---|",
    ]
    for folder in FOLDERS:
        root = scratch / folder.name
        root.mkdir(parents=True)
        make_course(root, folder)
        seconds(root, "nbgrader", "generate_assignment", folder.name)
        told = hand_in(root, folder.name, count)
        ours = seconds(root, "grader", "autograde", folder.name, "--jobs", "2") / count
        seen = outcomes(root, folder.name, told).values()
        right = [one.score == one.max_score for one in seen if one.mistake is None]
        named = [one.message.startswith(one.mistake.sentence) for one in seen if one.mistake is not None]
        theirs = stock_nbgrader(root, scratch / "stock" / folder.name, folder.name, stock) / stock
        lines.append(
            f"| {folder.name} | {count} | {sum(right)} of {len(right)} | {sum(named)} of {len(named)} | "
            f"{ours:.2f} | {theirs:.2f} | {theirs / ours:.1f} |"
        )
    return "\n".join(lines)


def _written(path: Path, mistake: Answer) -> list[str]:
    """The text of a mistake, and of what it uses of its file."""
    text = path.read_text(encoding="utf-8")
    made = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    by_name = {node.name: node for node in made}
    (own,) = (
        node
        for node in made
        if node.name == mistake.name and any(f"'{mistake.exercise}'" in ast.unparse(by) for by in node.decorator_list)
    )
    found, waiting = [own], [own]
    while waiting:
        for node in ast.walk(waiting.pop()):
            helper = by_name.get(node.id) if isinstance(node, ast.Name) else None
            if helper is not None and helper not in found:
                found.append(helper)
                waiting.append(helper)
    # As they stand in the file: a class comes after the one that it is made of.
    return [ast.get_source_segment(text, node) or "" for node in sorted(found, key=lambda node: node.lineno)]
