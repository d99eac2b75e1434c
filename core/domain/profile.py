"""Who the candidate is, as read from a resume by rules.

Every fact keeps the span of the resume's text that it came from, as character offsets [start, end), so
that a page can show why it is believed. Nothing is inferred that the text does not say, except the
suggested role and the years of experience, which carry their reason.
"""

from dataclasses import dataclass

from core.domain.question import Seniority


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of the resume's text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A month of a year, or only the year (`month` 0)."""

    year: int
    month: int = 0

    def __str__(self) -> str:
        """“2021-03”, or “2021”."""
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)


@dataclass(frozen=True, slots=True)
class Position:
    """One job. `end` is None when it is the current one or when no end is given."""

    title: str
    company: str
    start: PartialDate | None = None
    end: PartialDate | None = None
    is_current: bool = False
    location: str = ""
    highlights: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Education:
    """One degree or course of study."""

    institution: str
    degree: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """Something the candidate built that is not a job."""

    name: str
    description: str = ""
    highlights: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """A claim of knowing something. `name` is the lexicon's spelling; spans are where it is said.

    One that the lexicon does not know keeps its own spelling; `near` is then the known name that it may
    be a slip of, empty where none is near.
    """

    name: str
    category: str = ""
    is_soft: bool = False
    spans: tuple[Span, ...] = ()
    near: str = ""


@dataclass(frozen=True, slots=True)
class SuggestedRole:
    """What the candidate might interview for. `role_id` is empty when no known role fits."""

    title: str
    seniority: Seniority
    reason: str
    role_id: str = ""


@dataclass(frozen=True, slots=True)
class CandidateProfile:
    """Everything read from one resume; empty values mean that the resume does not say."""

    name: str = ""
    headline: str = ""
    email: str = ""
    phone: str = ""
    links: tuple[str, ...] = ()
    suggested_role: SuggestedRole | None = None
    years_of_experience: float | None = None
    positions: tuple[Position, ...] = ()
    education: tuple[Education, ...] = ()
    projects: tuple[Project, ...] = ()
    skills: tuple[Skill, ...] = ()
    certifications: tuple[str, ...] = ()
    spoken_languages: tuple[str, ...] = ()
