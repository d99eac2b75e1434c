"""One interview as a value with a phase. Each event returns a new interview or is refused.

IDLE → LISTENING → PROCESSING → FEEDBACK → NEXT_QUESTION → LISTENING … → COMPLETE (or ABANDONED)

The phase belongs to the interview, the status of an evaluation to the attempt: what is learned about an
earlier attempt is recorded in any phase but IDLE and leaves the phase as it is. Nothing here knows a
clock, a database or a model; times come in as arguments.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.attempt import Attempt, EvaluationStatus, checked_answer, checked_rating
from core.domain.errors import AnswerConflictError, InvalidInputError, InvalidTransitionError
from core.domain.evaluation import Evaluation, Impression
from core.domain.heard import Take
from core.domain.interview_plan import InterviewPlan
from core.domain.interview_setup import InterviewSetup, Way
from core.domain.interviewer_choice import BUILT_IN_CHOICE, InterviewerChoice
from core.domain.language_model import NO_USAGE, Usage
from core.domain.naming import tidied_name, tidied_tags
from core.domain.narrative import Narrative
from core.domain.question import Question
from core.domain.second_look import SAME_BY_RULE
from core.domain.turn import Turn
from core.domain.work import NO_WORK, Work, WorkStatus


class Phase(StrEnum):
    """Where an interview stands."""

    IDLE = "idle"
    LISTENING = "listening"
    PROCESSING = "processing"
    FEEDBACK = "feedback"
    NEXT_QUESTION = "next question"
    COMPLETE = "complete"
    ABANDONED = "abandoned"


OVER = frozenset({Phase.COMPLETE, Phase.ABANDONED})
_UNDER_WAY = (Phase.LISTENING, Phase.PROCESSING, Phase.FEEDBACK, Phase.NEXT_QUESTION)
_BEGUN = (*_UNDER_WAY, *OVER)


@dataclass(frozen=True, slots=True)
class Interview:
    """The aggregate: set-up, plan, turns and phase. `version` counts the stored changes.

    `interviewer` may change on the way; each evaluation says who made it. `planning` is the status of
    further questions that an AI interviewer makes for this candidate, `narration` that of the report's
    prose; `usage` counts the tokens of both, and of what failed. The plan is complete without either.
    `name` and `tags` are the candidate's own, to find it again by.
    """

    id: UUID
    setup: InterviewSetup
    plan: InterviewPlan
    created_at: datetime
    phase: Phase = Phase.IDLE
    turns: tuple[Turn, ...] = ()
    finished_at: datetime | None = None
    version: int = 0
    interviewer: InterviewerChoice = BUILT_IN_CHOICE
    planning: Work = NO_WORK
    narration: Work = NO_WORK
    narrative: Narrative | None = None
    usage: Usage = NO_USAGE
    name: str = ""
    tags: tuple[str, ...] = ()

    @property
    def current(self) -> Turn:
        """The turn being worked on: the last one asked."""
        if not self.turns:
            raise InvalidTransitionError(self.phase, "look at the current question")
        return self.turns[-1]

    @property
    def scored_turns(self) -> tuple[Turn, ...]:
        """All turns but the closing one."""
        return tuple(turn for turn in self.turns if turn.question.is_scored)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be asked."""
        return self.phase in OVER

    @property
    def tokens_used(self) -> int:
        """Tokens that models took for this interview so far, in and out."""
        return self.whole_usage.total

    @property
    def whole_usage(self) -> Usage:
        """What models took for this interview so far, judgements included."""
        judged = (e.usage for turn in self.turns for a in turn.attempts for e in a.judgements)
        return sum(judged, self.usage)

    @property
    def is_capped(self) -> bool:
        """Whether the candidate's own limit of tokens is reached."""
        return bool(self.setup.token_cap) and self.tokens_used >= self.setup.token_cap

    def turn_at(self, position: int) -> Turn:
        """The turn at `position`, counted from 1; InvalidInputError where there is none."""
        if not 1 <= position <= len(self.turns):
            raise InvalidInputError("position", f"There is no question {position} yet.")
        return self.turns[position - 1]

    # --- events -------------------------------------------------------------------------------

    def request_plan(self) -> "Interview":
        """Ask for questions made for this candidate; asking again after a failure is fine."""
        self._require("plan", Phase.IDLE)
        if self.planning.status is WorkStatus.PENDING:
            return self
        return replace(self, planning=Work(WorkStatus.PENDING))

    def add_planned(self, question: Question) -> "Interview":
        """Take a question made for this candidate into the plan; before the start it is the opener.

        One that is there already, or that comes when nothing more will be asked, changes nothing.
        """
        if self.is_over or self.plan.holds(question.id):
            return self
        if self.phase is Phase.IDLE:
            return replace(self, plan=self.plan.with_opener(question))
        return replace(self, plan=self.plan.with_question(question))

    def end_planning(self, usage: Usage, failure: str = "") -> "Interview":
        """Note that no further planned questions come, and what they took."""
        if self.planning.status is not WorkStatus.PENDING:
            return self
        work = Work(WorkStatus.FAILED, failure) if failure else Work(WorkStatus.DONE)
        return replace(self, planning=work, usage=self.usage + usage)

    def spend(self, usage: Usage) -> "Interview":
        """Count tokens that were used up for nothing."""
        return replace(self, usage=self.usage + usage)

    def switch_interviewer(self, choice: InterviewerChoice) -> "Interview":
        """Go on with another interviewer; what was judged stays as it is."""
        return replace(self, interviewer=choice)

    def request_narrative(self) -> "Interview":
        """Ask for the report in prose; one that is there, or on its way, changes nothing."""
        self._require("write the report", *OVER)
        if self.narration.status in (WorkStatus.PENDING, WorkStatus.DONE):
            return self
        return replace(self, narration=Work(WorkStatus.PENDING))

    def record_narrative(self, narrative: Narrative, usage: Usage) -> "Interview":
        """Keep the report in prose; the first one stays."""
        if self.narrative is not None:
            return self
        work = Work(WorkStatus.DONE)
        return replace(self, narration=work, narrative=narrative, usage=self.usage + usage)

    def fail_narrative(self, sentence: str) -> "Interview":
        """Keep that the report in prose could not be had."""
        if self.narration.status is not WorkStatus.PENDING:
            return self
        return replace(self, narration=Work(WorkStatus.FAILED, sentence))

    def start(self, reason: str, now: datetime) -> "Interview":
        """Ask the opener."""
        self._require("start", Phase.IDLE)
        return replace(self, phase=Phase.LISTENING, turns=(Turn(1, self.plan.opener, reason, now),))

    def submit_answer(self, position: int, answer: str, now: datetime) -> "Interview":
        """Keep an answer to the current question.

        The same text again at an answered position changes nothing, so a repeated click or request is
        harmless; another text there raises AnswerConflictError. An unscored question's answer needs no
        judgement.
        """
        answer = checked_answer(answer)
        repeated = self._as_repeat(position, answer)
        if repeated is not None:
            return repeated
        self._require("submit an answer", Phase.LISTENING)
        phase = Phase.PROCESSING if self.current.question.is_scored else Phase.NEXT_QUESTION
        return replace(self._with_turn(self.current.answered(answer, now)), phase=phase)

    def require_open(self, position: int) -> None:
        """Nothing where the question at `position` waits for an answer, else the reason that it does not.

        AnswerConflictError, InvalidInputError or InvalidTransitionError: what another answer there would meet.
        """
        if self.turns and self._is_waiting(position):
            return
        if self.turns and self._answered(position) is not None:
            raise AnswerConflictError(position)
        self._require("submit an answer", Phase.LISTENING)

    def record_take(self, position: int, take: Take) -> "Interview":
        """Keep what was heard in a recording, while its question is open; the same one only once."""
        if self.phase is not Phase.LISTENING or position != self.current.position:
            return self
        return self._with_turn(self.current.with_take(take))

    def record_impression(self, position: int, impression: Impression | None) -> "Interview":
        """Go on at once, the realistic way, by the impression; None where there is none.

        Harmless when the interview has gone on already.
        """
        if self._has_moved_on(position):
            return self
        self._require("go on at once", Phase.PROCESSING)
        attempt = self._attempt(position, len(self.current.attempts))
        seen = self._with_attempt(position, replace(attempt, impression=impression))
        return replace(seen, phase=Phase.NEXT_QUESTION)

    def skip(self, position: int) -> "Interview":
        """Leave the current question unanswered; skipping it again changes nothing."""
        if self._has_moved_on(position):
            return self
        self._require("skip", Phase.LISTENING)
        self._require_current(position)
        turn = replace(self.current, is_skipped=not self.current.attempts)
        return replace(self._with_turn(turn), phase=Phase.NEXT_QUESTION)

    def use_hint(self, position: int) -> "Interview":
        """Note that the hint of the current question was shown."""
        self._require("show a hint", Phase.LISTENING)
        self._require_current(position)
        return self._with_turn(replace(self.current, is_hint_used=True))

    def record_evaluation(self, position: int, number: int, evaluation: Evaluation) -> "Interview":
        """Keep a judgement; the first one stays. One with nothing assessed is void, without a score."""
        self._require("record an evaluation", *_BEGUN)
        attempt = self._attempt(position, number)
        if attempt.is_judged:
            return self
        changed = self._with_attempt(position, attempt.judged(evaluation))
        if attempt.is_second_look_pending:
            return changed if evaluation.overall else changed.spend(evaluation.usage)
        if not self._is_awaited(position, number):
            return changed
        is_coach = self.setup.way is Way.COACH
        return replace(changed, phase=Phase.FEEDBACK if is_coach else Phase.NEXT_QUESTION)

    def record_failure(self, position: int, number: int, sentence: str) -> "Interview":
        """Keep that a judgement could not be had, with a sentence; one that is there stays."""
        self._require("record a failure", *_BEGUN)
        attempt = self._attempt(position, number)
        return self if attempt.is_judged else self._with_attempt(position, attempt.failed(sentence))

    def retry_evaluation(self, position: int, number: int) -> "Interview":
        """Ask for a failed judgement once more; one that is pending or there stays as it is."""
        attempt = self._attempt(position, number)
        if attempt.status is not EvaluationStatus.FAILED:
            return self
        return self._with_attempt(position, attempt.awaiting_judgement())

    def rate_self(self, position: int, number: int, rating: int) -> "Interview":
        """Keep what the candidate thinks of an answer, 1–5; the first rating stays."""
        rating = checked_rating(rating)
        attempt = self._attempt(position, number)
        if attempt.self_rating is not None:
            return self
        return self._with_attempt(position, replace(attempt, self_rating=rating))

    def dispute(self, position: int, number: int, reason: str = "") -> "Interview":
        """Have a judged answer judged once more, with the candidate's reason or without one.

        The first judgement stands until the second has come. Asking while it is on its way changes
        nothing; one that was had stays, one that failed may be asked for again. InvalidInputError where
        there is nothing to look at again, and from an interviewer that goes by rules.
        """
        attempt = self._attempt(position, number)
        if attempt.is_second_look_pending:
            return self
        if self.interviewer.is_built_in:
            raise InvalidInputError("dispute", SAME_BY_RULE)
        return self._with_attempt(position, attempt.disputed(reason))

    def go_on_unscored(self) -> "Interview":
        """Leave the current answer without a score."""
        self._require("go on without a score", Phase.PROCESSING)
        return replace(self, phase=Phase.NEXT_QUESTION)

    def continue_(self) -> "Interview":
        """Leave the feedback for the next question."""
        self._require("continue", Phase.FEEDBACK)
        return replace(self, phase=Phase.NEXT_QUESTION)

    def try_again(self) -> "Interview":
        """Open the same question for a new attempt; earlier ones stay. Doing it twice is harmless."""
        if self.phase is Phase.LISTENING and self.current.attempts:
            return self
        self._require("try again", Phase.FEEDBACK)
        return replace(self, phase=Phase.LISTENING)

    def ask(
        self, question: Question, reason: str, now: datetime, reaction: str = ""
    ) -> "Interview":
        """Put the chosen question, after a word about the answer before."""
        self._require("ask a question", Phase.NEXT_QUESTION)
        turn = Turn(len(self.turns) + 1, question, reason, now, reaction)
        return replace(self, phase=Phase.LISTENING, turns=(*self.turns, turn))

    def finish(self, now: datetime) -> "Interview":
        """End the interview; everything stays."""
        self._require("finish", *_UNDER_WAY)
        return replace(self, phase=Phase.COMPLETE, finished_at=now)

    def abandon(self, now: datetime) -> "Interview":
        """Give the interview up; everything stays."""
        self._require("abandon", *_UNDER_WAY)
        return replace(self, phase=Phase.ABANDONED, finished_at=now)

    def rename(self, name: str) -> "Interview":
        """Call it by a name of the candidate's own; an empty one takes the name away."""
        return replace(self, name=tidied_name(name))

    def tag(self, tags: Iterable[str]) -> "Interview":
        """Put these tags on it in place of the ones before; the same in other letter case counts once."""
        return replace(self, tags=tidied_tags(tags))

    # --- inside -------------------------------------------------------------------------------

    def _require(self, event: str, *phases: Phase) -> None:
        if self.phase not in phases:
            raise InvalidTransitionError(self.phase, event)

    def _as_repeat(self, position: int, answer: str) -> "Interview | None":
        """This interview when the answer is already stored there, None when it is a new one."""
        if not self.turns or self._is_waiting(position):
            return None
        attempt = self._answered(position)
        if attempt is None:
            return None
        if attempt.answer != answer:
            raise AnswerConflictError(position)
        return self

    def _is_waiting(self, position: int) -> bool:
        return self.phase is Phase.LISTENING and position == len(self.turns)

    def _answered(self, position: int) -> Attempt | None:
        """The newest answer at a position that is behind; None where it was open when the interview ended.

        InvalidInputError where it was skipped.
        """
        turn = self.turn_at(position)
        if turn.latest is None and turn.is_skipped:
            raise InvalidInputError(
                "position", f"Question {position} was skipped. Go on with the current one."
            )
        return turn.latest

    def _has_moved_on(self, position: int) -> bool:
        """Whether the turn at `position` is behind; InvalidInputError where there is none."""
        if not self.turns:
            return False
        self.turn_at(position)
        return position < len(self.turns) or self.phase is Phase.NEXT_QUESTION

    def _require_current(self, position: int) -> None:
        if position != self.current.position:
            raise InvalidInputError("position", f"Question {position} is not the current one.")

    def _attempt(self, position: int, number: int) -> Attempt:
        return self.turn_at(position).attempt_at(number)

    def _with_attempt(self, position: int, attempt: Attempt) -> "Interview":
        return self._with_turn(self.turn_at(position).with_attempt(attempt))

    def _is_awaited(self, position: int, number: int) -> bool:
        return (
            self.phase is Phase.PROCESSING
            and position == self.current.position
            and number == len(self.current.attempts)
        )

    def _with_turn(self, turn: Turn) -> "Interview":
        turns = tuple(turn if t.position == turn.position else t for t in self.turns)
        return replace(self, turns=turns)
