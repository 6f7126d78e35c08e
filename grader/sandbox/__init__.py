"""Where a student's code runs, and how it is locked in. Knows no chapter and no judge.

| word | meaning | module |
|---|---|---|
| worker | the process that runs one student's cells and calls; also this side's handle on it, which outlives its deaths | `serve` and `shell` in the process, `worker` here |
| zygote | the program that imports NumPy and TensorFlow once, and of which each worker is a fork: a copy that starts at once | `zygote` |
| nursery | this side's handle on a zygote: where workers come from | `nursery` |
| fork | this side's handle on one process of a worker, from its birth to its death | `nursery` |
| locks | what a worker cannot do once it has locked itself in: files, network, system calls, resources | `locks`, `landlock`, `seccomp`, `limits`, `disk` |
| allowance | how long a reply is waited for, by this side's clock and the process's own | `allowance` |

What a worker sends is a claim of the student's: `replies` reads it, and `worker` puts limits to it.
"""  # noqa: E501  # a table's row is one line
