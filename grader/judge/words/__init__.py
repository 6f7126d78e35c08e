"""The words of a check, a file each. `WORDS` is the one place where they are named."""

from __future__ import annotations

from grader.judge.words.gradients import Gradients
from grader.judge.words.sampled import Sampled
from grader.judge.words.scored import Scored
from grader.judge.words.stateless import Stateless
from grader.judge.words.trained import Trained
from grader.judge.words.values import Values
from grader.judge.words.word import Call

WORDS: tuple[type[Call], ...] = (Values, Gradients, Trained, Scored, Sampled, Stateless)
