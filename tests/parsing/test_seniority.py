from datetime import date

import pytest

from core.domain.profile import CandidateProfile, Education, PartialDate, Position
from core.domain.question import Seniority
from core.domain.role import RoleDefinition
from core.parsing.seniority import (
    career_of,
    experience_clause,
    last_position,
    seniority_of,
)
from core.parsing.titles import RoleTitles

_TODAY = date(2026, 11, 22)
_TITLES = RoleTitles.of([RoleDefinition("data", "Data Scientist", ("data analyst",))])


def _job(title: str, start: int = 2020, end: int | None = None) -> Position:
    last = PartialDate(end) if end else None
    return Position(title, "Acme", PartialDate(start), last, is_current=end is None)


def _seniority(*jobs: Position, education: tuple[Education, ...] = ()) -> Seniority:
    return seniority_of(
        career_of(CandidateProfile(positions=jobs, education=education), None, _TODAY)
    )


def _clause(profile: CandidateProfile, titles: RoleTitles | None = None) -> str:
    return experience_clause(career_of(profile, titles, _TODAY))


@pytest.mark.parametrize(
    ("title", "start", "seniority"),
    [
        ("Backend Engineer", 2026, Seniority.JUNIOR),
        ("Backend Engineer", 2023, Seniority.MID),
        ("Backend Engineer", 2018, Seniority.SENIOR),
        ("Junior Backend Engineer", 2023, Seniority.JUNIOR),
        ("Senior Backend Engineer", 2024, Seniority.SENIOR),
        ("Principal Backend Engineer", 2015, Seniority.STAFF),
        ("Principal Backend Engineer", 2024, Seniority.SENIOR),
        ("Member of Technical Staff", 2024, Seniority.MID),
        ("Backend Engineering Intern", 2026, Seniority.INTERN),
    ],
)
def test_title_and_years_tell_the_seniority(title: str, start: int, seniority: Seniority) -> None:
    assert _seniority(_job(title, start)) is seniority


def test_an_internship_that_is_over_makes_a_junior() -> None:
    assert _seniority(_job("Software Engineering Intern", 2024, 2025)) is Seniority.JUNIOR


def test_who_still_studies_is_an_intern() -> None:
    studies = (Education("Oak University", "BSc", PartialDate(2023), PartialDate(2027, 5)),)
    jobs = (_job("Software Engineering Intern", 2024, 2025),)

    assert _seniority(*jobs, education=studies) is Seniority.INTERN
    profile = CandidateProfile(positions=jobs, education=studies)
    assert _clause(profile) == " and you are still studying"


def test_internships_are_no_years_of_experience() -> None:
    jobs = (_job("Backend Engineer", 2025), _job("Backend Engineering Intern", 2018, 2024))

    assert _seniority(*jobs) is Seniority.JUNIOR


def test_years_in_another_profession_do_not_count_for_a_role() -> None:
    jobs = (_job("Data Analyst", 2025), _job("Mathematics Teacher", 2010, 2024))
    career = career_of(CandidateProfile(positions=jobs), _TITLES, _TODAY)

    assert seniority_of(career) is Seniority.JUNIOR
    assert experience_clause(career).endswith("about a year of experience in such work")


def test_a_leading_title_in_another_profession_does_not_count_for_a_role() -> None:
    profile = CandidateProfile(positions=(_job("Head Nurse", 2010),))

    assert seniority_of(career_of(profile, _TITLES, _TODAY)) is Seniority.JUNIOR


def test_without_jobs_the_stated_years_count() -> None:
    assert _clause(CandidateProfile(years_of_experience=8.0)) == (
        " and you have about 8 years of experience"
    )


def test_the_current_job_is_the_last_one() -> None:
    current, ended = _job("Engineer", 2019), _job("Adviser", 2020, 2025)

    assert last_position((ended, current)) is current


def test_of_ended_jobs_the_last_to_end_is_the_last_one() -> None:
    earlier, later = _job("Engineer", 2010, 2015), _job("Manager", 2015, 2020)

    assert last_position((earlier, later)) is later
