"""A figure that moves: one animated picture without a script, within its bounds, and nothing of it in grading."""

from __future__ import annotations

import base64
import io
import re
from importlib.metadata import requires
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.core import getipython
from matplotlib.figure import Figure
from PIL import Image

from grader import moving
from grader.limits import Limits
from grader.sandbox.worker import Worker

ALT = "A dot runs along a curve."


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """What a notebook is given to show: data and metadata."""
    seen: list[tuple[dict[str, str], dict[str, Any]]] = []
    plt.close(plt.figure())  # Matplotlib asks for IPython at its first figure
    monkeypatch.setattr(getipython, "get_ipython", lambda: object())
    monkeypatch.setattr("IPython.display.display", lambda data, raw, metadata: seen.append((data, metadata)))
    return seen


def picture(shown: list[tuple[dict[str, str], dict[str, Any]]]) -> tuple[bytes, Any]:
    """The one picture that was shown, and as Pillow reads it."""
    ((data, _),) = shown
    file = base64.b64decode(data["image/png"])
    return file, Image.open(io.BytesIO(file))


def dot(frame: int, size: tuple[float, float] = (6, 3)) -> Figure:
    figure, axes = plt.subplots(figsize=size)
    z = np.linspace(-5, 5, 200)
    axes.plot(z, np.tanh(z), "k-")
    axes.plot(z[8 * frame], np.tanh(z[8 * frame]), "o", color="tab:orange")
    return figure


def taller(frame: int) -> Figure:
    return dot(0, (6, 3 + frame))


def noise(seed: int, levels: int = 256) -> Figure:
    """A figure of grey dots, which no packing makes small."""
    figure = Figure(figsize=(6, 3), dpi=100)
    figure.figimage(np.random.default_rng(seed).integers(0, levels, size=(300, 600)) / levels, cmap="gray")
    return figure


def test_it_plays_once_within_three_seconds_and_rests_on_its_last_frame(shown) -> None:  # type: ignore[no-untyped-def]
    moving.figure(dot, 24, alt=ALT)
    file, made = picture(shown)
    assert len(file) <= 300_000
    assert (made.format, made.is_animated, made.info["loop"]) == ("PNG", True, 1)
    pictures, milliseconds = [], 0.0
    for number in range(made.n_frames):
        made.seek(number)
        pictures.append(np.asarray(made.convert("RGB"), dtype=int))
        milliseconds += made.info.get("duration", 0.0)
    assert len(pictures) == 25  # with the still, which is no frame of the animation
    assert milliseconds <= 3000
    assert np.array_equal(pictures[0], pictures[-1])
    assert not np.array_equal(pictures[1], pictures[-1])


def test_few_frames_may_stand_longer(shown) -> None:  # type: ignore[no-untyped-def]
    moving.figure(dot, 8, alt=ALT, frame_ms=375)
    made = picture(shown)[1]
    stands = []
    for number in range(1, made.n_frames):  # after the still
        made.seek(number)
        stands.append(made.info["duration"])
    assert stands == 8 * [375]


@pytest.mark.parametrize("frame_ms", [376, 0, -100])
def test_no_frame_stands_so_long_that_all_take_more_than_three_seconds(frame_ms: int) -> None:
    says = f"a moving figure takes up to 3000 ms; 8 frames of {frame_ms} ms are {8 * frame_ms}"
    with pytest.raises(ValueError, match=rf"\A{re.escape(says)}\Z"):
        moving.figure(dot, 8, alt=ALT, frame_ms=frame_ms)


def test_the_last_frame_looks_as_it_was_drawn(shown) -> None:  # type: ignore[no-untyped-def]
    moving.figure(dot, 12, alt=ALT)
    made = np.asarray(picture(shown)[1].convert("RGB"), dtype=int)
    last = dot(11)
    drawn = np.asarray(moving._picture(last), dtype=int)
    assert made.shape == drawn.shape
    assert np.abs(made - drawn).mean() < 1
    assert np.abs(made - drawn).max() < 20


