"""The student's side: an IPython shell that runs cells and keeps their outputs as nbformat data."""

from __future__ import annotations

import bdb
import builtins
import os
import sys
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from grader.calling import Capped, failure_of
from grader.locale import in_words
from grader.said import Saying, said
from grader.sandbox.rawoutput import RawOutput
from grader.text import say

#: Pictures and other rich outputs that one cell may show, and their size in characters.
MAX_DISPLAYS = 20
MAX_DISPLAY_SIZE = 5_000_000

NOT_HERE = say("This line runs no command here: the grader has no shell and no network.")


class Outputs:
    """The outputs of one cell in the order in which they were made, capped while they are made."""

    def __init__(self, limit: int, raw: RawOutput | None = None) -> None:
        """limit: characters of text; raw: what C code prints, put in between."""
        self._limit = limit
        self._left = limit
        self._raw = raw
        self._displays = 0
        self._cut = False
        self.items: list[dict[str, Any]] = []

    def stream(self, name: str, text: str) -> None:
        self._catch_up()
        self._add(name, text)

    def _catch_up(self) -> None:
        if self._raw is not None and self._left > 0:
            for name, text in self._raw.new(self._left):
                self._add(name, text)

    def _add(self, name: str, text: str) -> None:
        if self._left <= 0:
            self._note_cut()
            return
        piece, self._left = text[: self._left], self._left - len(text)
        if self.items and self.items[-1].get("name") == name:
            self.items[-1]["pieces"].append(piece)
        else:
            self.items.append({"output_type": "stream", "name": name, "pieces": [piece]})
        if len(text) > len(piece):
            self._note_cut()

    def display(self, kind: str, data: dict[str, Any], **extra: Any) -> None:
        self._catch_up()
        plain = {str(mime): value for mime, value in data.items() if isinstance(value, str)}
        size = sum(map(len, plain.values()))
        self._displays += 1
        if self._displays > MAX_DISPLAYS or size > MAX_DISPLAY_SIZE:
            self._note_cut()
            return
        self.items.append({"output_type": kind, "data": plain, "metadata": {}, **extra})

    def error(self, name: str, message: str, lines: tuple[str, ...]) -> None:
        self._catch_up()
        shown = [*(f"  {line}" for line in lines), f"{name}: {message}" if message else name]
        self.items.append({"output_type": "error", "ename": name, "evalue": message, "traceback": shown})

    def finished(self) -> list[dict[str, Any]]:
        self._catch_up()
        done = [
            {"output_type": "stream", "name": item["name"], "text": "".join(item["pieces"])}
            if "pieces" in item
            else item
            for item in self.items
        ]
        if self._cut:
            note = say(
                "(output cut here: a cell may print {characters:,} characters and show {pictures} pictures)",
                characters=self._limit,
                pictures=MAX_DISPLAYS,
            )
            done.append({"output_type": "stream", "name": "stdout", "text": f"{in_words(note)}\n"})
        return done

    def _note_cut(self) -> None:
        self._cut = True


class _Stream(Capped):
    """sys.stdout or sys.stderr of the student's cells."""

    def __init__(self, shell: StudentShell, name: str) -> None:
        super().__init__(0)
        self._shell, self._name = shell, name

    def write(self, text: str) -> int:
        self._shell.outputs.stream(self._name, str(text))
        return len(text)


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    def publish(self, data: Any, metadata: Any = None, **ignored: Any) -> None:
        self.shell.outputs.display("display_data", data)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.items.clear()


class _Hook(DisplayHook):  # type: ignore[misc]
    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.shell.outputs.display("execute_result", format_dict, execution_count=None)

    def finish_displayhook(self) -> None:
        pass


def _refuse(line: str, cell: str = "") -> None:
    """A magic that would start a program."""
    print(in_words(NOT_HERE))


class StudentShell(InteractiveShell):  # type: ignore[misc]
    """Runs one notebook's cells. ``outputs`` collects what the running cell shows."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)
    outputs = AnyTrait()

    def __init__(self, **settings: Any) -> None:
        self.outputs = Outputs(0)
        super().__init__(**settings)
        for name in ("pip", "conda", "mamba", "uv"):
            self.register_magic_function(_refuse, "line", name)
        for name in ("bash", "sh", "script", "perl", "ruby", "writefile"):
            self.register_magic_function(_refuse, "cell", name)
        sys.stdout, sys.stderr = _Stream(self, "stdout"), _Stream(self, "stderr")
        builtins.input = _no_input
        bdb.Bdb.set_trace = _no_debugger  # type: ignore[method-assign]

    def run(self, source: str, limit: int) -> list[dict[str, Any]]:
        """Run one cell and return its nbformat outputs."""
        raw = RawOutput()
        self.outputs = Outputs(limit, raw)
        self.run_cell(source, store_history=False, silent=False)
        raw.flush()
        return list(self.outputs.finished())

    def enable_gui(self, gui: Any = None) -> None:
        """``%matplotlib inline`` asks for this; there is no window to make."""

    def ask_exit(self) -> None:
        print(in_words(say("quit() does nothing here: the notebook goes on.")))

    def system(self, command: str) -> None:
        print(in_words(NOT_HERE))

    def init_history(self) -> None:
        super().init_history()
        self.history_manager.enabled = False

    def showtraceback(self, exc_tuple: Any = None, *args: Any, **settings: Any) -> None:
        error = (exc_tuple or sys.exc_info())[1]
        if isinstance(error, SystemExit):
            print(in_words(say("exit() does nothing here: the notebook goes on.")))
            return
        self._show(error)

    def showsyntaxerror(self, *args: Any, **settings: Any) -> None:
        self._show(sys.exc_info()[1])

    def showindentationerror(self, *args: Any, **settings: Any) -> None:
        self._show(sys.exc_info()[1])

    def _show(self, error: BaseException | None) -> None:
        if error is not None:
            failure = failure_of(error)
            told = said(Saying.OUT_OF_MEMORY).text if isinstance(error, MemoryError) else failure.text
            self.outputs.error(failure.name, in_words(told), tuple(in_words(line.text) for line in failure.lines))


def make_shell() -> StudentShell:
    """The one shell of this process; ``get_ipython()`` finds it, so inline figures work."""
    config = Config()
    config.HistoryManager.hist_file = ":memory:"
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    shell: StudentShell = StudentShell.instance(config=config)
    return shell


def _no_input(prompt: object = "") -> str:
    told = say("input() has nobody to ask while a notebook is graded; give the value in the code")
    raise RuntimeError(in_words(told))


def _no_debugger(self: object, frame: object = None) -> None:
    """What `breakpoint()`, `pdb.set_trace()` and IPython's own come to."""
    told = say("a debugger has nobody to talk to while a notebook is graded; take breakpoint() or set_trace() out")
    raise RuntimeError(in_words(told))
