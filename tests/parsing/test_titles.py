import pytest

from core.domain.role import RoleDefinition
from core.parsing.titles import RoleTitles, is_technical, is_training

_TITLES = RoleTitles.of(
    [
        RoleDefinition("backend", "Backend Engineer", ("software engineer", "python developer")),
        RoleDefinition("frontend", "Frontend Engineer", ("javascript developer",)),
        RoleDefinition("full-stack", "Full-Stack Engineer", ("fullstack engineer",)),
    ]
)


@pytest.mark.parametrize(
    ("title", "role_id"),
    [
        ("Engineer, Backend", "backend"),
        ("Software Engineer – Frontend", "frontend"),
        ("Fullstack JavaScript Developer", "full-stack"),
        ("Ingénieur logiciel Python", "backend"),
    ],
)
def test_the_most_precise_wording_names_the_role(title: str, role_id: str) -> None:
    named = _TITLES.find(title)

    assert named is not None
    assert named.role.id == role_id


def test_a_broad_title_is_known_as_one() -> None:
    named = _TITLES.find("Senior Software Engineer")

    assert named is not None
    assert named.is_broad


@pytest.mark.parametrize("title", ["", "Nurse", "Sales Manager"])
def test_other_titles_name_no_role(title: str) -> None:
    assert _TITLES.find(title) is None


@pytest.mark.parametrize("title", ["Intern", "Werkstudentin", "Research Assistant", "Stagiaire"])
def test_who_still_learns_is_in_training(title: str) -> None:
    assert is_training(title)


@pytest.mark.parametrize("title", ["PhD Student", "Executive Assistant", "Engineer"])
def test_a_job_is_no_training(title: str) -> None:
    assert not is_training(title)


def test_a_founder_may_be_technical_and_a_chef_is_not() -> None:
    assert (is_technical("Co-Founder & CTO"), is_technical("Head Chef")) == (True, False)