def test_what_it_shows_is_said_in_words_even_where_a_viewer_drops_them(shown, capsys) -> None:  # type: ignore[no-untyped-def]
    moving.figure(dot, 2, alt=ALT)
    ((data, metadata),) = shown
    assert (data["text/plain"], metadata["image/png"]["alt"]) == (ALT, ALT)
    assert capsys.readouterr().out == f"{ALT}\n"
    moving.figure(dot, 2, alt=20 * "word ")
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_no_figure_stays_open_and_one_figure_may_be_drawn_again_and_again(shown) -> None:  # type: ignore[no-untyped-def]
    moving.figure(dot, 24, alt=ALT)
    assert plt.get_fignums() == []
    figure, axes = plt.subplots()

    def grow(frame: int) -> Figure:
        axes.plot([frame], [frame], "ko")
        return figure

    moving.figure(grow, 3, alt=ALT)
    assert plt.get_fignums() == []
    made = picture(shown[1:])[1]
    frames = []
    for number in (1, 2, 3):
        made.seek(number)
        frames.append(made.convert("RGB").tobytes())
    assert len(set(frames)) == 3


def test_a_cell_that_runs_again_gives_other_bytes_which_a_browser_plays_again(shown) -> None:  # type: ignore[no-untyped-def]
    moving.figure(dot, 2, alt=ALT)
    moving.figure(dot, 2, alt=ALT)
    assert shown[0][0]["image/png"] != shown[1][0]["image/png"]


@pytest.mark.parametrize(
    ("draw", "n_frames", "alt", "says"),
    [
        (dot, 25, ALT, "a moving figure has 2 to 24 frames; 25 came"),
        (dot, 1, ALT, "a moving figure has 2 to 24 frames; 1 came"),
        (dot, 2, " ", 'a moving figure says in words what it shows: alt="..."'),
        (lambda frame: None, 2, ALT, "draw returns a Matplotlib figure for each frame; NoneType came"),
        (
            lambda frame: dot(0, (6, 3 + frame)),
            2,
            ALT,
            "all frames have the size of the first, (600, 300); one has (600, 400)",
        ),
    ],
)
def test_what_cannot_move_is_refused_in_one_line(draw: Any, n_frames: int, alt: str, says: str) -> None:
    with pytest.raises(ValueError, match=rf"\A{re.escape(says)}\Z"):
        moving.figure(draw, n_frames, alt=alt)


def test_a_large_one_gets_fewer_colours(shown, capsys) -> None:  # type: ignore[no-untyped-def]
    moving.figure(noise, 4, alt=ALT)
    file, made = picture(shown)
    assert len(file) <= 300_000
    assert made.is_animated
    assert capsys.readouterr().out == f"{ALT}\n"


def test_one_that_stays_too_large_stands_still_and_says_so(shown, capsys) -> None:  # type: ignore[no-untyped-def]
    moving.figure(noise, 24, alt=ALT)
    file, made = picture(shown)
    assert not made.is_animated
    assert len(file) <= 300_000
    told, alt = capsys.readouterr().out.splitlines()
    assert told == "This figure would take more than 300 kB to move: its last frame stands alone."
    assert alt == ALT


def test_without_a_notebook_the_words_stand_alone(capsys) -> None:  # type: ignore[no-untyped-def]
    moving.figure(dot, 2, alt=ALT)
    assert capsys.readouterr().out == f"{ALT}\n"


def test_in_grading_nothing_is_drawn() -> None:
    source = "from grader import check, data, moving\ndef draw(frame):\n    print('drawn')\n"
    with Worker(Limits(cell_s=20, call_s=20, memory_mb=600)) as worker:
        result = worker.run_cell(f"{source}moving.figure(draw, 3, alt='A dot.')")
    assert [(item["output_type"], item.get("text")) for item in result.outputs] == [
        ("stream", "(A moving figure, which is not drawn in grading.)\n")
    ]


def test_pillow_comes_with_what_a_student_has() -> None:
    assert any(re.match("pillow", one, re.IGNORECASE) for one in requires("matplotlib") or ())
