"""Opens the chapter with its references.

Stopped by: landlock, own_uid.
"""
print("REACHED" if "BEGIN SOLUTION" in open("@SOLUTIONS@/01_scale/chapter.py").read() else "")
