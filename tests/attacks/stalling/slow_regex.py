"""Matches a regular expression that backtracks for seconds.

Stopped by: time limits.
"""
import re

re.match("(a+)+$", "a" * 27 + "b")
print("REACHED")
