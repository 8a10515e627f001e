"""The files a call leaves in /out: read when nothing of the call runs any more."""

import binascii
import os
import stat

FOLDER = "/out"
_MAX_FILES = 16
_MAX_BYTES = 1_500_000
_MAX_TOTAL = 6_000_000
_MAX_DEPTH = 8


def collect():
    """(files, notes): files are pairs of a name and base64 text; notes say what does not come back and why."""
    files, notes = [], []
    total = 0
    for path in sorted(_paths(FOLDER, _MAX_DEPTH)):
        name = os.fsencode(os.path.relpath(path, FOLDER)).decode("utf-8", "replace")
        data = _content(path)
        if data is None:
            notes.append(name + " is larger than " + str(_MAX_BYTES) + " bytes, or not a file that can be read")
        elif len(files) == _MAX_FILES:
            notes.append("only " + str(_MAX_FILES) + " files come back")
            break
        elif total + len(data) > _MAX_TOTAL:
            notes.append(name + " would make it more than " + str(_MAX_TOTAL) + " bytes in all")
        else:
            total += len(data)
            files.append((name, binascii.b2a_base64(data, newline=False).decode()))
    return files, notes[:_MAX_FILES]


def _paths(folder, depth):
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            yield entry.path
        elif depth:
            yield from _paths(entry.path, depth - 1)


def _content(path):
    """Links are not followed: what they name is not the call's to give."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with open(fd, "rb") as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            return None
        data = file.read(_MAX_BYTES + 1)
    return data if len(data) <= _MAX_BYTES else None
