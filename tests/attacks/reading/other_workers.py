"""Reads the private folder of another submission that is graded at the same time.

Stopped by: landlock, own_uid.
"""
print("REACHED" if open("@NEIGHBOUR@/notes.txt").read() else "")
