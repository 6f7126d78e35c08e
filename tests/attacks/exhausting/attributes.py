"""Shows one element with hundreds of thousands of attributes.

Stopped by: the size of HTML.
"""
from IPython.display import HTML, display

display(HTML("<p " + " ".join(f"a{number}" for number in range(600_000)) + ">"))
