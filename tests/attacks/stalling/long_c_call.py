"""Spends three seconds and more inside one call of C code, which no interrupt reaches.

Stopped by: time limits.
"""
sum(range(150_000_000))
sum(range(150_000_000))
print("REACHED")
