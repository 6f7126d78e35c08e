"""Puts a link to the folder of the course's own notebook beside its own.

Stopped by: no link is followed.
"""


def exchange(mine, course):
    (mine / "01_scale.ipynb").write_text("{}")
    (mine / "data").symlink_to(course / "source" / "01_scale")
