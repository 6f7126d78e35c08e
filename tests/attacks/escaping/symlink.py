"""Makes a link in its own folder that leads out of it, and writes through it.

Stopped by: landlock, own_uid.
"""
import os

os.symlink("@COURSE@/secret", "link")
open("link", "a").write("x")
print("REACHED")
