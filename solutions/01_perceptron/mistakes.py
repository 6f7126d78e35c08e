# Known wrong answers. The docstring is the sentence that the student reads.
