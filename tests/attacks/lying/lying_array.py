"""Answers with an array whose differences are always zero.

Stopped by: boundary.
"""
import numpy as np


class Liar(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.zeros(self.shape)

def line(x, w):
    return np.zeros(len(x)).view(Liar)
