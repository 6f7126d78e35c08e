"""Hands in nothing but a link, to the folder of the course's own notebook.

Stopped by: no link is followed.
"""
import shutil


def exchange(mine, course):
    shutil.rmtree(mine)
    mine.symlink_to(course / "source" / "01_scale")
