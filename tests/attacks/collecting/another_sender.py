"""Hands in an archive with notebooks that are called like others': who has handed in nothing has a grade of mallory's,
and nobody is collected where one of them has handed in, too.

Stopped by: an archive is its sender's.
"""
import io
import zipfile


def download():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("bob_01_scale.ipynb", "deep/carol_01_scale.ipynb", "ann_01_scale.ipynb"):
            archive.writestr(name, "{}")
    return {"mallory_01_scale.zip": made.getvalue()}
