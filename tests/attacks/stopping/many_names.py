"""Hands in 2000 files with long names, and no notebook: each would be named in a line of the class's table.

Stopped by: the number of names.
"""


def fill(mine, notebook):
    for number in range(2000):
        (mine / f"{number} {'x' * 200}").touch()
