"""What a candidate prepares for, what it asks for, what they have to show, and what to do until then.

Nothing is inferred: a requirement is a skill that the job description names, with the words that name it;
evidence is the candidate's own words. The order of practice is our own judgement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from core.domain.errors import InvalidInputError
from core.domain.interview_setup import MAX_JOB_CHARACTERS
from core.domain.profile import Skill, Span

MOST_PREPARATIONS = 20
MAX_TITLE_CHARACTERS = 80
FARTHEST = timedelta(days=366)
SOLID_SCORE = 65.0
"""An answer of this score and more shows a requirement: the band called solid."""
MOST_REQUIREMENTS = 24
MOST_A_DAY = 3
"""Each takes a question or two with its feedback: about a quarter of an hour."""
_MOST_QUOTED = 180
_ENDS = ("\n", ". ", "! ", "? ")


@dataclass(frozen=True, slots=True)
class Preparation:
    """One interview to come. `title` is the candidate's own; the description is kept as it was pasted."""

    id: UUID
    title: str
    job_description: str
    interview_on: date
    made_at: datetime


def checked_preparation(preparation: Preparation, today: date) -> Preparation:
    """The preparation with its title in one line; InvalidInputError where something is out of bounds."""
    title = " ".join(preparation.title.split())
    if not 1 <= len(title) <= MAX_TITLE_CHARACTERS:
        raise InvalidInputError(
            "title", f"Give it a name of 1 to {MAX_TITLE_CHARACTERS} characters."
        )
    job = preparation.job_description.strip()
    if not 1 <= len(job) <= MAX_JOB_CHARACTERS:
        raise InvalidInputError(
            "job_description",
            f"Paste the job description, up to {MAX_JOB_CHARACTERS:,} characters of it.",
        )
    if not today <= preparation.interview_on <= today + FARTHEST:
        raise InvalidInputError(
            "interview_on", "The day of the interview is today or within the next year."
        )
    return Preparation(preparation.id, title, job, preparation.interview_on, preparation.made_at)


def is_storable(preparation: Preparation) -> bool:
    """Whether one from a file has the bounds that one made here has, whenever its day is."""
    try:
        return checked_preparation(preparation, preparation.interview_on) == preparation
    except InvalidInputError:
        return False


class Standing(StrEnum):
    """How far a requirement can be shown, by what is stored."""

    OPEN = "nothing to show yet"
    WEAK = "answered below solid"
    CLAIMED = "not asked about yet"
    SHOWN = "answered solidly"


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A judged answer, word for word, with its score (0–100)."""

    interview_id: UUID
    position: int
    question: str
    text: str
    score: float
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerEvidence:
    """A part of an answer, verbatim. `is_asked` says that its question was about the requirement."""

    answer: GivenAnswer
    words: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill that the job description names, in its words, with what there is to show for it.

    `answer` is the best one to a question about it, else the newest that names it. `resume` holds parts
    of the resume.
    """

    name: str
    words: str
    is_soft: bool = False
    resume: tuple[str, ...] = ()
    answer: AnswerEvidence | None = None

    @property
    def standing(self) -> Standing:
        """How far it can be shown."""
        if self.answer and self.answer.is_asked:
            return Standing.SHOWN if self.answer.answer.score >= SOLID_SCORE else Standing.WEAK
        return Standing.CLAIMED if self.resume or self.answer else Standing.OPEN


def around(text: str, span: Span) -> str:
    """The sentence or line that a span stands in, verbatim; words near it where that is long."""
    before = ((text.rfind(end, 0, span.start), len(end)) for end in _ENDS)
    start = max((at + length for at, length in before if at >= 0), default=0)
    after = ((text.find(end, span.end), len(end.rstrip())) for end in _ENDS)
    stop = min((at + length for at, length in after if at >= 0), default=len(text))
    if stop - start > _MOST_QUOTED:
        start, stop = _nearer(text, start, stop, span)
    return text[start:stop].strip(" \t-•*·–\n")


def _nearer(text: str, start: int, stop: int, span: Span) -> tuple[int, int]:
    """Bounds at words within `_MOST_QUOTED` characters around the span."""
    room = max(0, _MOST_QUOTED - (span.end - span.start)) // 2
    first, last = max(start, span.start - room), min(stop, span.end + room)
    if first > start:
        first = text.find(" ", first, span.start) + 1 or span.start
    if last < stop:
        blank = text.rfind(" ", span.end, last)
        last = blank if blank >= 0 else span.end
    return first, last


def required(text: str, skills: Iterable[Skill]) -> tuple[Requirement, ...]:
    """The requirements that a job description names, of the craft first, in its order."""
    found = [Requirement(s.name, around(text, s.spans[0]), s.is_soft) for s in skills if s.spans]
    found.sort(key=lambda requirement: requirement.is_soft)
    return tuple(found[:MOST_REQUIREMENTS])


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. Without a requirement it is a whole interview like the one to come."""

    requirement: Requirement | None = None


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """What to do on one day."""

    day: date
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class PreparationPlan:
    """The days until the interview that have something to do; `left_out` found no room in them."""

    days: tuple[PlannedDay, ...]
    left_out: tuple[Requirement, ...] = ()


_ORDER = (Standing.OPEN, Standing.WEAK, Standing.CLAIMED)


def gaps(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """What is not shown yet: first what has nothing, then what went badly, then what was not asked."""
    missing = [r for r in requirements if r.standing is not Standing.SHOWN]
    return tuple(sorted(missing, key=lambda r: (r.is_soft, _ORDER.index(r.standing))))


def plan_until(
    interview_on: date, today: date, requirements: Sequence[Requirement]
) -> PreparationPlan:
    """The gaps spread over the days before the interview, at most `MOST_A_DAY` a day.

    With two days or more the last one is for a whole interview. On the day itself nothing is planned.
    """
    days = [today + timedelta(days=n) for n in range((interview_on - today).days)]
    rehearsal = PlannedDay(days.pop(), (Task(),)) if len(days) > 1 else None
    open_ones = gaps(requirements)
    taken = open_ones[: MOST_A_DAY * len(days)]
    tasks: dict[date, list[Task]] = {}
    for number, requirement in enumerate(taken):
        day = days[number * len(days) // len(taken)]
        tasks.setdefault(day, []).append(Task(requirement))
    planned = [PlannedDay(day, tuple(found)) for day, found in tasks.items()]
    return PreparationPlan(
        (*planned, rehearsal) if rehearsal else tuple(planned), open_ones[len(taken) :]
    )
