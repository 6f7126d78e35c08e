"""Stock nbgrader commands, typed in this folder, find the course and grade through worker and referee."""

import re
from pathlib import Path

c = get_config()  # type: ignore[name-defined]

root = Path(__file__).resolve().parent if "__file__" in globals() else Path.cwd()
(root / "course").mkdir(exist_ok=True)

c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = "nn-by-hand"
c.CourseDirectory.source_directory = "course/source"
c.CourseDirectory.release_directory = "assignments"
c.CourseDirectory.submitted_directory = "course/submitted"
c.CourseDirectory.autograded_directory = "course/autograded"
c.CourseDirectory.feedback_directory = "course/feedback"
c.CourseDirectory.solution_directory = "course/solution"
c.CourseDirectory.db_url = f"sqlite:///{root / 'course' / 'gradebook.db'}"
c.ExportApp.plugin_class = "nbgrader.plugins.CsvExportPlugin"
c.CsvExportPlugin.to = str(root / "course" / "grades.csv")

# Student code runs in a worker of ours; nbgrader's own execution is not used.
c.Autograde.exporter_class = "grader.gradebook.exporter.SubmissionExporter"
c.Autograde.pre_convert_hook = "grader.gradebook.exporter.find_renamed"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = []
# `grader build` has written assignments/ already; nbgrader writes the same bytes and fills its gradebook.
c.GenerateAssignment.force = True
# Changed cells or points are refused before the old release is touched.
c.GenerateAssignment.exporter_class = "grader.gradebook.exporter.ReleaseExporter"
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearSolutions",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Downloads from Moodle (files or folders), Canvas (late or not) and others: a student's id, what the platform adds,
# the file. The id is read from what the platform wrote, never from a name inside it that the student chose. After a
# platform's marks any file name will do: autograde finds the chapter's notebook.
c.ZipCollectApp.downloaded_directory = "course/downloaded"
c.ZipCollectApp.collector_plugin = "grader.gradebook.collector.PlatformCollector"
marks = r"(?:_(?P<moodle>\d+)_assignsubmission_file_|(?:_LATE)?_(?P<canvas>\d{3,})_\d{3,}_)"
unnamed = re.sub(r"\?P<\w+>", "?:", marks)
c.FileNameCollectorPlugin.named_regexp = (
    # A folder around it all is left out, but never one that the platform marked as a student's.
    rf"^{re.escape(str(root))}/course/downloaded/[^/]+/extracted/(?:(?![^/]*{unnamed})[^/]+/)??"
    # What would break a table of grades, or be a formula in it, is no id.
    r"(?P<student_id>(?![=+\-@\s])[^/,\"\r\n]+?)"
    rf"(?:{marks}(?:.*/)?|_(?=(?:Copy[ _]of[ _])?\d\d_[A-Za-z]))"
    r"(?P<file_id>[^/]+)\.ipynb$"
)
c.FileNameCollectorPlugin.valid_ext = [".ipynb"]
