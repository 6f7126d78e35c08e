"""Long measuring says how far it is, to a file as to a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar

EVERY_S = 15.0
Item = TypeVar("Item", covariant=True)


class Counted(Sized, Iterable[Item], Protocol[Item]):
    """What has a length and can be walked."""


def telling(what: str, items: Counted[Item]) -> Iterator[Item]:
    """The items, one after the other; every 15 seconds a line on stderr says how many are done, and the time left."""
    started = told = time.monotonic()
    for done, item in enumerate(items, 1):
        yield item
        now = time.monotonic()
        if now - told >= EVERY_S:
            told, left = now, (now - started) / done * (len(items) - done)
            print(f"{what}: {done} of {len(items)}, {left / 60:.1f} min left", file=sys.stderr, flush=True)
