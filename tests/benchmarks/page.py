"""``docs/measured.md``: sections of Markdown, each written when it was measured, and the machine in words."""

from __future__ import annotations

import os
import platform
import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

HEAD = """# Measured

Each section is written by `make bench`; `python -m tests.benchmarks NAME` measures one anew and leaves the others.
"""


def written(page: str, order: list[str], title: str, body: str) -> str:
    """The page with one section made new. order: the titles of all sections, as they stand on the page; a section
    with another title is dropped."""
    found = dict(re.findall(r"^## (.+?)\n\n(.*?)(?=\n*\Z|\n+^## )", page, flags=re.M | re.S))
    found[title] = f"*{today()}.*\n\n{body.strip()}"
    return HEAD + "".join(f"\n## {name}\n\n{found[name].strip()}\n" for name in order if name in found)


def today() -> str:
    """When and on what kind of machine, in words."""
    day = date.today()
    packages = ", ".join(f"{name} {version(package)}" for name, package in (("NumPy", "numpy"), ("TensorFlow",) * 2))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{day.day} {day:%B %Y}; {os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}, {packages}"
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    model = re.search(r"^model name\s*: (.+)$", told.read_text(), flags=re.M) if told.is_file() else None
    return model[1].strip() if model else platform.machine()
