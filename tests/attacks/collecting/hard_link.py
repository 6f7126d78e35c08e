"""Hands in another name of the course's own notebook, which nothing tells from a file but its bytes.

Stopped by: our own bytes.
"""
import os


def exchange(mine, course):
    os.link(course / "source" / "01_scale" / "01_scale.ipynb", mine / "01_scale.ipynb")
