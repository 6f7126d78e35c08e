"""Small words that sentences share."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def mend_first(names: Sequence[str]) -> str:
    """What stands in place of a figure that cannot be drawn with these exercises."""
    return f"Mend {listed(names)} first: see {'its check' if len(names) == 1 else 'their checks'}."
