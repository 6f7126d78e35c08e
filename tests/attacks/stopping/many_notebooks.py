"""Hands in four notebooks, each of which takes all its time to be looked at: which of them is to be graded?

Stopped by: the time of all notebooks.
"""
import json


def fill(mine, notebook):
    made = json.loads(notebook)
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    made["cells"] += [{**cell, "id": f"c{number}", "source": f"# {number}\n" + "x = !a\n" * 2500} for number in range(50)]
    for number in range(4):
        (mine / f"try {number}.ipynb").write_text(json.dumps(made))
