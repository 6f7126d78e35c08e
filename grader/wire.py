"""The wire: plain data as bytes, and nothing else.

A message is a length-prefixed JSON header (a tree of tagged values) and the raw bytes of its arrays.
No pickle, no object arrays. `decode` is used by the trusted side on bytes that a student's process
wrote: whatever they hold, it gives plain data or raises `WireError`.
"""

from __future__ import annotations

import contextlib
import json
import math
import re
import select
import socket
import struct
import time
from collections.abc import Callable
from types import GeneratorType
from typing import Any

import numpy as np

from grader.said import Said, Saying, said

#: No message is larger than this many bytes, nested deeper, or made of more values.
MAX_BYTES = 64 * 2**20
MAX_DEPTH = 32
MAX_NODES = 200_000
#: Keys of one dictionary that are no texts: numbers can be chosen so that all of them collide.
MAX_ODD_KEYS = 1000

_KINDS = "biufc"
_NUMBERS = (int, float, complex, np.number, np.bool_)
#: A string, or what begins as one and has no end: whatever stands there is looked at once.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
#: Brackets and commas that one value takes: those of an array's tag, and of its shape.
_MARKS = 8
_PREFIX = struct.Struct("!II")


class WireError(ValueError):
    """A value that cannot cross, told to whoever returned it, or bytes that are no message."""

    def __init__(self, told: Said | str) -> None:
        super().__init__(str(told))
        self.told = told if isinstance(told, Said) else said(Saying.RAW, told)


def encode(value: Any) -> bytes:
    """``value`` as bytes. Raises WireError, naming the type, for what is not plain data."""
    return encode_with_notes(value)[0]


