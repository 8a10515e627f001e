"""The files that go in with a call, placed in /in by the call's own process before its code runs."""

import binascii
import os

FOLDER = "/in"


def place(lines):
    """lines: for each file its content in base64, a space, its name; each ended by \\n and by nothing else."""
    for line in lines.split("\n"):
        if not line:
            continue
        content, _, name = line.partition(" ")
        path = os.path.join(FOLDER, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(binascii.a2b_base64(content))
