"""The worker, with real processes: whatever a student's code does is an answer, and the next one comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from grader.limits import Limits
from grader.sandbox import allowance
from grader.sandbox.nursery import Nursery, NurseryError
from grader.sandbox.worker import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker(Limits(cell_s=20, call_s=20, memory_mb=600)) as made:
        yield made


def text(outputs: list[dict[str, object]]) -> str:
    return "".join(str(item.get("text", item.get("traceback", item.get("data")))) for item in outputs)


def test_outputs_come_in_order_and_the_last_expression_shows(worker: Worker) -> None:
    result = worker.run_cell("import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')\n6 * 7")
    kinds = [(item["output_type"], item.get("name")) for item in result.outputs]
    assert kinds == [("stream", "stdout"), ("stream", "stderr"), ("stream", "stdout"), ("execute_result", None)]
    assert result.outputs[-1]["data"]["text/plain"] == "42"


def test_a_figure_is_a_picture_without_any_magic(worker: Worker) -> None:
    result = worker.run_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    assert any("image/png" in item.get("data", {}) for item in result.outputs)


def test_a_figure_after_a_hundred_formulas_finds_its_fonts(worker: Worker) -> None:
    """None that was opened before the fork is left, whose end would close a font of this process."""
    formulas = """import matplotlib.pyplot as plt
for number in range(100):
    plt.title(f"${number}$")
    plt.gcf().canvas.draw()