def encode_with_notes(value: Any, callback: Callable[[Any], int] | None = None) -> tuple[bytes, list[Said]]:
    """The bytes, and a remark for each value that was read as an array ("a Tensor came back; ...").

    callback: gives a function among the values its number on this side; without it functions are refused.
    """
    writer = _Writer(callback)
    tree = writer.write(value, 0)
    header = json.dumps(tree, allow_nan=False, separators=(",", ":")).encode()
    size = len(header) + sum(len(buffer) for buffer in writer.buffers)
    if size > MAX_BYTES:
        raise WireError(said(Saying.VALUE_TOO_LARGE, f"{size / 2**20:.0f}", MAX_BYTES // 2**20))
    body = b"".join(writer.buffers)
    return _PREFIX.pack(len(header), len(body)) + header + body, writer.notes


def decode(data: bytes, callback: Callable[[int], Any] | None = None) -> Any:
    """The value of a whole message. Raises WireError for anything that is no well-formed message.

    callback: makes a callable of the number of a function on the other side.
    """
    if len(data) < _PREFIX.size or len(data) > MAX_BYTES + _PREFIX.size:
        raise WireError("a message of impossible length")
    header_size, body_size = _PREFIX.unpack_from(data)
    if _PREFIX.size + header_size + body_size != len(data):
        raise WireError("a message whose parts do not add up")
    header = data[_PREFIX.size : _PREFIX.size + header_size]
    # Counted before parsing: the parser recurses once a bracket.
    _refuse_bulk(header)
    try:
        tree = json.loads(header, parse_constant=_refuse)
        reader = _Reader(memoryview(data)[_PREFIX.size + header_size :], callback)
        value = reader.read(tree, 0)
    except WireError:
        raise
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, MemoryError) as error:
        raise WireError(f"a malformed message ({type(error).__name__})") from None
    if reader.offset != body_size:
        raise WireError("a message with bytes that belong to nothing")
    return value


class Channel:
    """Messages over a connected stream socket."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    def send(self, message: bytes, wait: Callable[[], float] | None = None) -> None:
        """Send one encoded message whole. Raises OSError when the other end is gone.

        wait: the seconds until the next look at an end that does not read; raises TimeoutError where none are left,
        and then this channel is over: half a message stands in it.
        """
        if wait is None:
            self._socket.sendall(message)
            return
        left = memoryview(message)
        try:
            while left:
                if select.select([], [self._socket], [], wait())[1]:
                    with contextlib.suppress(BlockingIOError):
                        left = left[self._socket.send(left, socket.MSG_DONTWAIT) :]
        except TimeoutError:
            self._socket.shutdown(socket.SHUT_RDWR)
            raise

    def receive(self, timeout: float | None = None) -> bytes:
        """One whole message, not yet decoded. Raises TimeoutError, EOFError, or WireError (too large)."""
        deadline = None if timeout is None else time.monotonic() + timeout
        prefix = self._exactly(_PREFIX.size, deadline)
        size = sum(_PREFIX.unpack(prefix))
        if size > MAX_BYTES:
            raise WireError("a message over the size limit")
        return prefix + self._exactly(size, deadline)

    def close(self) -> None:
        self._socket.close()

    def _exactly(self, size: int, deadline: float | None) -> bytes:
        received = bytearray()
        while len(received) < size:
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([self._socket], [], [], left)[0]:
                    raise TimeoutError
            try:
                chunk = self._socket.recv(min(size - len(received), 1 << 20))
            except ConnectionError:
                chunk = b""
            if not chunk:
                raise EOFError
            received += chunk
        return bytes(received)


class _Writer:
    def __init__(self, callback: Callable[[Any], int] | None) -> None:
        self.buffers: list[bytes] = []
        self.notes: list[Said] = []
        self._callback = callback
        self._nodes = 0

    def write(self, value: Any, depth: int) -> Any:
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise WireError(said(Saying.TOO_DEEP))
        kind = type(value)
        if value is None or kind in (bool, str):
            return value
        if isinstance(value, bool | str):
            return str(value)
        if kind is int:
            if abs(value) >= 2**1024:
                raise WireError(said(Saying.INTEGER_TOO_LARGE))
            return value
        if kind is float:
            return value if math.isfinite(value) else {"t": "f", "v": repr(value)}
        if kind is complex:
            return {"t": "c", "v": [repr(value.real), repr(value.imag)]}
        if kind is list:
            return [self.write(item, depth + 1) for item in value]
        if isinstance(value, tuple):
            return {"t": "t", "v": [self.write(item, depth + 1) for item in value]}
        if isinstance(value, dict):
            if sum(type(key) is not str for key in value) > MAX_ODD_KEYS:
                raise WireError(said(Saying.TOO_DEEP))
            pairs = [[self.write(key, depth + 1), self.write(item, depth + 1)] for key, item in value.items()]
            return {"t": "d", "v": pairs}
        if isinstance(value, np.generic):
            return self._array(np.asarray(value), scalar=True)
        if kind is np.ndarray:
            return self._array(value, scalar=False)
        if callable(value) and self._callback is not None:
            return {"t": "h", "v": self._callback(value)}
        return self._foreign(value)

    def _array(self, array: Any, scalar: bool) -> dict[str, Any]:
        if array.dtype.kind == "O":
            array = self._numbers(array)
        if array.dtype.kind not in _KINDS:
            raise WireError(said(Saying.NO_NUMBERS, array.dtype))
        widest = 16 if array.dtype.kind == "c" else 8
        size = array.size * min(array.dtype.itemsize, widest)
        if size > MAX_BYTES:  # before anything is copied: one number may be broadcast to gigabytes
            raise WireError(said(Saying.ARRAY_TOO_LARGE, f"{size / 2**20:.0f}"))
        if array.dtype.itemsize > widest:
            array = array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
        little = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False)
        self.buffers.append(little.tobytes())
        return {"t": "s" if scalar else "a", "d": little.dtype.str.lstrip("<|"), "v": list(array.shape)}

    def _numbers(self, array: Any) -> Any:
        """An array of Python's numbers (as ``np.frompyfunc`` makes it) as one of NumPy's; any other as it is."""
        if array.size > MAX_NODES or not all(isinstance(item, _NUMBERS) for item in array.flat):
            return array
        try:
            made = np.array(array.tolist())
        except OverflowError:
            return array
        if made.dtype.kind in _KINDS and made.shape == array.shape:
            self.notes.append(said(Saying.READ_OBJECTS))
            return made
        return array

    def _foreign(self, value: Any) -> dict[str, Any]:
        name = type(value).__name__
        if hasattr(value, "__array__") and not callable(value):
            try:
                array = np.asarray(value)
            except Exception as error:
                raise WireError(said(Saying.NO_ARRAY, name)) from error
            tensor = name == "EagerTensor"
            self.notes.append(said(Saying.READ_TENSOR) if tensor else said(Saying.READ_ARRAY, name))
            return self._array(np.array(array, copy=False, subok=False), scalar=False)
        if isinstance(value, GeneratorType):
            expression = value.__name__ == "<genexpr>"
            raise WireError(said(Saying.GENERATOR_EXPRESSION if expression else Saying.GENERATOR))
        if hasattr(value, "__next__"):
            raise WireError(said(Saying.ITERATOR, name))
        raise WireError(said(Saying.FOREIGN, name))


class _Reader:
    def __init__(self, body: memoryview, callback: Callable[[int], Any] | None) -> None:
        self.offset = 0
        self._body = body
        self._callback = callback
        self._nodes = 0

    def read(self, tree: Any, depth: int) -> Any:
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise WireError("a message with too many or too deep values")
        if isinstance(tree, list):
            return [self.read(item, depth + 1) for item in tree]
        if not isinstance(tree, dict):
            return tree
        tag, payload = tree["t"], tree["v"]
        if tag == "f":
            return float({"nan": "nan", "inf": "inf", "-inf": "-inf"}[payload])
        if tag == "c":
            real, imag = payload
            return complex(float(real), float(imag))
        if tag == "t":
            return tuple(self.read(item, depth + 1) for item in payload)
        if tag == "d":
            pairs = [(self.read(key, depth + 1), self.read(item, depth + 1)) for key, item in payload]
            if sum(type(key) is not str for key, _ in pairs) > MAX_ODD_KEYS:
                raise WireError("a message with too many keys")
            return dict(pairs)
        if tag in ("a", "s"):
            array = self._array(tree["d"], payload)
            return array[()] if tag == "s" and array.ndim == 0 else array
        if tag == "h" and self._callback is not None and type(payload) is int:
            return self._callback(payload)
        raise WireError("a message with an unknown tag")

    def _array(self, dtype_name: Any, shape: Any) -> Any:
        if not isinstance(dtype_name, str) or dtype_name not in _DTYPES:
            raise WireError("an array of an unknown type")
        if not isinstance(shape, list) or len(shape) > 32 or not all(type(n) is int and 0 <= n < 2**40 for n in shape):
            raise WireError("an array of an impossible shape")
        dtype = _DTYPES[dtype_name]
        size = math.prod(shape) * dtype.itemsize
        if self.offset + size > len(self._body):
            raise WireError("an array that is larger than its message")
        raw = self._body[self.offset : self.offset + size]
        self.offset += size
        return np.frombuffer(raw, dtype=dtype).reshape(shape).astype(dtype.newbyteorder("="))


_DTYPES = {
    np.dtype(code).newbyteorder("<").str.lstrip("<|"): np.dtype(code).newbyteorder("<")
    for code in ("?", "b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "e", "f", "d", "F", "D")
}


def without_strings(text: bytes) -> bytes:
    """JSON's brackets and commas, without those that stand in a string."""
    return _STRING.sub(b"", text)


def _refuse_bulk(header: bytes) -> None:
    """Raises WireError for a header whose brackets, outside of strings, are too many or nested too deeply."""
    bare = without_strings(header)
    if sum(map(bare.count, (b"[", b"{", b","))) > _MARKS * MAX_NODES:
        raise WireError("a message with too many values")
    depth = 0
    for bracket in _BRACKET.findall(bare):
        depth += 1 if bracket in b"[{" else -1
        if depth > 4 * MAX_DEPTH:
            raise WireError("a message that is nested too deeply")


def _refuse(name: str) -> Any:
    raise WireError(f"a message with the bare constant {name}")
