"""Answers with the levels their author gave them by the rubrics, to measure evaluators with."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.domain.rubric import Criterion


class Quality(StrEnum):
    """How good an answer is meant to be, worst first."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class GoldenAnswer:
    """One answer to a question of the bank. `levels` (1-5) cover all criteria; `why` is their reason."""

    question_id: str
    quality: Quality
    answer: str
    levels: Mapping[Criterion, int]
    why: str
