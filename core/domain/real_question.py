"""What was asked in a real interview, as the candidate remembers it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from core.domain.errors import InvalidInputError
from core.domain.own_questions import MAX_OWN_CHARACTERS
from core.domain.storable_text import in_one_line

MOST_NOTED = 30
"""So many questions are noted at once."""


@dataclass(frozen=True, slots=True)
class RealQuestion:
    """One question, and when it was noted."""

    text: str
    noted_at: datetime

    @property
    def id(self) -> str:
        """The same for the same words, in whatever letter case."""
        return sha256(self.text.casefold().encode()).hexdigest()[:16]


def tidied(question: RealQuestion) -> RealQuestion:
    """As it may be stored, wherever it comes from."""
    at = question.noted_at
    when = at if at.tzinfo else at.replace(tzinfo=UTC)
    return RealQuestion(in_one_line(question.text)[:MAX_OWN_CHARACTERS].strip(), when)


def noted_questions(lines: str, now: datetime) -> tuple[RealQuestion, ...]:
    """One question a line, each once; InvalidInputError without any, and where there are too many."""
    questions = (tidied(RealQuestion(line, now)) for line in lines.splitlines())
    found = {question.id: question for question in questions if question.text}
    if not found:
        raise InvalidInputError("questions", "There is no question yet. Write one a line.")
    if len(found) > MOST_NOTED:
        raise InvalidInputError(
            "questions",
            f"Up to {MOST_NOTED} questions are taken at once. Nothing was stored; what you wrote is "
            "still in the box.",
        )
    return tuple(found.values())
