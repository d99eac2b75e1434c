"""What callers send: every field bounded, unknown ones refused."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import UploadFile
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from core.domain.attempt import MAX_ANSWER_CHARACTERS
from core.domain.interview_setup import (
    MAX_JOB_CHARACTERS,
    MAX_LENGTH,
    Focus,
    Persona,
    SpeechSetup,
    TimeLimits,
    Way,
)
from core.domain.key_forms import MAX_ADDRESS_CHARACTERS
from core.domain.language_model import Provider
from core.domain.question import Seniority
from core.domain.speech import TranscriberChoice, TranscriberKind
from core.services.interviewing import LONGEST_SECONDS

MAX_ROLE_CHARACTERS = 120
MAX_LIST = 200
_WITHOUT_ZEROS = AfterValidator(lambda text: text.replace("\0", ""))
"""Databases take no zero bytes in texts."""
_Line = Annotated[str, StringConstraints(max_length=300), _WITHOUT_ZEROS]
_Text = Annotated[str, StringConstraints(max_length=4000), _WITHOUT_ZEROS]
_Position = Field(ge=1, le=100, description="Which question, counted from 1.")


def _example(**values: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [values]})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Limits(_Strict):
    """Time limits in seconds; 0 is none. A question's is 20 or more, the interview's 60 or more."""

    question_seconds: int = Field(default=0, ge=0, le=LONGEST_SECONDS)
    interview_seconds: int = Field(default=0, ge=0, le=LONGEST_SECONDS)

    @property
    def value(self) -> TimeLimits:
        """The same as the domain has it."""
        return TimeLimits(self.question_seconds, self.interview_seconds)


class SpeechIn(_Strict):
    """How spoken answers are dealt with. Naming google_web agrees that the sound goes to Google."""

    transcriber: TranscriberKind | None = Field(
        default=None, description="Who writes them down, unless an answer names another one."
    )
    keeps_recordings: bool = Field(
        default=False, description="Whether the sound is stored, too, to be heard in the report."
    )

    scores_delivery: bool = Field(
        default=False, description="Whether how answers are said is a part of their scores."
    )

    @property
    def value(self) -> SpeechSetup:
        """The same as the domain has it."""
        chosen = TranscriberChoice(self.transcriber) if self.transcriber else None
        is_spoken = bool(chosen) or self.keeps_recordings or self.scores_delivery
        return SpeechSetup(is_spoken, chosen, self.keeps_recordings, self.scores_delivery)


class StartRequest(_Strict):
    """An interview to start. Without `provider` the built-in interviewer asks and judges."""

    model_config = _example(role="Backend Engineer", seniority="mid", questions=3)

    role: str = Field(min_length=1, max_length=MAX_ROLE_CHARACTERS)
    seniority: Seniority = Seniority.MID
    questions: int = Field(8, ge=1, le=MAX_LENGTH, description="Scored ones, follow-ups included.")
    focus: Focus = Focus.MIXED
    way: Way = Field(
        Way.COACH, description="coach: feedback after each answer; realistic: all of it at the end."
    )
    resume_id: UUID | None = Field(None, description="As the upload told it; without it no resume.")
    job_description: str = Field("", max_length=MAX_JOB_CHARACTERS)
    company: str = Field("", max_length=60, description="The name of a pack, or “pasted”.")
    manner: Persona | None = Field(None, description="Left out: as the company's interviewers.")
    limits: Limits = Field(default_factory=Limits)
    speech: SpeechIn = Field(default_factory=SpeechIn)
    own_questions: list[_Line] = Field(default_factory=list, max_length=MAX_LENGTH)
    language: str = Field("English", min_length=1, max_length=40)
    token_cap: int = Field(0, ge=0, le=10_000_000, description="0 is no limit.")
    seed: int = Field(0, ge=0, lt=2**31, description="The same seed, the same plan; 0: any.")
    provider: Annotated[Provider, StringConstraints(max_length=60)] | None = Field(
        None, description="One of GET /api/providers."
    )
    model: str = Field("", max_length=200, description="Left out: the one chosen in Settings.")
    base_url: str = Field("", max_length=MAX_ADDRESS_CHARACTERS)


class AnswerRequest(_Strict):
    """An answer to the question at a position."""

    model_config = _example(
        session_id="6d6b1c4e-8f0a-4b57-9d3e-2f1f5f0f7a11",
        position=1,
        answer="I measured first. The import took three hours; after I rewrote the slow query it "
        "ran in twenty minutes.",
    )

    session_id: UUID
    position: int = _Position
    answer: str = Field(max_length=MAX_ANSWER_CHARACTERS)


class SpokenAnswerRequest(_Strict):
    """A spoken answer to the question at a position, as a form."""

    audio: UploadFile = Field(
        description="WebM, MP4 or WAV, told by its first bytes; up to 25 MB and 10 minutes."
    )
    session_id: UUID
    position: int = _Position
    transcriber: TranscriberKind | None = Field(
        None,
        description="Who writes it down. Left out: as the interview was started, else the first of one's "
        "own. Naming google_web agrees that the sound goes to Google.",
    )
    may_repeat: bool = Field(
        default=False,
        description="After TranscriptionInterruptedError: send it again, though it may be charged again.",
    )


class PositionRequest(_Strict):
    """The question that something is asked for."""

    model_config = _example(position=2)

    position: int = _Position


class OpenPositionRequest(_Strict):
    """The question that something is asked for; left out: the making of the questions."""

    model_config = _example(position=2)

    position: int | None = Field(None, ge=1, le=100)


class SpanIn(_Strict):
    """Characters [start, end) of the resume's text."""

    start: int = Field(ge=0, le=1_000_000)
    end: int = Field(ge=0, le=1_000_000)


