"""An employer's way of interviewing: what it weighs, what it values, how the rounds go."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.interview_setup import Persona
from core.domain.role import Competency

MOST_COMPETENCIES = 8
PASTED_ID = "pasted-job"
PASTED_SOURCE = "the job description you pasted"
PASTED_NOTE = "made by simple rules from the job description you pasted; not affiliated"
_NAMED_WEIGHT = 3
_TITLE_WEIGHT = 2
_DESCRIPTION_WEIGHT = 1
_DESCRIPTION_WORDS = 2
"""So many words of a description must occur: a single one is often chance."""
_ROOT_LETTERS = 8
_LETTERS_OF_A_TELLING_WORD = 6
_WORD = re.compile(r"[a-z0-9]+")
_BOILERPLATE = re.compile(
    r"\b(?:are|re|is|now) hiring\b|\bhiring (?:manager|process|team)\b", re.IGNORECASE
)
"""Every advertisement says this, whatever the work is."""
_ENDING = re.compile(r"(?:ing|ed|e?s|e)$")
_CONNECTIVES = frozenset("a and as for from in of on or the to with".split())
_COMMON = frozenset(
    "another because before benefit better choose choosing customer easily easy everyone finding "
    "happen helping knowing leave leaving noticing nothing others people question really someone "
    "something system systems things whether without working".split()
)


@dataclass(frozen=True, slots=True)
class CompanyValue:
    """Something the employer stands for, in our own words, and the competency that shows it."""

    name: str
    meaning: str
    competency: str


@dataclass(frozen=True, slots=True)
class Round:
    """One stage of the process."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Company:
    """A pack to interview in the manner of one employer.

    `competencies` maps ids to weights 1-3. `source` names the public page it is modelled on, `note`
    says how far to trust it; both are to be shown wherever the pack is.
    """

    id: str
    name: str
    about: str
    style: str
    competencies: Mapping[str, int]
    values: tuple[CompanyValue, ...]
    rounds: tuple[Round, ...]
    tone: Persona
    source: str
    note: str

    @property
    def looked_for(self) -> tuple[str, ...]:
        """Ids of competencies, the weightiest first; last those that only a value names."""
        weighed = sorted(self.competencies, key=lambda key: -self.competencies[key])
        return tuple(dict.fromkeys([*weighed, *(value.competency for value in self.values)]))

    def emphasis(self, title: str) -> str:
        """A sentence for the candidate: why a question on the competency of that title is asked."""
        if self.source == PASTED_SOURCE:
            return f"{self.name[:1].upper()}{self.name[1:]} asks for {_in_a_sentence(title)}."
        return f"{self.name} is known to look for {_in_a_sentence(title)}."


def company_from_job(name: str, text: str, competencies: Mapping[str, Competency]) -> Company:
    """A pack from a pasted job description, of the competencies that its words name, each as a value.

    At most `MOST_COMPETENCIES`, the weightiest first; none when nothing is recognised.
    """
    weights = _heaviest(_weights(text, competencies))
    named = (competencies[key] for key in weights)
    return Company(
        id="-".join(_words(name)) or PASTED_ID,
        name=name.strip() or PASTED_SOURCE,
        about="",
        style="",
        competencies=weights,
        values=tuple(CompanyValue(c.title, c.description, c.id) for c in named),
        rounds=(),
        tone=Persona.NEUTRAL,
        source=PASTED_SOURCE,
        note=PASTED_NOTE,
    )


def _in_a_sentence(title: str) -> str:
    """Without the capital that a title begins with, unless it is part of the word: SQL, JavaScript."""
    first = title.split(" ", 1)[0]
    return title if first[1:] != first[1:].lower() else title[:1].lower() + title[1:]


def _weights(text: str, competencies: Mapping[str, Competency]) -> dict[str, int]:
    found = tuple(_root(word) for word in _words(_BOILERPLATE.sub(" ", text)))
    return {key: _weight(competency, found) for key, competency in competencies.items()}


def _weight(competency: Competency, found: tuple[str, ...]) -> int:
    """3 for the title as a phrase, 2 for its words apart, 1 for words of the description, else 0."""
    title = tuple(_root(word) for word in _words(competency.title))
    telling = tuple(_root(w) for w in _words(competency.title) if w not in _CONNECTIVES)
    described = {_root(word) for word in _words(competency.description) if _is_telling(word)}
    if _occurs(title, found):
        return _NAMED_WEIGHT
    if set(telling) <= set(found):
        return _TITLE_WEIGHT
    return _DESCRIPTION_WEIGHT if len(described & set(found)) >= _DESCRIPTION_WORDS else 0


def _heaviest(weights: Mapping[str, int]) -> dict[str, int]:
    ordered = sorted(weights, key=lambda key: -weights[key])
    return {key: weights[key] for key in ordered[:MOST_COMPETENCIES] if weights[key]}


def _occurs(phrase: tuple[str, ...], found: tuple[str, ...]) -> bool:
    return any(found[at : at + len(phrase)] == phrase for at in range(len(found)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _is_telling(word: str) -> bool:
    return len(word) >= _LETTERS_OF_A_TELLING_WORD and word not in _COMMON


def _root(word: str) -> str:
    """The same for the forms of a word and for its British and American spelling, roughly."""
    spelled = word.replace("z", "s").replace("ll", "l")
    without = _ENDING.sub("", spelled)
    return (without if len(without) >= len("api") else spelled)[:_ROOT_LETTERS]
