"""Opens the gradebook and reads everybody's grades.

Stopped by: landlock, own_uid.
"""
import sqlite3

print("REACHED" if sqlite3.connect("@COURSE@/gradebook.db").execute("select name from sqlite_master").fetchall() else "")
