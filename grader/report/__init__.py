"""Results for people and machines: a module a format, each with ``write(results, catalogue)``.

What is for people is in the language of the catalogue; names and codes are the same in every one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from grader.text import ENGLISH, Catalogue

if TYPE_CHECKING:
    from grader.result import Results

#: The formats of ``grader grade --format``: a new one is a module of this package, and its name here.
FORMATS = ("text", "json", "junit", "markdown", "gradescope")


def write(format: str, results: Results, catalogue: Catalogue = ENGLISH) -> str:
    """The results in this format. Raises ValueError, one line, where it cannot hold them.

    The module is imported here: the command line names the formats without waiting for any.
    """
    return str(import_module(f"grader.report.{format}").write(results, catalogue))
