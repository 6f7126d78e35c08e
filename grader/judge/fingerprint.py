"""What a wrong answer has in common with the right one, where no known mistake explains it.

The first pattern is told that holds for every wrong tensor: a constant factor, a swapped sign, a transpose, an offset,
a multiple of an argument, a factor or an offset a row, wrong entries confined to some rows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from grader.finding import Code
from grader.judge.compare import the_tensor
from grader.judge.moves import unmoved
from grader.judge.patterns import patterns
from grader.judge.seen import Is, Tensor
from grader.judge.sizes import Input, Size
from grader.text import NO_TEXT, Names, Text, joined, raw, say, say_counted


def fingerprint(
    tensors: Sequence[Tensor],
    arguments: Sequence[Input],
    sizes: Sequence[Size],
    elsewhere: Collection[str] = (),
    moved: Collection[str] = (),
) -> tuple[Code, Text] | None:
    """(code, sentences) of the first pattern that every wrong tensor shows; None where none does.

    elsewhere: the tensors that are wrong in other calls: they are not called right; moved: those that other calls do
    not give back as they went in.
    """
    wrong = [tensor for tensor in tensors if not tensor.right]
    right = [tensor.name for tensor in tensors if tensor.right and tensor.name not in elsewhere]
    if not wrong or any(not np.isfinite(t.got).all() or not np.isfinite(t.want).all() for t in wrong):
        return _which(wrong, right)
    for pattern in patterns(tensors):
        each = [seen for tensor in wrong if (seen := pattern(tensor, arguments, sizes)) is not None]
        if len(each) == len(wrong):
            codes = {code for code, _ in each}
            sentences = _gathered(wrong, [what for _, what in each])
            return (codes.pop() if len(codes) == 1 else Code.FACTOR), joined([sentences, are_right(_named(right))])
    still = [tensor for tensor in tensors if tensor.name not in moved]
    told = unmoved([(tensor.name, tensor.got, tensor.right) for tensor in still], arguments)
    told = told or _each(tensors, wrong, arguments, sizes)
    return (told[0], joined([told[1], are_right(_named(right))])) if told else _which(wrong, right)


#: Patterns that say what became of a tensor; the others say where it is wrong.
_OF_WHOLE_TENSORS = (Code.ZEROS, Code.FACTOR, Code.SIGN, Code.TRANSPOSE, Code.OFFSET, Code.ALONG, Code.RETURNS_INPUT)


def _each(
    tensors: Sequence[Tensor], wrong: Sequence[Tensor], arguments: Sequence[Input], sizes: Sequence[Size]
) -> tuple[Code, Text] | None:
    """Where several tensors are wrong in ways of their own: what is told of each. A single number may have none, beside
    an array that has."""
    found = {}
    for tensor in wrong:
        seen = (pattern(tensor, arguments, sizes) for pattern in patterns(tensors))
        found[tensor.name] = next((one for one in seen if one is not None and one[0] in _OF_WHOLE_TENSORS), None)
    told = [tensor for tensor in wrong if found[tensor.name] is not None]
    if len(wrong) < 2 or not told or any(found[t.name] is None and t.got.size > 1 for t in wrong):
        return None
    rest = [tensor for tensor in wrong if found[tensor.name] is None]
    sentences = _gathered(told, [one[1] for t in told if (one := found[t.name]) is not None])
    others = say_counted(
        "{names} has wrong values.",
        "{names} have wrong values.",
        len(rest),
        names=Names(tuple(_named([tensor.name for tensor in rest]))),
    )
    return Code.ALONG, joined([sentences, others if rest else NO_TEXT])


def are_right(names: Sequence[Text | str]) -> Text:
    """One sentence on the tensors that are right; none where there are none."""
    if not names:
        return NO_TEXT
    return say_counted("{names} is right.", "{names} are right.", len(names), names=Names(tuple(names)))


def _which(wrong: Sequence[Tensor], right: Sequence[str]) -> tuple[Code, Text] | None:
    """Which of several tensors are wrong."""
    names = _named([tensor.name for tensor in wrong])
    if not names or (not right and len(names) < 2):
        return None
    told = say_counted("{names} has wrong values.", "{names} have wrong values.", len(names), names=Names(tuple(names)))
    return (Code.TENSORS, joined([told, are_right(_named(right))])) if right else (Code.VALUE, told)


def _gathered(wrong: Sequence[Tensor], told: Sequence[Text | Is]) -> Text:
    """What is told of the wrong tensors, in sentences: one for all tensors of which the same is told."""
    names_of: dict[Text | Is, list[Text]] = {}
    for tensor, what in zip(wrong, told, strict=True):
        names_of.setdefault(what, []).append(the_tensor(tensor.name, start=True))
    return joined(
        [
            say_counted(
                "{names} is {what}.", "{names} are each {what}.", len(names), names=Names(tuple(names)), what=what.what
            )
            if isinstance(what, Is)
            else what
            for what, names in names_of.items()
        ]
    )


def _named(names: Sequence[str]) -> list[Text]:
    return [raw(name) or say("the answer") for name in names]
