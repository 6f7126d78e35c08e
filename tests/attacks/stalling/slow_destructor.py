"""Hides its loop in a destructor that runs when the call is over.

Stopped by: time limits.
"""
import time


class Slow:
    def __del__(self):
        end = time.time() + 3
        while time.time() < end:
            pass

def line(x, w):
    slow = Slow()
    return x @ w
