"""Catches the interrupt and goes on.

Stopped by: time limits.
"""
import time

end = time.time() + 3
while time.time() < end:
    try:
        while time.time() < end:
            pass
    except KeyboardInterrupt:
        pass
print("REACHED")
