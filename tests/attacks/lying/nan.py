"""Answers nan, which no careless comparison refuses.

Stopped by: comparison.
"""
import numpy as np


def line(x, w):
    return np.full(len(x), np.nan)
