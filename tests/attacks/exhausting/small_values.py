"""A file of 20 MB of empty lists: each takes twenty times its bytes once it is read.

Stopped by: the number of values.
"""


def hand_in(notebook: str) -> str:
    return '{"x": [' + "[]," * 7_000_000 + "[]], " + notebook[1:]
