"""Looks for files and sockets that were open before it came to life.

Stopped by: descriptors.
"""
import os

found = []
for fd in range(3, 200):
    try:
        os.fstat(fd)
        found.append(fd)
    except OSError:
        pass
sockets = [fd for fd in found if os.readlink(f"/proc/self/fd/{fd}").startswith("socket:")] if found else []
print("REACHED" if len(sockets) > 1 else "")
