"""Answers a text."""


def test_simple_text() -> str:
    """Answers a text."""
    return "This is a simple text response for testing."
