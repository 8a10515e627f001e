"""Asks with choices."""

import mneme


def titled(values: dict) -> list:
    return [{"const": value, "title": title} for value, title in values.items()]


def test_elicitation_sep1330_enums() -> str:
    """Has the user choose, in each way a form can offer choices."""
    answer = mneme.form(
        "Choose",
        {
            "untitledSingle": ["option1", "option2", "option3"],
            "titledSingle": {
                "type": "string",
                "oneOf": titled(
                    {"value1": "First Option", "value2": "Second Option", "value3": "Third Option"}
                ),
            },
            "legacyEnum": {
                "type": "string",
                "enum": ["opt1", "opt2", "opt3"],
                "enumNames": ["Option One", "Option Two", "Option Three"],
            },
            "untitledMulti": {
                "type": "array",
                "items": {"type": "string", "enum": ["option1", "option2", "option3"]},
            },
            "titledMulti": {
                "type": "array",
                "items": {
                    "anyOf": titled(
                        {"value1": "First Choice", "value2": "Second Choice", "value3": "Third Choice"}
                    )
                },
            },
        },
        required=[],
    )
    return f"Elicitation completed: action={answer.action}, content={answer.values}"
