"""The few things of Linux that Python has no function for, and the cleaning up after a call."""

import _signal
import errno
import os

from mneme_worker import lean

_PR_SET_DUMPABLE = 4
_TICKS = os.sysconf("SC_CLK_TCK")
_SYSTEM_KINDS = ("proc", "sysfs", "cgroup", "cgroup2", "devpts")


def hide():
    """Keeps processes of the same user from reading this one's memory, descriptors and environment."""
    lean.prctl(_PR_SET_DUMPABLE, 0)


def expose():
    """Undoes hide(): without it a process may not even write its own /proc files."""
    lean.prctl(_PR_SET_DUMPABLE, 1)


def die_first():
    """When the container's memory is full, this process goes and not those that look after it."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        pass  # Another kernel than Linux: the limit holds, only the choice is the kernel's.


def writable_folders():
    """Every mount point this user can write in."""
    found = []
    with open("/proc/self/mounts", "rb") as mounts:
        for line in mounts:
            place, kind = line.split()[1:3]
            place = place.decode("unicode_escape").encode("latin-1")
            if kind.decode("latin-1") in _SYSTEM_KINDS or place == b"/":
                continue
            if os.path.isdir(place) and os.access(place, os.W_OK):
                found.append(place)
    return found


def kill_all():
    """Kills every process but this one, which is process 1, and waits until all are gone."""
    while True:
        try:
            os.kill(-1, _signal.SIGKILL)
            os.waitpid(-1, 0)
        except (ProcessLookupError, ChildProcessError):
            return


def halt_all():
    """Stops every process but this one and process 1 where it is; resume_all() lets them go on."""
    _tell_all(_signal.SIGSTOP)


def resume_all():
    _tell_all(_signal.SIGCONT)


def _tell_all(number):
    try:
        os.kill(-1, number)
    except ProcessLookupError:
        pass  # What has ended is found out elsewhere.


def wipe(folder):
    """Empties a folder. A tree of any depth is flattened step by step, so that no path gets long."""
    number = 0
    while True:
        entries = list(os.scandir(folder))
        if not entries:
            return
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            os.chmod(entry.path, 0o700)
            for inner in list(os.scandir(entry.path)):
                if inner.is_dir(follow_symlinks=False):
                    os.chmod(inner.path, 0o700)
                    number += 1
                    os.rename(inner.path, folder + b"/.mneme-wipe-%d-%d" % (os.getpid(), number))
                else:
                    os.unlink(inner.path)
            os.rmdir(entry.path)


def processor_time():
    """Seconds of processor time all processes of the container have used, the ended ones included."""
    ticks = 0
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open("/proc/" + name + "/stat", "rb") as file:
                    fields = file.read().rpartition(b")")[2].split()
            except OSError:
                continue
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / _TICKS


def memory_kills():
    """How often the kernel has killed a process here because memory was full; None when it does not say."""
    for path in ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"):
        try:
            with open(path) as file:
                for line in file:
                    name, _, count = line.partition(" ")
                    if name == "oom_kill":
                        return int(count)
        except OSError as problem:
            if problem.errno not in (errno.ENOENT, errno.EACCES, errno.ENOTDIR):
                raise
    return None
