"""Which role a candidate might interview for, at which level, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.profile import CandidateProfile, Skill, SuggestedRole
from core.domain.role import RoleDefinition
from core.parsing.seniority import career_of, experience_clause, last_position, seniority_of
from core.parsing.titles import RoleTitles, is_technical

_ENOUGH_SKILLS = 3  # of a role, to speak for it
_SHOWN_SKILLS = 4


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
    titles = RoleTitles.of(roles)
    fit = _fit(profile, last.title if last else "", roles, titles)
    if fit is None:
        return None
    career = career_of(profile, titles if fit.role else None, today)
    own_title = last.title if last else profile.headline
    return SuggestedRole(
        title=fit.role.title if fit.role else own_title,
        seniority=seniority_of(career),
        reason=f"{fit.because}{experience_clause(career)}.",
        role_id=fit.role.id if fit.role else "",
    )


def _fit(
    profile: CandidateProfile, title: str, roles: Sequence[RoleDefinition], titles: RoleTitles
) -> _Fit | None:
    if not title:
        return _by_headline(profile, titles) or _by_skills(profile, roles) or _unknown(profile, "")
    called = f"Your last title is {title}"
    named = titles.find(title)
    if named and named.is_broad:
        return _by_skills(profile, roles, called, preferred=named.role) or _Fit(named.role, called)
    if named:
        return _Fit(named.role, called)
    by_skills = _by_skills(profile, roles, called) if is_technical(title) else None
    return _by_headline(profile, titles) or by_skills or _unknown(profile, called)


def _by_headline(profile: CandidateProfile, titles: RoleTitles) -> _Fit | None:
    named = titles.find(profile.headline)
    return _Fit(named.role, f"Your resume calls you {profile.headline}") if named else None


def _by_skills(
    profile: CandidateProfile,
    roles: Sequence[RoleDefinition],
    called: str = "",
    preferred: RoleDefinition | None = None,
) -> _Fit | None:
    """The role that most skills speak for, where there are enough of them."""
    ranked = [(_shared(role, profile.skills), role) for role in roles]
    skills, best = max(
        ranked,
        key=lambda pair: _weight(*pair, is_preferred=pair[1] is preferred),
        default=((), None),
    )
    if best is None or len(skills) < _ENOUGH_SKILLS:
        return None
    if best is preferred:
        return _Fit(best, called)
    article = "an" if best.title[:1] in "AEIOU" else "a"
    named = ", ".join(skills[:_SHOWN_SKILLS])
    lead = f"{called}, your" if called else "Your"
    return _Fit(best, f"{lead} skills ({named}) fit {article} {best.title} best")


def _shared(role: RoleDefinition, skills: Sequence[Skill]) -> tuple[str, ...]:
    known = {skill.name.casefold() for skill in skills}
    return tuple(skill for skill in role.skills if skill.casefold() in known)


def _weight(
    shared: Sequence[str], role: RoleDefinition, *, is_preferred: bool
) -> tuple[int, bool, float]:
    """Between roles that share as many skills, the preferred one, else that with fewer others."""
    return len(shared), is_preferred, len(shared) / max(1, len(role.skills))


def _unknown(profile: CandidateProfile, called: str) -> _Fit | None:
    if called:
        return _Fit(None, called)
    return _Fit(None, f"Your resume calls you {profile.headline}") if profile.headline else None
