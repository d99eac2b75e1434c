"""A pack from a pasted job description."""

import pytest

from core.domain.company import MOST_COMPETENCIES, company_from_job
from core.domain.interview_setup import Persona
from core.domain.role import Competency
from tests.builders import real_content

_CATALOGUE = {
    "sql": Competency("sql", "SQL", "Asking the right question of a relational database."),
    "data-modeling": Competency("data-modeling", "Data modelling", "Shaping data truthfully."),
    "accessibility": Competency("accessibility", "Accessibility", "Interfaces everyone can use."),
    "infrastructure": Competency(
        "infrastructure",
        "Infrastructure as code",
        "Machines, networks and platforms described, reviewed and repeatable.",
    ),
}


def _found(text: str) -> dict[str, int]:
    return dict(company_from_job("Quillhaven Foods", text, _CATALOGUE).competencies)


def test_title_that_occurs_weighs_3() -> None:
    assert _found("You write SQL every day.") == {"sql": 3}


def test_words_of_a_title_that_occur_apart_weigh_2() -> None:
    assert _found("Modelling our data is your task.") == {"data-modeling": 2}


def test_two_words_of_a_description_weigh_1() -> None:
    assert _found("You look after our networks and platforms.") == {"infrastructure": 1}


def test_single_word_of_a_description_is_chance() -> None:
    assert _found("We have platforms.") == {}


@pytest.mark.parametrize("text", ["data modeling", "Data Modelling", "data models"])
def test_spelling_and_form_of_a_word_do_not_matter(text: str) -> None:
    assert _found(text) == {"data-modeling": 3}


def test_word_inside_another_word_does_not_count() -> None:
    assert _found("We use MySQLite and PostgreSQL.") == {}


@pytest.mark.parametrize(
    "text", ["We're hiring!", "We are hiring.", "Our hiring process is short."]
)
def test_hiring_in_an_advertisement_is_not_a_competency(text: str) -> None:
    assert company_from_job("Oven", text, real_content().competencies).competencies == {}


def test_weightiest_come_first() -> None:
    found = _found("Networks and platforms, the data and its modelling, and SQL.")
    assert list(found.items()) == [("sql", 3), ("data-modeling", 2), ("infrastructure", 1)]


def test_catalogue_pasted_as_a_whole_is_cut() -> None:
    catalogue = real_content().competencies
    text = ". ".join(competency.title for competency in catalogue.values())
    assert len(company_from_job("All", text, catalogue).competencies) == MOST_COMPETENCIES


def test_text_about_something_else_names_no_competency() -> None:
    text = "We bake bread by night and sell it in the morning."
    assert company_from_job("Oven", text, real_content().competencies).competencies == {}


def test_real_job_description_names_what_it_is_about() -> None:
    text = (
        "As a Backend Engineer you design APIs, tune databases and care for security. You find it "
        "normal to write tests, and you bring clear communication and a sense of ownership."
    )
    found = company_from_job("Tarnwell Maps", text, real_content().competencies).competencies
    assert {"databases", "security", "communication", "ownership"} <= set(found)


def test_source_and_note_say_where_the_pack_is_from() -> None:
    company = company_from_job("Tarnwell Maps", "SQL", _CATALOGUE)
    assert company.source == "the job description you pasted"
    assert "not affiliated" in company.note


def test_tone_is_neutral() -> None:
    assert company_from_job("Tarnwell Maps", "SQL", _CATALOGUE).tone is Persona.NEUTRAL


@pytest.mark.parametrize(
    ("name", "company_id"), [("Tarnwell & Maps ", "tarnwell-maps"), ("", "pasted-job")]
)
def test_id_is_made_of_the_name(name: str, company_id: str) -> None:
    assert company_from_job(name, "SQL", _CATALOGUE).id == company_id
