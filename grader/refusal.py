"""What cannot be used, told in one line: the base of every error whose text is written for whoever called."""

from __future__ import annotations


class Refusal(Exception):
    """``str`` is one line for people: what came, what was expected, what to do. The command line prints it."""
