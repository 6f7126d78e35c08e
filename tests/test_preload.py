"""TensorFlow is loaded for the chapters whose own cells import it, and for no others: it takes seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from courses import FIXTURES

from grader.chapter.model import Chapter, load_chapter
from grader.grade.grading import preload


def chapter_with(folder: Path, cell: str, lines: str) -> Chapter:
    """The fixture chapter with one more cell at its end."""
    made = Path(shutil.copytree(FIXTURES / "01_scale", folder / "01_scale"))
    with (made / "chapter.py").open("a") as file:
        file.write(f"\n# %% {cell}\n{lines}\n")
    return load_chapter(made)


@pytest.mark.parametrize(
    ("lines", "loads"),
    [
        ("import tensorflow as tf", True),
        ("from tensorflow import keras", True),
        ("import keras", True),
        ("import numpy, keras.layers", True),
        ("from keras.layers import Dense", True),
        ("def made(w):\n    import tensorflow as tf\n    return tf.constant(w)", True),
        ("# import tensorflow", False),
        ('TEXT = """\nimport tensorflow as tf\n"""', False),
        ("PACKAGE = 'keras'", False),
        ("import keraslike", False),
        ("tensorflow_is_slow = True", False),
    ],
)
def test_an_import_in_a_cell_for_the_worker_alone_loads_it(tmp_path: Path, lines: str, loads: bool) -> None:
    assert bool(preload(chapter_with(tmp_path, 'probe="made"', lines))) is loads


@pytest.mark.parametrize("name", ["01_scale", "02_layer"])
def test_a_chapter_in_numpy_loads_nothing(name: str) -> None:
    assert preload(load_chapter(FIXTURES / name)) == ()


def test_a_text_about_it_loads_nothing(tmp_path: Path) -> None:
    chapter = chapter_with(tmp_path, "[markdown]", "# ```python\n# import tensorflow as tf\n# ```")
    assert preload(chapter) == ()
