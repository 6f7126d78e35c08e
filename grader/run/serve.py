"""The worker's part: runs a student's cells and calls, and answers over one socket.

It knows nothing that a student may not see.
"""

from __future__ import annotations

import random
import signal
from typing import Any

import numpy as np

from grader.judge.calling import Failure, Outcome, call
from grader.run.shell import StudentShell, make_shell
from grader.wire import Channel, WireError, decode, encode


def serve(channel: Channel) -> None:
    """Answer requests until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    np.random.seed(0)
    random.seed(0)
    shell = make_shell()
    while True:
        try:
            request = decode(channel.receive(), callback=lambda number: _Callback(channel, number))
        except EOFError:
            return
        reply = _interruptible(shell, request)
        channel.send(_encode_reply(reply))


def as_message(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain data."""
    failure = outcome.failure
    return {
        "value": outcome.value, "mutated": list(outcome.mutated), "warnings": list(outcome.warnings),
        "stdout": outcome.stdout, "notes": list(outcome.notes), "elapsed_s": outcome.elapsed_s,
        "failure": failure and [failure.cause, failure.name, failure.message, list(failure.lines)],
    }


class _Callback:
    """A function of the other side: calling it asks there and waits."""

    def __init__(self, channel: Channel, number: int) -> None:
        self._channel, self._number = channel, number

    def __call__(self, *args: Any) -> Any:
        self._channel.send(encode({"op": "callback", "number": self._number, "args": args}))
        reply = decode(self._channel.receive())
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply["value"]


def _interruptible(shell: StudentShell, request: dict[str, Any]) -> dict[str, Any]:
    """The answer; a SIGINT that comes while student code runs interrupts that, and nothing else."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            return _answer(shell, request)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        failure = Failure("raised", "KeyboardInterrupt", "interrupted")
        return {"outputs": []} if request["op"] == "cell" else as_message(Outcome(failure=failure))


def _answer(shell: StudentShell, request: dict[str, Any]) -> dict[str, Any]:
    if request["op"] == "cell":
        return {"outputs": shell.run(request["source"], request["limit"])}
    name = request["name"]
    function = shell.user_ns.get(name)
    if function is None or not callable(function):
        what = "is not defined; does its cell run without an error?" if function is None else "is no function"
        return as_message(Outcome(failure=Failure("undefined", "NameError", f"{name} {what}")))
    return as_message(call(function, tuple(request["args"])))


def _encode_reply(reply: dict[str, Any]) -> bytes:
    try:
        return encode(reply)
    except WireError as error:
        return encode(as_message(Outcome(failure=Failure("unreadable", "WireError", f"The answer: {error}."))))
