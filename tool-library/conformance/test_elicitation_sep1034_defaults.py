"""Asks with presets."""

import mneme


def test_elicitation_sep1034_defaults() -> str:
    """Has the user look over a form that is filled in already."""
    answer = mneme.form(
        "Check the defaults",
        {
            "name": {"type": "string", "default": "John Doe"},
            "age": {"type": "integer", "default": 30},
            "score": {"type": "number", "default": 95.5},
            "status": {
                "type": "string",
                "enum": ["active", "inactive", "pending"],
                "default": "active",
            },
            "verified": {"type": "boolean", "default": True},
        },
    )
    return f"Elicitation completed: action={answer.action}, content={answer.values}"
