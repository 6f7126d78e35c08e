"""A real JupyterLab in a real browser: the unanswered release runs to its end, quietly."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

CHAPTER = "05_softmax_cross_entropy"
RELEASE = Path(__file__).resolve().parents[1] / "assignments" / CHAPTER / f"{CHAPTER}.ipynb"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A JupyterLab on this machine only, in a folder with the release: its address and the notebook."""
    notebook = tmp_path / "nb.ipynb"
    shutil.copyfile(RELEASE, notebook)
    # All cells in the page: where only those in sight are, a busy browser may show none of them after a run.
    settings = tmp_path / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--ip=127.0.0.1",
            f"--port={port}",
            "--allow-root",
            "--IdentityProvider.token=",
            "--ServerApp.password=",
        ],
        cwd=tmp_path,
        env=os.environ | {"JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, "JupyterLab did not start"
        yield f"http://127.0.0.1:{port}/lab/tree/nb.ipynb?reset", notebook
    finally:
        server.terminate()
        server.wait(20)


def run_all(page: Page) -> None:
    """Run > Run All Cells, until a cell has a number: Lab calls a kernel idle before it hands it anything."""
    for _ in range(6):
        page.click('.lm-MenuBar-itemLabel:text-is("Run")')
        page.click('.lm-Menu-itemLabel:text-is("Run All Cells")')
        with suppress(PlaywrightTimeoutError):
            page.wait_for_function("() => /\\[(\\*|\\d+)\\]:/.test(document.body.innerText)", timeout=15_000)
            return
    raise AssertionError("Run All Cells runs no cell")


def test_the_unanswered_release_runs_to_its_end_quietly(lab: tuple[str, Path]) -> None:
    address, path = lab
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1200, "height": 1600})
        page.set_default_timeout(120_000)
        page.goto(address)
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
        run_all(page)
        page.wait_for_function("() => document.body.innerText.includes('in this notebook')")
        page.keyboard.press("Control+s")
        page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')")
        browser.close()
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]
    assert all(cell.execution_count is not None for cell in cells)
    assert [output.ename for output in outputs if output.output_type == "error"] == []
    assert "Traceback" not in "".join(output.get("text", "") for output in outputs)
