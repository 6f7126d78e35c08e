"""A time stamp of two megabytes.

Stopped by: the length of a time.
"""

TIMESTAMP = "1 " * 1_000_000
