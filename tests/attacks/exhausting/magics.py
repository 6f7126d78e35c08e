"""A cell of commands, for each of which the whole cell is read anew.

Stopped by: the number of magics.
"""
import json


def hand_in(notebook: str) -> str:
    made = json.loads(notebook)
    cell = {"cell_type": "code", "id": "commands", "metadata": {}, "outputs": [], "execution_count": None}
    made["cells"].append({**cell, "source": "x = !a\n" * 13_000})
    return json.dumps(made)
