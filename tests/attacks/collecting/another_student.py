"""Puts a folder into the exchange that is called like another student's, and newer: the last one handed in counts.

Stopped by: the owner of a folder.
"""
import os
import pwd

#: An account of this machine for each: nobody's is never a student's in truth.
VICTIM, MALLORY = "daemon", "nobody"


def exchange(mine, course):
    theirs = mine.with_name(f"{VICTIM}+01_scale+2026-02-02 10:00:00 UTC+abc")
    forged = mine.with_name(f"{VICTIM}+01_scale+2026-02-03 10:00:00 UTC+abc")
    for folder, text, owner in ((theirs, "theirs", VICTIM), (forged, "forged", MALLORY)):
        folder.mkdir()
        (folder / "01_scale.ipynb").write_text(text)
        (folder / "timestamp.txt").write_text(folder.name.split("+")[2])
        for path in (folder, *folder.iterdir()):
            os.chown(path, pwd.getpwnam(owner).pw_uid, -1)
