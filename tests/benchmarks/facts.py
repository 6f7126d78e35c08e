"""Figures in the chapters' texts that are too costly to compute at every build."""

from __future__ import annotations

import numpy as np

from grader.chapter.model import load_chapter
from grader.chapter.namespace import load_namespace

from .throughput import ROOT


def xor_success(seeds: int) -> str:
    """Chapter 04: the share of seeds from which gradient descent gets all four points of XOR right."""
    names = load_namespace(load_chapter(ROOT / "solutions" / "04_xor_mlp")).names
    X, y = names["xor_X"], names["xor_y"]
    told = []
    for width in (2, 3, 4):
        ends = [names["descend"](X, y, *names["start_weights"](2, width, seed), 3.0, 500) for seed in range(seeds)]
        solved = [bool(np.all((names["forward"](X, *end[:4])[1] >= 0) == y)) for end in ends]
        told.append(f"{width} hidden units {np.mean(solved):.2f}")
    return f"XOR solved in 500 steps, {seeds} seeds: {', '.join(told)}"
