"""What a notebook uses: ``from grader import check``.

A check cell reads ``check.values(softmax, logits)``. In a notebook the answers are compared with values
that the chapter's build recorded; no answer code is in the notebook. NumPy only, and quick to import.
"""

from __future__ import annotations

import base64
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from numbers import Real
from typing import Any

import numpy as np

from grader import __version__, wire
from grader.card import Card, as_progress
from grader.finding import Code, Finding
from grader.judge.bans import Terms, banned_use, from_outside
from grader.judge.earlier import NOTHING_LEANT_ON, leaning
from grader.judge.names import below_the_stub, untouched
from grader.judge.session import Session
from grader.judge.source import used_names
from grader.judge.words import WORDS
from grader.locale import LocaleError, in_words, speak, spoken
from grader.notebook.before import NotRun, Watch, lacking
from grader.notebook.recorded import Absent, RecordedOracle, absent, stopped
from grader.text import NO_TEXT, Names, Text, joined, mend_first, raw, say, say_counted
from grader.verdict import Verdict

#: The layout of what `load` reads; a notebook of another layout says so in one line.
RECORD_FORMAT = 5


@dataclass(frozen=True)
class Outline:
    """What the set-up cell tells of a chapter beside the values: points of its checks and written questions, hints,
    the `Terms` of each exercise, in order, the sentences of known mistakes that are referred to by name, what gives
    each name of the chapter, and the marks of the statements of its cells."""

    chapter: str = ""
    points: dict[str, float] = field(default_factory=dict)
    written: dict[str, float] = field(default_factory=dict)
    hints: dict[str, list[Text]] = field(default_factory=dict)
    terms: dict[str, Terms] = field(default_factory=dict)
    named: dict[str, dict[str, Text]] = field(default_factory=dict)
    given: dict[str, list[str]] = field(default_factory=dict)
    marks: dict[str, list[int]] = field(default_factory=dict)


_outline = Outline()
_oracle = RecordedOracle({})
_session = Session(_oracle)
_hints_shown: dict[str, int] = {}
#: The exercise that each check judges, as far as checks have run.
_judged: dict[str, str] = {}
_watch = Watch()

#: Each word of a check, as a function: ``check.values(softmax, logits)``.
globals().update({word.word: getattr(_session, word.word) for word in WORDS})


def verdict() -> Card:
    """Close the check: what it shows. The build writes this call."""
    return Card(_session.verdict(), spoken())


def load(chapter: str, version: str, recorded: str) -> None:
    """Load the chapter's recorded values. The build writes this call."""
    try:
        record = unpack(recorded)
    except (ValueError, zlib.error):
        _print(say("The set-up cell is damaged: get the notebook anew."))
        return
    if record.get("format") != RECORD_FORMAT:
        _print(
            say(
                "This notebook and the installed package are of different releases: get the notebook anew, or ask your "
                "instructor."
            )
        )
        return
    try:
        speak(record.get("locale", ""))
    except LocaleError as error:
        print(f"{error}. This notebook goes on in English.")
    if version != __version__:
        _print(
            say(
                "This notebook was made with grader {made}; {installed} is installed. Checks may differ.",
                made=version,
                installed=__version__,
            )
        )
    global _outline, _watch
    terms = {exercise: Terms(*told) for exercise, told in record["terms"].items()}
    hints = {exercise: [raw(hint) for hint in told] for exercise, told in record["hints"].items()}
    told = record.get("named", {})  # not in notebooks of earlier releases
    named = {exercise: {name: raw(text) for name, text in texts.items()} for exercise, texts in told.items()}
    given, marks = record.get("given", {}), record.get("marks", {})  # these neither
    _outline = Outline(chapter, record["points"], record["written"], hints, terms, named, given, marks)
    _watch = Watch()
    _oracle.checks = record["checks"]
    _session.verdicts.clear()
    _session.judged.clear()
    _judged.clear()


