"""Asks for the grader's functions without an end and reads no answer: the grader waits to be read for ever.

Stopped by: the time to send.
"""
import gc

from grader import wire

channel = next(found for found in gc.get_objects() if isinstance(found, wire.Channel))
question = wire.encode({"op": "callback", "number": 0, "args": ()})
while True:
    channel._socket.sendall(question)
