"""Lets the kernel keep sets of rules, which no limit of a process counts.

Stopped by: seccomp.
"""
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
handled = ctypes.create_string_buffer((1).to_bytes(8, "little"))
ruleset = libc.syscall(444, handled, ctypes.c_size_t(8), 0)
if ruleset < 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
print("REACHED")
