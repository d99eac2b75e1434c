"""What the candidate chose before an interview: the role, its questions, the manner, time and speech."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.question import Seniority
from core.domain.speech import TranscriberChoice
from core.domain.voice import VoiceKind

MAX_JOB_CHARACTERS = 20_000
MAX_LENGTH = 15


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
