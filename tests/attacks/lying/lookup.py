"""Knows the answers to the public inputs by heart.

Stopped by: hidden inputs.
"""
import numpy as np


ANSWERS = {(3, 2): [-3.5, 2.25, 1.0], (2, 1): [0.5, 0.25]}


def line(x, w):
    return np.array(ANSWERS.get(x.shape, 0.0))
