"""Hands in 1200 folders within each other beside a right notebook: whatever calls itself for each of them ends there.

Stopped by: the depth of folders.
"""
import os


def fill(mine, notebook):
    (mine / "01_scale.ipynb").write_text(notebook)
    here = os.open(mine, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("a", dir_fd=here)
        inner = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
