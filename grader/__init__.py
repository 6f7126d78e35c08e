"""Neural Networks by Hand: exercises in NumPy and tf.keras, judged by machine.

A notebook needs one line: ``from grader import check``.
"""

__version__ = "0.1.0"
