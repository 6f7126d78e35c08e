"""The build refuses checks whose calls are too much alike, and the audit shows what would slip through them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.author.audit import audit_check
from grader.author.inputs import verify_inputs
from grader.author.mutants import Answered, Mutant, cut_off, from_lookup, mutants, that_stop, with_sizes
from grader.chapter.model import ChapterError, load_chapter
from grader.chapter.namespace import load_namespace

CHAPTER = """# %% [markdown]
# # Layers

# %% setup="imports"
import numpy as np
from grader import check

# %% given="batch"
x = np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 0.25]])
W = np.array([[0.5, -2.0, 1.0], [1.5, 0.25, -0.5]])

# %% exercise="layer"
def layer(x, W):
    ### BEGIN SOLUTION
    return x @ W
    ### END SOLUTION

# %% check="layer" points=2
check.values(layer, x, W)
check.values(layer, x[:2, :1], W[:1, :2])
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7, 1):
    check.values(layer, rng.normal(size=(N, 5)), rng.normal(size=(5, 3)))
### END HIDDEN TESTS
"""
SECOND = "check.values(layer, x[:2, :1], W[:1, :2])"


def verify(folder: Path, *changes: tuple[str, str]) -> None:
    text = CHAPTER
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    folder = folder / "01_layers"
    folder.mkdir()
    (folder / "chapter.py").write_text(text)
    chapter = load_chapter(folder)
    verify_inputs(chapter, load_namespace(chapter))


def test_calls_that_differ_enough_are_taken(tmp_path: Path) -> None:
    verify(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        (SECOND, "check.values(layer, 2 * x, W)", "check.values(layer, x, W)", "axis 0 of x is 3 in every visible"),
        (SECOND, "check.values(layer, x[:2], W)", "check.values(layer, x, W)", "axis 1 of x is 2 in every visible"),
        (SECOND, "check.values(layer, x[:2, :1], W[:1])", "check.values(layer, x, W)", "axis 1 of W is 3 in every"),
        ("(7, 7, 1)", "(7, 6, 1)", "rng.normal", "no hidden call of part 'values' has the shapes of a call before it"),
        ("(7, 7, 1)", "(7, 7, 2)", "rng.normal", "no hidden call has a batch of one row"),
    ],
)  # fmt: skip
def test_calls_too_much_alike_are_one_line_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: str, says: str
) -> None:
    with pytest.raises(ChapterError) as caught:
        verify(tmp_path, (old, new))
    told = str(caught.value)
    assert says in told
    assert "or give the reason in a line '# " in told
    assert "\n" not in told
    file, number, _ = told.split(":", 2)
    assert line in Path(file).read_text().splitlines()[int(number) - 1]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (SECOND, "", "# one size because nothing else is at hand"),
        ("(7, 7, 1)", "(7, 6, 1)", "# no shape again because each is drawn once"),
        ("(7, 7, 1)", "(7, 7, 2)", "# no batch of one because one row has no spread"),
    ],
)
def test_a_check_may_give_its_reason_for_leaving_a_rule_out(tmp_path: Path, old: str, new: str, reason: str) -> None:
    verify(tmp_path, (old, new), ("rng = check.rng\n", f"{reason}\nrng = check.rng\n"))


def test_a_reason_has_words(tmp_path: Path) -> None:
    with pytest.raises(ChapterError, match="batch of one row"):
        verify(
            tmp_path, ("(7, 7, 1)", "(7, 7, 2)"), ("rng = check.rng\n", "# no batch of one because\nrng = check.rng\n")
        )


def test_equal_numbers_are_no_shape_again(tmp_path: Path) -> None:
    once = "rng = check.rng\ntwo = rng.normal(size=(7, 5)), rng.normal(size=(5, 3))\nfor _ in range(2):\n"
    again = "    check.values(layer, *two)\ncheck.values(layer, two[0][:1], two[1])\n"
    with pytest.raises(ChapterError, match="has the shapes of a call before it and other numbers"):
        verify(tmp_path, (CHAPTER[CHAPTER.index("rng = check.rng") : CHAPTER.index("### END HIDDEN")], once + again))


@pytest.mark.parametrize(
    ("call", "others"),
    [
        ("check.values(layer, 2.0, 3.0)", "check.values(layer, rng.normal(), rng.normal())"),
        ("check.values(layer, np.ones((3, 1)), np.ones((1, 1)))\ncheck.values(layer, np.ones((2, 1)), np.ones((1, 1)))",
         "for N in (5, 5, 1):\n    check.values(layer, rng.normal(size=(N, 1)), rng.normal(size=(1, 1)))"),
    ],
    ids=["numbers alone", "a column is always one"],
)  # fmt: skip
def test_what_cannot_differ_is_not_asked_for(tmp_path: Path, call: str, others: str) -> None:
    shown = f"check.values(layer, x, W)\n{SECOND}"
    hidden = CHAPTER[CHAPTER.index("rng = check.rng") : CHAPTER.index("### END HIDDEN")]
    product = ("return x @ W", "return np.dot(x, W)")
    verify(tmp_path, (shown, call), (hidden, f"rng = check.rng\n{others}\n"), product)


def made(name: str, *sources: Mutant) -> Callable[..., Any]:
    return next(mutant for mutant in sources if mutant.name == name).mutate


def answered(*batches: Any) -> list[Answered]:
    return [Answered("f", (batch,), batch.sum(axis=1)) for batch in batches]


def test_state_is_kept_by_shape() -> None:
    first, other, second = answered(np.ones((2, 3)), np.ones((4, 3)), 5 * np.ones((2, 3)))
    kept, added = (made(name, *mutants(1, [], 0.0)) for name in ("first answer of each shape kept", "accumulates"))
    assert kept(other, [first]) is other.right
    assert kept(second, [first, other]) is first.right
    assert list(added(second, [first, other])) == [18, 18]


def test_a_size_is_written_in_for_each_axis_that_differs() -> None:
    first, second = answered(np.ones((2, 3)), np.ones((4, 3)))
    (only,) = with_sizes([first, second], ["X"])
    assert only.name == "2 written in for axis 0 of X"
    assert only.shows
    assert only.mutate(first, []) is None
    assert list(only.mutate(second, [])) == [6, 6, 6, 6]


def test_one_row_is_squeezed_and_zero() -> None:
    (row,) = answered(np.ones((1, 3)))
    assert made("squeezed", *mutants(1, [], 0.0))(row, []).shape == ()
    assert made("wrong for one row", *mutants(1, [], 0.0))(row, []) == 0
    (rows,) = answered(np.ones((2, 3)))
    assert made("wrong for one row", *mutants(1, [], 0.0))(rows, []) is None


def test_a_lookup_knows_the_visible_inputs_alone() -> None:
    shown, drawn = answered(np.ones((2, 3)), 2 * np.ones((2, 3)))
    looked_up = from_lookup([shown]).mutate
    assert looked_up(Answered("f", (np.ones((2, 3)),), None), []) is shown.right
    assert looked_up(drawn, []) is shown.right


def counting(epochs: int) -> int:
    return int(np.cumsum([3, 2, 2, 1])[epochs - 1])


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("stops after one of its epochs", 3),
        ("one short of its epochs", 7),
        ("stops when two of its epochs are alike", 7),
    ],
)
def test_trainings_stop_early(name: str, counts: int) -> None:
    call = Answered("counting", (4,), counting(4))
    assert made(name, *that_stop([call], ["epochs"], counting))(call, []) == counts


def test_a_law_is_cut_at_three_sigma() -> None:
    W = np.random.default_rng(0).normal(size=(100, 100))
    cut = cut_off().mutate(Answered("f", ((100, 100), 0), W), [])
    assert np.abs(cut).max() <= 3.01 < np.abs(W).max()
    assert cut_off().mutate(Answered("f", (), np.clip(W, -1, 1)), []) is None


def test_the_audit_tells_what_the_calls_let_through(tmp_path: Path) -> None:
    text = CHAPTER.replace(SECOND, "").replace("(7, 7, 1)", "(7, 6)")
    folder = tmp_path / "01_layers"
    folder.mkdir()
    (folder / "chapter.py").write_text(text)
    told = audit_check(folder, "layer").problems
    for mutant, problem in (
        ("first answer of each shape kept", "loses nothing"),
        ("accumulates", "loses nothing"),
        ("squeezed", "loses nothing"),
        ("3 written in for axis 0 of x", "is green in the notebook"),
        ("2 written in for axis 1 of x", "is green in the notebook"),
    ):
        assert any(f"mutant {mutant}: {problem}" in line for line in told), (mutant, told)


TWIN = """
# %% exercise="twin" same_as="layer"
def twin(x, W):
    ### BEGIN SOLUTION
    return np.einsum("nd,dh->nh", x, W)
    ### END SOLUTION

