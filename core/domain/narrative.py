"""The report of one interview in prose, as an AI interviewer writes it. It holds no scores."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the interview showed. `quote` is verbatim from the answer at `position`, or empty."""

    text: str
    position: int
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PracticeStep:
    """What to practise from one day to another, counted from 1."""

    day_from: int
    day_to: int
    what: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """What a person would say about an interview, and what to do next.

    `author` (as an evaluation's `evaluator`) and the `version` of its prompt say who wrote it.
    """

    headline: str
    strengths: tuple[Finding, ...] = ()
    weaknesses: tuple[Finding, ...] = ()
    plan: tuple[PracticeStep, ...] = ()
    author: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class PartialNarrative:
    """What has been received so far of a narrative that is still being written; checked like the whole."""

    headline: str = ""
    strengths: tuple[Finding, ...] = ()
    weaknesses: tuple[Finding, ...] = ()
