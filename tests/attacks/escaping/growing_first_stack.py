"""Takes 300 MB of memory as the stack of its process, whose limit it raises: a limit of data does not count it.

Stopped by: limits.
"""
import ctypes
import resource

most = resource.getrlimit(resource.RLIMIT_STACK)[1]
resource.setrlimit(resource.RLIMIT_STACK, (most, most))
with open("/proc/self/maps") as maps:
    lowest = next(int(line.split("-")[0], 16) for line in maps if "[stack]" in line)
for below in range(4096, 300 * 2**20, 4096):
    ctypes.memset(lowest - below, 1, 1)
print("REACHED")
