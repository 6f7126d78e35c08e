"""What a worker answered, read field by field: its student may have sent any shape."""

from __future__ import annotations

from typing import Any

from grader.calling import Failure, Outcome
from grader.said import read_said

#: Characters of a text that a worker puts into a sentence.
MAX_PLACE = 300


def is_callback(reply: dict[str, Any]) -> bool:
    """Whether a function of this side is asked for."""
    op = reply.get("op")
    return type(op) is str and op == "callback"


def read_outcome(reply: dict[str, Any], elapsed: float) -> Outcome | None:
    """The reply as an outcome, every field of it checked; None where it is none."""
    try:
        failure = reply["failure"]
        if failure is not None:
            cause, name, told, lines = failure
            if cause not in ("raised", "not_written", "undefined", "unreadable"):
                return None
            where = tuple(read_said(line, MAX_PLACE) for line in lines[:4])
            failure = Failure(cause, str(name)[:100], read_said(told, MAX_PLACE), where)
        return Outcome(
            reply["value"],
            failure,
            tuple(int(i) for i in reply["mutated"][:20]),
            tuple(str(w)[:300] for w in reply["warnings"][:5]),
            str(reply["stdout"])[:20_000],
            tuple(read_said(note, MAX_PLACE) for note in reply["notes"][:5]),
            elapsed,
        )
    except (LookupError, TypeError, ValueError, OverflowError):
        return None


def read_outputs(outputs: Any) -> list[dict[str, Any]] | None:
    """A cell's nbformat outputs, made anew; None where one of them is none."""
    if type(outputs) is not list:
        return None
    made = [_read_output(item) for item in outputs if type(item) is dict]
    read = [item for item in made if item is not None]
    return read if len(read) == len(outputs) else None


def _read_output(item: dict[str, Any]) -> dict[str, Any] | None:
    kind = item.get("output_type")
    if not _is_text(kind):
        return None
    if kind == "stream":
        name, text = item.get("name"), item.get("text")
        good = _is_text(name) and name in ("stdout", "stderr") and _is_text(text)
        return {"output_type": kind, "name": name, "text": text} if good else None
    if kind == "error":
        name, message, lines = item.get("ename"), item.get("evalue"), item.get("traceback")
        good = _is_text(name) and _is_text(message) and type(lines) is list and all(map(_is_text, lines))
        return {"output_type": kind, "ename": name, "evalue": message, "traceback": lines} if good else None
    data = item.get("data")
    if kind not in ("display_data", "execute_result") or type(data) is not dict:
        return None
    if not all(_is_text(text) for pair in data.items() for text in pair):
        return None
    count = {"execution_count": None} if kind == "execute_result" else {}
    return {"output_type": kind, "data": data, "metadata": {}, **count}


def _is_text(value: Any) -> bool:
    return type(value) is str
