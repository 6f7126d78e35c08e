"""A time stamp of eight megabytes, which is read where its grade is kept.

Stopped by: the length of a time.
"""

TIMESTAMP = "1 " * 4_000_000
