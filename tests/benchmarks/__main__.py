"""``make bench``: the figures in the README, measured on this machine. ``--short`` for a quick look."""

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path

from .classes import measure as measure_classes
from .facts import xor_success
from .gradients import measure
from .soundness import notebook_checks, right_gradients, whole_gradings
from .throughput import measure as measure_throughput

warnings.simplefilter("ignore", RuntimeWarning)
SHORT = "--short" in sys.argv

print("## Gradients: the judge beside scipy.optimize.check_grad\n")
print(measure(5 if SHORT else 40), "\n")
print("## Right answers\n")
print("-", notebook_checks(20 if SHORT else 1000))
print("-", right_gradients(500 if SHORT else 10_000))
print("\n## Facts of the texts\n")
print("-", xor_success(10 if SHORT else 100), "\n")
with tempfile.TemporaryDirectory() as scratch:
    print("-", whole_gradings(2 if SHORT else 30, Path(scratch)), "\n")
    print("## A class\n")
    print(measure_throughput(Path(scratch) / "class", 2 if SHORT else 5))
    print("\n## A class of each chapter\n")
    print(measure_classes(Path(scratch) / "classes", 6 if SHORT else 30, 2 if SHORT else 5))
