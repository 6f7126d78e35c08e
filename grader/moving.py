"""A figure that moves, without a script: ``moving.figure(draw, 24, alt="Three paths run down a valley.")``.

It is an animated PNG. JupyterLab, Colab, nbconvert and GitHub know it as ``image/png`` and show it like any figure;
nbconvert leaves a GIF out, as ``image/gif`` is no display type of its pages. It plays once and then rests on its last
frame. That frame is also the file's plain picture, which stands wherever nothing moves: in print, in a PDF, in a viewer
that knows still pictures only. JupyterLab and nbconvert drop the alternative text of a PNG, so it is printed as well.
"""

from __future__ import annotations

import base64
import io
import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from grader.locale import in_words
from grader.text import say

if TYPE_CHECKING:
    from PIL.Image import Image

#: The bounds of one moving figure: frames, bytes, and thousandths of a second together.
MAX_FRAMES = 24
MAX_BYTES = 300_000
MAX_MS = 3000
#: Thousandths of a second that a frame stands, where nothing else is said: the longest for the most frames.
FRAME_MS = MAX_MS // MAX_FRAMES
#: Colours of all frames together; fewer where the file is too large.
COLOURS = (64, 16, 4)

_drawn = True
_runs = 0


def skip() -> None:
    """Draw nothing from now on: where a notebook is graded, nobody watches."""
    global _drawn
    _drawn = False


def figure(draw: Callable[[int], Any], n_frames: int, *, alt: str, frame_ms: int = FRAME_MS) -> None:
    """Show what ``draw(0)`` to ``draw(n_frames - 1)`` return, Matplotlib figures of one size, one after the other.

    draw may return a new figure for each frame or change one; none stays open. alt: what is to be seen, in words.
    frame_ms: how long a frame stands. Few frames may stand longer, as long as all take 3 seconds at most.

    Raises ValueError, in one line, for too many frames, too long ones, no alt text, no figure, or figures of two sizes.
    """
    if not 2 <= n_frames <= MAX_FRAMES:
        raise ValueError(f"a moving figure has 2 to {MAX_FRAMES} frames; {n_frames} came")
    if not 0 < n_frames * frame_ms <= MAX_MS:
        raise ValueError(
            f"a moving figure takes up to {MAX_MS} ms; {n_frames} frames of {frame_ms} ms are {n_frames * frame_ms}"
        )
    if not alt.strip():
        raise ValueError('a moving figure says in words what it shows: alt="..."')
    if not _drawn:
        print(in_words(say("(A moving figure, which is not drawn in grading.)")))
        return
    frames = [_picture(draw(number)) for number in range(n_frames)]
    if sizes := sorted({frame.size for frame in frames} - {frames[0].size}):
        raise ValueError(f"all frames have the size of the first, {frames[0].size}; one has {sizes[0]}")
    moving = _small_enough(frames, frame_ms)
    if moving is None:
        told = say(
            "This figure would take more than {most} kB to move: its last frame stands alone.", most=MAX_BYTES // 1000
        )
        print(in_words(told))
    _show(moving or _still(frames[-1]), alt)


def _picture(drawn: Any) -> Image:
    """A figure as it looks now, closed."""
    # A check starts without these, and a worker has its own.
    import matplotlib.pyplot as plt
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from PIL import Image

    if not isinstance(drawn, Figure):
        raise ValueError(f"draw returns a Matplotlib figure for each frame; {type(drawn).__name__} came")
    plt.close(drawn)
    canvas = FigureCanvasAgg(drawn)
    canvas.draw()
    return Image.frombytes("RGBA", canvas.get_width_height(), bytes(canvas.buffer_rgba())).convert("RGB")


def _small_enough(frames: Sequence[Image], frame_ms: int) -> bytes | None:
    """An animated PNG with as many colours as its size allows; None where even the fewest are too many."""
    made = (_animated(frames, colours, frame_ms) for colours in COLOURS)
    return next((data for data in made if len(data) <= MAX_BYTES), None)


def _animated(frames: Sequence[Image], colours: int, frame_ms: int) -> bytes:
    """The frames in one palette, each but the part that has changed; before them the last one, as the plain picture."""
    from PIL import Image, PngImagePlugin

    global _runs
    _runs += 1  # a browser does not play the same bytes twice: a figure drawn again would stand still
    number = PngImagePlugin.PngInfo()
    number.add_text("run", str(_runs))
    width, height = frames[0].size
    together = Image.new("RGB", (width, height * len(frames)))
    for place, frame in enumerate(frames):
        together.paste(frame, (0, height * place))
    together = together.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    pictures = [together.crop((0, height * place, width, height * (place + 1))) for place in range(len(frames))]
    file = io.BytesIO()
    pictures[-1].save(
        file,
        "PNG",
        save_all=True,
        default_image=True,
        append_images=pictures,
        duration=frame_ms,
        loop=1,
        pnginfo=number,
    )
    return file.getvalue()


def _still(frame: Image) -> bytes:
    file = io.BytesIO()
    frame.quantize(COLOURS[0]).save(file, "PNG")
    return file.getvalue()


def _show(picture: bytes, alt: str) -> None:
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    if get_ipython() is not None:
        data = {"image/png": base64.b64encode(picture).decode(), "text/plain": alt}
        display(data, raw=True, metadata={"image/png": {"alt": alt}})
    print(textwrap.fill(alt, 80))
