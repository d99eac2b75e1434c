"""One answer to a question, and what became of its judgement.

An attempt is a frozen value; what is learned about it makes a new one.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.domain.errors import InvalidInputError
from core.domain.evaluation import Evaluation, Impression
from core.domain.heard import Take
from core.domain.second_look import MAX_REASON_CHARACTERS, NOT_JUDGED, TWICE_JUDGED, SecondLook
from core.domain.storable_text import storable

MAX_ANSWER_CHARACTERS = 20_000
LOWEST_RATING = 1
HIGHEST_RATING = 5

_NOTHING_ASSESSED = "The second look could not assess this answer."


class EvaluationStatus(StrEnum):
    """What became of the judgement of one attempt."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to a question; `number` counts from 1. `failure` is a sentence, set when FAILED.

    `impression` is there where the next question was chosen before the evaluation had come. `self_rating`
    (1–5) is what the candidate thought of the answer before seeing the judgement. During a second look
    `evaluation` stays the first judgement, though the status is PENDING again. `takes` are the recordings
    that the answer was made from; `answer` is what the candidate made of their text.
    """

    number: int
    answer: str
    submitted_at: datetime
    status: EvaluationStatus = EvaluationStatus.PENDING
    evaluation: Evaluation | None = None
    failure: str = ""
    impression: Impression | None = None
    self_rating: int | None = None
    second_look: SecondLook | None = None
    takes: tuple[Take, ...] = ()

    @property
    def overall(self) -> float | None:
        """The overall score (0–100) of the judgement that stands, None without one."""
        return (
            self.evaluation.overall.score if self.evaluation and self.evaluation.overall else None
        )

    @property
    def is_second_look_pending(self) -> bool:
        """Whether the answer is being judged once more."""
        return self.second_look is not None and self.status is EvaluationStatus.PENDING

    @property
    def judgements(self) -> tuple[Evaluation, ...]:
        """Every judgement of this answer, the newest first."""
        first = self.second_look.first if self.second_look else None
        return tuple(e for e in (self.evaluation, first if first != self.evaluation else None) if e)

    @property
    def is_judged(self) -> bool:
        """Whether its judgement has come, with a score or void."""
        return self.status in (EvaluationStatus.DONE, EvaluationStatus.VOID)

    def judged(self, evaluation: Evaluation) -> "Attempt":
        """With its judgement. One with nothing assessed is void; as a second look it leaves the first."""
        if self.is_second_look_pending and evaluation.overall is None:
            return self._as_first_judged(evaluation.feedback or _NOTHING_ASSESSED)
        status = EvaluationStatus.DONE if evaluation.overall else EvaluationStatus.VOID
        return replace(self, status=status, evaluation=evaluation, failure="")

    def failed(self, sentence: str) -> "Attempt":
        """With why its judgement could not be had; a second look leaves the first one."""
        if self.is_second_look_pending:
            return self._as_first_judged(sentence)
        return replace(self, status=EvaluationStatus.FAILED, evaluation=None, failure=sentence)

    def awaiting_judgement(self) -> "Attempt":
        """Without what came of asking before."""
        return replace(self, status=EvaluationStatus.PENDING, evaluation=None, failure="")

    def disputed(self, reason: str) -> "Attempt":
        """To be judged once more; InvalidInputError without a judgement, and after a second one."""
        if self.second_look and not self.second_look.failure:
            raise InvalidInputError("dispute", TWICE_JUDGED)
        if self.evaluation is None:
            raise InvalidInputError("dispute", NOT_JUDGED)
        look = SecondLook(storable(reason).strip()[:MAX_REASON_CHARACTERS], self.evaluation)
        return replace(self, status=EvaluationStatus.PENDING, second_look=look)

    def _as_first_judged(self, sentence: str) -> "Attempt":
        """With the first judgement as it was, and why there is no second."""
        look = replace(self.second_look, failure=sentence) if self.second_look else None
        status = EvaluationStatus.DONE if self.overall is not None else EvaluationStatus.VOID
        return replace(self, status=status, second_look=look)


def checked_answer(answer: str) -> str:
    """The answer without surrounding space; InvalidInputError when empty or too long.

    Halves of characters, which no database takes, become question marks; zero bytes go.
    """
    answer = storable(answer).strip()
    if not answer:
        raise InvalidInputError(
            "answer", "There is no answer yet. Write one, or skip the question."
        )
    if len(answer) > MAX_ANSWER_CHARACTERS:
        raise InvalidInputError(
            "answer",
            f"The answer is longer than {MAX_ANSWER_CHARACTERS:,} characters. Shorten it; "
            "what you wrote is still in the box.",
        )
    return answer


def checked_rating(rating: int) -> int:
    """What a candidate may think of an answer, 1–5; InvalidInputError for anything else."""
    if not LOWEST_RATING <= rating <= HIGHEST_RATING:
        raise InvalidInputError("rating", "Rate your answer from 1 to 5.")
    return rating
