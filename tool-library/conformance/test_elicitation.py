"""Asks the user."""

import mneme


def test_elicitation(message: str) -> str:
    """Asks the user who they are.

    Args:
        message: What the user is shown.
    """
    answer = mneme.form(
        message,
        {
            "username": {"type": "string", "description": "The user's name"},
            "email": {"type": "string", "description": "The user's email address"},
        },
    )
    return f"User response: action={answer.action}, content={answer.values}"
