"""Answers with a dictionary all of whose keys fall on one place of it.

Stopped by: the number of keys.
"""
import gc
import struct

from grader import wire

channel = next(found for found in gc.get_objects() if isinstance(found, wire.Channel))
pairs = ",".join(f"[{key * (2**61 - 1)},0]" for key in range(1, 60_000))
header = ('{"t":"d","v":[' + pairs + "]}").encode()
channel._socket.sendall(struct.pack("!II", len(header), 0) + header)
