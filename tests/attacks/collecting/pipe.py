"""Hands in a pipe, on which whoever reads it waits for ever.

Stopped by: one folder stops nobody.
"""
import os


def exchange(mine, course):
    (mine / "01_scale.ipynb").write_text("{}")
    os.mkfifo(mine / "pipe")
