"""Prints more than any page could show.

Stopped by: output limit.
"""
for _ in range(300_000):
    print("a line of some forty characters, and more")
print("REACHED")
