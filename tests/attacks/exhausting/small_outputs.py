"""Shows 84,000 outputs with nothing in them: each is written and read again one by one, where its grade is kept.

Stopped by: the room of an output.
"""
import json

SHOWN = """get_ipython().outputs.items.extend(
    {"output_type": "stream", "name": "stdout", "text": ""} for _ in range(28_000))"""


def hand_in(notebook: str) -> str:
    made = json.loads(notebook)
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": SHOWN}
    made["cells"] += [{**cell, "id": f"outputs-{number}"} for number in range(3)]
    return json.dumps(made)
