"""Makes a process by clone, past Python.

Stopped by: seccomp.
"""
import ctypes
import os

pid = ctypes.CDLL(None).syscall(56, 17, 0, 0, 0, 0)
if pid == 0:
    os._exit(0)
if pid > 0:
    os.waitpid(pid, 0)
    print("REACHED")
