"""Reading the files that a command names."""

from pathlib import Path

from core.domain.errors import InvalidInputError


def file_content(path: Path) -> bytes:
    """The bytes of a file; InvalidInputError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise InvalidInputError("file", message) from error


def text_content(path: Path) -> str:
    """The text of a file, UTF-8 with odd bytes replaced."""
    return file_content(path).decode("utf-8-sig", errors="replace")
