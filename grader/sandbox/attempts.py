"""What hostile code would try, one function an attempt, run inside a worker: true where it got what it wanted.

`grader.sandbox.doctor` sends a function's source to a worker, so each is complete in itself. An exception means that
a lock held. ``bait`` says where things are that a worker must not reach.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Bait = dict[str, Any]


@dataclass(frozen=True)
class Attempt:
    """function: the attempt. locks: the fields of Locks each of which stops it alone."""

    name: str
    function: Callable[[Bait], bool]
    locks: tuple[str, ...]


def read_secret(bait: Bait) -> bool:
    with open(bait["secret"]) as file:
        return bool(file.read())


def read_public(bait: Bait) -> bool:
    with open(bait["public"]) as file:
        return bool(file.read())


def read_parent(bait: Bait) -> bool:
    with open(f"/proc/{bait['pid']}/environ", "rb") as file:
        file.read()
    return True


def write_outside(bait: Bait) -> bool:
    with open(bait["folder"] + "/planted", "w") as file:
        return file.write("x") == 1


def write_shared_memory(bait: Bait) -> bool:
    import os

    path = f"/dev/shm/planted-{os.getpid()}"
    with open(path, "w") as file:
        file.write("x")
    os.unlink(path)
    return True


def change_mode(bait: Bait) -> bool:
    import os

    os.chmod(bait["public"], 0o644)
    return True


def fill_disk(bait: Bait) -> bool:
    for number in range(3):
        with open(f"filling-{number}", "wb") as file:
            file.write(bytes(bait["disk_mb"] * 2**20 // 2))
    return True


def fill_file(bait: Bait) -> bool:
    with open("filling", "wb") as file:
        for _ in range(bait["disk_mb"] + 4):
            file.write(bytes(2**20))
    return True


def fill_memory(bait: Bait) -> bool:
    return len(bytearray(bait["memory_mb"] * 2**20 + 2**24)) > 0


def map_shared_memory(bait: Bait) -> bool:
    import mmap

    return len(mmap.mmap(-1, bait["memory_mb"] * 2**20 + 2**24)) > 0


def map_growing_memory(bait: Bait) -> bool:
    import mmap

    grows_down = 0x100
    kind = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | grows_down
    return len(mmap.mmap(-1, bait["memory_mb"] * 2**20 + 2**24, flags=kind)) > 0


def grow_stack(bait: Bait) -> bool:
    import ctypes
    import resource

    most = resource.getrlimit(resource.RLIMIT_STACK)[1]
    resource.setrlimit(resource.RLIMIT_STACK, (most, most))
    with open("/proc/self/maps") as maps:
        lowest = next(int(line.split("-")[0], 16) for line in maps if "[stack]" in line)
    for below in range(4096, bait["memory_mb"] * 2**20, 4096):
        ctypes.memset(lowest - below, 1, 1)
    return True


def map_zero_device(bait: Bait) -> bool:
    import mmap
    import os

    return len(mmap.mmap(os.open("/dev/zero", os.O_RDWR), bait["memory_mb"] * 2**20 + 2**24)) > 0


def never_read(bait: Bait) -> bool:
    """Asks the grader for ever and reads no answer."""
    import gc

    from grader import wire

    channel = next(found for found in gc.get_objects() if isinstance(found, wire.Channel))
    question = wire.encode({"op": "callback", "number": 0, "args": ()})
    while True:
        channel._socket.sendall(question)


def connect_tcp(bait: Bait) -> bool:
    import socket

    with socket.create_connection(("127.0.0.1", bait["tcp"]), timeout=2):
        return True


def send_udp(bait: Bait) -> bool:
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        return sender.sendto(b"x", ("127.0.0.1", bait["udp"])) == 1


def open_netlink(bait: Bait) -> bool:
    import socket

    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW) as netlink:
        netlink.bind((0, 0))
    return True


def connect_abstract(bait: Bait) -> bool:
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as unix:
        unix.connect("\0" + bait["abstract"])
    return True


def send_from_a_pair(bait: Bait) -> bool:
    import socket

    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with one, other:
        return one.sendto(b"x", bait["datagrams"]) == 1


def fork(bait: Bait) -> bool:
    import os

    pid = os.fork()
    if pid == 0:
        os._exit(0)
    return os.waitpid(pid, 0)[0] == pid


def execute(bait: Bait) -> bool:
    import subprocess

    return subprocess.run(["/bin/true"], check=True).returncode == 0


def signal_parent(bait: Bait) -> bool:
    import os
    import signal

    os.kill(bait["pid"], signal.SIGURG)  # ignored by whoever does not wait for it
    return True


def signal_by_event(bait: Bait) -> bool:
    """Lets an event on a descriptor of its own be told to the grader, by a signal."""
    import fcntl
    import os
    import signal
    import socket

    set_owner, set_signal = 8, 10
    one, other = socket.socketpair()
    with one, other:
        fcntl.fcntl(one, set_signal, signal.SIGURG)  # ignored by whoever does not wait for it
        fcntl.fcntl(one, set_owner, bait["pid"])
        fcntl.fcntl(one, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
        other.send(b"x")
    return True


def trace_parent(bait: Bait) -> bool:
    import ctypes

    seize, detach = 0x4206, 17
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(seize, bait["pid"], None, None):
        raise OSError(ctypes.get_errno(), "ptrace")
    libc.ptrace(detach, bait["pid"], None, None)
    return True


def read_parents_memory(bait: Bait) -> bool:
    import ctypes

    class Range(ctypes.Structure):
        _fields_ = [("start", ctypes.c_void_p), ("size", ctypes.c_size_t)]

    mine = ctypes.create_string_buffer(1)
    libc = ctypes.CDLL(None, use_errno=True)
    local, remote = Range(ctypes.addressof(mine), 1), Range(bait["address"], 1)
    read = libc.process_vm_readv(bait["pid"], ctypes.byref(local), 1, ctypes.byref(remote), 1, 0)
    if read != 1:
        raise OSError(ctypes.get_errno(), "process_vm_readv")
    return True


def outlive_parent(bait: Bait) -> bool:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(1, 0, 0, 0, 0):  # PR_SET_PDEATHSIG: no signal when the parent ends
        raise OSError(ctypes.get_errno(), "prctl")
    return True


def become_root_of_a_namespace(bait: Bait) -> bool:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000):  # CLONE_NEWUSER
        raise OSError(ctypes.get_errno(), "unshare")
    return True


def find_descriptor(bait: Bait) -> bool:
    import os

    found = 0
    for fd in range(3, 256):
        try:
            os.fstat(fd)
            found += 1
        except OSError:
            continue
    return found > 1  # its own channel is one


#: The few that a class run starts with.
QUICK_NAMES = ("read the secret", "write a file outside", "connect over TCP", "start a process", "signal the grader")

ATTEMPTS = (
    Attempt("read the secret", read_secret, ("own_uid", "landlock")),
    Attempt("read a file that anyone may read", read_public, ("landlock",)),
    Attempt("read the grader's environment", read_parent, ("own_uid", "landlock")),
    Attempt("write a file outside", write_outside, ("own_uid", "landlock")),
    Attempt("leave something in shared memory", write_shared_memory, ("landlock",)),
    Attempt("change a file's mode outside", change_mode, ("own_uid", "seccomp")),
    Attempt("fill the disk with files", fill_disk, ("disk",)),
    Attempt("write one huge file", fill_file, ("disk", "limits")),
    Attempt("fill the memory", fill_memory, ("limits",)),
    Attempt("map shared memory", map_shared_memory, ("seccomp",)),
    Attempt("map memory that grows", map_growing_memory, ("seccomp",)),
    Attempt("grow the stack", grow_stack, ("limits",)),
    Attempt("map a device's memory", map_zero_device, ("landlock",)),
    Attempt("connect over TCP", connect_tcp, ("network", "landlock", "seccomp")),
    Attempt("send over UDP", send_udp, ("network", "seccomp")),
    Attempt("open a netlink socket", open_netlink, ("seccomp",)),
    Attempt("connect to an abstract socket", connect_abstract, ("network", "landlock", "seccomp")),
    Attempt("send to a socket in a folder", send_from_a_pair, ("own_uid", "seccomp")),
    Attempt("start a process", fork, ("seccomp",)),
    Attempt("execute a program", execute, ("landlock", "seccomp")),
    Attempt("signal the grader", signal_parent, ("own_uid", "landlock", "seccomp")),
    Attempt("signal the grader by an event", signal_by_event, ("seccomp",)),
    Attempt("trace the grader", trace_parent, ("own_uid", "landlock", "seccomp")),
    Attempt("read the grader's memory", read_parents_memory, ("own_uid", "landlock", "seccomp")),
    Attempt("outlive the grader", outlive_parent, ("seccomp",)),
    Attempt("become root of a namespace", become_root_of_a_namespace, ("seccomp",)),
    Attempt("find an open descriptor", find_descriptor, ("descriptors",)),
)
QUICK = tuple(attempt for attempt in ATTEMPTS if attempt.name in QUICK_NAMES)