plt.title("The quick brown fox $jumps_{over}$ LAZY dogs")
plt.show()"""
    kinds = [item["output_type"] for item in worker.run_cell(formulas).outputs]
    assert kinds == ["display_data"]


def test_an_error_shows_the_students_lines_only(worker: Worker) -> None:
    worker.run_cell("import numpy as np\ndef f(z):\n    return np.linalg.inv(z)")
    outcome = worker.call("f", (np.zeros((2, 2)),))
    assert outcome.failure is not None
    assert outcome.failure.cause == "raised"
    assert tuple(map(str, outcome.failure.lines)) == ("line 3 of f: return np.linalg.inv(z)",)


def test_the_next_call_comes_after_a_loop_without_end() -> None:
    with Worker(Limits(cell_s=20, call_s=1)) as worker:
        worker.run_cell("def good(x):\n    return x + 1\ndef stuck(x):\n    while True: pass")
        failure = worker.call("stuck", (1,)).failure
        assert failure is not None
        assert failure.cause == "timeout"
        assert worker.call("good", (1,)).value == 2


def test_time_in_which_a_worker_does_not_compute_takes_no_answer() -> None:
    with Worker(Limits(cell_s=20, call_s=0.5)) as worker:
        worker.run_cell("def ask(f):\n    return f(1)")
        began = time.monotonic()

        def slow(x: int) -> int:
            while time.monotonic() < began + 1:
                continue
            return x + 5

        assert worker.call("ask", (slow,)).value == 6


def test_a_sleeping_cell_ends_and_so_does_a_sleeping_notebook() -> None:
    with Worker(Limits(cell_s=0.5, call_s=20, submission_s=1)) as worker:
        failure = worker.run_cell("import time\ntime.sleep(600)").failure
        assert failure is not None
        assert failure.message == "Stopped: the cell ran longer than 0.5 s."
        failures = [worker.run_cell("time.sleep(600)").failure for _ in range(3)]
        assert failures[-1] is not None
        assert "used up its 1 s" in failures[-1].message


def test_a_worker_that_computes_slowly_is_left_its_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = {"wall": 0.0, "cpu": 7.0}
    monkeypatch.setattr("time.monotonic", lambda: clock["wall"])
    monkeypatch.setattr(allowance, "cpu_seconds", lambda pid: clock["cpu"])
    allowed = allowance.Allowance(2, 1)
    clock.update(wall=3.0, cpu=7.5)
    assert (allowed.used(), allowed.wait()) == (0.5, 1.5)
    clock.update(wall=7.5, cpu=8.0)
    assert allowed.wait() == 0.5
    clock.update(wall=8.0)
    with pytest.raises(TimeoutError):
        allowed.wait()
    monkeypatch.setattr(allowance, "cpu_seconds", lambda pid: None)
    assert allowed.used() == 8


def test_a_cell_without_end_is_left_out_of_the_replay() -> None:
    with Worker(Limits(cell_s=3, call_s=20)) as worker:
        worker.run_cell("def good(x):\n    return x + 1")
        assert worker.run_cell("while True: pass").failure is not None
        assert worker.call("good", (1,)).value == 2


def test_a_cell_that_fails_only_in_the_replay_takes_no_other_with_it() -> None:
    with Worker(Limits(cell_s=20, call_s=20)) as worker:
        worker.run_cell("import os, time\ndef good(x):\n    return x + 1")
        end = time.monotonic() + 2
        late = f"if time.monotonic() > {end}: os._exit(0)"
        assert worker.run_cell(late).failure is None
        worker.run_cell("def better(x):\n    return good(x) + 1")
        assert worker.run_cell(f"while time.monotonic() <= {end}: pass\nos._exit(0)").failure is not None
        assert worker.call("better", (1,)).value == 3


def test_a_fault_of_this_side_is_nobodys_wrong_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
    with Worker() as worker, pytest.raises(NurseryError, match="no worker can be started here"):
        worker.run_cell("1")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("import os; os._exit(0)", "ended the process itself"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "crashed"),
    ],
)
def test_a_death_is_told_and_survived(worker: Worker, body: str, says: str) -> None:
    worker.run_cell(f"def bad(x):\n    {body}\ndef good(x):\n    return x")
    failure = worker.call("bad", (1,)).failure
    assert failure is not None
    assert says in failure.message
    assert worker.call("good", (3,)).value == 3


@pytest.mark.parametrize(
    ("body", "cause", "says"),
    [
        ("raise NotImplementedError()", "not_written", ""),
        ("import sys; sys.exit(3)", "raised", "exit()"),
        ("return bad(x)", "raised", "recursion"),
        ("return (i for i in x)", "unreadable", "write tuple(...)"),
        ("return bytearray(2_000_000_000)", "raised", ""),
        ("return object()", "unreadable", "A object came back"),
    ],
)
def test_odd_endings_have_a_cause(worker: Worker, body: str, cause: str, says: str) -> None:
    worker.run_cell(f"def bad(x):\n    {body}")
    failure = worker.call("bad", ([1],)).failure
    assert failure is not None
    assert failure.cause == cause
    assert says in failure.message


def test_a_flood_of_output_is_cut_while_it_is_made(worker: Worker) -> None:
    result = worker.run_cell("for i in range(1_000_000): print('line', i)\nx = 1")
    assert result.failure is None
    assert "output cut here" in text(result.outputs)
    assert len(text(result.outputs)) < 110_000


def test_all_outputs_of_a_notebook_together_have_a_limit(worker: Worker) -> None:
    source = (
        "from IPython.display import HTML, display\nfor _ in range(3): display(HTML('x' * 4_000_000))\nprint('end')"
    )
    shown = [worker.run_cell(source).outputs for _ in range(3)]
    assert ["output cut here" in text(outputs) for outputs in shown] == [False, True, True]
    assert sum(len(text(outputs)) for outputs in shown) < 21_000_000
    assert all("end" in text(outputs) for outputs in shown)
    assert "6" in text(worker.run_cell("6").outputs)


def test_no_command_runs_and_nobody_is_asked(worker: Worker) -> None:
    for source in ("!touch here", "%pip install x", "%%bash\ntouch here"):
        assert "runs no command" in text(worker.run_cell(source).outputs)
    assert "nobody to ask" in text(worker.run_cell("input('?')").outputs)
    assert "the notebook goes on" in text(worker.run_cell("quit()").outputs)
    assert "False" in text(worker.run_cell("import os; os.path.exists('here')").outputs)


def test_a_callback_runs_here(worker: Worker) -> None:
    worker.run_cell("def twice(f, x):\n    return f(f(x))")
    assert worker.call("twice", (lambda x: x + 5, 1)).value == 11


def test_the_death_of_the_zygote_costs_no_answer() -> None:
    killed: list[int | None] = []
    with Nursery() as nursery, Worker(Limits(cell_s=20, call_s=20), nursery) as worker:

        def kill_once(x: int) -> int:
            if not killed:
                killed.append(nursery.pid)
                os.kill(nursery.pid or 0, signal.SIGKILL)
                os.waitid(os.P_PID, nursery.pid or 0, os.WEXITED | os.WNOWAIT)
            return x + 5

        worker.run_cell("def twice(f, x):\n    return f(f(x))")
        assert worker.call("twice", (kill_once, 1)).value == 11
        assert killed != [nursery.pid]


def test_a_worker_that_ends_as_its_handle_lets_go_does_not_end_the_zygote() -> None:
    """Both are told in one round of events: the end is looked after first, and the closed watch must not be read."""
    script = """
