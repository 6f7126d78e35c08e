"""Hands in an archive in an archive, twelve deep: each could be a bomb.

Stopped by: the depth of archives.
"""
import io
import zipfile


def download():
    name, data = "a.txt", b"a"
    for _ in range(12):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr(name, data)
        name, data = "inner.zip", made.getvalue()
    return {"mallory_01_scale.zip": data}
