"""Hides the link to the secret in a folder of data.

Stopped by: no link is followed.
"""


def exchange(mine, course):
    (mine / "01_scale.ipynb").write_text("{}")
    (mine / "data").mkdir()
    (mine / "data" / "more.txt").symlink_to(course / "secret")
