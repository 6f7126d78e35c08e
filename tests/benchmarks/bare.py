"""The limit of grading: a submission's own cells and the calls that a referee made of it, and nothing else.

A lower bound, since a worker does the same and more: it runs them in the same environment, with the same seeds and
settings, in a process forked after the same imports. What is left out: locks, sockets and encoding, reading and
repair, the reference, judging and marking.

``python -m tests.benchmarks.bare PLAN [MODULE...]`` imports, says "warm", and for each number that it reads runs all
submissions of the plan, so many at once, and prints the seconds.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import time
from pathlib import Path
from typing import Any

from grader.sandbox.serve import fix_seeds
from grader.sandbox.shell import StudentShell, make_shell
from grader.sandbox.zygote import draw_once, import_all

#: A submission: ("cell", source) and ("call", (function, arguments)), in the order of a grading.
Submission = list[tuple[str, Any]]


def main() -> None:
    plan: list[Submission] = pickle.loads(Path(sys.argv[1]).read_bytes())
    told = os.fdopen(os.dup(1), "w")  # the shell takes standard output for the cells'
    shell = make_shell()
    import_all(sys.argv[2:])
    draw_once()
    gc.collect()
    gc.freeze()
    print("warm", file=told, flush=True)
    for line in sys.stdin:
        print(_run_all(plan, int(line), shell), file=told, flush=True)


def _run_all(plan: list[Submission], at_once: int, shell: StudentShell) -> float:
    started = time.perf_counter()
    running: set[int] = set()
    for submission in plan:
        if len(running) == at_once:
            running.discard(os.wait()[0])
        pid = os.fork()
        if pid == 0:
            _replay(submission, shell)
            os._exit(0)
        running.add(pid)
    while running:
        running.discard(os.wait()[0])
    return time.perf_counter() - started


def _replay(submission: Submission, shell: StudentShell) -> None:
    fix_seeds()
    for kind, told in submission:
        if kind == "cell":
            shell.run(told, 100_000)
        else:
            name, args = told
            try:
                shell.user_ns[name](*args)
            except Exception:  # a wrong answer may raise: that is its time, too
                continue


if __name__ == "__main__":
    main()
