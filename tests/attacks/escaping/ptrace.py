"""Takes hold of the process that made it as a debugger does.

Stopped by: seccomp, landlock, own_uid.
"""
import ctypes
import os

print("REACHED" if ctypes.CDLL(None).ptrace(0x4206, os.getppid(), 0, 0) == 0 else "")
