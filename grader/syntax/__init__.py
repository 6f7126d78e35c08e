"""Reading source: the one place that looks into syntax trees, of students' cells and of chapters."""
