"""Colab, imitated: its packages without the project, and the notebook as it saves one."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from courses import COLAB, FIXTURES, ROOT, once
from nbformat import NotebookNode

from grader.author.build import source_notebook
from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace
from grader.settings import load_settings

#: Runs a notebook where it lies, through its errors as "Run all" in Colab does not, so that a test sees them all.
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
NotebookClient(notebook, kernel_name="python3", timeout=300, allow_errors=True).execute()
nbformat.write(notebook, sys.argv[1])
"""


@dataclass(frozen=True)
class Colab:
    """A machine with a home folder and no network. installed: what the set-up cell did; before, after: packages."""

    home: Path
    installed: NotebookNode
    before: dict[str, str]
    after: dict[str, str]

    def run(self, notebook: dict[str, Any], path: Path) -> NotebookNode:
        return run_there(notebook, path, self.home)


def machine(factory: pytest.TempPathFactory, distributions: Path) -> Colab:
    """The machine of a test run. The package comes as a student gets it: by the set-up cell, with a wheel's path for
    its address."""

    def make(folder: Path) -> None:
        python(folder, "-m", "pip", "uninstall", "--quiet", "--yes", "nn-by-hand")
        before = packages(folder)
        (wheel,) = distributions.glob("*.whl")
        settings = replace(load_settings(ROOT), install=str(wheel))
        chapter = load_chapter(FIXTURES / "01_scale")
        released = source_notebook(chapter, load_namespace(chapter), settings)
        setup = next(cell for cell in released.cells if cell.id == "setup-recorded")
        notebook = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_code_cell("import os\nstarted = sum(os.times()[:4])  # computing, with pip's"),
                setup,
                nbformat.v4.new_code_cell("print(sum(os.times()[:4]) - started)"),
            ]
        )
        run_there(saved_by_colab(notebook), folder / "setup.ipynb", folder)
        (folder / "packages.json").write_text(json.dumps([before, packages(folder)]))

    folder = once(factory, "colab", make)
    installed = nbformat.read(folder / "setup.ipynb", as_version=4)
    return Colab(folder, installed, *json.loads((folder / "packages.json").read_text()))


def release(chapter: str) -> NotebookNode:
    """The committed release."""
    return nbformat.read(ROOT / "assignments" / chapter / f"{chapter}.ipynb", as_version=4)


def saved_by_colab(notebook: NotebookNode) -> dict[str, Any]:
    """The notebook as Colab saves a copy: format 4.0, ids in the metadata and little else of it, Colab's own beside."""
    cells = []
    for number, cell in enumerate(notebook.cells):
        kept: dict[str, Any] = {"id": cell.metadata.get("id") or cell.get("id") or f"own{number}"}
        saved: dict[str, Any] = {
            "cell_type": cell.cell_type,
            "metadata": kept,
            "source": cell.source.splitlines(keepends=True),
        }
        if cell.cell_type == "code":
            kept |= {
                "colab": {"base_uri": "https://localhost:8080/"},
                "outputId": f"out{number}",
                "executionInfo": {"status": "ok", "elapsed": 12, "user_tz": -60},
            }
            saved |= {"execution_count": cell.get("execution_count"), "outputs": cell.get("outputs", [])}
        cells.append(saved)
    return {
        "nbformat": 4,
        "nbformat_minor": 0,
        "cells": cells,
        "metadata": {
            "colab": {"provenance": [], "toc_visible": True},
            "language_info": {"name": "python"},
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
        },
    }


def run_there(notebook: dict[str, Any], path: Path, home: Path) -> NotebookNode:
    """Run a notebook in a kernel there, alone in its folder, and read what was saved."""
    path.write_text(json.dumps(notebook))
    python(home, "-c", RUN, str(path), folder=path.parent)
    return nbformat.read(path, as_version=4)


def python(home: Path, *words: str, folder: Path | None = None) -> str:
    """The imitated machine's Python: nothing of this environment, and pip without an index."""
    made = subprocess.run(
        [str(COLAB / "bin" / "python"), *words],
        cwd=folder or home,
        capture_output=True,
        text=True,
        env={
            "PATH": f"{COLAB / 'bin'}{os.pathsep}{os.defpath}",
            "HOME": str(home),
            "PIP_NO_INDEX": "1",
            "PIP_CONFIG_FILE": os.devnull,
        },
    )
    assert made.returncode == 0, made.stderr
    return made.stdout


def packages(home: Path) -> dict[str, str]:
    listed = json.loads(python(home, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"))
    return {package["name"]: package["version"] for package in listed}


def errors(notebook: NotebookNode) -> list[str]:
    return [
        output.evalue for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == "error"
    ]


def text_under(notebook: NotebookNode, source: str) -> str:
    """What the one cell of this source printed."""
    (cell,) = (cell for cell in notebook.cells if cell.source.strip() == source)
    return "".join(output.get("text", "") for output in cell.outputs)
