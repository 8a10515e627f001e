"""Asks twice, in two more rounds."""

import mneme


def test_input_required_result_multi_round() -> str:
    """Asks for a name, then for a colour."""
    name = mneme.form("What is your name?", {"name": str}, name="step1")
    color = mneme.form("What is your favorite color?", {"color": str}, name="step2")
    return f"{name.values} {color.values}"
