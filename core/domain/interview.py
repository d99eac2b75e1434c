"""One interview as a value with a phase. Each event returns a new interview or is refused.

IDLE → LISTENING → PROCESSING → FEEDBACK → NEXT_QUESTION → LISTENING … → COMPLETE (or ABANDONED)

The phase belongs to the interview, the status of an evaluation to the attempt: what is learned about an
earlier attempt is recorded in any phase but IDLE and leaves the phase as it is. Nothing here knows a
clock, a database or a model; times come in as arguments.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from core.domain.errors import AnswerConflictError, InvalidInputError, InvalidTransitionError
from core.domain.evaluation import Evaluation, Impression, impression_of
from core.domain.heard import Take
from core.domain.language_model import NO_USAGE, Provider, Usage
from core.domain.narrative import Narrative
from core.domain.question import Origin, Question, Seniority
from core.domain.speech import TranscriberChoice
from core.domain.voice import VoiceKind

MAX_ANSWER_CHARACTERS = 20_000
MAX_JOB_CHARACTERS = 20_000
MAX_LENGTH = 15
MAX_REASON_CHARACTERS = 2_000
MAX_NAME_CHARACTERS = 80
MAX_TAG_CHARACTERS = 24
MAX_TAGS = 8
LOWEST_RATING = 1
HIGHEST_RATING = 5


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


class EvaluationStatus(StrEnum):
    """What became of the judgement of one attempt."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
    VOID = "void"


class WorkStatus(StrEnum):
    """What became of work that an interviewer does once for an interview: its plan, its narrative."""

    NONE = "none"
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class Focus(StrEnum):
    """Which kinds of question an interview is made of."""

    TECHNICAL = "technical"
    BEHAVIORAL = "behavioral"
    MIXED = "mixed"


