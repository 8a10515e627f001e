"""Leaves a sound, which comes back as one."""

import struct

RATE = 8000


def test_audio_content() -> str:
    """Answers a sound."""
    samples = bytes([128] * 8)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, RATE, 1, 8)
    data = struct.pack("<4sI", b"data", len(samples)) + samples
    body = b"WAVE" + form + data
    with open("/out/beep.wav", "wb") as file:
        file.write(struct.pack("<4sI", b"RIFF", len(body)) + body)
    return "A sound:"
