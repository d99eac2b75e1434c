"""What one can interview for: a role and the competencies it is measured on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Competency:
    """Something an interview measures. `id` is what questions name, `title` what people read."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class RoleDefinition:
    """One role of the catalogue.

    `aliases` are other titles for it, in lower case. `competencies` are ids, most important first.
    `skills` are lexicon names that speak for this role.
    """

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


def in_a_sentence(title: str) -> str:
    """Without the capital that a title begins with, unless it is part of the word: SQL, JavaScript."""
    first = title.split(" ", 1)[0]
    return title if first[1:] != first[1:].lower() else title[:1].lower() + title[1:]
