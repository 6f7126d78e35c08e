"""Calls itself what clears the terminal of whoever collects and writes another line there.

Stopped by: a name is a name.
"""


def exchange(mine, course):
    (mine / "01_scale.ipynb").write_text("{}")
    mine.rename(mine.with_name("\x1b[2J\x1b[1mall graded+01_scale+2026-02-02 10:00:00 UTC+abc"))
