"""What callers get. A question's key points and reference answer are not told before it is judged."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from core.domain.access import Scope
from core.domain.attempt import EvaluationStatus
from core.domain.company_fit import CompanyFit
from core.domain.delivery import Delivery
from core.domain.delivery_score import DeliveryEffect
from core.domain.document import DocumentKind
from core.domain.evaluation import Evaluation, Evidence, ScoreRange
from core.domain.heard import Take
from core.domain.history import InterviewSummary
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import Focus, Way
from core.domain.language_model import ModelInfo, Provider
from core.domain.narrative import Finding, Narrative
from core.domain.profile import CandidateProfile
from core.domain.question import Kind, Origin, Seniority
from core.domain.report import Report
from core.domain.resume import Resume
from core.domain.rubric import Criterion
from core.domain.speech import TranscriptFlag
from core.domain.turn import Turn
from core.domain.work import WorkStatus


class QuestionOut(BaseModel):
    """A question as it is put to the candidate."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "position": 1,
                    "text": "Tell me about yourself.",
                    "kind": "motivation",
                    "competency": "motivation",
                    "difficulty": 1,
                    "origin": "opener",
                    "reason": "Interviews open with this: it lets you set the frame.",
                    "reaction": "",
                    "is_scored": True,
                }
            ]
        }
    )

    position: int = Field(ge=1, description="Counted from 1.")
    text: str
    kind: Kind
    competency: str
    difficulty: int = Field(ge=1, le=5)
    origin: Origin
    reason: str = Field(description="Why it is asked.")
    reaction: str = Field(description="What is said to the answer before, ahead of the question.")
    is_scored: bool = Field(description="False for the closing question.")


class TakeOut(BaseModel):
    """One recording towards an answer, and what was heard in it before anyone corrected it.

    `delivery` tells how it was said, in numbers; `is_kept` whether the sound is stored.
    """

    recording_id: UUID
    transcript: str
    transcribed_by: str
    flags: list[TranscriptFlag]
    delivery: Delivery | None
    is_kept: bool


class AttemptOut(BaseModel):
    """One answer, and what became of its judgement. `failure` is a sentence where it failed."""

    number: int
    answer: str
    takes: list[TakeOut] = Field(description="The recordings that a spoken answer was heard in.")
    submitted_at: datetime
    status: EvaluationStatus
    failure: str
    evaluation: Evaluation | None = Field(
        description="None while it is judged, where that failed, and, the realistic way, before the end."
    )


class TurnOut(BaseModel):
    """A question with every attempt at it."""

    question: QuestionOut
    is_skipped: bool
    attempts: list[AttemptOut]


class WorkOut(BaseModel):
    """What became of work that a model does once for an interview."""

    status: WorkStatus
    failure: str


class InterviewOut(BaseModel):
    """An interview as it stands. `question` is the one that waits for an answer."""

    session_id: UUID
    phase: Phase
    version: int
    role: str
    seniority: Seniority
    focus: Focus
    way: Way
    questions: int
    company: str
    interviewer: str
    created_at: datetime
    finished_at: datetime | None
    planning: WorkOut
    question: QuestionOut | None
    turns: list[TurnOut]


class AnswerOut(BaseModel):
    """What became of an answer, and the next question where there is one.

    With status “failed” the answer is stored; ask for its judgement again (retry) or go on (next).
    """

    session_id: UUID
    position: int
    phase: Phase
    version: int
    answer: str = Field(description="As it is stored: what was heard, where it was spoken.")
    status: EvaluationStatus
    failure: str
    evaluation: Evaluation | None
    question: QuestionOut | None


class HearingOut(BaseModel):
    """A recording is still being written down; nothing is stored yet."""

    session_id: UUID
    position: int
    status: Literal["transcribing"] = "transcribing"


class ResumeOut(BaseModel):
    """A resume, and what was read from it."""

    resume_id: UUID
    kind: DocumentKind
    pages: int | None
    is_truncated: bool
    uploaded_at: datetime
    read_by: str
    profile: CandidateProfile


class ReportOut(BaseModel):
    """What the interview showed. Skipped, failed and unjudged answers are counted, never scored."""

    session_id: UUID
    phase: Phase
    role: str
    seniority: Seniority
    created_at: datetime
    finished_at: datetime | None
    overall: ScoreRange | None
    headline: str
    criteria: dict[Criterion, float] = Field(description="Levels from 1 to 5.")
    strengths: list[Finding]
    weaknesses: list[Finding]
    next_steps: list[str]
    judged: int
    skipped: int
    unjudged: int
    pending: int
    evaluators: list[str]
    narrative: Narrative | None
    company: CompanyFit | None
    delivery: DeliveryEffect | None = Field(
        description="What delivery did to the overall score, where it counts in any answer."
    )
    turns: list[TurnOut]


class InterviewsOut(BaseModel):
    """A page of the candidate's interviews, the newest first."""

    total: int
    interviews: list[InterviewSummary]


