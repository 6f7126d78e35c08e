"""Runs a cell for three seconds, where half a second is allowed.

Stopped by: time limits.
"""
import time

end = time.time() + 3
while time.time() < end:
    pass
print("REACHED")