def begin(name: str, points: float, exercise: str) -> None:
    """Open a check. An exercise whose cell has not run is told quietly. The build writes this call.

    Raises NotRun where another cell has to run first.
    """
    namespace = sys._getframe(1).f_globals
    cells = [cell for cell in namespace.get("In", ()) if isinstance(cell, str)]
    notes = _watch.changed(cells, _outline.chapter, _outline.marks)
    passed = {made for made in _outline.terms if _has_passed(made)}
    notes += _watch.give_back(namespace, cells, exercise, passed.union(_outline.given))
    if told := lacking(namespace, cells, exercise, _outline.given, _outline.terms):
        _session.verdicts[name] = Verdict(name, points, 0.0, "not_judged", Finding(Code.NO_REFERENCE, told))
        raise NotRun(told)
    if exercise not in namespace or isinstance(namespace[exercise], Absent) or stopped(exercise, cells):
        namespace[exercise] = absent(exercise, cells)
    terms = _outline.terms.get(exercise, Terms())
    unwritten = untouched(cells, exercise, _outline.marks.get(f"exercise {exercise}", ()))
    answer = namespace[exercise]
    _oracle.missing = answer if isinstance(answer, Absent) else None
    _oracle.names = namespace
    _judged[name] = exercise
    if outside := from_outside(cells, exercise, terms.data, _outline.terms):
        notes.append(outside)
    _session.begin(
        name,
        points,
        banned=banned_use(cells, exercise, terms, list(_outline.terms)),
        hints=_outline.hints.get(exercise, ()),
        exercise=exercise,
        leans=NOTHING_LEANT_ON if unwritten else leaning(cells, exercise, _session.judged),
        notes=notes,
        named=_outline.named.get(exercise),
        unwritten=NO_TEXT if unwritten else below_the_stub(cells, exercise),
    )


def needs(*functions: Any) -> bool:
    """Whether all of these exercises are written, and none raised an error or gave another shape in its check. Says
    in one quiet line which are not, so that the rest of the notebook runs on."""
    names = [getattr(fn, "__name__", "an exercise") for fn in functions]
    missing = [name for name, fn in zip(names, functions, strict=True) if not (_is_written(fn) or _has_passed(name))]
    broken = [name for name in names if any(made.undrawable for made in _verdicts_of(name))]
    wrong = [f"`{name}`" for name in names if name in _not_passed()]
    if missing:
        _print(say("Write {names} first; then run this cell again.", names=Names(tuple(missing))))
    elif broken:
        _print(joined([mend_first(broken), say("Then run this cell again.")]))
    elif wrong:
        _print(
            say_counted(
                "The check of {names} has not passed: do not trust what you see here yet.",
                "The checks of {names} have not passed: do not trust what you see here yet.",
                len(wrong),
                names=Names(tuple(wrong)),
            )
        )
    return not missing and not broken


def reveal(
    prediction: float | Sequence[float | None] | None, compute: Callable[[], Any], labels: Sequence[str] | None = None
) -> None:
    """Show what comes out beside what you predicted. Worth no points; no prediction, no reveal."""
    guesses = np.ravel(np.asarray(prediction, dtype=object)).tolist()
    if any(guess is None for guess in guesses):
        _print(say("Predict first: replace every None by a number. Then run this cell."))
        return
    odd = next((guess for guess in guesses if isinstance(guess, bool) or not isinstance(guess, Real)), None)
    if odd is not None:
        _print(say("A prediction is a number; {odd} came. Correct it, then run this cell again.", odd=repr(odd)))
        return
    try:
        actual = np.ravel(np.asarray(compute(), dtype=float))
    except NotImplementedError:
        _print(say("Your prediction is noted. Write the exercise, then run this cell again."))
        return
    except Exception as error:  # the student's functions compute it: their checks say what is wrong
        _print(
            say(
                "This could not be computed with your functions ({error}). Look at their checks.",
                error=f"{type(error).__name__}: {error}",
            )
        )
        return
    if len(guesses) != len(actual):
        _print(
            say_counted(
                "{count} number to predict; {came} came. Correct your prediction, then run this cell again.",
                "{count} numbers to predict; {came} came. Correct your prediction, then run this cell again.",
                len(actual),
                came=len(guesses),
            )
        )
        return
    names = list(labels) if labels is not None else [f"{position + 1}." for position in range(len(actual))]
    width = max(map(len, names), default=0)
    print(f"{'':{width}}  {in_words(say('predicted')):>10}  {in_words(say('computed')):>10}")
    for name, guess, value in zip(names, guesses, actual, strict=False):
        print(f"{name:{width}}  {_digits(guess):>10}  {_digits(value):>10}")


