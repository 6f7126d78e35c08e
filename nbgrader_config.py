"""Stock nbgrader commands, typed in this folder, find the course and grade through worker and referee."""

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
c.Autograde.exporter_class = "grader.course.exporter.SubmissionExporter"
c.Autograde.pre_convert_hook = "grader.course.exporter.find_renamed"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = ["nbgrader.preprocessors.AssignLatePenalties"]
# `grader build` has written assignments/ already; nbgrader writes the same bytes and fills its gradebook.
c.GenerateAssignment.force = True
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearSolutions",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "grader.course.cells.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Downloads from Moodle, Canvas and the like: a student's id, something, the chapter's notebook.
c.FileNameCollectorPlugin.named_regexp = (
    r"^(?:.*/)?(?P<student_id>[^/_]+)_(?:[^/]*_)?(?P<file_id>(?:Copy[ _]of[ _])?\d\d_[^/]+)\.ipynb$"
)
c.FileNameCollectorPlugin.valid_ext = [".ipynb"]
c.ZipCollectApp.downloaded_directory = "course/downloaded"