class DateIn(_Strict):
    """A month of a year; month 0 where only the year is known."""

    year: int = Field(ge=1900, le=2200)
    month: int = Field(0, ge=0, le=12)


class PositionIn(_Strict):
    """One job."""

    title: _Line
    company: _Line
    start: DateIn | None = None
    end: DateIn | None = None
    is_current: bool = False
    location: _Line = ""
    highlights: list[_Text] = Field(default_factory=list, max_length=MAX_LIST)
    span: SpanIn | None = None


class EducationIn(_Strict):
    """One degree or course of study."""

    institution: _Line
    degree: _Line = ""
    start: DateIn | None = None
    end: DateIn | None = None
    span: SpanIn | None = None


class ProjectIn(_Strict):
    """Something built that is no job."""

    name: _Line
    description: _Text = ""
    highlights: list[_Text] = Field(default_factory=list, max_length=MAX_LIST)
    span: SpanIn | None = None


class SkillIn(_Strict):
    """A claim of knowing something."""

    name: _Line
    category: _Line = ""
    is_soft: bool = False
    spans: list[SpanIn] = Field(default_factory=list, max_length=MAX_LIST)
    near: _Line = ""


class ProfileCorrection(_Strict):
    """What was read wrong. Fields that are there replace what was read, all others stay."""

    model_config = _example(
        name="Ilva Brandmere", skills=[{"name": "Python"}, {"name": "PostgreSQL"}]
    )

    name: _Line = ""
    headline: _Line = ""
    email: _Line = ""
    phone: _Line = ""
    links: list[_Line] = Field(default_factory=list, max_length=MAX_LIST)
    years_of_experience: float | None = Field(None, ge=0, le=80, allow_inf_nan=False)
    positions: list[PositionIn] = Field(default_factory=list, max_length=MAX_LIST)
    education: list[EducationIn] = Field(default_factory=list, max_length=MAX_LIST)
    projects: list[ProjectIn] = Field(default_factory=list, max_length=MAX_LIST)
    skills: list[SkillIn] = Field(default_factory=list, max_length=2 * MAX_LIST)
    certifications: list[_Line] = Field(default_factory=list, max_length=MAX_LIST)
    spoken_languages: list[_Line] = Field(default_factory=list, max_length=MAX_LIST)