class MeOut(BaseModel):
    """Who the caller is."""

    id: UUID
    scopes: list[Scope]
    interviews: int
    resume_id: UUID | None
    can_store_keys: bool


class ProviderOut(BaseModel):
    """A provider, and what may be shown of the candidate's key for it."""

    provider: Provider
    label: str
    has_key: bool
    is_readable: bool
    model: str
    base_url: str


class ModelsOut(BaseModel):
    """The models that a key may use and that can judge, the recommended one first."""

    provider: Provider
    preferred: str
    models: list[ModelInfo]


class FeedbackEvent(BaseModel):
    """What there is so far of a judgement that is still being written."""

    evidence: list[Evidence]
    feedback: str
    strengths: list[str]
    improvements: list[str]


def question_out(turn: Turn) -> QuestionOut:
    """A turn's question."""
    question = turn.question
    return QuestionOut(
        position=turn.position,
        text=question.text,
        kind=question.kind,
        competency=question.competency,
        difficulty=question.difficulty,
        origin=question.origin,
        reason=turn.reason,
        reaction=turn.reaction,
        is_scored=question.is_scored,
    )


def interview_out(interview: Interview) -> InterviewOut:
    """An interview as it stands."""
    setup = interview.setup
    return InterviewOut(
        session_id=interview.id,
        phase=interview.phase,
        version=interview.version,
        role=setup.role_title,
        seniority=setup.seniority,
        focus=setup.focus,
        way=setup.way,
        questions=setup.length,
        company=setup.company_id,
        interviewer=interview.interviewer.name,
        created_at=interview.created_at,
        finished_at=interview.finished_at,
        planning=WorkOut(status=interview.planning.status, failure=interview.planning.failure),
        question=waiting_question(interview),
        turns=[_turn_out(turn, is_told=_is_told(interview)) for turn in interview.turns],
    )


def answer_out(interview: Interview, position: int) -> AnswerOut:
    """What became of the newest answer at a position."""
    attempt = interview.turn_at(position).attempts[-1]
    is_told = _is_told(interview)
    return AnswerOut(
        session_id=interview.id,
        position=position,
        phase=interview.phase,
        version=interview.version,
        answer=attempt.answer,
        status=attempt.status,
        failure=attempt.failure,
        evaluation=attempt.evaluation if is_told else None,
        question=_question_after(interview, position),
    )


def report_out(interview: Interview, report: Report) -> ReportOut:
    """The report of an interview."""
    return ReportOut(
        session_id=report.interview_id,
        phase=interview.phase,
        role=report.setup.role_title,
        seniority=report.setup.seniority,
        created_at=report.created_at,
        finished_at=report.finished_at,
        overall=report.overall,
        headline=report.headline,
        criteria=report.criteria,
        strengths=list(report.strengths),
        weaknesses=list(report.weaknesses),
        next_steps=list(report.next_steps),
        judged=report.judged,
        skipped=report.skipped,
        unjudged=report.unjudged,
        pending=report.pending,
        evaluators=list(report.evaluators),
        narrative=report.narrative,
        company=report.company,
        delivery=report.delivery,
        turns=[_turn_out(turn, is_told=True) for turn in report.turns],
    )


def resume_out(resume: Resume) -> ResumeOut:
    """A resume without its text."""
    document = resume.document
    return ResumeOut(
        resume_id=resume.id,
        kind=document.kind,
        pages=document.pages,
        is_truncated=document.is_truncated,
        uploaded_at=resume.uploaded_at,
        read_by=resume.read_by,
        profile=resume.profile,
    )


def waiting_question(interview: Interview) -> QuestionOut | None:
    """The question that waits for an answer, None where none does."""
    return question_out(interview.current) if interview.phase is Phase.LISTENING else None


def _question_after(interview: Interview, position: int) -> QuestionOut | None:
    """The question that followed an answer, the same whenever it is asked for."""
    is_there = position < len(interview.turns)
    return question_out(interview.turns[position]) if is_there else None


def _is_told(interview: Interview) -> bool:
    """Whether judgements are told: the realistic way, all of them at the end."""
    return interview.setup.way is Way.COACH or interview.is_over


def _take_out(take: Take) -> TakeOut:
    heard = take.heard
    return TakeOut(
        recording_id=take.recording_id,
        transcript=take.text,
        transcribed_by=heard.transcript.transcribed_by if heard.transcript else "",
        flags=list(heard.flags),
        delivery=heard.delivery,
        is_kept=take.is_kept,
    )


def _turn_out(turn: Turn, *, is_told: bool) -> TurnOut:
    attempts = [
        AttemptOut(
            number=attempt.number,
            answer=attempt.answer,
            takes=[_take_out(take) for take in attempt.takes],
            submitted_at=attempt.submitted_at,
            status=attempt.status,
            failure=attempt.failure,
            evaluation=attempt.evaluation if is_told else None,
        )
        for attempt in turn.attempts
    ]
    return TurnOut(question=question_out(turn), is_skipped=turn.is_skipped, attempts=attempts)
