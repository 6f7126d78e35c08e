"""Whose a downloaded file is, by its path: a student's id, what the platform adds, the file.

The id is read from what the platform wrote, never from a name inside it that the student chose: what stands in a
sender's folder or archive is that sender's, whatever it is called. After a platform's marks any file name will do.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

#: What Moodle and Canvas add to a student's name.
_MARKS = r"(?:_(?P<moodle>\d+)_assignsubmission_file_|(?:_LATE)?_(?P<canvas>\d{3,})_\d{3,}_)"
_UNNAMED = re.sub(r"\?P<\w+>", "?:", _MARKS)
#: Where no platform has marked a name, a chapter's follows it.
_CHAPTER = r"(?:Copy[ _]of[ _])?\d\d_[A-Za-z]"
#: What would break a table of grades, or be a formula in it, is no id.
_STUDENT = r"(?![=+\-@\s])[^/,\"\r\n]+?"
_PATH = (
    # A folder around it all is left out, but never one that is a student's.
    rf"(?:(?![^/]*{_UNNAMED})(?![^/]*_{_CHAPTER})[^/]+/)??"
    rf"(?P<student_id>{_STUDENT})(?:{_MARKS}(?:.*/)?|_(?={_CHAPTER})(?:[^/]+/(?:.*/)?)?)"
    r"(?P<file_id>[^/]+)\.ipynb$"
)


def named_regexp(root: str) -> str:
    """For nbgrader's collector: the paths of notebooks that a course in ``root`` has downloaded."""
    return rf"^{re.escape(root)}/course/downloaded/[^/]+/extracted/{_PATH}"


def is_student(name: str) -> bool:
    """Whether a name may be a student's id."""
    return re.fullmatch(_STUDENT, name) is not None and name not in (".", "..") and name.isprintable()


def sender_of(folder: PurePosixPath) -> str:
    """Whose a downloaded folder is, or an archive opened to it; "" where it holds several students' work. folder: from
    ``extracted/`` on."""
    found = re.match(_PATH, f"{folder}/any.ipynb")
    return found["student_id"] if found else ""
