"""Takes 300 MB of memory as a shared mapping of a device: the system call looks like that of a file.

Stopped by: landlock.
"""
import mmap
import os

held = mmap.mmap(os.open("/dev/zero", os.O_RDWR), 300 * 2**20)
for page in range(0, len(held), 4096):
    held[page] = 1
print("REACHED")
