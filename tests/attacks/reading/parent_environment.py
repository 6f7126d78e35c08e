"""Reads the environment of the process that made it, and of every other.

Stopped by: environment, landlock, own_uid.
"""
import glob

for path in glob.glob("/proc/[0-9]*/environ"):
    try:
        if "TREASURE" in open(path).read():
            print("REACHED")
            break
    except OSError:
        pass
