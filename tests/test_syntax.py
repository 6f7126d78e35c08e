"""Reading source: whatever is written as a class is read as it would be as a function."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader
from grader.notebook.recorded import absent, stopped
from grader.syntax.names import bound, defined, libraries, outside
from grader.syntax.notebook import defines, is_to_define, reached, read, writes
from grader.syntax.trees import authored, functions, parsed, without_comments

#: Ways to write an answer: {} is what it computes of z.
WAYS = {
    "function": "def answer(z):\n    return {}",
    "async": "async def answer(z):\n    return {}",
    "lambda": "answer = lambda z: {}",
    "class": "class answer:\n    def forward(self, z):\n        return {}",
    "decorated": "@register\nclass answer:\n    @staticmethod\n    def forward(z):\n        return {}",
    "dataclass": "@dataclass\nclass answer:\n    size: int = 3\n    def forward(self, z):\n        return {}",
    "slots": "class answer:\n    __slots__ = ('z',)\n    @property\n    def forward(self):\n        return {}",
    "metaclass": "class answer(metaclass=Meta):\n    def forward(self, z):\n        return {}",
    "in an if": "if True:\n    class answer:\n        def forward(self, z):\n            return {}",
    "in a try": "try:\n    pass\nfinally:\n    class answer:\n        def forward(self, z):\n            return {}",
    "in a match": "match 1:\n    case 1:\n        class answer:\n            forward = lambda self, z: {}",
    "from a call": "def make():\n    class Inner:\n        def forward(self, z):\n            return {}\n"
    "    return Inner\nanswer = make()",
    "base": "class Base:\n    def forward(self, z):\n        return {}\nclass answer(Base):\n    pass",
    "base as attribute": "class Base:\n    class Inner:\n        def forward(self, z):\n            return {}\n"
    "class answer(Base.Inner):\n    pass",
    "inner class": "class answer:\n    class Inner:\n        def forward(self, z):\n            return {}",
    "written in later": "class answer:\n    pass\nanswer.forward = lambda self, z: {}",
    "taken up again": "class answer:\n    def forward(self, z):\n        return {}\n"
    "class answer(answer):\n    def backward(self, d):\n        return d",
    "wrapped": "class answer:\n    def forward(self, z):\n        return {}\nanswer = dataclass(answer)",
}
EVERY_WAY = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def uses_of(cell: str) -> set[str]:
    source = read((cell,))
    return {used for meaning in reached(source, "answer", set()) for used in libraries(meaning, source.imports)}


def taken_by(cell: str) -> set[str]:
    return {name for meaning in reached(read((cell,)), "answer", set()) for name in outside(meaning)}


@EVERY_WAY
def test_every_way_to_write_an_answer_defines_it(way: str) -> None:
    cell = way.format("z")
    assert defines(cell, "answer")
    assert writes(cell, "answer")
    assert not defines(cell, "forward")


@EVERY_WAY
def test_a_library_is_found_in_every_way(way: str) -> None:
    assert "torch.softmax" in uses_of("import torch\n" + way.format("torch.softmax(z)"))
    assert "torch.softmax" in uses_of("from torch import softmax as quick\n" + way.format("quick(z)"))
    assert uses_of("import torch\n" + way.format("self.torch.softmax(z)")) == set()


@EVERY_WAY
def test_a_name_of_the_notebook_is_found_in_every_way_and_an_attribute_is_none(way: str) -> None:
    assert "points" in taken_by(way.format("points @ z"))
    assert "points" not in taken_by(way.format("self.points @ z"))
    assert "points" not in taken_by(way.format("(lambda points: points)(z)"))
    assert "points" not in taken_by(way.format("[points for points in z]"))
    assert "points" in taken_by(way.format("[points for points in points]"))


def test_one_method_s_names_hide_nothing_from_another() -> None:
    cell = (
        "import torch\nclass answer:\n    def first(self, torch, points):\n        return points\n"
        "    def second(self, z):\n        return torch.relu(z) + points"
    )
    assert uses_of(cell) == {"torch.relu", "torch"}
    assert "points" in taken_by(cell)


def test_what_a_class_body_assigns_is_its_own_but_not_its_methods() -> None:
    assert "points" not in taken_by("class answer:\n    points = 3\n    twice = 2 * points")
    assert "points" in taken_by("class answer:\n    points = 3\n    def size(self):\n        return points")


def test_global_and_nonlocal_are_read_as_they_are_meant() -> None:
    assert "total" in taken_by("def answer(z):\n    global total\n    total = total + z\n    return total")
    counter = "def answer(z):\n    n = 0\n    def step():\n        nonlocal n\n        n = n + z\n    return step"
    assert "n" not in taken_by(counter)


@pytest.mark.parametrize(
    "local",
    [
        "for points in z:\n        pass",
        "with z as points:\n        pass",
        "try:\n        pass\n    except ValueError as points:\n        pass",
        "import points",
        "match z:\n        case [points, *rest]:\n            pass",
        "if (points := z):\n        pass",
        "print([points := one for one in z])",
        "class points:\n        pass",
        "def points():\n        pass",
        "points: int = 3",
        "(a, [points, *b]) = z",
    ],
)
def test_whatever_gives_a_name_a_meaning_in_a_function_makes_it_its_own(local: str) -> None:
    assert "points" not in taken_by(f"def answer(z):\n    {local}\n    return points")


def test_annotations_and_type_tests_compute_nothing() -> None:
    cell = (
        "import torch\nclass answer:\n    x: torch.Tensor\n    def f(self, z: torch.Tensor) -> torch.Tensor:\n        "
    )
    assert uses_of(cell + "assert isinstance(z, torch.Tensor)") == set()
    assert uses_of(cell + "assert isinstance(torch.relu(z), torch.Tensor)") != set()


def test_another_classes_method_of_the_same_name_is_not_reached() -> None:
    cell = (
        "import torch\nclass Other:\n    def forward(self, z):\n        return torch.relu(z)\n"
        "class answer:\n    def forward(self, z):\n        return self.other.forward(z)"
    )
    assert uses_of(cell) == set()


def test_a_value_s_attribute_is_no_part_of_a_function() -> None:
    assert uses_of("import torch\ndef answer(z):\n    return z\nanswer.other = torch.relu") == set()


@pytest.mark.parametrize(
    "head", ["def answer(z):", "class answer:", "class answer(Base, metaclass=Meta):", "class\tanswer :"]
)
def test_a_cell_that_cannot_be_read_still_says_what_it_defines(head: str) -> None:
    broken = f"{head}\n    x = (1"
    assert parsed(broken) is None
    assert not defines(broken, "answer")
    assert is_to_define(broken, "answer")
    assert writes(broken, "answer")
    assert not is_to_define(broken, "answ")
    assert stopped("answer", [f"{head}\n    pass", broken, "check"])
    assert not stopped("answer", [broken, f"{head}\n    pass", "check"])
    assert absent("answer", [broken, "check"]).failure.cause == "undefined"
    assert absent("answer", ["x = (1", "check"]).failure.cause == "not_written"


@EVERY_WAY
def test_an_answer_whose_cell_stopped_is_told_so_in_every_way(way: str) -> None:
    assert absent("answer", [way.format("z"), "check"]).failure.cause == "undefined"
    assert not stopped("answer", [way.format("z"), "check"])


def test_a_loop_over_a_name_does_not_write_it() -> None:
    for cell in (
        "for answer in f(1):\n    pass",
        "answer = 3",
        "from scipy import answer",
        "print('def answer(z):')",
    ):
        assert not writes(cell, "answer")


def test_what_a_cell_binds_at_its_top() -> None:
    tree = authored(
        "%matplotlib inline\nclass A:\n    b = 1\ndef c(d):\n    e = 2\n[f for f in (g := [3])]\nimport h.i"
    )
    assert defined(tree) == {"A", "c", "g", "h"}
    assert {"A", "b", "c", "d", "e", "f", "g", "h"} <= bound(tree)
    assert functions("!ls\nclass A:\n    def b(self): pass\ndef c(): pass") == ("c",)


@pytest.mark.parametrize("head", ["def a():", "async def a():", "class a:"])
def test_the_code_of_a_definition_is_without_its_docstring(head: str) -> None:
    assert without_comments(f"{head}\n    '''Says.'''\n    x = 1  # why") == without_comments(f"{head}\n\n    x = 1")
    assert without_comments(f"{head}\n    x = 1") != without_comments(f"{head}\n    x = 2")


def test_a_long_sum_in_a_method_is_read() -> None:
    long = " + ".join(["z"] * 1500)
    assert "points" in taken_by(f"class answer:\n    def f(self, z):\n        return {long} + points")


def test_the_same_cell_run_a_hundred_times_is_one_meaning() -> None:
    source = read(("def answer(z):\n    return z",) + ("answer = timed(answer)",) * 100)
    meaning = source.meanings["answer"]
    assert isinstance(meaning, ast.Module)
    assert len(meaning.body) == 2


class _Untyped(ast.NodeTransformer):
    """Leaves out what only speaks of types."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(node.arg)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(0)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "issubclass"):
            return node.args[0]
        return node


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    """The global names that a scope and all within it read, as Python's own compiler resolves them."""
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _globals(child)


@pytest.mark.parametrize("path", sorted(Path(grader.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_names_are_resolved_as_python_resolves_them(path: Path) -> None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            text = ast.unparse(ast.fix_missing_locations(_Untyped().visit(node)))
            right = set(_globals(symtable.symtable(text, "cell", "exec"))) - set(dir(builtins))
            assert outside(ast.parse(text).body[0]) - set(dir(builtins)) == right
