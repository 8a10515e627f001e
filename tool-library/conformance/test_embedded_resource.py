"""Leaves a text file, which comes back as an embedded resource."""


def test_embedded_resource() -> str:
    """Answers a resource."""
    with open("/out/embedded.txt", "w") as file:
        file.write("This is an embedded resource content.")
    return "A resource:"
