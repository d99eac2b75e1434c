"""What a model wrote about a whole interview, after its quotes were checked. It holds no scores."""

from dataclasses import dataclass

from core.domain.report import Finding


@dataclass(frozen=True, slots=True)
class PracticeStep:
    """What to do on the days `day_from` to `day_to`, counted from 1, both included."""

    day_from: int
    day_to: int
    what: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """The report in words. Every finding quotes the answer at its position word for word."""

    headline: str
    strengths: tuple[Finding, ...] = ()
    weaknesses: tuple[Finding, ...] = ()
    plan: tuple[PracticeStep, ...] = ()


@dataclass(frozen=True, slots=True)
class PartialNarrative:
    """What has come so far: the headline as far as it is written, and the findings that are complete."""

    headline: str = ""
    strengths: tuple[Finding, ...] = ()
    weaknesses: tuple[Finding, ...] = ()