import os, socket, time
from grader.sandbox.zygote import Forker, Forked
forker = Forker(socket.socketpair()[0], None)
here, watch = socket.socketpair()
pid = os.fork() or os._exit(0)
forked = forker._forked[pid] = Forked(pid, 0, os.path.join(os.getcwd(), "none"), watch, None)
forker._selector.register(watch, 1, forked)
os.mkdir("none")
here.shutdown(socket.SHUT_WR)
os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
forker._reap()
forker._obey(forked)
print(here.recv(100).decode())
"""
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert (made.stdout.strip(), made.stderr) == ('{"exit": 0}', "")


def test_an_undefined_name_and_a_changed_argument_are_told(worker: Worker) -> None:
    worker.run_cell("def change(x):\n    x[0] = 9\n    return x")
    outcome = worker.call("change", (np.arange(3.0),))
    assert outcome.mutated == (0,)
    failure = worker.call("missing", ()).failure
    assert failure is not None
    assert failure.cause == "undefined"


def test_nothing_of_the_instructors_environment_reaches_a_student(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADER_SECRET", "hush")
    shown = text(worker.run_cell("import os\n'GRADER_SECRET' in os.environ, os.environ['USER']").outputs)
    assert "(False, 'student')" in shown


def test_the_notebooks_time_can_be_used_up() -> None:
    with Worker(Limits(submission_s=0)) as worker:
        failure = worker.run_cell("x = 1").failure
        assert failure is not None
        assert "used up" in failure.message


def test_what_c_code_prints_stands_where_it_was_printed(worker: Worker) -> None:
    result = worker.run_cell("import os, sys\nprint('a')\nos.write(1, b'b\\n')\nprint('c')\nos.write(2, b'd\\n')\n'e'")
    shown = [(item.get("name"), item.get("text")) for item in result.outputs]
    assert shown == [("stdout", "a\nb\nc\n"), ("stderr", "d\n"), (None, None)]
    libc = worker.run_cell("import ctypes\nctypes.CDLL(None).puts(b'buffered')\nNone").outputs
    assert text(libc) == "buffered\n"
    flood = worker.run_cell("import os\nfor i in range(3000): os.write(1, b'x' * 1000)").outputs
    assert len(text(flood)) < 110_000


def test_an_interrupted_cell_shows_what_it_printed_and_where_it_stood() -> None:
    with Worker(Limits(cell_s=1)) as worker:
        result = worker.run_cell("print('so far')\nx = 5\nwhile True:\n    x += 1")
        assert result.failure is not None
        assert result.failure.cause == "timeout"
        assert text(result.outputs[:1]) == "so far\n"
        assert any("x += 1" in line or "while True" in line for line in result.outputs[-1]["traceback"])
        assert result.outputs[-1]["traceback"][-1] == "Stopped: the cell ran longer than 1 s."


@pytest.mark.parametrize(
    "source",
    [
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass",
        "sum(range(10**12))",
    ],
)
def test_what_does_not_heed_an_interrupt_is_killed(source: str) -> None:
    with Worker(Limits(cell_s=1, call_s=5)) as worker:
        worker.run_cell("def good(x):\n    return x + 1")
        started = time.monotonic()
        assert worker.run_cell(source).failure is not None
        assert worker.call("good", (1,)).value == 2
        assert time.monotonic() - started < 60


def test_memory_that_runs_out_is_told_as_such_and_the_notebook_goes_on(worker: Worker) -> None:
    shown = text(worker.run_cell("x = bytearray(2_000_000_000)").outputs)
    assert "ran out of memory" in shown
    worker.run_cell("import numpy as np\ndef f(n):\n    return np.ones(n)")
    failure = worker.call("f", (10**9,)).failure
    assert failure is not None
    assert "ran out of memory" in failure.message
    assert worker.call("f", (2,)).value.tolist() == [1, 1]


def test_the_usual_magics_work(worker: Worker) -> None:
    for source in (
        "%matplotlib inline",
        "%time x = 1",
        "%%time\ny = 2",
        "%timeit -n1 -r1 1 + 1",
        "%precision 3",
        "%config InlineBackend.figure_format = 'png'",
    ):
        outputs = worker.run_cell(source).outputs
        assert not [item for item in outputs if item["output_type"] == "error"], (source, text(outputs))


@pytest.mark.parametrize("line", ["breakpoint()", "import pdb; pdb.set_trace()"])
def test_a_debugger_is_told_as_that(worker: Worker, line: str) -> None:
    worker.run_cell(f"def f(x):\n    {line}\n    return x")
    failure = worker.call("f", (1,)).failure
    assert failure is not None
    assert "take breakpoint() or set_trace() out" in failure.message
    assert "input()" not in failure.message
