"""Leaves two files of different kinds."""

import binascii
import json

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"


def test_multiple_content_types() -> str:
    """Answers a text, a picture and a resource."""
    with open("/out/dot.png", "wb") as file:
        file.write(binascii.a2b_base64(DOT))
    with open("/out/mixed.json", "w") as file:
        json.dump({"test": "data", "value": 123}, file)
    return "Multiple content types test:"
