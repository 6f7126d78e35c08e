"""A seccomp filter that refuses what a student's notebook has no use for: sockets, programs, other processes.

Everything is allowed but a list of calls, which fail with EPERM, and a few that depend on an argument. The
filter is a classic BPF program, built here and loaded by one system call: no library is needed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Sequence

from grader.sandbox.linux import system_call

# The kernel's numbers of all calls that the filter knows, one table an architecture.
_X86_64 = """
accept=43 accept4=288 acct=163 add_key=248 adjtimex=159 bind=49 bpf=321 capset=126 chmod=90 chown=92 chroot=161
clock_adjtime=305 clock_settime=227 clone=56 clone3=435 connect=42 delete_module=176 execve=59 execveat=322 fcntl=72
fanotify_init=300 fanotify_mark=301 fchmod=91 fchmodat=268 fchown=93 fchownat=260 finit_module=313 fork=57
fremovexattr=199 fsconfig=431 fsetxattr=190 fsmount=432 fsopen=430 fspick=433 futimesat=261 init_module=175
inotify_add_watch=254 inotify_init=253 inotify_init1=294 io_uring_enter=426 io_uring_register=427 io_uring_setup=425
ioctl=16 ioperm=173 iopl=172 ioprio_set=251 kcmp=312 kexec_file_load=320 kexec_load=246 keyctl=250 kill=62
landlock_add_rule=445 landlock_create_ruleset=444 landlock_restrict_self=446 lchown=94 listen=50 lookup_dcookie=212
lremovexattr=198 lsetxattr=189 mbind=237 memfd_create=319 memfd_secret=447 migrate_pages=256 mknod=133 mknodat=259
mmap=9 modify_ldt=154 mount=165 mount_setattr=442 move_mount=429 move_pages=279 mq_getsetattr=245 mq_notify=244
mq_open=240 mq_timedreceive=243 mq_timedsend=242 mq_unlink=241 msgctl=71 msgget=68 msgrcv=70 msgsnd=69
name_to_handle_at=303 nfsservctl=180 open_by_handle_at=304 open_tree=428 perf_event_open=298 personality=135
pidfd_getfd=438 pidfd_open=434 pidfd_send_signal=424 pivot_root=155 prctl=157 prlimit64=302 process_madvise=440
process_mrelease=448 process_vm_readv=310 process_vm_writev=311 ptrace=101 quotactl=179 quotactl_fd=443 reboot=169
removexattr=197 request_key=249 rt_sigqueueinfo=129 rt_tgsigqueueinfo=297 sched_setattr=314 sched_setparam=142
sched_setscheduler=144 seccomp=317 semctl=66 semget=64 semop=65 semtimedop=220 set_mempolicy=238
set_mempolicy_home_node=450 setdomainname=171 setfsgid=123 setfsuid=122 setgid=106 setgroups=116 sethostname=170
setns=308 setpgid=109 setpriority=141 setregid=114 setresgid=119 setresuid=117 setreuid=113 setsid=112
settimeofday=164 setuid=105 setxattr=188 shmat=30 shmctl=31 shmget=29 socket=41 socketpair=53 swapoff=168 swapon=167
syslog=103 tgkill=234 timerfd_create=283 tkill=200 umount2=166 unshare=272 uselib=134 userfaultfd=323 utime=132
utimensat=280 utimes=235 vfork=58 vhangup=153
"""
_AARCH64 = """
accept=202 accept4=242 acct=89 add_key=217 adjtimex=171 bind=200 bpf=280 capset=91 chroot=51 clock_adjtime=266
clock_settime=112 clone=220 clone3=435 connect=203 delete_module=106 execve=221 execveat=281 fanotify_init=262
fcntl=25 fanotify_mark=263 fchmod=52 fchmodat=53 fchown=55 fchownat=54 finit_module=273 fremovexattr=16 fsconfig=431
fsetxattr=7 fsmount=432 fsopen=430 fspick=433 init_module=105 inotify_add_watch=27 inotify_init1=26 io_uring_enter=426
io_uring_register=427 io_uring_setup=425 ioctl=29 ioprio_set=30 kcmp=272 kexec_file_load=294 kexec_load=104 keyctl=219
kill=129 landlock_add_rule=445 landlock_create_ruleset=444 landlock_restrict_self=446 listen=201 lookup_dcookie=18
lremovexattr=15 lsetxattr=6 mbind=235 memfd_create=279 memfd_secret=447 migrate_pages=238 mknodat=33 mmap=222 mount=40
mount_setattr=442 move_mount=429 move_pages=239 mq_getsetattr=185 mq_notify=184 mq_open=180 mq_timedreceive=183
mq_timedsend=182 mq_unlink=181 msgctl=187 msgget=186 msgrcv=188 msgsnd=189 name_to_handle_at=264 nfsservctl=42
open_by_handle_at=265 open_tree=428 perf_event_open=241 personality=92 pidfd_getfd=438 pidfd_open=434
pidfd_send_signal=424 pivot_root=41 prctl=167 prlimit64=261 process_madvise=440 process_mrelease=448
process_vm_readv=270 process_vm_writev=271 ptrace=117 quotactl=60 quotactl_fd=443 reboot=142 removexattr=14
request_key=218 rt_sigqueueinfo=138 rt_tgsigqueueinfo=240 sched_setattr=274 sched_setparam=118 sched_setscheduler=119
seccomp=277 semctl=191 semget=190 semop=193 semtimedop=192 set_mempolicy=237 set_mempolicy_home_node=450
setdomainname=162 setfsgid=152 setfsuid=151 setgid=144 setgroups=159 sethostname=161 setns=268 setpgid=154
setpriority=140 setregid=143 setresgid=149 setresuid=147 setreuid=145 setsid=157 settimeofday=170 setuid=146
setxattr=5 shmat=196 shmctl=195 shmget=194 socket=198 socketpair=199 swapoff=225 swapon=224 syslog=116 tgkill=131
timerfd_create=85 tkill=130 umount2=39 unshare=97 userfaultfd=282 utimensat=88 vhangup=58
"""
#: Calls from this number on are younger than the tables: they do not exist here, and callers fall back.
_UNKNOWN_FROM = 451

#: Calls on files that their owner may make: refused where the worker has no user of its own.
_OF_AN_OWNER = frozenset(
    (
        "chmod",
        "fchmod",
        "fchmodat",
        "chown",
        "fchown",
        "lchown",
        "fchownat",
        "utime",
        "utimes",
        "utimensat",
        "futimesat",
    )
)
#: Calls that depend on an argument, below.
_BY_ARGUMENT = frozenset(
    (
        "clone",
        "clone3",
        "fcntl",
        "ioctl",
        "kill",
        "mmap",
        "tgkill",
        "rt_sigqueueinfo",
        "rt_tgsigqueueinfo",
        "prlimit64",
        "socketpair",
    )
)

#: (AUDIT_ARCH, numbers, lowest number of another ABI on the same architecture)
_MACHINES = {"x86_64": (0xC000003E, _X86_64, 0x40000000), "aarch64": (0xC00000B7, _AARCH64, None)}

_LOAD, _AND, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x45, 0x35, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_EPERM, _ENOSYS = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16
_CLONE_THREAD, _SOCK_STREAM = 0x10000, 1
#: Commands that name a process or a signal which an event on a descriptor is told by, and, of ioctl, typing ahead.
_OF_FCNTL = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX
_OF_IOCTL = (0x5412, 0x8901, 0x8902)  # TIOCSTI, FIOSETOWN, SIOCSPGRP
#: Kinds of mappings that the limit of data does not count: shared ones without a file, and stacks that grow.
_MAP_SHARED, _MAP_ANONYMOUS, _MAP_GROWSDOWN = 0x01, 0x20, 0x100
_SET_MODE_FILTER = 1

Instruction = tuple[int, int, int, int]


def available() -> bool:
    """Whether this machine is one that the filter is written for."""
    return sys.platform == "linux" and platform.machine() in _MACHINES


def restrict(own_user: bool) -> None:
    """Load the filter into this process, for good. Needs no_new_privileges(); raises OSError if the kernel refuses.

    own_user: whether the process runs as a user who owns nothing else.
    """
    code = _program(os.getpid(), own_user)
    body = b"".join(struct.pack("=HBBI", op, yes, no, value) for op, value, yes, no in code)
    buffer = ctypes.create_string_buffer(body, len(body))
    loaded = struct.pack("@HP", len(code), ctypes.addressof(buffer))
    number = {"x86_64": 317, "aarch64": 277}[platform.machine()]
    system_call(number, ctypes.c_uint(_SET_MODE_FILTER), ctypes.c_uint(0), loaded)


def _program(pid: int, own_user: bool) -> list[Instruction]:
    arch, table, other_abi = _MACHINES[platform.machine()]
    numbers = {name: int(number) for name, number in (pair.split("=") for pair in table.split())}
    allowed = _OF_AN_OWNER if own_user else frozenset()
    refused = [number for name, number in numbers.items() if name not in _BY_ARGUMENT | allowed]
    code = [_step(_LOAD, _ARCH), _step(_EQUAL, arch, 1, 0), _step(_RETURN, _KILL), _step(_LOAD, _NUMBER)]
    if other_abi is not None:
        code += [_step(_AT_LEAST, other_abi, 0, 1), _step(_RETURN, _KILL)]
    code += [_step(_AT_LEAST, _UNKNOWN_FROM, 0, 1), _step(_RETURN, _ENOSYS)]
    for number in refused:
        code += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _EPERM)]
    # clone makes threads, not processes; clone3 hides its flags behind a pointer, and callers fall back to clone.
    code += [_step(_EQUAL, numbers["clone3"], 0, 1), _step(_RETURN, _ENOSYS)]
    code += _unless(numbers["clone"], 0, _ANY_BIT, _CLONE_THREAD)
    for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
        code += _unless(numbers[name], 0, _EQUAL, pid)
    code += _unless(numbers["prlimit64"], 0, _EQUAL, 0)
    # A pair of datagram sockets could still send to any address; asyncio's stream pair cannot.
    code += _unless(numbers["socketpair"], 1, _EQUAL, _SOCK_STREAM, mask=0xF)
    code += _refuse_uncounted(numbers["mmap"])
    code += _refuse_commands(numbers["fcntl"], _OF_FCNTL)
    code += _refuse_commands(numbers["ioctl"], _OF_IOCTL)
    return [*code, _step(_RETURN, _ALLOW)]


def _unless(number: int, argument: int, test: int, value: int, mask: int = 0xFFFFFFFF) -> list[Instruction]:
    """EPERM for this call unless its argument passes the test."""
    return [
        _step(_EQUAL, number, 0, 5),
        _step(_LOAD, _ARGUMENTS + 8 * argument),
        _step(_AND, mask),
        _step(test, value, 1, 0),
        _step(_RETURN, _EPERM),
        _step(_RETURN, _ALLOW),
    ]


def _refuse_uncounted(mmap: int) -> list[Instruction]:
    """EPERM for memory that `grader.sandbox.limits` could not limit."""
    return [
        _step(_EQUAL, mmap, 0, 6),
        _step(_LOAD, _ARGUMENTS + 8 * 3),
        _step(_ANY_BIT, _MAP_GROWSDOWN, 2, 0),
        _step(_ANY_BIT, _MAP_ANONYMOUS, 0, 2),
        _step(_ANY_BIT, _MAP_SHARED, 0, 1),
        _step(_RETURN, _EPERM),
        _step(_RETURN, _ALLOW),
    ]


def _refuse_commands(number: int, commands: Sequence[int]) -> list[Instruction]:
    """EPERM for this call where its second argument is one of the commands."""
    tests = [step for command in commands for step in (_step(_EQUAL, command, 0, 1), _step(_RETURN, _EPERM))]
    return [_step(_EQUAL, number, 0, len(tests) + 2), _step(_LOAD, _ARGUMENTS + 8), *tests, _step(_RETURN, _ALLOW)]


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> Instruction:
    """One BPF instruction: jumps count the instructions to skip."""
    return code, value, if_true, if_false
