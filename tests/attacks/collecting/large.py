"""Hands in a file of 150 MB, which takes no room where it lies.

Stopped by: one folder stops nobody.
"""


def exchange(mine, course):
    (mine / "01_scale.ipynb").write_text("{}")
    with (mine / "data.bin").open("wb") as file:
        file.truncate(150_000_000)
