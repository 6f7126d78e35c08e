"""Imported before NumPy and TensorFlow: their threads are one a process, here and in all that tests start.

Tests run in a process a core: more threads wait for each other and count as computing all the same.
"""

from __future__ import annotations

import os

os.environ |= dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1"
)
