from datetime import date

import pytest

from core.domain.profile import CandidateProfile, PartialDate, Position, Skill, SuggestedRole
from core.domain.role import RoleDefinition
from core.parsing.role import suggest_role
from tests.builders import real_content

_TODAY = date(2026, 11, 22)
_ROLES = (
    RoleDefinition(
        "backend",
        "Backend Engineer",
        ("backend developer", "java developer", "software engineer", "programmer"),
        skills=("Python", "Java", "SQL", "Docker"),
    ),
    RoleDefinition(
        "frontend",
        "Frontend Engineer",
        ("frontend developer", "front end developer", "javascript developer"),
        skills=("JavaScript", "TypeScript", "React", "CSS"),
    ),
    RoleDefinition(
        "full-stack", "Full-Stack Engineer", ("full stack developer",), skills=("React", "SQL")
    ),
    RoleDefinition(
        "data-scientist", "Data Scientist", ("data analyst",), skills=("R", "pandas", "SQL")
    ),
)


def _job(title: str, start: int = 2020, end: int | None = None) -> Position:
    last = PartialDate(end) if end else None
    return Position(title, "Acme", PartialDate(start), last, is_current=end is None)


def _skills(*names: str) -> tuple[Skill, ...]:
    return tuple(Skill(name) for name in names)


def _suggested(profile: CandidateProfile) -> SuggestedRole:
    suggested = suggest_role(profile, _ROLES, _TODAY)
    assert suggested is not None
    return suggested


_CATALOGUE = real_content().roles


@pytest.mark.parametrize("role", _CATALOGUE, ids=lambda role: role.id)
def test_each_title_of_the_catalogue_leads_to_its_role(role: RoleDefinition) -> None:
    for title in (role.title, *role.aliases):
        profile = CandidateProfile(positions=(_job(title.title()),))
        suggested = suggest_role(profile, _CATALOGUE, _TODAY)
        assert suggested is not None
        assert (title, suggested.role_id) == (title, role.id)


@pytest.mark.parametrize("role", _CATALOGUE, ids=lambda role: role.id)
def test_skills_of_a_role_of_the_catalogue_alone_lead_to_it(role: RoleDefinition) -> None:
    suggested = suggest_role(CandidateProfile(skills=_skills(*role.skills)), _CATALOGUE, _TODAY)
    assert suggested is not None
    assert suggested.role_id == role.id


@pytest.mark.parametrize(
    ("title", "role_id"),
    [
        ("Backend Engineer", "backend"),
        ("Senior Back-End Developer (Java Developer)", "backend"),
        ("Front-End Developer", "frontend"),
        ("Full Stack JavaScript Engineer", "full-stack"),
        ("Softwareentwicklerin", "backend"),
        ("Développeur Java", "backend"),
        ("Lead Data Scientist", "data-scientist"),
    ],
)
def test_the_last_title_names_the_role(title: str, role_id: str) -> None:
    assert _suggested(CandidateProfile(positions=(_job(title),))).role_id == role_id


def test_skills_decide_what_a_broad_title_leaves_open() -> None:
    skills = _skills("JavaScript", "TypeScript", "React")
    profile = CandidateProfile(positions=(_job("Software Engineer"),), skills=skills)

    assert _suggested(profile).role_id == "frontend"


def test_skills_do_not_overrule_a_plain_title() -> None:
    skills = _skills("JavaScript", "TypeScript", "React")
    profile = CandidateProfile(positions=(_job("Java Developer"),), skills=skills)

    assert _suggested(profile).role_id == "backend"


def test_skills_alone_may_name_the_role() -> None:
    assert (
        _suggested(CandidateProfile(skills=_skills("Python", "Java", "SQL"))).role_id == "backend"
    )


def test_a_few_skills_name_no_role() -> None:
    assert suggest_role(CandidateProfile(skills=_skills("Python", "SQL")), _ROLES, _TODAY) is None


def test_the_headline_counts_where_there_is_no_job() -> None:
    assert (
        _suggested(CandidateProfile(headline="Aspiring Data Scientist")).role_id == "data-scientist"
    )


def test_another_profession_keeps_its_title_without_a_role() -> None:
    profile = CandidateProfile(
        positions=(_job("Head Chef"),), skills=_skills("Python", "Java", "SQL", "Docker")
    )
    suggested = _suggested(profile)

    assert (suggested.role_id, suggested.title) == ("", "Head Chef")


def test_an_empty_profile_has_no_suggestion() -> None:
    assert suggest_role(CandidateProfile(), _ROLES, _TODAY) is None


def test_without_a_catalogue_the_title_is_kept() -> None:
    suggested = suggest_role(CandidateProfile(positions=(_job("Engineer"),)), (), _TODAY)

    assert suggested is not None
    assert (suggested.role_id, suggested.title) == ("", "Engineer")


def test_the_reason_is_said_in_plain_words() -> None:
    profile = CandidateProfile(positions=(_job("Senior Backend Engineer", 2019),))

    assert _suggested(profile).reason == (
        "Your last title is Senior Backend Engineer and you have about 7 years of experience."
    )


def test_the_skills_are_named_where_they_decide() -> None:
    profile = CandidateProfile(skills=_skills("Python", "Java", "SQL"))

    assert _suggested(profile).reason == (
        "Your skills (Python, Java, SQL) fit a Backend Engineer best."
    )
