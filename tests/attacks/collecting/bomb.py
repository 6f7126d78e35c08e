"""Hands in 220 kB that open to 230 MB.

Stopped by: the bytes of an archive.
"""
import io
import zipfile


def download():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.csv", bytes(230_000_000))
    return {"mallory_01_scale.zip": made.getvalue()}
