"""What a student's process says in our words: one of a few sentences, by its code, and plain texts for its places.

That process may send whatever it likes. Therefore it never sends a sentence of ours, nor a template of one, only the
code of one that stands here. An exception's text crosses as it is and stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grader.text import Text, places, raw, say


class Saying(StrEnum):
    """The sentences. RAW has the one place that nobody translates."""

    RAW = "raw"

    # Where a student's code stood.
    LINE = "line"
    LINE_OF = "line_of"
    BARE_LINE = "bare_line"
    BARE_LINE_OF = "bare_line_of"

    # Why there is no value.
    NOT_WRITTEN = "not_written"
    CALLS_UNWRITTEN = "calls_unwritten"
    METHOD_UNWRITTEN = "method_unwritten"
    NOT_RUN = "not_run"
    CELL_STOPPED = "cell_stopped"
    NOT_DEFINED = "not_defined"
    NO_FUNCTION = "no_function"
    NO_FUNCTION_NOW = "no_function_now"
    EXITS = "exits"
    INTERRUPTED = "interrupted"
    OUT_OF_MEMORY = "out_of_memory"
    NO_MESSAGE = "no_message"

    # Libraries' messages that do not say what to look at.
    SHAPES_DO_NOT_FIT = "shapes_do_not_fit"
    TAPE_GIVES_NONE = "tape_gives_none"
    NO_GRADIENT_BY = "no_gradient_by"
    WHOLE_IN_PLACE = "whole_in_place"
    TUPLE_AMONG_NUMBERS = "tuple_among_numbers"
    SEQUENCE_TIMES = "sequence_times"
    TWO_DTYPES = "two_dtypes"
    AXIS_NOT_KEPT = "axis_not_kept"
    AXIS_LACKING = "axis_lacking"
    LABELS_FIRST = "labels_first"
    NOT_ONE_HOT = "not_one_hot"

    # How a value crossed, and why it did not.
    READ_TENSOR = "read_tensor"
    READ_ARRAY = "read_array"
    READ_OBJECTS = "read_objects"
    READ_ONLY = "read_only"
    VALUE_TOO_LARGE = "value_too_large"
    ARRAY_TOO_LARGE = "array_too_large"
    INTEGER_TOO_LARGE = "integer_too_large"
    TOO_DEEP = "too_deep"
    NO_NUMBERS = "no_numbers"
    NO_ARRAY = "no_array"
    GENERATOR = "generator"
    GENERATOR_EXPRESSION = "generator_expression"
    ITERATOR = "iterator"
    FOREIGN = "foreign"


_SENTENCES: Mapping[Saying, Text] = {
    Saying.LINE: say("line {number}: {source}"),
    Saying.LINE_OF: say("line {number} of {function}: {source}"),
    Saying.BARE_LINE: say("line {number}"),
    Saying.BARE_LINE_OF: say("line {number} of {function}"),
    Saying.NOT_WRITTEN: say("Not written yet."),
    Saying.CALLS_UNWRITTEN: say("{function} calls {other}, which is not written yet."),
    Saying.METHOD_UNWRITTEN: say("{method} is not written yet."),
    Saying.NOT_RUN: say("Not written yet, or its cell has not run."),
    Saying.CELL_STOPPED: say(
        "The cell that defines {name} stopped with an error: read the message under that cell first."
    ),
    Saying.NOT_DEFINED: say("{name} is not defined; does its cell run without an error?"),
    Saying.NO_FUNCTION: say("{name} is no function"),
    Saying.NO_FUNCTION_NOW: say("this name is no function any more"),
    Saying.EXITS: say("the code calls exit(); let the function return instead"),
    Saying.INTERRUPTED: say("interrupted"),
    Saying.OUT_OF_MEMORY: say("the code ran out of memory; keep fewer or smaller arrays"),
    Saying.NO_MESSAGE: say("(its message cannot be shown)"),
    Saying.SHAPES_DO_NOT_FIT: say(
        "these matrices do not fit: the left one has {columns} columns, the right one {rows} rows"
    ),
    Saying.TAPE_GIVES_NONE: say(
        "{message}. A tape gives None for what it did not see: a Variable, or a tensor that it watches, has to go into "
        "the loss inside its `with`, and no NumPy in between"
    ),
    Saying.NO_GRADIENT_BY: say(
        "{message}. A tape gives no gradient by {kind}: make a tf.Variable of it, and compute the loss from that "
        "inside the `with`"
    ),
    Saying.WHOLE_IN_PLACE: say(
        "an array of type {dtype} holds whole numbers only and cannot take fractions in place: make it with dtype=float"
    ),
    Saying.TUPLE_AMONG_NUMBERS: say(
        "{message}. What a function returns as several values is a tuple: take the one you need, as in f(z)[0], or "
        "give each a name, as in value, slope = f(z)"
    ),
    Saying.SEQUENCE_TIMES: say(
        "{message}. A list or a tuple is no number. Of several values that a function returns take the one you need, "
        "as in f(z)[0], or give each a name, as in value, slope = f(z); of a list make an array, as in np.array(values)"
    ),
    Saying.TWO_DTYPES: say(
        "tensors of two types meet, {one} and {other}. NumPy's numbers are float64 (double), those that TensorFlow "
        "makes float32 (float): keep float64 for all of them"
    ),
    Saying.AXIS_NOT_KEPT: say(
        "{message}: an array of shape ({rows},) lines up with the columns, not with the {rows} rows. Keep its axis, as "
        "in sum(..., axis=1, keepdims=True), or add one, as in m[:, None]"
    ),
    Saying.AXIS_LACKING: say(
        "{message}: an array of shape ({rows}, {columns}) lines up with the last two axes. Add the axis that it lacks, "
        "as in m[:, None]"
    ),
    Saying.LABELS_FIRST: say("{message}. A loss of Keras takes the labels first, then what the model gives"),
    Saying.NOT_ONE_HOT: say(
        "{message}. Labels of one whole number a row go into SparseCategoricalCrossentropy; CategoricalCrossentropy "
        "takes one-hot rows"
    ),
    Saying.READ_TENSOR: say("A tensor came back; it was read as an array."),
    Saying.READ_ARRAY: say("A {kind} came back; it was read as an array."),
    Saying.READ_OBJECTS: say(
        "An array of Python objects came back (dtype object); it was read as numbers. Functions such as np.exp stumble "
        "over it: append .astype(float)."
    ),
    Saying.READ_ONLY: say("An array came back that cannot be written to; return a copy of it."),
    Saying.VALUE_TOO_LARGE: say("The value takes {size} MB; at most {most} MB may cross."),
    Saying.ARRAY_TOO_LARGE: say("An array of {size} MB is too large to cross."),
    Saying.INTEGER_TOO_LARGE: say("The integer is too large."),
    Saying.TOO_DEEP: say("The value is nested too deeply or has too many parts; return arrays."),
    Saying.NO_NUMBERS: say(
        "An array of dtype {dtype} came back; return numbers. Where its entries are objects of a class, take the "
        "numbers that these hold."
    ),
    Saying.NO_ARRAY: say("A {kind} came back, and it cannot be read as an array."),
    Saying.GENERATOR: say("A generator came back, which is not a value yet; use return, not yield."),
    Saying.GENERATOR_EXPRESSION: say(
        "A generator came back, which is not a value yet; write tuple(...) or np.array([...]) around it."
    ),
    Saying.ITERATOR: say("A {kind} came back, which is not a value yet; return list(...) of it."),
    Saying.FOREIGN: say("A {kind} came back; return arrays, numbers, lists, tuples or dictionaries of them."),
}


@dataclass(frozen=True)
class Said:
    """A sentence and the texts of its places, in the order in which its English names them."""

    saying: Saying
    places: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        if self.saying is Saying.RAW:
            return raw(self.places[0])
        return Text(_SENTENCES[self.saying].key, tuple(zip(places_of(self.saying), self.places, strict=True)))

    def __str__(self) -> str:
        return str(self.text)

    def to_wire(self) -> list[Any]:
        return [self.saying.value, list(self.places)]


def places_of(saying: Saying) -> list[str]:
    """The names of a sentence's places, in order."""
    return ["text"] if saying is Saying.RAW else places(_SENTENCES[saying].key)


def said(saying: Saying, *texts: object) -> Said:
    return Said(saying, tuple(map(str, texts)))


def read_said(data: Any, most: int) -> Said:
    """What `Said.to_wire` gave, each place cut to ``most`` characters. Raises ValueError or TypeError for all else."""
    code, texts = data
    saying = Saying(code)
    if len(texts) != len(places_of(saying)):
        raise ValueError("another number of places")
    return Said(saying, tuple(str(text)[:most] for text in texts))
