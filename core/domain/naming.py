"""What a candidate calls an interview, to find it again by: a name and tags."""

from collections.abc import Iterable

from core.domain.errors import InvalidInputError
from core.domain.storable_text import in_one_line

MAX_NAME_CHARACTERS = 80
MAX_TAG_CHARACTERS = 24
MAX_TAGS = 8


def tidied_name(name: str) -> str:
    """The name in one line, as far as it may be long."""
    return _cut(name, MAX_NAME_CHARACTERS)


def tidied_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Each tag once, whatever its letter case; InvalidInputError where there are too many."""
    once: dict[str, str] = {}
    for tag in tags:
        tidied = _cut(tag, MAX_TAG_CHARACTERS)
        if tidied:
            once.setdefault(tidied.lower(), tidied)
    if len(once) > MAX_TAGS:
        raise InvalidInputError(
            "tags", f"An interview takes up to {MAX_TAGS} tags. Nothing was changed."
        )
    return tuple(once.values())


def _cut(text: str, most_characters: int) -> str:
    return in_one_line(text)[:most_characters].strip()
