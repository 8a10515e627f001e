"""Asks, in one more round."""

import mneme


def test_input_required_result_request_state() -> str:
    """Goes on where it stood when the answer comes."""
    answer = mneme.form("Please confirm", {"ok": bool}, name="confirm")
    return "state-ok" if answer else "not confirmed"
