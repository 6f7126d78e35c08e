"""Lets the secret be copied by something that followed a link before, so that it is a plain file by now.

Stopped by: our own bytes.
"""
import shutil


def exchange(mine, course):
    (mine / "01_scale.ipynb").write_text("{}")
    shutil.copyfile(course / "secret", mine / "notes.txt")
