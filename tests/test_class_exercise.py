"""An exercise that is a class is found again in a notebook that has lost all its marks, however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.chapter.model import load_chapter
from grader.chapter.release import stub_of
from grader.chapter.roles import Role
from grader.grade.repair import repair

METHODS = """
    def forward(self, X):
        return X @ self.W + self.b

    def backward(self, upstream):
        return upstream @ self.W.T
"""
WRITTEN = {
    "plain": f"class Layer:{METHODS}",
    "with a base": f"class Base:\n    pass\n\nclass Layer(Base):{METHODS}",
    "decorated": f"@dataclass(eq=False)\nclass Layer:\n    W: np.ndarray\n    b: np.ndarray\n{METHODS}",
    "with a metaclass": f"class Layer(Base, metaclass=Meta):{METHODS}",
    "in an if": "if True:\n    class Layer:\n        pass",
    "from a call": "Layer = make_layer(np)",
    "cannot be read": "class Layer(Base:\n    pass",
    "with a magic": f"%%time\nclass Layer:{METHODS}",
}


@pytest.mark.parametrize("answer", WRITTEN.values(), ids=WRITTEN)
def test_a_class_is_known_by_what_its_cell_defines(answer: str) -> None:
    chapter = load_chapter(Path(__file__).parent / "course" / "02_layer")
    cells = []
    for cell in chapter.cells:
        make = new_markdown_cell if cell.cell_type == "markdown" else new_code_cell
        if cell.role.answer:
            source = answer if cell.name == "Layer" else stub_of(chapter, cell).partition("\n")[2]
            cells.append(make(source))
        elif cell.role not in (Role.HINTS, Role.CHECK):
            cells.append(make(cell.source))
    repaired = repair(new_notebook(cells=cells), chapter)
    (placed,) = [placed for placed in repaired.cells if placed.name == "Layer" and placed.role is Role.EXERCISE]
    assert placed.source == answer
    assert placed.changed
    after = [placed.name for placed in repaired.cells if placed.role in (Role.EXERCISE, Role.CHECK)]
    assert after == ["Layer", "Layer", "two_layers", "two_layers"]


def test_a_cell_that_only_uses_a_class_is_not_taken_for_it() -> None:
    chapter = load_chapter(Path(__file__).parent / "course" / "02_layer")
    cells = [new_code_cell(source) for source in ("layer = Layer(W, b)", "for Layer in layers():\n    pass", "Layer")]
    repaired = repair(new_notebook(cells=cells), chapter)
    assert not [placed for placed in repaired.cells if placed.role is Role.EXERCISE]
