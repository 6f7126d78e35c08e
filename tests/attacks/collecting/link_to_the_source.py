"""Hands in a link to the course's own notebook: whoever follows it hands in the solutions, and feedback shows them.

Stopped by: no link is followed.
"""


def exchange(mine, course):
    (mine / "01_scale.ipynb").symlink_to(course / "source" / "01_scale" / "01_scale.ipynb")