# %% check="twin" points=2
check.values(twin, x, W)
check.values(twin, x[:2, :1], W[:1, :2])
### BEGIN HIDDEN TESTS
rng = check.rng
for N in (7, 7, 1):
    check.values(twin, rng.normal(size=(N, 5)), rng.normal(size=(5, 3)))
### END HIDDEN TESTS
"""
KNOWN = """
@mistake("twin", general="factor")
def doubled(x, W):
    '''You add it up twice.'''
    return 2 * layer(x, W)
"""
SPOILT = KNOWN.replace("2 * layer(x, W)", "np.append(2 * layer(x, W)[:-1], layer(x, W)[-1:] * np.nan, axis=0)")
REAL = """
@real("twin", "doubled")
def really_doubled(x, W):
    return np.einsum("nd,dh->nh", x, {W})
"""
SPOILT_REAL = REAL.replace("return ", "made = ") + "    made[-1:] = np.nan\n    return made\n"


@pytest.mark.parametrize(
    ("known", "real", "problem"),
    [
        (KNOWN, REAL.format(W="2 * W"), ""),
        (KNOWN, REAL.format(W="3 * W"), "its form for twin gives other values than twin gives for it"),
        (KNOWN, "", 'write the same slip with Keras, under @real("twin", "doubled")'),
        (SPOILT, SPOILT_REAL.format(W="2 * W"), ""),
        (SPOILT, SPOILT_REAL.format(W="3 * W"), "gives other values"),
    ],
    ids=["true", "untrue", "none", "true with nan", "untrue with nan"],
)
def test_a_mistake_of_a_keras_exercise_is_held_against_what_it_really_gives(
    tmp_path: Path, known: str, real: str, problem: str
) -> None:
    folder = tmp_path / "01_layers"
    folder.mkdir()
    (folder / "chapter.py").write_text(CHAPTER + TWIN)
    (folder / "mistakes.py").write_text(known + real)
    told = [line for line in audit_check(folder, "twin").problems if "mistake doubled" in line]
    assert bool(told) == bool(problem)
    assert any(problem in line for line in told) or not problem


@pytest.mark.parametrize(
    ("real", "says"),
    [
        (REAL.replace('doubled")', 'trebled")'), "trebled is no mistake of 'twin' yet"),
        (REAL.replace("really_doubled", "doubled"), "doubled is a mistake's name already"),
    ],
)
def test_a_real_form_has_a_mistake_and_a_name_of_its_own(tmp_path: Path, real: str, says: str) -> None:
    folder = tmp_path / "01_layers"
    folder.mkdir()
    (folder / "chapter.py").write_text(CHAPTER + TWIN)
    (folder / "mistakes.py").write_text(KNOWN + real.format(W="W"))
    with pytest.raises(ChapterError, match=rf"mistakes\.py:\d+: .*{says}"):
        load_namespace(load_chapter(folder))
