"""The limit of grading: bare cells, and the calls that a referee made, in warm processes without a boundary.

``python -m tests.benchmarks.bare PLAN PROCESSES`` prints the seconds that all submissions of the plan took.
"""

from __future__ import annotations

import os
import pickle
import sys
import time
from pathlib import Path
from typing import Any

from grader.grade.grading import TENSORFLOW
from grader.sandbox.shell import make_shell
from grader.sandbox.zygote import ALWAYS


def main() -> None:
    plan: list[list[tuple[str, Any]]] = pickle.loads(Path(sys.argv[1]).read_bytes())
    processes = int(sys.argv[2])
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    make_shell()
    for name in (*ALWAYS, *TENSORFLOW):
        __import__(name)
    started = time.perf_counter()
    running: set[int] = set()
    for submission in plan:
        if len(running) == processes:
            running.discard(os.wait()[0])
        pid = os.fork()
        if pid == 0:
            _replay(submission)
            os._exit(0)
        running.add(pid)
    while running:
        running.discard(os.wait()[0])
    sys.__stdout__.write(f"{time.perf_counter() - started}\n")
    sys.__stdout__.flush()


def _replay(submission: list[tuple[str, Any]]) -> None:
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})  # as in a worker
    shell = make_shell()
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
