"""Reads the private folders of other submissions that are graded at the same time.

Stopped by: landlock, own_uid.
"""
import glob

found = [path for path in glob.glob("@TMP@/grader-*/*/notes.txt") + glob.glob("@TMP@/neighbour/notes.txt")]
print("REACHED" if any(open(path).read() for path in ["@TMP@/neighbour/notes.txt"]) else "")
