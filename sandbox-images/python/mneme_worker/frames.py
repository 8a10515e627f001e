"""Messages between a call and its supervisor: one letter, a length, and bytes."""

import os
import struct

_HEAD = struct.Struct("!cI")
HEAD = _HEAD.size

# From the call.
ACCEPTED = b"C"
RESULT = b"R"
TOO_LONG = b"X"
FAILED = b"E"
MEMORY = b"M"
PROGRESS = b"P"
LOG = b"L"
ASK = b"B"
# To the call.
ANSWER = b"A"
REFUSAL = b"F"


def pack(kind, payload):
    return _HEAD.pack(kind, len(payload)) + payload


def unpack_head(data):
    return _HEAD.unpack_from(data)


def write(fd, data):
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def read_exactly(fd, count):
    data = bytearray()
    while len(data) < count:
        chunk = os.read(fd, min(count - len(data), 1 << 20))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)


def read(fd):
    kind, length = unpack_head(read_exactly(fd, HEAD))
    return kind, read_exactly(fd, length)


def read_line(fd):
    """Everything up to the end of a line; nothing may follow it yet. Empty at the end of the stream."""
    data = bytearray()
    while not data.endswith(b"\n"):
        chunk = os.read(fd, 1 << 16)
        if not chunk:
            return b""
        data += chunk
    return bytes(data)
