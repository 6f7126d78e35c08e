"""Knows the answers to the public inputs by heart.

Stopped by: hidden inputs.
"""
import numpy as np


def line(x, w):
    return np.array([-3.5, 2.25, 1.0])[: len(x)]
