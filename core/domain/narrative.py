"""The report of one interview in prose, as an AI interviewer writes it. It holds no scores."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the interview showed. `quote` is verbatim from the answer at `position`, or empty."""

    text: str
    position: int
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """What to practise from one day to another, counted from 1."""

    first_day: int
    last_day: int
    what: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """What a person would say about the interview, and what to do next. `author` wrote it."""

    author: str
    version: str
    headline: str
    strengths: tuple[Finding, ...] = ()
    weaknesses: tuple[Finding, ...] = ()
    steps: tuple[PlannedStep, ...] = ()
