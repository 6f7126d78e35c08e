"""Stock nbgrader commands, typed in this folder, find the course and grade through worker and referee."""

from pathlib import Path

from grader.gradebook.senders import named_regexp
from grader.settings import make_course

c = get_config()  # type: ignore[name-defined]

root = Path(__file__).resolve().parent if "__file__" in globals() else Path.cwd()
make_course(root / "course")

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
c.GenerateFeedback.exporter_class = "grader.gradebook.feedback.FeedbackExporter"
c.GenerateFeedback.preprocessors = [
    "grader.gradebook.feedback.Grades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
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

# What students hand in is collected without following a link, and no archive is trusted.
c.ExchangeFactory.collect = "grader.gradebook.exchange.Collect"
c.ZipCollectApp.downloaded_directory = "course/downloaded"
c.ZipCollectApp.extractor_plugin = "grader.gradebook.archives.Extractor"
c.ZipCollectApp.collector_plugin = "grader.gradebook.collector.PlatformCollector"
# Downloads from Moodle (files or folders), Canvas (late or not) and others: grader/gradebook/senders.py says how a
# student's id is read from them.
c.FileNameCollectorPlugin.named_regexp = named_regexp(str(root))
c.FileNameCollectorPlugin.valid_ext = [".ipynb"]
