"""Makes a socket by a system call of its own, past Python.

Stopped by: seccomp.
"""
import ctypes

print("REACHED" if ctypes.CDLL(None).syscall(41, 1, 1, 0) >= 0 else "")
