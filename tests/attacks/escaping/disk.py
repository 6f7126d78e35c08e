"""Fills the disk: a file of 100 MB.

Stopped by: disk, limits.
"""
with open("big", "wb") as file:
    for _ in range(100):
        file.write(bytes(2**20))
        file.flush()
print("REACHED")
