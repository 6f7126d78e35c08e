"""A text cell whose formulas begin and never end: what lays it out looks for each end in all that follows.

Stopped by: the size of a text cell.
"""
import json


def hand_in(notebook: str) -> str:
    made = json.loads(notebook)
    made["cells"].append({"cell_type": "markdown", "id": "formulas", "metadata": {}, "source": r"\begin{a}" * 16_000})
    return json.dumps(made)
