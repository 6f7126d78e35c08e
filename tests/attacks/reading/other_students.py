"""Reads what another student has handed in.

Stopped by: landlock, own_uid.
"""
import glob

print("REACHED" if any(open(path).read() for path in glob.glob("@COURSE@/submitted/*/*/*.ipynb")) else "")
