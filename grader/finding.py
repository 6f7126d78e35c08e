"""What the judge finds: a code that programs read, and a text that people read. No program reads the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grader.plain import Fields
from grader.text import NO_TEXT, Text, as_data, text_from


class Code(StrEnum):
    """Everything that can be found. ``general=`` of a known mistake names some of them."""

    NONE = ""

    # Known wrong answers: `Finding.mistake` says which.
    MISTAKE = "mistake"

    # How an answer differs from the right one.
    TYPE = "type"
    SHAPE = "shape"
    TRANSPOSE = "transpose"
    BROADCAST = "broadcast"
    NAN = "nan"
    VALUE = "value"
    TENSORS = "tensors"
    NEAR = "near"
    ORDER = "order"
    STATE = "state"
    IGNORED = "ignored"
    PREVIOUS = "previous"

    # What wrong and right numbers have in common.
    ZEROS = "zeros"
    FACTOR = "factor"
    SIGN = "sign"
    OFFSET = "offset"
    ALONG = "along"
    AXIS = "axis"
    SUMS = "sums"
    ROWS = "rows"
    COLUMNS = "columns"
    PER_ROW = "per_row"
    PER_COLUMN = "per_column"
    CONSTANT = "constant"
    RETURNS_INPUT = "returns_input"
    DTYPE = "dtype"
    ROUNDED = "rounded"
    TRANSFORMED = "transformed"
    BOUNDED = "bounded"
    EXCHANGED = "exchanged"

    # Random arrays.
    SEED = "seed"
    TWINS = "twins"
    MEAN = "mean"
    SPREAD = "spread"
    BOUNDS = "bounds"
    LAW = "law"

    # Trainings, and answers of which many are right.
    ACCURACY = "accuracy"
    PARAMETERS = "parameters"
    START = "start"

    # What came of a call: see `grader.calling.Failure`.
    RAISED = "raised"
    UNDEFINED = "undefined"
    UNREADABLE = "unreadable"
    TIMEOUT = "timeout"
    DIED = "died"
    NOT_WRITTEN = "not_written"

    # What rules an answer out, or leaves it to a person.
    BANNED = "banned"
    IN_PLACE = "in_place"
    NEEDS = "needs"
    LEANS = "leans"
    BLOCKED = "blocked"
    CARRIED = "carried"
    BESIDE = "beside"
    NOT_ATTEMPTED = "not_attempted"
    NO_REFERENCE = "no_reference"
    CHAPTER_ERROR = "chapter_error"
    NOT_GRADED = "not_graded"


#: What an author may expect where a mistake's own entry is not known.
GENERAL = frozenset(code.value for code in Code if code not in (Code.NONE, Code.MISTAKE))


@dataclass(frozen=True)
class Finding:
    """mistake: the name of the known mistake, where the code is MISTAKE; detail: lines under the text, such as the
    student's own lines of a traceback, expected against got."""

    code: Code = Code.NONE
    text: Text = NO_TEXT
    detail: tuple[Text, ...] = ()
    mistake: str = ""

    @property
    def name(self) -> str:
        """A short stable name: ``shape``, ``mistake:global_max``."""
        return f"{self.code}:{self.mistake}" if self.mistake else self.code.value

    def __bool__(self) -> bool:
        return self.code is not Code.NONE or bool(self.text)

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "code": self.code.value,
            "mistake": self.mistake,
            "text": as_data(self.text),
            "detail": list(map(as_data, self.detail)),
        }

    @classmethod
    def from_json(cls, data: object) -> Finding:
        """What `to_json` wrote. Raises ValueError for anything else."""
        told = Fields(data)
        return cls(
            told.read("code", Code), told.read("text", text_from), told.each("detail", text_from), told.text("mistake")
        )


#: Nothing is wrong.
NOTHING = Finding()
