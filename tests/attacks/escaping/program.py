"""Starts a program.

Stopped by: seccomp, landlock.
"""
import subprocess

print("REACHED" if subprocess.run(["/bin/echo", "hello"], capture_output=True).stdout else "")
