"""Takes 300 MB of memory as a stack that grows downwards, which a limit of data does not count.

Stopped by: seccomp.
"""
import mmap

GROWS_DOWN = 0x100
held = mmap.mmap(-1, 300 * 2**20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | GROWS_DOWN)
for page in range(0, len(held), 4096):
    held[page] = 1
print("REACHED")