class Way(StrEnum):
    """How an interview is run: with feedback after each answer, or all of it at the end."""

    COACH = "coach"
    REALISTIC = "realistic"


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long a question and all of them together may take, in seconds; 0 is no limit."""

    question_seconds: int = 0
    interview_seconds: int = 0


class Persona(StrEnum):
    """The manner in which an interviewer asks and reacts; it never changes how it judges."""

    FRIENDLY = "friendly"
    NEUTRAL = "neutral"
    DEMANDING = "demanding"


@dataclass(frozen=True, slots=True)
class InterviewerChoice:
    """Who interviews: the built-in interviewer where `provider` is None, else one of its models.

    `base_url` is set for a compatible server only.
    """

    provider: Provider | None = None
    model: str = ""
    base_url: str = ""

    @property
    def is_built_in(self) -> bool:
        """Whether no model is asked."""
        return self.provider is None

    @property
    def name(self) -> str:
        """What judgements are marked with: `built-in`, or `provider/model`."""
        return f"{self.provider}/{self.model}" if self.provider else BUILT_IN


BUILT_IN = "built-in"
BUILT_IN_CHOICE = InterviewerChoice()


@dataclass(frozen=True, slots=True)
class SpeechSetup:
    """Whether the interview is spoken, who writes the answers down, and whether the sound is stored.

    Without a `transcriber` none was ready when the interview began. `scores_delivery` says that how
    answers are said is a part of their scores; it stays as it was when the interview began. `voice` is
    the interviewer's.
    """

    is_spoken: bool = False
    transcriber: TranscriberChoice | None = None
    keeps_recordings: bool = False
    scores_delivery: bool = False
    voice: VoiceKind = VoiceKind.BROWSER


@dataclass(frozen=True, slots=True)
class InterviewSetup:
    """What the candidate chose. `length` counts the scored questions, opener and follow-ups included.

    `role_id` is empty when the role is none of the catalogue's. `seed` makes the plan repeatable.
    `language` concerns AI interviewers; `token_cap` stops asking a model beyond so many tokens in one
    interview, 0 is no cap. `company_id` names the pack whose manner is practised, empty for none.
    `is_self_rated` says that the candidate wants to rate each answer before seeing its judgement,
    `is_drill` that it is made of what is due and ends without the closing question.
    """

    role_title: str
    seniority: Seniority
    role_id: str = ""
    focus: Focus = Focus.MIXED
    length: int = 8
    has_resume: bool = False
    job_description: str = ""
    seed: int = 0
    way: Way = Way.COACH
    limits: TimeLimits = TimeLimits()
    persona: Persona = Persona.NEUTRAL
    language: str = "English"
    token_cap: int = 0
    company_id: str = ""
    company_name: str = ""
    is_self_rated: bool = False
    speech: SpeechSetup = SpeechSetup()
    is_drill: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One place on the agenda: what to measure, and whether by a question about the resume."""

    competency: str
    is_about_resume: bool = False


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A competency that the company looks for, and the sentence that says so."""

    competency: str
    sentence: str


@dataclass(frozen=True, slots=True)
class InterviewPlan:
    """More questions than will be asked, and the agenda: which competency to measure when.

    `met` are the ids of those questions that the candidate had in an earlier interview. `emphases` are
    the competencies that the company looks for. The questions of a plan that `is_fixed` are asked in
    their order, whatever the scores, and nothing else is.
    """

    opener: Question
    questions: tuple[Question, ...]
    agenda: tuple[Slot, ...]
    closing: Question
    met: tuple[str, ...] = ()
    emphases: tuple[Emphasis, ...] = ()
    is_fixed: bool = False

    def emphasis(self, competency: str) -> str:
        """What is said of a competency that the company looks for, empty for any other."""
        return next((e.sentence for e in self.emphases if e.competency == competency), "")


@dataclass(frozen=True, slots=True)
class SecondLook:
    """That a judged answer is judged once more, with the judgement it had before.

    `reason` is why the candidate disputes that one, empty where it is only to be checked. `failure` is a
    sentence, set when the second judgement could not be had; the first one then stands.
    """

    reason: str
    first: Evaluation
    failure: str = ""


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


@dataclass(frozen=True, slots=True)
class Work:
    """Work that an interviewer does once for an interview; `failure` is a sentence, set when FAILED."""

    status: WorkStatus = WorkStatus.NONE
    failure: str = ""


NO_WORK = Work()


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
        judged = (e for turn in self.turns for a in turn.attempts for e in a.judgements)
        return self.usage.total + sum(e.usage.total for e in judged)

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
        known = {q.id for q in (self.plan.opener, *self.plan.questions)}
        if self.is_over or question.id in known:
            return self
        if self.phase is Phase.IDLE:
            opener = replace(question, origin=Origin.OPENER)
            return replace(self, plan=replace(self.plan, opener=opener))
        questions = (*self.plan.questions, question)
        return replace(self, plan=replace(self.plan, questions=questions))

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
        scored = self.current.question.is_scored
        attempt = Attempt(
            len(self.current.attempts) + 1,
            answer,
            now,
            EvaluationStatus.PENDING if scored else EvaluationStatus.VOID,
            takes=self.current.takes,
        )
        attempts = (*self.current.attempts, attempt)
        turn = replace(self.current, attempts=attempts, is_skipped=False, takes=())
        phase = Phase.PROCESSING if scored else Phase.NEXT_QUESTION
        return replace(self._with_turn(turn), phase=phase)

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
        known = {take.recording_id for take in self.current.takes}
        if take.recording_id in known:
            return self
        return self._with_turn(replace(self.current, takes=(*self.current.takes, take)))

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
        if self._is_judged(position, number):
            return self
        if self._second_look(position, number):
            return self._end_second_look(position, number, evaluation)
        status = EvaluationStatus.DONE if evaluation.overall else EvaluationStatus.VOID
        changed = self._with_outcome(
            "record an evaluation",
            position,
            number,
            status=status,
            evaluation=evaluation,
            failure="",
        )
        if not self._is_awaited(position, number):
            return changed
        is_coach = self.setup.way is Way.COACH
        return replace(changed, phase=Phase.FEEDBACK if is_coach else Phase.NEXT_QUESTION)

    def record_failure(self, position: int, number: int, sentence: str) -> "Interview":
        """Keep that a judgement could not be had, with a sentence; one that is there stays."""
        if self._is_judged(position, number):
            return self
        if self._second_look(position, number):
            return self._keep_first(position, number, sentence)
        return self._with_outcome(
            "record a failure",
            position,
            number,
            status=EvaluationStatus.FAILED,
            evaluation=None,
            failure=sentence,
        )

    def retry_evaluation(self, position: int, number: int) -> "Interview":
        """Ask for a failed judgement once more; one that is pending or there stays as it is."""
        if self._attempt(position, number).status is not EvaluationStatus.FAILED:
            return self
        return self._with_outcome(
            "retry an evaluation",
            position,
            number,
            status=EvaluationStatus.PENDING,
            evaluation=None,
            failure="",
        )

    def rate_self(self, position: int, number: int, rating: int) -> "Interview":
        """Keep what the candidate thinks of an answer, 1–5; the first rating stays."""
        if not LOWEST_RATING <= rating <= HIGHEST_RATING:
            raise InvalidInputError("rating", "Rate your answer from 1 to 5.")
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
        reason = storable(reason).strip()[:MAX_REASON_CHARACTERS]
        refusal = self._refusal(attempt)
        if refusal or attempt.evaluation is None:
            raise InvalidInputError("dispute", refusal or _NOT_JUDGED)
        look = SecondLook(reason, attempt.evaluation)
        pending = replace(attempt, status=EvaluationStatus.PENDING, second_look=look)
        return self._with_attempt(position, pending)

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
        return replace(self, name=_in_one_line(name, MAX_NAME_CHARACTERS))

    def tag(self, tags: Iterable[str]) -> "Interview":
        """Put these tags on it in place of the ones before; the same in other letter case counts once."""
        once: dict[str, str] = {}
        for tag in tags:
            clean = _in_one_line(tag, MAX_TAG_CHARACTERS)
            if clean:
                once.setdefault(clean.lower(), clean)
        if len(once) > MAX_TAGS:
            raise InvalidInputError(
                "tags", f"An interview takes up to {MAX_TAGS} tags. Nothing was changed."
            )
        return replace(self, tags=tuple(once.values()))

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

    def _is_judged(self, position: int, number: int) -> bool:
        done = (EvaluationStatus.DONE, EvaluationStatus.VOID)
        return self.phase is not Phase.IDLE and self._attempt(position, number).status in done

    def _attempt(self, position: int, number: int) -> Attempt:
        attempts = self.turn_at(position).attempts
        if not 1 <= number <= len(attempts):
            raise InvalidInputError("attempt", f"Question {position} has no attempt {number}.")
        return attempts[number - 1]

    def _refusal(self, attempt: Attempt) -> str:
        """Why this answer cannot be judged once more, empty where it can."""
        if self.interviewer.is_built_in:
            return SAME_BY_RULE
        return TWICE_JUDGED if attempt.second_look and not attempt.second_look.failure else ""

    def _second_look(self, position: int, number: int) -> SecondLook | None:
        """The second look that is under way, None where there is none."""
        if self.phase is Phase.IDLE:
            return None
        attempt = self._attempt(position, number)
        return attempt.second_look if attempt.is_second_look_pending else None

    def _end_second_look(self, position: int, number: int, second: Evaluation) -> "Interview":
        """With the second judgement; one with nothing assessed does not replace the first."""
        if second.overall is None:
            failed = self._keep_first(position, number, second.feedback or _NOTHING_ASSESSED)
            return replace(failed, usage=failed.usage + second.usage)
        attempt = self._attempt(position, number)
        judged = replace(attempt, status=EvaluationStatus.DONE, evaluation=second)
        return self._with_attempt(position, judged)

    def _keep_first(self, position: int, number: int, sentence: str) -> "Interview":
        """With the first judgement as it was, and why there is no second."""
        attempt = self._attempt(position, number)
        look = replace(attempt.second_look, failure=sentence) if attempt.second_look else None
        status = EvaluationStatus.DONE if attempt.overall is not None else EvaluationStatus.VOID
        return self._with_attempt(position, replace(attempt, status=status, second_look=look))

    def _with_attempt(self, position: int, attempt: Attempt) -> "Interview":
        turn = self.turn_at(position)
        attempts = _replaced(turn.attempts, attempt.number - 1, attempt)
        return self._with_turn(replace(turn, attempts=attempts))

    def _is_awaited(self, position: int, number: int) -> bool:
        return (
            self.phase is Phase.PROCESSING
            and position == self.current.position
            and number == len(self.current.attempts)
        )

    def _with_turn(self, turn: Turn) -> "Interview":
        return replace(self, turns=_replaced(self.turns, turn.position - 1, turn))

    def _with_outcome(
        self,
        event: str,
        position: int,
        number: int,
        *,
        status: EvaluationStatus,
        evaluation: Evaluation | None,
        failure: str,
    ) -> "Interview":
        if self.phase is Phase.IDLE:
            raise InvalidTransitionError(self.phase, event)
        attempt = replace(
            self._attempt(position, number), status=status, evaluation=evaluation, failure=failure
        )
        return self._with_attempt(position, attempt)


SAME_BY_RULE = (
    "The built-in interviewer goes by fixed rules: asked again it would say the same, and it cannot weigh "
    "a reason. An AI interviewer can look at an answer twice."
)
TWICE_JUDGED = "This answer was judged twice already. Both judgements are kept."
_NOT_JUDGED = "This answer has no judgement yet that could be looked at again."
_NOTHING_ASSESSED = "The second look could not assess this answer."

_T = TypeVar("_T")
_UNDER_WAY = (Phase.LISTENING, Phase.PROCESSING, Phase.FEEDBACK, Phase.NEXT_QUESTION)


def _replaced(items: Sequence[_T], index: int, item: _T) -> tuple[_T, ...]:
    return (*items[:index], item, *items[index + 1 :])


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


def storable(text: str) -> str:
    """The text without characters that not every database takes: zero bytes and halves of characters."""
    return text.encode(errors="replace").decode().replace("\0", "")


def _in_one_line(text: str, most_characters: int) -> str:
    return " ".join(storable(text).split())[:most_characters].strip()
