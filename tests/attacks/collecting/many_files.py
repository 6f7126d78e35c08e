"""Hands in an archive of 3000 files with nothing in them.

Stopped by: the files of an archive.
"""
import io
import zipfile


def download():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(3000):
            archive.writestr(f"{number}.txt", "")
    return {"mallory_01_scale.zip": made.getvalue()}
