# Other right answers: none of them may lose a point.
