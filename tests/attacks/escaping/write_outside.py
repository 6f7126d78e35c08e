"""Leaves a file where the course is.

Stopped by: landlock, own_uid.
"""
open("@COURSE@/planted.txt", "w").write("x")
print("REACHED")
