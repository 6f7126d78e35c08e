"""The wire carries plain data bit for bit, and answers anything else with one sentence."""

from __future__ import annotations

import contextlib
import math
import socket
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader import wire

arrays = st.sampled_from(["?", "i1", "u2", "i4", "i8", "f2", "f4", "f8", "c16"]).flatmap(
    lambda code: hnp.arrays(np.dtype(code), hnp.array_shapes(min_dims=0, max_dims=3, max_side=4, min_side=0))
)
leaves = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.complex_numbers() | st.text() | arrays
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text() | st.integers(), inner, max_size=4)
    ),
    max_leaves=12,
)


def same(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray | np.generic):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, float) and math.isnan(a):
        return math.isnan(b)
    return repr(a) == repr(b)


@given(values)
@settings(max_examples=200, deadline=None)
def test_what_goes_in_comes_out_bit_for_bit(value: Any) -> None:
    assert same(wire.decode(wire.encode(value)), value)


@given(values, st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_bytes_give_a_value_or_a_wire_error(value: Any, data: st.DataObject) -> None:
    message = bytearray(wire.encode(value))
    for _ in range(data.draw(st.integers(1, 4))):
        message[data.draw(st.integers(0, len(message) - 1))] = data.draw(st.integers(0, 255))
    message = message[: data.draw(st.integers(0, len(message)))] if data.draw(st.booleans()) else message
    with contextlib.suppress(wire.WireError):
        wire.decode(bytes(message))


def _yielding() -> Any:
    yield 1


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (object(), "A object came back"),
        ((x for x in [1]), "write tuple(...)"),
        (_yielding(), "use return, not yield"),
        (np.array([object()]), "dtype object"),
        (lambda: 1, "A function came back"),
        (np.array(["a"]), "return numbers"),
    ],
)
def test_what_is_no_plain_data_is_named(value: Any, says: str) -> None:
    with pytest.raises(wire.WireError, match=says):
        wire.encode(value)


def test_a_dictionary_cannot_pose_as_an_array_or_a_handle() -> None:
    posing = {"t": "h", "v": 1}
    assert wire.decode(wire.encode(posing), callback=lambda number: pytest.fail("taken for a handle")) == posing


def test_deep_nesting_is_refused_on_both_sides() -> None:
    deep: Any = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(wire.WireError, match="nested too deeply"):
        wire.encode(deep)
    header = b"[" * 100_000 + b"]" * 100_000
    with pytest.raises(wire.WireError, match="nested too deeply"):
        wire.decode(len(header).to_bytes(4, "big") + bytes(4) + header)


def test_an_absurd_shape_allocates_nothing() -> None:
    header = b'{"t":"a","d":"f8","v":[1000000,1000000,1000000]}'
    with pytest.raises(wire.WireError, match="larger than its message"):
        wire.decode(len(header).to_bytes(4, "big") + bytes(4) + header)


def test_a_data_frame_is_read_as_an_array_and_said_so() -> None:
    pandas = pytest.importorskip("pandas")
    message, notes = wire.encode_with_notes(pandas.DataFrame({"a": [1.0, 2.0]}))
    assert wire.decode(message).tolist() == [[1.0], [2.0]]
    assert list(map(str, notes)) == ["A DataFrame came back; it was read as an array."]


def test_a_channel_times_out_and_notices_the_end() -> None:
    here, there = socket.socketpair()
    ours, theirs = wire.Channel(here), wire.Channel(there)
    theirs.send(wire.encode([1, 2]))
    assert wire.decode(ours.receive(5)) == [1, 2]
    with pytest.raises(TimeoutError):
        ours.receive(0.01)
    theirs.close()
    with pytest.raises(EOFError):
        ours.receive(5)
    ours.close()


def test_more_values_than_may_cross_are_refused_before_they_are_read() -> None:
    header = b"[" + b"[]," * 3_000_000 + b"[]]"
    message = struct.pack("!II", len(header), 0) + header
    started = time.process_time()
    with pytest.raises(wire.WireError, match="too many values"):
        wire.decode(message)
    assert time.process_time() - started < 1
    assert wire.decode(wire.encode(list(range(150_000)))) == list(range(150_000))
    pixels = [np.zeros((1, 1, 1, 1))] * 40_000
    assert len(wire.decode(wire.encode(pixels))) == 40_000


def test_brackets_within_texts_are_no_nesting() -> None:
    text = '\x1b[1m[{"' * 500 + "\\"
    assert wire.decode(wire.encode({"text": [text, text]})) == {"text": [text, text]}


def test_sending_to_an_end_that_does_not_read_ends_with_the_allowance() -> None:
    ours, theirs = socket.socketpair()
    looks = iter([0.05, 0.05, 0.05])

    def wait() -> float:
        left = next(looks, 0.0)
        if not left:
            raise TimeoutError
        return left

    channel = wire.Channel(ours)
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        channel.send(wire.encode(np.zeros(10**6)), wait)
    assert time.monotonic() - started < 5
    with pytest.raises(BrokenPipeError):  # half a message stands in it: nothing may follow
        channel.send(wire.encode(1))
    theirs.close()


def test_a_large_message_to_an_end_that_reads_arrives_whole() -> None:
    ours, theirs = socket.socketpair()
    message = wire.encode(np.arange(10**6))
    with ThreadPoolExecutor(1) as pool:
        came = pool.submit(wire.Channel(theirs).receive, 20)
        wire.Channel(ours).send(message, lambda: 1.0)
        assert came.result() == message


@pytest.mark.parametrize(
    "header",
    [b'"' + b'\\"' * 500_000, b"[" + b'"a\\' * 500_000, b'{"t":"d","v":[' + b"[" * 500_000],
    ids=["quotes", "escapes", "brackets"],
)
def test_a_hostile_header_is_refused_at_once(header: bytes) -> None:
    started = time.process_time()
    with pytest.raises(wire.WireError):
        wire.decode(struct.pack("!II", len(header), 0) + header)
    assert time.process_time() - started < 1


def test_keys_that_are_no_texts_are_few_and_texts_may_be_many() -> None:
    colliding = {key * (2**61 - 1): 0 for key in range(wire.MAX_ODD_KEYS + 1)}
    with pytest.raises(wire.WireError, match="too many parts"):
        wire.encode(colliding)
    words = {str(key): key for key in range(20_000)}
    assert wire.decode(wire.encode(words)) == words
    pairs = ",".join(f"[{key},0]" for key in colliding)
    header = ('{"t":"d","v":[' + pairs + "]}").encode()
    with pytest.raises(wire.WireError, match="too many keys"):
        wire.decode(struct.pack("!II", len(header), 0) + header)
