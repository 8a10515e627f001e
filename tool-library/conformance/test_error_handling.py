"""Fails."""


def test_error_handling() -> str:
    """Fails, as it is meant to."""
    raise ValueError("This tool intentionally returns an error for testing")
