"""A time stamp of two megabytes, which is read where its grade is kept.

Stopped by: the length of a time.
"""

TIMESTAMP = "1 " * 1_000_000
