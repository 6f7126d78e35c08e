"""Reads the instructor's environment variables, as they are now and as they were at the start.

Stopped by: environment.
"""
import os

start = ""
try:
    start = open("/proc/self/environ").read()
except OSError:
    pass
print("REACHED" if "TREASURE" in str(dict(os.environ)) + start else "")
