"""A judged answer to a question that asks for something the candidate did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.domain.history import AnswerSummary
from core.domain.question import Kind

MOST_TOLD = 60
"""So many of the newest told answers are read; older stories were told in another form."""

AnswerPlace = tuple[UUID, int, int]
"""Interview, position and attempt; both counted from 1."""


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """The best attempt of a turn, with its score (0–100). `text` is what was answered, word for word."""

    interview_id: UUID
    position: int
    question: str
    competency: str
    text: str
    score: float
    told_at: datetime


def best_told(answers: Mapping[UUID, Iterable[AnswerSummary]]) -> dict[AnswerPlace, AnswerSummary]:
    """The best judged attempt of each turn that asked for a story, the newest first, at most `MOST_TOLD`."""
    best: dict[tuple[UUID, int], AnswerSummary] = {}
    for interview_id, found in answers.items():
        for answer in found:
            turn = interview_id, answer.position
            is_story = answer.kind is Kind.BEHAVIORAL and answer.overall is not None
            if is_story and (turn not in best or _score(answer) >= _score(best[turn])):
                best[turn] = answer
    newest = sorted(best.items(), key=lambda pair: pair[1].submitted_at, reverse=True)
    return {(*turn, answer.number): answer for turn, answer in newest[:MOST_TOLD]}


def _score(answer: AnswerSummary) -> float:
    return answer.overall.score if answer.overall else 0.0
