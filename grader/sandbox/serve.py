"""The worker's part: runs a student's cells and calls, and answers over one socket.

It knows nothing that a student may not see.
"""

from __future__ import annotations

import random
import signal
import sys
from dataclasses import replace
from typing import Any

import numpy as np

from grader.calling import Failure, Outcome, call
from grader.locale import speak
from grader.said import Said, Saying, said
from grader.sandbox.shell import StudentShell
from grader.shield import shielded
from grader.wire import Channel, WireError, decode, encode


def serve(channel: Channel, shell: StudentShell) -> None:
    """Answer requests until the other side is gone."""
    fix_seeds()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            request = decode(channel.receive(), callback=lambda number: _Callback(channel, number))
        except EOFError:
            return
        if request["op"] == "speak":  # asks for no reply
            speak(request["language"])
        else:
            channel.send(_encode_reply(_interruptible(shell, request)))


def as_message(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain data."""
    failure = outcome.failure
    return {
        "value": outcome.value,
        "mutated": list(outcome.mutated),
        "warnings": list(outcome.warnings),
        "stdout": outcome.stdout,
        "notes": [note.to_wire() for note in outcome.notes],
        "elapsed_s": outcome.elapsed_s,
        "failure": failure and _failure_to_wire(failure),
    }


def _failure_to_wire(failure: Failure) -> list[Any]:
    assert isinstance(failure.told, Said), "a worker says nothing of its own"
    return [failure.cause, failure.name, failure.told.to_wire(), [line.to_wire() for line in failure.lines]]


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


def fix_seeds() -> None:
    """The same start for every student. Where TensorFlow is imported later, its threads are limited by then."""
    random.seed(0)
    np.random.seed(0)
    if "tensorflow" in sys.modules:
        tensorflow = sys.modules["tensorflow"]
        tensorflow.random.set_seed(0)
        # Grappler takes a third of a second a training here and changes no bit of the result.
        tensorflow.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})


def _interruptible(shell: StudentShell, request: dict[str, Any]) -> dict[str, Any]:
    """The answer. A SIGINT that comes while student code runs interrupts that code, and nothing else."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            return _answer(shell, request)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        return as_message(Outcome(failure=Failure("raised", "KeyboardInterrupt", said(Saying.INTERRUPTED)))) | {
            "outputs": []
        }


def _answer(shell: StudentShell, request: dict[str, Any]) -> dict[str, Any]:
    if request["op"] == "cell":
        return {"outputs": shell.run(request["source"], request["limit"])}
    for name in (request["of"], request["name"]):
        function = shell.user_ns.get(name)
        if function is None or not callable(function):
            what = said(Saying.NOT_DEFINED if function is None else Saying.NO_FUNCTION, name)
            return as_message(Outcome(failure=Failure("undefined", "NameError", what)))
    with shielded(shell.user_ns, request["shielded"]):
        outcome = call(shell.user_ns[request["name"]], tuple(request["args"]))
    if outcome.failure is not None and outcome.failure.name == "MemoryError":
        outcome = replace(outcome, failure=replace(outcome.failure, told=said(Saying.OUT_OF_MEMORY)))
    return as_message(outcome)


def _encode_reply(reply: dict[str, Any]) -> bytes:
    try:
        return encode(reply)
    except WireError as error:
        return encode(as_message(Outcome(failure=Failure("unreadable", "WireError", error.told))))
