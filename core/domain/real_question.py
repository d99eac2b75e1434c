"""What was asked in a real interview, as the candidate remembers it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from core.domain.errors import InvalidInputError
from core.domain.planning import MAX_OWN_CHARACTERS

MOST_NOTED = 30
"""So many questions are noted at once."""
MAX_COMPANY_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class RealQuestion:
    """One question. `company` is where it was asked, empty where that was not said."""

    text: str
    company: str
    noted_at: datetime

    @property
    def id(self) -> str:
        """The same for the same words, in whatever letter case."""
        return sha256(self.text.casefold().encode()).hexdigest()[:16]


def tidied(question: RealQuestion) -> RealQuestion:
    """As it may be stored, wherever it comes from."""
    at = question.noted_at
    return RealQuestion(
        _clean(question.text, MAX_OWN_CHARACTERS),
        _clean(question.company, MAX_COMPANY_CHARACTERS),
        at if at.tzinfo else at.replace(tzinfo=UTC),
    )


def noted_questions(lines: str, company: str, now: datetime) -> tuple[RealQuestion, ...]:
    """One question a line, each once; InvalidInputError without any, and where there are too many."""
    questions = (tidied(RealQuestion(line, company, now)) for line in lines.splitlines())
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


def _clean(text: str, most: int) -> str:
    """In one line, without characters that no database takes."""
    stored = text.encode(errors="replace").decode().replace("\0", "")
    return " ".join(stored.split())[:most].strip()
