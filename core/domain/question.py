"""What is asked, and what a good answer covers."""

from dataclasses import dataclass
from enum import StrEnum

EVERYONE = "everyone"


class Kind(StrEnum):
    """What sort of question it is; rubrics and feedback depend on it."""

    TECHNICAL = "technical"
    BEHAVIORAL = "behavioral"
    SITUATIONAL = "situational"
    SYSTEM_DESIGN = "system design"
    CODING = "coding"
    MOTIVATION = "motivation"


class Seniority(StrEnum):
    """The level of the role, lowest first."""

    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"

    @property
    def rank(self) -> int:
        """0 for intern to 4 for staff."""
        return list(Seniority).index(self)


class Origin(StrEnum):
    """Where a question comes from."""

    OPENER = "opener"
    BANK = "bank"
    RESUME = "resume"
    PLANNED = "planned"
    OWN = "own"
    FOLLOW_UP = "follow-up"
    CLOSING = "closing"


class Signal(StrEnum):
    """How a part of a story can be told from the way a sentence is put, whatever its topic."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    LEARNING = "learning"
    REASON = "reason"
    WISH = "wish"


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing a good answer covers. `wordings` are other ways a candidate may put it.

    `signal` is set where any sentence of that sort in an answer to the point makes it, roughly.
    """

    id: str
    text: str
    weight: int = 1
    wordings: tuple[str, ...] = ()
    signal: Signal | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that probes one key point (`probes` is its id)."""

    probes: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question with everything needed to ask it and to judge its answer.

    `difficulty` runs from 1 to 5. Empty `roles` or `seniorities` mean that it fits all. `parent_id` is
    set on follow-ups only. An unscored question (the closing one) is never evaluated. `source` says in
    words what in the resume or job description a question comes from, empty where it comes from none.
    `alike` are ids of questions on the same subject in other words: one interview asks one of them.
    """

    id: str
    text: str
    kind: Kind
    competency: str
    difficulty: int
    origin: Origin = Origin.BANK
    topics: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    seniorities: tuple[Seniority, ...] = ()
    intent: str = ""
    rephrased: str = ""
    hint: str = ""
    key_points: tuple[KeyPoint, ...] = ()
    reference_answer: str = ""
    follow_ups: tuple[FollowUp, ...] = ()
    common_mistakes: tuple[str, ...] = ()
    parent_id: str | None = None
    is_scored: bool = True
    source: str = ""
    alike: tuple[str, ...] = ()

    @property
    def is_about_conduct(self) -> bool:
        """Whether it is about how one works with people, not about the craft of a role.

        “What would you do if …” is about conduct when everyone may be asked it, else about the craft.
        """
        if self.kind is Kind.SITUATIONAL:
            return not self.roles or EVERYONE in self.roles
        return self.kind in (Kind.BEHAVIORAL, Kind.MOTIVATION)

    def fits(self, role_id: str, seniority: Seniority) -> bool:
        """Whether an interviewer for this role and seniority would ask it."""
        fits_seniority = not self.seniorities or seniority in self.seniorities
        return fits_seniority and self.fits_role(role_id)

    def fits_role(self, role_id: str) -> bool:
        """Whether an interviewer for this role would ask it, at whatever seniority."""
        return not self.roles or EVERYONE in self.roles or role_id in self.roles
