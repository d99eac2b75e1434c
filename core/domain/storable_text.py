"""Text as every database takes it."""


def storable(text: str) -> str:
    """The text without characters that not every database takes: zero bytes and halves of characters."""
    return text.encode(errors="replace").decode().replace("\0", "")


def in_one_line(text: str) -> str:
    """The storable text with single spaces for every run of white space."""
    return " ".join(storable(text).split())
