"""Tells how far it is."""

import time

import mneme


def test_tool_with_progress() -> str:
    """Tells how far it is."""
    for done in (0, 50, 100):
        mneme.progress(done, 100, "Completed " + str(done) + " of 100")
        time.sleep(0.05)
    return "Done."
