"""Opens the key behind the hidden inputs.

Stopped by: landlock, own_uid.
"""
print("REACHED" if open("@COURSE@/secret").read() else "")
