"""Calls itself what a spreadsheet of grades would compute.

Stopped by: a name is a name.
"""


def exchange(mine, course):
    (mine / "01_scale.ipynb").write_text("{}")
    mine.rename(mine.with_name('=HYPERLINK("x")+01_scale+2026-02-02 10:00:00 UTC+abc'))
