"""Leaves a picture, which comes back as one."""

import binascii

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"


def test_image_content() -> str:
    """Answers a picture."""
    with open("/out/dot.png", "wb") as file:
        file.write(binascii.a2b_base64(DOT))
    return "A picture:"
