"""Neural Networks by Hand: exercises in NumPy and tf.keras, judged by machine.

A notebook needs one line: ``from grader import check``.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"


def __getattr__(name: str) -> ModuleType:
    """``check`` is `grader.notebook.check`: every released notebook says ``from grader import check``."""
    if name == "check":
        return import_module("grader.notebook.check")
    raise AttributeError(f"module 'grader' has no attribute {name!r}")
