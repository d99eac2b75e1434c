from datetime import date

import pytest

from core.domain.profile import Education
from core.parsing.education import find_education
from core.parsing.lines import split_lines

_TODAY = date(2026, 11, 22)


def _education(text: str) -> tuple[Education, ...]:
    return find_education(split_lines(text), _TODAY)


@pytest.mark.parametrize(
    ("text", "institution", "degree"),
    [
        ("Oak University, PhD in Physics – Oslo, Norway   2018 – 2023", "Oak University", "PhD in Physics"),
        ("PhD Oak University, Physics   2018 – 2023", "Oak University", "PhD, Physics"),
        ("Oak University   2018 – 2023\nBSc in Physics", "Oak University", "BSc in Physics"),
        ("BSc in Physics\nOak University\n2018 – 2023", "Oak University", "BSc in Physics"),
        ("2018 – 2023   Universität Köln\nMaster Physik", "Universität Köln", "Master Physik"),
        ("MBA at Oak Business School, 2018 – 2023", "Oak Business School", "MBA"),
        ("Graduated as M.Sc. Physics - University of Oak   2018 – 2023", "University of Oak",
         "Graduated as M.Sc. Physics"),
        ("Licence Informatique, Université de Lyon   2018 – 2023", "Université de Lyon",
         "Licence Informatique"),
        ("B.Tech in Computer Science\nOakville\n2018 – 2023", "Oakville", "B.Tech in Computer Science"),
    ],
)  # fmt: skip
def test_institution_and_degree_are_told_apart(text: str, institution: str, degree: str) -> None:
    (study,) = _education(text)

    assert (study.institution, study.degree) == (institution, degree)
    assert (str(study.start), str(study.end)) == ("2018", "2023")


def test_a_single_date_is_the_end() -> None:
    (study,) = _education("Oak University, BSc in Physics   June 2019")

    assert (study.start, str(study.end)) == (None, "2019-06")


def test_an_expected_end_is_read() -> None:
    (study,) = _education("Oak University\nBSc in Physics   Expected May 2027")

    assert (study.institution, study.degree, str(study.end)) == (
        "Oak University",
        "BSc in Physics",
        "2027-05",
    )


def test_studies_without_dates_are_told_apart() -> None:
    text = "Oak University\nBSc in Physics\nElm College\nMSc in Chemistry"

    assert [study.institution for study in _education(text)] == ["Oak University", "Elm College"]


def test_list_items_below_are_no_studies_of_their_own() -> None:
    text = "Oak University, BSc in Physics   2015 – 2018\n• Winner, Class of 2017\n• GPA: 3.9"

    assert len(_education(text)) == 1


def test_what_names_neither_school_nor_degree_is_no_study() -> None:
    assert _education("Sailing and chess") == ()
