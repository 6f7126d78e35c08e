"""Writes points into the gradebook's file.

Stopped by: landlock, own_uid.
"""
with open("@COURSE@/gradebook.db", "r+b") as file:
    file.seek(0, 2)
    file.write(b"points")
print("REACHED")
