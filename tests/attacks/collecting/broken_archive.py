"""Hands in what begins like an archive and is none.

Stopped by: one archive stops nobody.
"""


def download():
    return {"mallory_01_scale.zip": b"PK\x03\x04garbage"}
