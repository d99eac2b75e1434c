"""At which level a candidate works, from titles and years."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.profile import CandidateProfile, Education, PartialDate, Position
from core.domain.question import Seniority
from core.parsing.dates import total_years
from core.parsing.titles import RoleTitles, is_training, title_words
from core.parsing.vocabulary import word_set

_TOP = word_set(
    "staff principal distinguished head director vp president cto chief direktor directeur"
)
_HIGH = word_set("senior sr lead leiter leiterin teamlead expert manager teamleiter")
_LOW = word_set("junior jr graduate entry associate absolvent débutant")
_NOT_TOP = re.compile(r"technical\s+staff", re.IGNORECASE)
_JUNIOR_BELOW, _SENIOR_FROM, _STAFF_FROM = 2.0, 5.0, 6.0  # years


@dataclass(frozen=True, slots=True)
class Career:
    """The jobs that count for a role: ten years of teaching make no senior engineer.

    `last` is the last of them, `years` their time without internships, None where it is not known.
    `is_whole` tells that there are no other jobs.
    """

    last: Position | None
    years: float | None
    is_whole: bool
    is_studying: bool

    @property
    def is_beginning(self) -> bool:
        """Whether nothing but internships, or less, lies behind the candidate."""
        is_short = self.years is None or self.years < _JUNIOR_BELOW
        return is_short and (self.last is None or is_training(self.last.title))


def career_of(profile: CandidateProfile, titles: RoleTitles | None, today: date) -> Career:
    """What counts for the level: all jobs, or those that prepare for the roles of `titles`.

    Without any job, the years that the resume states.
    """
    counted = [
        job
        for job in profile.positions
        if titles is None or not job.title or titles.prepares(job.title)
    ]
    jobs = [job for job in counted if not is_training(job.title)]
    years = total_years(jobs, today) if jobs else 0.0
    return Career(
        last=last_position(counted),
        years=years if profile.positions else profile.years_of_experience,
        is_whole=len(counted) == len(profile.positions),
        is_studying=_is_studying(profile.education, today),
    )


def seniority_of(career: Career) -> Seniority:
    """The level that the last title names, else the years."""
    if career.is_beginning:
        is_learning = career.is_studying or (career.last is not None and career.last.is_current)
        return Seniority.INTERN if is_learning else Seniority.JUNIOR
    words = set(title_words(_NOT_TOP.sub("", career.last.title))) if career.last else set()
    years = career.years
    if words & _TOP:
        return Seniority.STAFF if years is None or years >= _STAFF_FROM else Seniority.SENIOR
    if words & _HIGH:
        return Seniority.SENIOR
    if words & _LOW and (years is None or years < _SENIOR_FROM):
        return Seniority.JUNIOR
    return _by_years(years)


def experience_clause(career: Career) -> str:
    """What a reason goes on with: "and you have about 7 years of experience"; may be empty."""
    if career.years:
        kind = "" if career.is_whole else " in such work"
        return f" and you have {_about(career.years)} of experience{kind}"
    return " and you are still studying" if career.is_beginning and career.is_studying else ""


def last_position(positions: Iterable[Position]) -> Position | None:
    """The current job that began last, else the one that ended last, else the first named."""
    titled = [position for position in positions if position.title]
    return max(titled, key=_recency, default=None)


def _recency(position: Position) -> tuple[bool, bool, PartialDate, PartialDate]:
    """A job beside an internship is the one that counts."""
    never = PartialDate(0)
    is_current_job = position.is_current and not is_training(position.title)
    end = position.end or position.start or never
    return position.is_current, is_current_job, end, position.start or never


def _by_years(years: float | None) -> Seniority:
    if years is None:
        return Seniority.MID
    if years < _JUNIOR_BELOW:
        return Seniority.JUNIOR
    return Seniority.MID if years < _SENIOR_FROM else Seniority.SENIOR


def _is_studying(education: Sequence[Education], today: date) -> bool:
    now = PartialDate(today.year, today.month)
    return any(study.end > now if study.end else study.start is not None for study in education)


def _about(years: float) -> str:
    whole = round(years)
    if whole == 0:
        return "less than a year"
    return "about a year" if whole == 1 else f"about {whole} years"
