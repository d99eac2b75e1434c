"""What a job title says: which role of the catalogue, technical or not, learning or done with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.role import RoleDefinition
from core.parsing.vocabulary import word_set

_WORD = re.compile(r"[^\W_]+[+#]*|(?<!\w)\.[^\W_]+")
_SYNONYMS = {
    "developer": """
        engineer engineering dev development entwicklung entwickler entwicklerin ingenieur
        ingenieurin développeur développeuse ingénieur ingénieure desarrollador desarrolladora
        ingeniero ingeniera
    """,
    "software": "logiciel logiciels informatique",
    "programmer": "programador programadora programmierer programmiererin",
    "data": "données datos daten",
    "analyst": "analyste analista",
}
_SAME_WORDS = {word: name for name, words in _SYNONYMS.items() for word in words.split()}
_COMPOUND = re.compile(
    r"(software|web|frontend|backend|daten)(entwickler|ingenieur|developer|engineer)(?:in)?"
)

# Titles that fit several roles: the skills decide between them.
_BROAD = frozenset({frozenset({"software", "developer"}), frozenset({"web", "developer"}),
                    frozenset({"programmer"})})  # fmt: skip
_TECHNICAL = word_set(
    """
    developer programmer architect cto founder cofounder technical tech software research
    researcher scientist data it informatiker informatikerin coder devops
    """
)
_RELATED = _TECHNICAL | word_set("consultant lead administrator admin tester qa analyst technician")
_TRAINING = word_set(
    """
    intern internship interns trainee werkstudent werkstudentin praktikant praktikantin praktikum
    stagiaire stage alternant alternante alternance becario becaria prácticas apprentice
    apprenticeship azubi student hilfskraft
    """
)
_ASSISTED = word_set("teaching research graduate undergraduate student course lab")
_DOCTORAL = re.compile(r"\b(?:ph\.?\s?d|doctoral)\b", re.IGNORECASE)


def title_words(title: str) -> list[str]:
    """The words in lower case, those of one meaning alike ("engineer" is "developer")."""
    apart = _COMPOUND.sub(r"\1 \2", title.casefold())
    return [_SAME_WORDS.get(word, word) for word in _WORD.findall(apart)]


def is_technical(title: str) -> bool:
    """Whether somebody with this title may hold a technical role: skills tell which."""
    return not _TECHNICAL.isdisjoint(title_words(title)) or is_training(title)


def is_training(title: str) -> bool:
    """Whether a title is that of somebody who still learns: an intern, a teaching assistant."""
    words = set(title_words(title))
    is_assistant = bool(words & _ASSISTED) and "assistant" in words
    return (bool(words & _TRAINING) or is_assistant) and not _DOCTORAL.search(title)


@dataclass(frozen=True, slots=True)
class NamedRole:
    """The role that a title names; `is_broad` where the title fits other roles as well."""

    role: RoleDefinition
    is_broad: bool


@dataclass(frozen=True, slots=True)
class RoleTitles:
    """The titles and aliases of a catalogue of roles."""

    _wordings: tuple[tuple[frozenset[str], RoleDefinition], ...]

    @classmethod
    def of(cls, roles: Sequence[RoleDefinition]) -> "RoleTitles":
        """The titles of these roles; of two that a title fits alike the first one counts."""
        named = ((name, role) for role in roles for name in (role.title, *role.aliases))
        wordings = ((frozenset(title_words(name)), role) for name, role in named)
        return cls(tuple((words, role) for words, role in wordings if words))

    def find(self, title: str) -> NamedRole | None:
        """The role with the longest wording in a title, whatever the order of its words.

        Of wordings as long, the one that begins first: a Fullstack JavaScript Engineer is full-stack.
        """
        words = title_words(title)
        held = [(wording, role) for wording, role in self._wordings if wording <= set(words)]
        if not held:
            return None
        wording, role = max(held, key=lambda pair: _precision(pair[0], words))
        return NamedRole(role, wording in _BROAD)

    def prepares(self, title: str) -> bool:
        """Whether years under a title count for the roles of the catalogue."""
        is_related = not _RELATED.isdisjoint(title_words(title))
        return is_related or is_training(title) or self.find(title) is not None


def _precision(wording: frozenset[str], words: list[str]) -> tuple[bool, int, int]:
    return wording not in _BROAD, len(wording), -min(words.index(word) for word in wording)
