"""Shows a megabyte of elements in each other.

Stopped by: the size of HTML.
"""
from IPython.display import HTML, display

display(HTML("<div>" * 200_000))
