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
