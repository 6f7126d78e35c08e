"""Calls its folder like a submission, with words for a time.

Stopped by: one folder stops nobody.
"""


def exchange(mine, course):
    mine.rename(mine.with_name("mallory+01_scale+no time at all"))
