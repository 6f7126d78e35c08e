"""Leaves something in the memory that all processes share.

Stopped by: landlock, seccomp, own_uid.
"""

with open("/dev/shm/@NAME@", "w") as file:
    file.write("x")
print("REACHED")