@contextmanager
def quietly() -> Iterator[None]:
    """Hide what libraries write past Python to the standard error stream, such as TensorFlow's lines at its import."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def hint(exercise: Any = "") -> None:
    """Show the next of three hints for an exercise (its name): a question, where to look, the formula."""
    exercise = getattr(exercise, "__name__", exercise)
    ladder = _outline.hints.get(exercise)
    if not ladder:
        known = raw(", ".join(_outline.hints)) or say("nothing")
        _print(say("There is no hint for {name!r}. There are hints for: {known}.", name=exercise, known=known))
        return
    step = min(_hints_shown.get(exercise, 0), len(ladder) - 1)
    _hints_shown[exercise] = step + 1
    title = say("Hint {number} of {count}.", number=step + 1, count=len(ladder))
    _show_markdown(f"**{in_words(title)}** {in_words(ladder[step])}")


def results() -> dict[str, Verdict | None]:
    """The chapter's checks in order, each with its verdict so far; None for one that has not run."""
    return {name: _session.verdicts.get(name) for name in _outline.points}


def progress() -> None:
    """A table of the chapter's checks so far, and what to hand in. Grading adds inputs of its own."""
    print(as_progress(_outline.points, results(), say("in this notebook"), spoken()))
    if _outline.written:
        points = sum(_outline.written.values())
        _print(
            say_counted(
                "{points:g} point more for what you write in words: read by your instructor.",
                "{points:g} points more for what you write in words: read by your instructor.",
                1 if points == 1 else max(2, round(points)),
                points=points,
            )
        )
    waiting = [name for name, made in results().items() if made is None or made.status != "passed"]
    passed = say(
        "{passed} of {count} checks passed.",
        passed=len(_outline.points) - len(waiting),
        count=len(_outline.points),
    )
    print()
    _print(joined([passed, say("Next: {check}.", check=waiting[0]) if waiting else NO_TEXT]))
    _print(
        say(
            "To hand in: save this notebook; the file is {file}, or your copy of it under another name.\n"
            "In Colab: File > Download > Download .ipynb.",
            file=f"{_outline.chapter}.ipynb",
        )
    )


def pack(record: dict[str, Any]) -> str:
    """The text that `load` reads: one line, which no page shows as a thousand."""
    return base64.b64encode(zlib.compress(wire.encode(record), 9)).decode()


def unpack(recorded: str) -> Any:
    """The record that `pack` wrote. Raises ValueError or zlib.error for a damaged one."""
    return wire.decode(zlib.decompress(base64.b64decode("".join(recorded.split()))))


def _is_written(fn: Any) -> bool:
    return callable(fn) and "NotImplementedError" not in used_names(fn)


def _verdicts_of(exercise: str) -> list[Verdict]:
    """What the checks of an exercise said when they last ran."""
    return [made for name, made in _session.verdicts.items() if _judged.get(name) == exercise]


def _has_passed(exercise: str) -> bool:
    return any(made.status == "passed" for made in _verdicts_of(exercise))


def _not_passed() -> list[str]:
    """The exercises of which a check here did not pass, in the order of their checks."""
    return [
        exercise
        for exercise in dict.fromkeys(_judged.values())
        if any(not made.trusted for made in _verdicts_of(exercise))
    ]


def _digits(value: float) -> str:
    """Four digits, or as many as it takes to see that a number is no whole one: 0.99995 is not 1."""
    texts = [f"{value:.{digits}g}" for digits in range(4, 9)]
    if not np.isfinite(value) or value == round(value):
        return texts[0]
    return next((text for text in texts if float(text) != round(value)), texts[0])


def _print(text: Text) -> None:
    print(in_words(text))


def _show_markdown(text: str) -> None:
    # A check starts without it, and a worker has its own.
    from IPython.core.getipython import get_ipython
    from IPython.display import Markdown, display

    if get_ipython() is None:
        print(text)
    else:
        display(Markdown(text))
