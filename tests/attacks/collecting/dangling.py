"""Hands in a link that leads nowhere.

Stopped by: one folder stops nobody.
"""
import shutil


def exchange(mine, course):
    shutil.rmtree(mine)
    mine.symlink_to("/nowhere")
