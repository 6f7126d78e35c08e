"""Takes 300 MB of memory, where the course allows 100.

Stopped by: limits.
"""
held = [bytearray(b"x" * 2**20) for _ in range(300)]
print("REACHED")
