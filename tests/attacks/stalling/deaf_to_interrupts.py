"""Switches interrupts off, then runs for three seconds.

Stopped by: time limits.
"""
import signal
import time

signal.signal(signal.SIGINT, signal.SIG_IGN)
end = time.time() + 3
while time.time() < end:
    pass
print("REACHED")
