"""Hands in 1200 folders within each other: whatever calls itself for each of them is at its end before it is.

Stopped by: one folder stops nobody.
"""
import os


def exchange(mine, course):
    (mine / "01_scale.ipynb").write_text("{}")
    here = os.open(mine, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("a", dir_fd=here)
        inner = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
