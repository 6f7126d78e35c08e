"""Shows a small page whose open elements are repeated in each of its paragraphs.

Stopped by: the size of HTML.
"""
from IPython.display import HTML, display

display(HTML("<p>" + "".join(f"<b id={number}>" for number in range(3000)) + "<p>x" * 3000))
