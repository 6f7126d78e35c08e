"""Hands in 300 MB that are called like the reason why something was not collected, and no notebook.

Stopped by: the length of a reason.
"""


def fill(mine, notebook):
    with (mine / "refused.txt").open("wb") as file:
        file.truncate(300_000_000)
