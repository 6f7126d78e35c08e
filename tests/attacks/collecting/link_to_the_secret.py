"""Puts a link to the key behind the hidden inputs beside the notebook.

Stopped by: no link is followed.
"""


def exchange(mine, course):
    (mine / "01_scale.ipynb").write_text("{}")
    (mine / "notes.txt").symlink_to(course / "secret")
