"""Which role a candidate might interview for, at which level, and why."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.profile import CandidateProfile, Education, PartialDate, Position, SuggestedRole
from core.domain.question import Seniority
from core.domain.role import RoleDefinition
from core.parsing.dates import total_years
from core.parsing.vocabulary import word_set

_WORD = re.compile(r"[^\W_]+[+#]*|(?<!\w)\.[^\W_]+")
_SYNONYMS = {
    "developer": """
        engineer engineering dev development entwicklung entwickler entwicklerin ingenieur ingenieurin développeur développeuse ingénieur ingénieure
        desarrollador desarrolladora ingeniero ingeniera
    """,
    "software": "logiciel logiciels informatique",
    "programmer": "programador programadora programmierer programmiererin",
    "data": "données datos daten",
    "analyst": "analyste analista",
}
_SAME_WORDS = {word: name for name, words in _SYNONYMS.items() for word in words.split()}
_COMPOUND = re.compile(
    r"(software|web|frontend|backend|daten)(entwickler|ingenieur|developer|engineer)(?:in)?"
)

# Titles that fit several roles: the skills decide between them.
_BROAD = frozenset(
    {
        frozenset({"software", "developer"}),
        frozenset({"web", "developer"}),
        frozenset({"programmer"}),
    }
)
_TECHNICAL = word_set(
    """
    developer programmer architect cto founder cofounder technical tech software research researcher scientist
    data it informatiker informatikerin coder devops
    """
)
_TRAINING = word_set(
    """
    intern internship interns trainee werkstudent werkstudentin praktikant praktikantin praktikum stagiaire
    stage alternant alternante alternance becario becaria prácticas apprentice apprenticeship azubi student
    hilfskraft
    """
)
_ASSISTED = word_set("teaching research graduate undergraduate student course lab")
_TOP = word_set(
    "staff principal distinguished head director vp president cto chief direktor directeur"
)
_HIGH = word_set("senior sr lead leiter leiterin teamlead expert manager teamleiter")
_LOW = word_set("junior jr graduate entry associate absolvent débutant")
_NOT_TOP = re.compile(r"technical\s+staff", re.IGNORECASE)
_DOCTORAL = re.compile(r"\b(?:ph\.?\s?d|doctoral)\b", re.IGNORECASE)

_ENOUGH_SKILLS = 3  # of a role, to speak for it
_SHOWN_SKILLS = 4
_JUNIOR_BELOW, _SENIOR_FROM, _STAFF_FROM = 2.0, 5.0, 6.0  # years


@dataclass(frozen=True, slots=True)
class _Fit:
    """A role and the words for why it fits; no role where none does."""

    role: RoleDefinition | None
    because: str


def suggest_role(
    profile: CandidateProfile, roles: Sequence[RoleDefinition], today: date
) -> SuggestedRole | None:
    """The role that the last title names, else the headline, else the skills of somebody technical.

    None where the resume says nothing to go by. Somebody whose last title is another profession keeps
    it, without a `role_id`.
    """
    last = last_position(profile.positions)
    fit = _fit(profile, last.title if last else "", roles)
    if fit is None:
        return None
    years = _years(profile, today)
    seniority = _seniority(profile, last, years, today)
    title = fit.role.title if fit.role else (last.title if last else profile.headline)
    reason = f"{fit.because}{_experience(years, profile, seniority, today)}."
    return SuggestedRole(title, seniority, reason, fit.role.id if fit.role else "")


def last_position(positions: Iterable[Position]) -> Position | None:
    """The current job that began last, else the one that ended last, else the first named."""
    titled = [position for position in positions if position.title]
    return max(titled, key=_recency, default=None)


def _recency(position: Position) -> tuple[bool, bool, PartialDate, PartialDate]:
    never = PartialDate(0)
    is_job = not _is_training(position.title)
    end = position.end or position.start or never
    return position.is_current, position.is_current and is_job, end, position.start or never


def _fit(profile: CandidateProfile, title: str, roles: Sequence[RoleDefinition]) -> _Fit | None:
    called = f"Your last title is {title}" if title else ""
    role, is_broad = _named_role(title, roles)
    if role and not is_broad:
        return _Fit(role, called)
    by_skills, skills = _role_of_skills(profile, roles, role)
    if by_skills and role and by_skills.id != role.id:
        return _Fit(by_skills, f"{called}, your skills ({skills}) fit {_a(by_skills)} best")
    if role:
        return _Fit(role, called)
    named, _ = _named_role(profile.headline, roles)
    if named:
        return _Fit(named, f"Your resume calls you {profile.headline}")
    if by_skills and (not title or _is_technical(title)):
        first = f"{called}, your skills" if called else "Your skills"
        return _Fit(by_skills, f"{first} ({skills}) fit {_a(by_skills)} best")
    if title or profile.headline:
        return _Fit(None, called or f"Your resume calls you {profile.headline}")
    return None


def _named_role(title: str, roles: Sequence[RoleDefinition]) -> tuple[RoleDefinition | None, bool]:
    """The role whose longest, first wording a title holds, and whether that wording fits other roles too."""
    words = _words(title)
    found = [
        (wording not in _BROAD, len(wording), -min(map(words.index, wording)), -i)
        for i, role in enumerate(roles)
        for wording in _wordings(role)
        if wording <= set(words)
    ]
    if not found:
        return None, False
    is_narrow, *_, index = max(found)
    return roles[-index], not is_narrow


def _wordings(role: RoleDefinition) -> Iterator[frozenset[str]]:
    return (frozenset(words) for name in (role.title, *role.aliases) if (words := _words(name)))


def _words(title: str) -> list[str]:
    apart = _COMPOUND.sub(r"\1 \2", title.casefold())
    return [_SAME_WORDS.get(word, word) for word in _WORD.findall(apart)]


def _role_of_skills(
    profile: CandidateProfile, roles: Sequence[RoleDefinition], preferred: RoleDefinition | None
) -> tuple[RoleDefinition | None, str]:
    """The role that most skills speak for, and those skills."""
    known = {skill.name.casefold() for skill in profile.skills}
    shared = {role.id: [s for s in role.skills if s.casefold() in known] for role in roles}
    best = max(roles, key=lambda r: _weight(r, len(shared[r.id]), r is preferred), default=None)
    if best is None or len(shared[best.id]) < _ENOUGH_SKILLS:
        return None, ""
    return best, ", ".join(shared[best.id][:_SHOWN_SKILLS])


def _weight(role: RoleDefinition, shared: int, is_preferred: bool) -> tuple[int, bool, float]:
    """Between roles that share as many skills, the preferred one, else that with fewer others."""
    return shared, is_preferred, shared / max(1, len(role.skills))


def _is_technical(title: str) -> bool:
    return not _TECHNICAL.isdisjoint(_words(title)) or _is_training(title)


def _is_training(title: str) -> bool:
    """Whether a title is that of somebody who still learns: an intern, a teaching assistant."""
    words = set(_words(title))
    is_assistant = bool(words & _ASSISTED) and "assistant" in words
    return (bool(words & _TRAINING) or is_assistant) and not _DOCTORAL.search(title)


def _years(profile: CandidateProfile, today: date) -> float | None:
    """Years in jobs that were no internships, else those the resume states."""
    jobs = [position for position in profile.positions if not _is_training(position.title)]
    if jobs:
        return total_years(jobs, today)
    return None if profile.positions else profile.years_of_experience


def _seniority(
    profile: CandidateProfile, last: Position | None, years: float | None, today: date
) -> Seniority:
    if (years is None or years < _JUNIOR_BELOW) and (last is None or _is_training(last.title)):
        is_learning = _is_studying(profile.education, today) or (
            last is not None and last.is_current
        )
        return Seniority.INTERN if is_learning else Seniority.JUNIOR
    words = set(_words(_NOT_TOP.sub("", last.title))) if last else set()
    if words & _TOP:
        return Seniority.STAFF if years is None or years >= _STAFF_FROM else Seniority.SENIOR
    if words & _HIGH:
        return Seniority.SENIOR
    if words & _LOW and (years is None or years < _SENIOR_FROM):
        return Seniority.JUNIOR
    return _seniority_by_years(years)


def _seniority_by_years(years: float | None) -> Seniority:
    if years is None:
        return Seniority.MID
    if years < _JUNIOR_BELOW:
        return Seniority.JUNIOR
    return Seniority.MID if years < _SENIOR_FROM else Seniority.SENIOR


def _is_studying(education: Iterable[Education], today: date) -> bool:
    now = PartialDate(today.year, today.month)
    return any(study.end > now if study.end else study.start is not None for study in education)


def _experience(
    years: float | None, profile: CandidateProfile, seniority: Seniority, today: date
) -> str:
    if years:
        return f" and you have {_about(years)} of experience"
    if seniority is Seniority.INTERN and _is_studying(profile.education, today):
        return " and you are still studying"
    return ""


def _about(years: float) -> str:
    whole = round(years)
    if whole == 0:
        return "less than a year"
    return "about a year" if whole == 1 else f"about {whole} years"


def _a(role: RoleDefinition) -> str:
    return f"{'an' if role.title[:1] in 'AEIOU' else 'a'} {role.title}"
