"""What one submission may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Times in seconds of computing, or four times as many of the wall clock."""

    cell_s: float = 60.0
    call_s: float = 10.0
    submission_s: float = 300.0
    memory_mb: int = 2048
    disk_mb: int = 64
    output_chars: int = 100_000
