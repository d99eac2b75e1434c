"""One question of an interview, why it was asked, and every attempt at it."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.attempt import Attempt, EvaluationStatus
from core.domain.errors import InvalidInputError
from core.domain.evaluation import Evaluation, Impression, impression_of
from core.domain.heard import Take
from core.domain.question import Question


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, why it was asked, and every attempt at it. `position` counts from 1.

    `reaction` is what the interviewer says to the answer before, ahead of the question. `takes` are
    recordings towards the answer that is being made; with it they go into its attempt.
    """

    position: int
    question: Question
    reason: str
    asked_at: datetime
    reaction: str = ""
    attempts: tuple[Attempt, ...] = ()
    is_skipped: bool = False
    is_hint_used: bool = False
    takes: tuple[Take, ...] = ()

    @property
    def latest(self) -> Attempt | None:
        """The newest attempt, None before the first answer."""
        return self.attempts[-1] if self.attempts else None

    @property
    def evaluation(self) -> Evaluation | None:
        """The judgement of the newest attempt, None where there is none."""
        return self.latest.evaluation if self.latest else None

    @property
    def overall(self) -> float | None:
        """The newest attempt's overall score (0–100), None without a judgement."""
        return self.latest.overall if self.latest else None

    @property
    def best(self) -> Attempt | None:
        """The attempt with the highest overall score, of equals the newest; None without a score."""
        judged = [attempt for attempt in self.attempts if attempt.overall is not None]
        return max(judged, key=lambda a: (a.overall or 0.0, a.number), default=None)

    @property
    def impression(self) -> Impression | None:
        """What the choice of the next question goes by: the impression at the time, else the judgement.

        None without either, and where nothing could be assessed.
        """
        if self.latest and self.latest.impression:
            return self.latest.impression
        return impression_of(self.evaluation) if self.evaluation else None

    def attempt_at(self, number: int) -> Attempt:
        """The attempt with that number, counted from 1; InvalidInputError where there is none."""
        if not 1 <= number <= len(self.attempts):
            raise InvalidInputError("attempt", f"Question {self.position} has no attempt {number}.")
        return self.attempts[number - 1]

    def answered(self, answer: str, now: datetime) -> "Turn":
        """With one more attempt, made from the recordings so far. Unscored, it needs no judgement."""
        scored = self.question.is_scored
        status = EvaluationStatus.PENDING if scored else EvaluationStatus.VOID
        attempt = Attempt(len(self.attempts) + 1, answer, now, status, takes=self.takes)
        return replace(self, attempts=(*self.attempts, attempt), is_skipped=False, takes=())

    def with_attempt(self, attempt: Attempt) -> "Turn":
        """With this attempt in place of the one with its number."""
        attempts = tuple(attempt if a.number == attempt.number else a for a in self.attempts)
        return replace(self, attempts=attempts)

    def with_take(self, take: Take) -> "Turn":
        """With what was heard in a recording; the same one only once."""
        if any(known.recording_id == take.recording_id for known in self.takes):
            return self
        return replace(self, takes=(*self.takes, take))
