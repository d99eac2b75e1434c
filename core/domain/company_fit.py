"""An interview's answers held against what the company looks for. Only judged answers count."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from core.domain.company import Company, CompanyValue
from core.domain.turn import Turn


@dataclass(frozen=True, slots=True)
class ValueFit:
    """One thing the company stands for, and how its competency did.

    `score` is the mean overall score (0–100) of the judged answers; None without any. `asked` counts the
    scored questions of the competency, `judged` the answers in the mean.
    """

    name: str
    meaning: str
    competency: str
    asked: int
    judged: int
    score: float | None

    @property
    def result(self) -> str:
        """The score in words for people, or why there is none."""
        if self.score is None:
            return "asked, no score" if self.asked else "not asked"
        answers = "1 answer" if self.judged == 1 else f"{self.judged} answers"
        return f"{self.score:.0f} of 100 ({answers})"


@dataclass(frozen=True, slots=True)
class CompanyFit:
    """What the company looks for, each with its result; `note` says how far to trust the pack."""

    name: str
    source: str
    note: str
    values: tuple[ValueFit, ...]

    @property
    def title(self) -> str:
        """The heading of the section."""
        return f"Against what {self.name} looks for"


def company_fit(company: Company, turns: Iterable[Turn]) -> CompanyFit:
    """Each value of the company with the answers of these turns on its competency."""
    scored = tuple(turn for turn in turns if turn.question.is_scored)
    values = tuple(_value_fit(value, scored) for value in company.values)
    return CompanyFit(company.name, company.source, company.note, values)


def _value_fit(value: CompanyValue, turns: tuple[Turn, ...]) -> ValueFit:
    asked = [turn for turn in turns if turn.question.competency == value.competency]
    scores = [turn.overall for turn in asked if turn.overall is not None]
    mean = fmean(scores) if scores else None
    return ValueFit(value.name, value.meaning, value.competency, len(asked), len(scores), mean)
