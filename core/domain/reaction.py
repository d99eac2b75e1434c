"""What the interviewer says between an answer and the next question. Claims only what was checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.domain.interview import Interview
from core.domain.interview_setup import Persona
from core.domain.question import Origin, Question
from core.domain.turn import Turn

_CLAIMS = {
    "number": re.compile(r"\d"),
    "example": re.compile(r"\b(for example|for instance|an example)\b", re.IGNORECASE),
    "reason": re.compile(r"\b(because|the reason|so that)\b", re.IGNORECASE),
}
"""What an answer must hold before the reaction may speak of it, the most telling first."""
LEAST_WORDS_FOR_CLAIM = 25
"""A few words with a number in them are no answer to thank for."""
LEAST_SCORE_FOR_CLAIM = 40.0
"""Nobody is thanked for the example in an answer that missed the question."""
LONG_WORDS = 200
"""Over a minute of talk that missed the question is brought back to it."""


class Acknowledgement(StrEnum):
    """What can truthfully be said of the answer."""

    SKIPPED = "skipped"
    LONG = "long"
    NUMBER = "number"
    EXAMPLE = "example"
    REASON = "reason"
    PLAIN = "plain"


class Lead(StrEnum):
    """How the next question follows from the last one."""

    FOLLOW_UP = "follow-up"
    DEEPER = "deeper"
    SAME = "same"
    OTHER = "other"
    RESUME = "resume"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The wordings for each case. Leads may hold the placeholder {competency}.

    `manners` are other wordings for some of the cases, as a persona would put them.
    """

    acknowledge: Mapping[Acknowledgement, tuple[str, ...]]
    lead: Mapping[Lead, tuple[str, ...]]
    manners: Mapping[Persona, "Phrases"] = field(default_factory=dict)

    def in_manner(self, persona: Persona) -> "Phrases":
        """The wordings of that persona, and the common ones where it has none of its own."""
        own = self.manners.get(persona)
        if own is None:
            return self
        acknowledge = {**self.acknowledge, **own.acknowledge}
        return Phrases(acknowledge, {**self.lead, **own.lead})


def reaction(interview: Interview, following: Question, competency: str, phrases: Phrases) -> str:
    """Two short sentences for the ear: about the last answer, and towards the next question.

    The first is the evaluator's own where it gave one. `competency` is the title of the next question's.
    The same interview gives the same words.
    """
    turn = interview.current
    number = interview.setup.seed + turn.position
    spoken = phrases.in_manner(interview.setup.persona)
    own_words = turn.impression.reaction if turn.impression else ""
    said = own_words or _nth(spoken.acknowledge[acknowledgement(turn)], number)
    lead = _nth(spoken.lead[lead_to(turn, following)], number)
    return f"{said} {lead.format(competency=competency.lower())}"


def acknowledgement(turn: Turn) -> Acknowledgement:
    """What can be said of the newest answer: only what stands in it."""
    if turn.latest is None:
        return Acknowledgement.SKIPPED
    answer = turn.latest.answer
    count = len(answer.split())
    score = turn.impression.score if turn.impression else 0.0
    if score < LEAST_SCORE_FOR_CLAIM:
        return Acknowledgement.LONG if count >= LONG_WORDS else Acknowledgement.PLAIN
    if count < LEAST_WORDS_FOR_CLAIM:
        return Acknowledgement.PLAIN
    found = (claim for claim, pattern in _CLAIMS.items() if pattern.search(answer))
    return Acknowledgement(next(found, Acknowledgement.PLAIN))


def lead_to(turn: Turn, following: Question) -> Lead:
    """How `following` comes after the question of `turn`."""
    by_origin = {
        Origin.CLOSING: Lead.CLOSING,
        Origin.FOLLOW_UP: Lead.FOLLOW_UP,
        Origin.RESUME: Lead.RESUME,
    }
    if following.origin in by_origin:
        return by_origin[following.origin]
    if following.competency != turn.question.competency:
        return Lead.OTHER
    return Lead.DEEPER if following.difficulty > turn.question.difficulty else Lead.SAME


def _nth(phrases: tuple[str, ...], number: int) -> str:
    return phrases[number % len(phrases)]
