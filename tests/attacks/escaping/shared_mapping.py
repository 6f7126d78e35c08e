"""Takes 300 MB of memory as mappings that a limit of data does not count, where the course allows 100.

Stopped by: seccomp.
"""
import mmap

held = mmap.mmap(-1, 300 * 2**20)
for page in range(0, len(held), 4096):
    held[page] = 1
print("REACHED")
