"""Logs."""

import time

import mneme


def test_tool_with_logging() -> str:
    """Logs three lines."""
    for line in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        mneme.log(line)
        time.sleep(0.05)
    return "Done."
