"""Answers a call after three seconds, where half a second is allowed.

Stopped by: time limits.
"""
import time


def line(x, w):
    end = time.time() + 3
    while time.time() < end:
        pass
    return x @ w
